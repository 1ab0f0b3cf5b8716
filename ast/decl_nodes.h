// Declarations, specs and fields. Include ast/nodes.h.

#pragma once

#include <cstdint>
#include <tuple>

#include "ast/node_field.h"
#include "ast/node_id.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::ast {

// A placeholder for source that is not a declaration.
struct BadDecl {
  static constexpr auto kKind = NodeKind::kBadDecl;
  static constexpr auto kCategory = Category::kDecl;

  source::Pos pos;
  source::Pos end_pos;

  static constexpr auto Fields() { return std::tuple(); }
};

// `import`, `const`, `type` or `var`, of one spec or a parenthesised list of
// them. `lparen` is invalid without parentheses.
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

// `func (recv) name type body`. `recv` may be none. `body` is none for a
// function declared without one and for a skipped body; the latter has a valid
// `body_begin` (its opening brace) and `body_end` (just behind its closing
// one).
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

// `names type = values`, of a `const` or `var`. `iota` is the spec's place in
// its declaration, from 0.
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

// `name[type_params] type`, or with `=` an alias. `type_params` may be none,
// `assign` invalid.
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

// Fields with their parentheses, braces or brackets; `opening` and `closing`
// are invalid for a single unparenthesised result.
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

}  // namespace gdlint::ast
