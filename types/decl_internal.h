// What the files that check declarations and type expressions share. Internal
// to types/.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ast/nodes.h"
#include "types/checker.h"
#include "types/lookup_internal.h"

namespace gdlint::types {

// Where `type`, an instance, is first written in the package; none if it is no
// instance, or nowhere written. For errors: looks at all files.
std::optional<At> FirstInstantiation(const Checker& checker, const Named* type);

// One spec of a constant declaration, with what it inherits.
struct ConstSpec {
  const ast::ValueSpec* spec = nullptr;
  ast::ExprId type;
  ast::List<ast::ExprId> values;
  bool is_inherited = false;
};

// Calls `visitor` with each spec of `decl`, in the current tree: Import(ref),
// Const(ConstSpec), Var(spec) or Type(ref). Reports specs with a wrong number
// of values.
template <typename Visitor>
void WalkSpecs(Checker& checker, const ast::GenDecl& decl, Visitor&& visitor) {
  static constexpr ast::ValueSpec kNothing;
  const ast::ValueSpec* last = nullptr;
  for (const ast::SpecId id : checker.tree().Items(decl.specs)) {
    switch (id.kind()) {
      case ast::NodeKind::kImportSpec:
        visitor.Import(ast::Ref<ast::ImportSpec>::FromNode(id));
        break;
      case ast::NodeKind::kTypeSpec:
        visitor.Type(ast::Ref<ast::TypeSpec>::FromNode(id));
        break;
      case ast::NodeKind::kValueSpec: {
        const auto& spec = checker.Get(ast::Ref<ast::ValueSpec>::FromNode(id));
        if (decl.keyword != lexer::TokenKind::kConst) {
          checker.ArityMatch(spec, nullptr);
          visitor.Var(spec);
          break;
        }
        bool is_inherited = true;
        if (spec.type.has_value() || !spec.values.empty()) {
          last = &spec;
          is_inherited = false;
        } else if (last == nullptr) {
          last = &kNothing;
          is_inherited = false;
        }
        checker.ArityMatch(spec, last);
        visitor.Const(ConstSpec{&spec, last->type, last->values, is_inherited});
        break;
      }
      default:
        break;
    }
  }
}

// The parts of a receiver's type, `*base[type_params]` with any parentheses.
struct ReceiverParts {
  bool is_pointer = false;
  ast::ExprId base;
  bool has_type_params = false;
  // As written; all should be identifiers.
  ExprIds type_params;
};
ReceiverParts UnpackReceiver(const Checker& checker, ast::ExprId type);

// How many fields `list`, which may be none, declares.
size_t FieldCount(const ast::Tree& tree, ast::Ref<ast::FieldList> list);

// Declares a type parameter that has no constraint yet. `ident` may be none,
// for one that is not an identifier: it is blank.
TypeParam* DeclareTypeParam(Checker& checker, ast::Ref<ast::Ident> ident,
                            source::Pos pos, uint32_t index);
// Declares the type parameters of `list` without their constraints, so that
// these may speak of what is generic in them; CollectBounds must follow.
std::span<const TypeParam* const> DeclareTypeParams(
    Checker& checker, ast::Ref<ast::FieldList> list);
void CollectBounds(Checker& checker, ast::Ref<ast::FieldList> list,
                   std::span<const TypeParam* const> type_params);

// As Checker::CheckTypeSet; embedded element i was written at `embedded[i]`.
void ReportTypeSetProblems(Checker& checker, const Interface* type,
                           std::span<const At> embedded);

// The index of the first of `path` in the source.
size_t FirstInSource(const Package& package, std::span<Object* const> path);
// Negative if `a` is before `b` in the package's files, and so on.
int ComparePlaces(const Package& package, const Place& a, const Place& b);

// "package-level variable", "defined type" and so on.
std::string_view ObjectKindText(const Object* object);
// "struct", "slice" and so on; empty for a basic type.
std::string_view CompositeKindText(const Type* type);

// True for an interface of another package that only constraints may use.
bool IsImportedConstraint(const Checker& checker, const Type* type);

// The message is one that earlier errors explain, if there are any.
bool IsFollowOnMessage(std::string_view message);

}  // namespace gdlint::types
