// The AST node types, one struct each.
//
// Adding a node: add a line to ast/node_kind.def and a struct here, then fix what
// stops compiling. `Fields()` lists a node's children in source order; the walker
// and the dumper are derived from it. Nodes are plain data, so a Tree is one block
// of memory. Field names and meanings are go/ast's where it has the node.

#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>

#include "ast/node_id.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::ast {

template <typename NodeT, typename FieldT>
struct ChildField {
  const char* name;
  FieldT NodeT::* member;
};
template <typename NodeT, typename FieldT>
ChildField(const char*, FieldT NodeT::*) -> ChildField<NodeT, FieldT>;

enum class ChanDir : uint8_t { kBoth, kSend, kReceive };

#define AST_NODE(Name, Category) struct Name;
#include "ast/node_kind.def"

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

// `...` before the element type of a variadic parameter, or the length in `[...]T`.
struct Ellipsis {
  static constexpr auto kKind = NodeKind::kEllipsis;
  static constexpr auto kCategory = Category::kExpr;

  source::Pos pos;
  ExprId elt;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"elt", &Ellipsis::elt});
  }
};

// A literal, exactly as spelled, such as `0x1F` or `"a\n"`. `token` is one of kInt
// to kString.
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

// A composite literal, `type{elts}`. `type` is none inside another one where it is
// implied.
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

// `func(params) results`. `pos` is the keyword `func`, and invalid for the method
// of an interface. `type_params` and `results` may be none.
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

// `chan value`, `chan<- value` or `<-chan value`. `pos` is `chan` or the arrow before
// it, `arrow` is invalid for a bidirectional channel.
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

// A placeholder for source that is not a statement.
struct BadStmt {
  static constexpr auto kKind = NodeKind::kBadStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  source::Pos end_pos;

  static constexpr auto Fields() { return std::tuple(); }
};

// A declaration among statements.
struct DeclStmt {
  static constexpr auto kKind = NodeKind::kDeclStmt;
  static constexpr auto kCategory = Category::kStmt;

  DeclId decl;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"decl", &DeclStmt::decl});
  }
};

// An empty statement. `implicit` if its semicolon was omitted before a `}`.
struct EmptyStmt {
  static constexpr auto kKind = NodeKind::kEmptyStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  bool implicit = false;

  static constexpr auto Fields() { return std::tuple(); }
};

// `label: stmt`.
struct LabeledStmt {
  static constexpr auto kKind = NodeKind::kLabeledStmt;
  static constexpr auto kCategory = Category::kStmt;

  Ref<Ident> label;
  source::Pos colon;
  StmtId stmt;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"label", &LabeledStmt::label},
                      ChildField{"stmt", &LabeledStmt::stmt});
  }
};

// An expression used as a statement.
struct ExprStmt {
  static constexpr auto kKind = NodeKind::kExprStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId x;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &ExprStmt::x});
  }
};

// `chan <- value`.
struct SendStmt {
  static constexpr auto kKind = NodeKind::kSendStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId chan;
  source::Pos arrow;
  ExprId value;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"chan", &SendStmt::chan},
                      ChildField{"value", &SendStmt::value});
  }
};

// `x++` or `x--`.
struct IncDecStmt {
  static constexpr auto kKind = NodeKind::kIncDecStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId x;
  source::Pos op_pos;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &IncDecStmt::x});
  }
};

// `lhs = rhs`, `lhs := rhs` or `lhs op= rhs`.
struct AssignStmt {
  static constexpr auto kKind = NodeKind::kAssignStmt;
  static constexpr auto kCategory = Category::kStmt;

  List<ExprId> lhs;
  source::Pos op_pos;
  List<ExprId> rhs;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"lhs", &AssignStmt::lhs},
                      ChildField{"rhs", &AssignStmt::rhs});
  }
};

// `go call`. `call` is a CallExpr in a file without errors.
struct GoStmt {
  static constexpr auto kKind = NodeKind::kGoStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId call;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"call", &GoStmt::call});
  }
};

// `defer call`. `call` is a CallExpr in a file without errors.
struct DeferStmt {
  static constexpr auto kKind = NodeKind::kDeferStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId call;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"call", &DeferStmt::call});
  }
};

// `return results`.
struct ReturnStmt {
  static constexpr auto kKind = NodeKind::kReturnStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  List<ExprId> results;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"results", &ReturnStmt::results});
  }
};

// `break`, `continue`, `goto` or `fallthrough`; `label` may be none.
struct BranchStmt {
  static constexpr auto kKind = NodeKind::kBranchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  Ref<Ident> label;
  lexer::TokenKind keyword = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"label", &BranchStmt::label});
  }
};

// `{ stmts }`. The body of a switch or select holds its clauses.
struct BlockStmt {
  static constexpr auto kKind = NodeKind::kBlockStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos lbrace;
  List<StmtId> stmts;
  source::Pos rbrace;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"stmts", &BlockStmt::stmts});
  }
};

// `if init; cond body else els`. `els` is a BlockStmt, an IfStmt or none.
struct IfStmt {
  static constexpr auto kKind = NodeKind::kIfStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId cond;
  Ref<BlockStmt> body;
  StmtId els;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &IfStmt::init},
                      ChildField{"cond", &IfStmt::cond},
                      ChildField{"body", &IfStmt::body},
                      ChildField{"els", &IfStmt::els});
  }
};

// `case exprs: body`, or `default: body` without `exprs`.
struct CaseClause {
  static constexpr auto kKind = NodeKind::kCaseClause;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  List<ExprId> exprs;
  source::Pos colon;
  List<StmtId> body;
  bool is_default = false;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"exprs", &CaseClause::exprs},
                      ChildField{"body", &CaseClause::body});
  }
};

// `switch init; tag body`.
struct SwitchStmt {
  static constexpr auto kKind = NodeKind::kSwitchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId tag;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &SwitchStmt::init},
                      ChildField{"tag", &SwitchStmt::tag},
                      ChildField{"body", &SwitchStmt::body});
  }
};

// `switch init; assign body`; `assign` is `x := y.(type)` or `y.(type)`.
struct TypeSwitchStmt {
  static constexpr auto kKind = NodeKind::kTypeSwitchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  StmtId assign;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &TypeSwitchStmt::init},
                      ChildField{"assign", &TypeSwitchStmt::assign},
                      ChildField{"body", &TypeSwitchStmt::body});
  }
};

// `case comm: body`; `comm` is none for `default`.
struct CommClause {
  static constexpr auto kKind = NodeKind::kCommClause;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId comm;
  source::Pos colon;
  List<StmtId> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"comm", &CommClause::comm},
                      ChildField{"body", &CommClause::body});
  }
};

// `select body`.
struct SelectStmt {
  static constexpr auto kKind = NodeKind::kSelectStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"body", &SelectStmt::body});
  }
};

// `for init; cond; post body`.
struct ForStmt {
  static constexpr auto kKind = NodeKind::kForStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId cond;
  StmtId post;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &ForStmt::init},
                      ChildField{"cond", &ForStmt::cond},
                      ChildField{"post", &ForStmt::post},
                      ChildField{"body", &ForStmt::body});
  }
};

// `for key, value op range x body`. `op` is kAssign, kDefine, or kIllegal where there
// is no key.
struct RangeStmt {
  static constexpr auto kKind = NodeKind::kRangeStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId key;
  ExprId value;
  source::Pos op_pos;
  source::Pos range_pos;
  ExprId x;
  Ref<BlockStmt> body;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"key", &RangeStmt::key},
                      ChildField{"value", &RangeStmt::value},
                      ChildField{"x", &RangeStmt::x},
                      ChildField{"body", &RangeStmt::body});
  }
};

// A placeholder for source that is not a declaration.
struct BadDecl {
  static constexpr auto kKind = NodeKind::kBadDecl;
  static constexpr auto kCategory = Category::kDecl;

  source::Pos pos;
  source::Pos end_pos;

  static constexpr auto Fields() { return std::tuple(); }
};

// `import`, `const`, `type` or `var`, of one spec or a parenthesised list of them.
// `lparen` is invalid without parentheses.
struct GenDecl {
  static constexpr auto kKind = NodeKind::kGenDecl;
  static constexpr auto kCategory = Category::kDecl;

  source::Pos pos;
  source::Pos lparen;
  List<SpecId> specs;
  source::Pos rparen;
  lexer::TokenKind keyword = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"specs", &GenDecl::specs});
  }
};

// `func (recv) name type body`. `recv` may be none. `body` is none for a function
// declared without one and for a skipped body; the latter has a valid `body_begin`
// (its opening brace) and `body_end` (just behind its closing one).
struct FuncDecl {
  static constexpr auto kKind = NodeKind::kFuncDecl;
  static constexpr auto kCategory = Category::kDecl;

  Ref<FieldList> recv;
  Ref<Ident> name;
  Ref<FuncType> type;
  Ref<BlockStmt> body;
  source::Pos body_begin;
  source::Pos body_end;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"recv", &FuncDecl::recv},
                      ChildField{"name", &FuncDecl::name},
                      ChildField{"type", &FuncDecl::type},
                      ChildField{"body", &FuncDecl::body});
  }
};

// `name "path"`. `name` may be none, `_` or `.`; the latter two are Idents.
struct ImportSpec {
  static constexpr auto kKind = NodeKind::kImportSpec;
  static constexpr auto kCategory = Category::kSpec;

  Ref<Ident> name;
  Ref<BasicLit> path;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"name", &ImportSpec::name},
                      ChildField{"path", &ImportSpec::path});
  }
};

// `names type = values`, of a `const` or `var`. `iota` is the spec's place in its
// declaration, from 0.
struct ValueSpec {
  static constexpr auto kKind = NodeKind::kValueSpec;
  static constexpr auto kCategory = Category::kSpec;

  List<Ref<Ident>> names;
  ExprId type;
  List<ExprId> values;
  uint32_t iota = 0;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"names", &ValueSpec::names},
                      ChildField{"type", &ValueSpec::type},
                      ChildField{"values", &ValueSpec::values});
  }
};

// `name[type_params] type`, or with `=` an alias. `type_params` may be none, `assign`
// invalid.
struct TypeSpec {
  static constexpr auto kKind = NodeKind::kTypeSpec;
  static constexpr auto kCategory = Category::kSpec;

  Ref<Ident> name;
  Ref<FieldList> type_params;
  source::Pos assign;
  ExprId type;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"name", &TypeSpec::name},
                      ChildField{"type_params", &TypeSpec::type_params},
                      ChildField{"type", &TypeSpec::type});
  }
};

// One entry of a FieldList: struct fields, parameters, a receiver, a method, an
// embedded type. `names` is empty for an unnamed one.
struct Field {
  static constexpr auto kKind = NodeKind::kField;
  static constexpr auto kCategory = Category::kField;

  List<Ref<Ident>> names;
  ExprId type;
  Ref<BasicLit> tag;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"names", &Field::names},
                      ChildField{"type", &Field::type},
                      ChildField{"tag", &Field::tag});
  }
};

// Fields with their parentheses, braces or brackets; `opening` and `closing` are invalid
// for a single unparenthesised result.
struct FieldList {
  static constexpr auto kKind = NodeKind::kFieldList;
  static constexpr auto kCategory = Category::kFieldList;

  source::Pos opening;
  List<Ref<Field>> fields;
  source::Pos closing;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"fields", &FieldList::fields});
  }
};

#define AST_NODE(Name, Category)                      \
  static_assert(std::is_trivially_copyable_v<Name> && \
                std::is_trivially_destructible_v<Name>);
#include "ast/node_kind.def"

}  // namespace gdlint::ast
