// Expressions and types. Include ast/nodes.h.

#pragma once

#include <cstdint>
#include <tuple>

#include "ast/node_field.h"
#include "ast/node_id.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::ast {

// A placeholder for source that is not an expression.
struct BadExpr {
  static constexpr auto kKind = NodeKind::kBadExpr;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  source::Pos end_pos;

  static constexpr auto Fields() { return std::tuple(); }
};

// A name, such as `x`.
struct Ident {
  static constexpr auto kKind = NodeKind::kIdent;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  uint32_t length = 0;

  static constexpr auto Fields() { return std::tuple(); }
};

// `...` before the element type of a variadic parameter, or the length in
// `[...]T`.
struct Ellipsis {
  static constexpr auto kKind = NodeKind::kEllipsis;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  ExprId elt;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"elt", &Ellipsis::elt});
  }
};

// A literal, exactly as spelled, such as `0x1F` or `"a\n"`. `token` is one of
// kInt to kString.
struct BasicLit {
  static constexpr auto kKind = NodeKind::kBasicLit;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  uint32_t length = 0;
  lexer::TokenKind token = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() { return std::tuple(); }
};

// A function literal, `func(…) … { … }`.
struct FuncLit {
  static constexpr auto kKind = NodeKind::kFuncLit;
  static constexpr auto kCategory = Category::kExpr;

  Ref<FuncType> type;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"type", &FuncLit::type},
                      ChildField{"body", &FuncLit::body});
  }
};

// A composite literal, `type{elts}`. `type` is none inside another one where it
// is implied.
struct CompositeLit {
  static constexpr auto kKind = NodeKind::kCompositeLit;
  static constexpr auto kCategory = Category::kExpr;

  ExprId type;
  source::Pos lbrace;
  List<ExprId> elts;
  source::Pos rbrace;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"type", &CompositeLit::type},
                      ChildField{"elts", &CompositeLit::elts});
  }
};

// `(x)`.
struct ParenExpr {
  static constexpr auto kKind = NodeKind::kParenExpr;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos lparen;
  ExprId x;
  source::Pos rparen;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &ParenExpr::x});
  }
};

// `x.sel`: a field, a method, a method expression or a package's member.
struct SelectorExpr {
  static constexpr auto kKind = NodeKind::kSelectorExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  Ref<Ident> sel;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &SelectorExpr::x},
                      ChildField{"sel", &SelectorExpr::sel});
  }
};

// `x[index]`: an index or an instantiation with one type argument.
struct IndexExpr {
  static constexpr auto kKind = NodeKind::kIndexExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  source::Pos lbrack;
  ExprId index;
  source::Pos rbrack;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &IndexExpr::x},
                      ChildField{"index", &IndexExpr::index});
  }
};

// `x[indices]` with two or more: an instantiation.
struct IndexListExpr {
  static constexpr auto kKind = NodeKind::kIndexListExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  source::Pos lbrack;
  List<ExprId> indices;
  source::Pos rbrack;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &IndexListExpr::x},
                      ChildField{"indices", &IndexListExpr::indices});
  }
};

// `x[low:high]` or `x[low:high:max]`.
struct SliceExpr {
  static constexpr auto kKind = NodeKind::kSliceExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  source::Pos lbrack;
  ExprId low;
  ExprId high;
  ExprId max;
  source::Pos rbrack;
  bool slice3 = false;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &SliceExpr::x},
                      ChildField{"low", &SliceExpr::low},
                      ChildField{"high", &SliceExpr::high},
                      ChildField{"max", &SliceExpr::max});
  }
};

// `x.(type)`; `type` is none for the literal keyword, in a type switch.
struct TypeAssertExpr {
  static constexpr auto kKind = NodeKind::kTypeAssertExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  source::Pos lparen;
  ExprId type;
  source::Pos rparen;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &TypeAssertExpr::x},
                      ChildField{"type", &TypeAssertExpr::type});
  }
};

// A call or a conversion, `fun(args)`; only the type checker can tell which.
// `ellipsis` is valid for `f(xs...)`.
struct CallExpr {
  static constexpr auto kKind = NodeKind::kCallExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId fun;
  source::Pos lparen;
  List<ExprId> args;
  source::Pos ellipsis;
  source::Pos rparen;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"fun", &CallExpr::fun},
                      ChildField{"args", &CallExpr::args});
  }
};

// `*x`: a dereference or a pointer type.
struct StarExpr {
  static constexpr auto kKind = NodeKind::kStarExpr;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos star;
  ExprId x;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &StarExpr::x});
  }
};

// `op x`. `<-x` and `~T` too, but not `*x`.
struct UnaryExpr {
  static constexpr auto kKind = NodeKind::kUnaryExpr;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos op_pos;
  ExprId x;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &UnaryExpr::x});
  }
};

// `x op y`. In constraints also `|`.
struct BinaryExpr {
  static constexpr auto kKind = NodeKind::kBinaryExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId x;
  source::Pos op_pos;
  ExprId y;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &BinaryExpr::x},
                      ChildField{"y", &BinaryExpr::y});
  }
};

// `key: value` in a composite literal.
struct KeyValueExpr {
  static constexpr auto kKind = NodeKind::kKeyValueExpr;
  static constexpr auto kCategory = Category::kExpr;

  ExprId key;
  source::Pos colon;
  ExprId value;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"key", &KeyValueExpr::key},
                      ChildField{"value", &KeyValueExpr::value});
  }
};

// `[len]elt`; a slice type if `len` is none, `[...]elt` if it is an Ellipsis.
struct ArrayType {
  static constexpr auto kKind = NodeKind::kArrayType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos lbrack;
  ExprId len;
  ExprId elt;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"len", &ArrayType::len},
                      ChildField{"elt", &ArrayType::elt});
  }
};

// `struct { fields }`.
struct StructType {
  static constexpr auto kKind = NodeKind::kStructType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  Ref<FieldList> fields;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"fields", &StructType::fields});
  }
};

// `func(params) results`. `pos` is the keyword `func`, and invalid for the
// method of an interface. `type_params` and `results` may be none.
struct FuncType {
  static constexpr auto kKind = NodeKind::kFuncType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  Ref<FieldList> type_params;
  Ref<FieldList> params;
  Ref<FieldList> results;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"type_params", &FuncType::type_params},
                      ChildField{"params", &FuncType::params},
                      ChildField{"results", &FuncType::results});
  }
};

// `interface { methods }`: methods, embedded types and unions.
struct InterfaceType {
  static constexpr auto kKind = NodeKind::kInterfaceType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  Ref<FieldList> methods;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"methods", &InterfaceType::methods});
  }
};

// `map[key]value`.
struct MapType {
  static constexpr auto kKind = NodeKind::kMapType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  ExprId key;
  ExprId value;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"key", &MapType::key},
                      ChildField{"value", &MapType::value});
  }
};

// `chan value`, `chan<- value` or `<-chan value`. `pos` is `chan` or the arrow
// before it, `arrow` is invalid for a bidirectional channel.
struct ChanType {
  static constexpr auto kKind = NodeKind::kChanType;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  source::Pos arrow;
  ExprId value;
  ChanDir dir = ChanDir::kBoth;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"value", &ChanType::value});
  }
};

}  // namespace gdlint::ast
