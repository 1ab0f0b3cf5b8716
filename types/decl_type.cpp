// Declarations of types, type parameters and methods.

#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/declaration.h"
#include "types/member_index.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// The constraint that is written `expr`.
const Type* Bound(Checker& checker, ast::ExprId expr) {
  const auto* const unary = checker.TryGet<ast::UnaryExpr>(expr);
  const auto* const binary = checker.TryGet<ast::BinaryExpr>(expr);
  const bool is_type_set =
      (unary != nullptr && unary->op == lexer::TokenKind::kTilde) ||
      (binary != nullptr && binary->op == lexer::TokenKind::kOr);
  if (!is_type_set) {
    return checker.Typ(expr);
  }
  const Type* const embedded[] = {checker.ParseUnion(expr)};
  const Interface* const bound =
      checker.types.NewInterface({}, embedded, /*is_implicit=*/true);
  const At at = checker.AtNode(expr);
  checker.Later([&checker, bound, at] {
    ReportTypeSetProblems(checker, bound, std::span(&at, 1));
  });
  return bound;
}

// Fields and methods of one type have different names.
void CheckFieldUniqueness(Checker& checker, const Named* base) {
  const auto* const type = UnderAs<Struct>(base);
  if (type == nullptr) {
    return;
  }
  std::unordered_map<const Name*, const Func*> methods;
  for (const Func* const method : MethodsOf(base)) {
    methods.emplace(method->name, method);
  }
  for (const Var* const field : type->fields) {
    const auto found = methods.find(field->name);
    // A field of another package's struct has its own unexported names.
    if (field->name->is_blank || found == methods.end() ||
        (!field->name->is_exported && field->package != &checker.package)) {
      continue;
    }
    checker.ErrorWithNotes(
        Checker::AtObject(found->second), Code::kDuplicateFieldAndMethod,
        fmt::format("field and method with the same name {}",
                    field->name->text()),
        {{Checker::AtObject(field),
          fmt::format("other declaration of {}", field->name->text())}});
  }
}

void AliasDecl(Checker& checker, TypeName* object, const ast::TypeSpec& spec) {
  Alias* const alias = checker.types.NewAlias(object);
  const bool has_type_params = FieldCount(checker.tree(), spec.type_params) > 0;
  if (has_type_params) {
    checker.OpenScope();
    alias->type_params = DeclareTypeParams(checker, spec.type_params);
    CollectBounds(checker, spec.type_params, alias->type_params);
  }
  const Type* const rhs = checker.DeclaredType(spec.type, object);
  alias->from_rhs = rhs;
  for (const TypeParam* const type_param : alias->type_params) {
    if (rhs == type_param) {
      checker.Error(
          checker.AtNode(spec.type), Code::kMisplacedTypeParam,
          "cannot use type parameter declared in alias declaration as RHS");
      alias->from_rhs = InvalidType();
    }
  }
  if (has_type_params) {
    checker.CloseScope();
  }
}

void DefinedTypeDecl(Checker& checker, TypeName* object,
                     const ast::TypeSpec& spec) {
  Named* const named = checker.types.NewNamed(object);
  const bool has_type_params = spec.type_params.has_value();
  if (has_type_params) {
    checker.OpenScope();
    named->type_params = DeclareTypeParams(checker, spec.type_params);
    CollectBounds(checker, spec.type_params, named->type_params);
  }
  const Type* const rhs = checker.DeclaredType(spec.type, object);
  named->from_rhs = rhs;
  if (IsTypeParam(rhs)) {
    checker.Error(checker.AtNode(spec.type), Code::kMisplacedTypeParam,
                  "cannot use a type parameter as RHS in type declaration");
    named->from_rhs = InvalidType();
  }
  if (has_type_params) {
    checker.CloseScope();
  }
}

// The language versions that the form of a declaration needs, the highest
// first; false if one was reported.
bool VerifyTypeDeclVersion(Checker& checker, const ast::TypeSpec& spec) {
  const bool is_generic = FieldCount(checker.tree(), spec.type_params) > 0;
  const auto at_type_param = [&] {
    return checker.AtNode(
        checker.tree().Items(checker.Get(spec.type_params).fields)[0]);
  };
  if (spec.assign.is_valid()) {
    return (!is_generic || checker.AllowVersion(23) ||
            checker.VerifyVersion(at_type_param(), 23, "generic type alias")) &&
           (checker.AllowVersion(9) ||
            checker.VerifyVersion(checker.AtPos(spec.assign), 9, "type alias"));
  }
  return !is_generic || checker.AllowVersion(18) ||
         checker.VerifyVersion(at_type_param(), 18, "type parameter");
}

}  // namespace

bool IsImportedConstraint(const Checker& checker, const Type* type) {
  const Named* const named = AsNamed(type);
  if (named == nullptr || named->obj->package == &checker.package ||
      named->obj->package == nullptr) {
    return false;
  }
  const auto* const interface = UnderAs<Interface>(named);
  return interface != nullptr && !TypeSetOf(interface)->IsMethodSet();
}

void Checker::TypeDecl(TypeName* object, ast::Ref<ast::TypeSpec> ref) {
  const ast::TypeSpec& spec = Get(ref);
  // Reports one version problem at most.
  const bool version_ok = VerifyTypeDeclVersion(*this, spec);
  const ast::ExprId rhs = spec.type;
  Later([this, object, rhs, version_ok] {
    const Named* const named = AsNamed(object->type);
    if (named != nullptr) {
      ValidType(named);
    }
    if (!version_ok || AllowVersion(18)) {
      return;
    }
    const auto* const alias = TryAs<Alias>(object->type);
    const Type* const from = alias != nullptr   ? alias->from_rhs
                             : named != nullptr ? named->from_rhs
                                                : nullptr;
    if (from != nullptr && IsImportedConstraint(*this, from)) {
      VerifyVersion(AtNode(rhs), 18,
                    fmt::format("using type constraint {}", Text(from)));
    }
  });
  if (spec.assign.is_valid()) {
    AliasDecl(*this, object, spec);
  } else {
    DefinedTypeDecl(*this, object, spec);
  }
}

TypeParam* DeclareTypeParam(Checker& checker, ast::Ref<ast::Ident> ident,
                            source::Pos pos, uint32_t index) {
  const Name* const name =
      ident.has_value() ? checker.NameOf(ident) : checker.table.names().blank();
  auto* const object = checker.NewObject<TypeName>(pos, name, nullptr);
  TypeParam* const type_param = checker.types.NewTypeParam(object, index);
  object->type = type_param;
  type_param->bound = InvalidType();
  checker.Declare(checker.env.scope, ident, object);
  return type_param;
}

std::span<const TypeParam* const> DeclareTypeParams(
    Checker& checker, ast::Ref<ast::FieldList> list) {
  const ast::Tree& tree = checker.tree();
  std::vector<const TypeParam*> result;
  for (const ast::Ref<ast::Field> field : tree.Items(tree.Get(list).fields)) {
    for (const ast::Ref<ast::Ident> name : tree.Items(tree.Get(field).names)) {
      result.push_back(DeclareTypeParam(checker, name, tree.Get(name).pos,
                                        static_cast<uint32_t>(result.size())));
    }
  }
  return checker.arena().Copy(result);
}

void CollectBounds(Checker& checker, ast::Ref<ast::FieldList> list,
                   std::span<const TypeParam* const> type_params) {
  const ast::Tree& tree = checker.tree();
  // Tells cycles through here apart.
  const bool outer = std::exchange(checker.env.in_type_param_list, true);
  size_t index = 0;
  for (const ast::Ref<ast::Field> ref : tree.Items(tree.Get(list).fields)) {
    const ast::Field& field = tree.Get(ref);
    const Type* bound = InvalidType();
    if (field.type.has_value()) {
      bound = Bound(checker, field.type);
      if (IsTypeParam(bound)) {
        checker.Error(checker.AtNode(field.type), Code::kMisplacedTypeParam,
                      "cannot use a type parameter as constraint");
        bound = InvalidType();
      }
    }
    for (uint32_t i = 0; i < field.names.size; ++i) {
      const_cast<TypeParam*>(type_params[index++])->bound = bound;
    }
  }
  checker.env.in_type_param_list = outer;
}

std::span<const TypeParam* const> Checker::CollectTypeParams(
    ast::Ref<ast::FieldList> list) {
  const std::span<const TypeParam* const> type_params =
      DeclareTypeParams(*this, list);
  CollectBounds(*this, list, type_params);
  return type_params;
}

void Checker::CollectMethods(TypeName* object) {
  const auto found = state.methods.find(object);
  if (found == state.methods.end()) {
    return;
  }
  const std::vector<Func*> methods = std::move(found->second);
  state.methods.erase(found);
  const Named* const base = AsNamed(object->type);
  if (base != nullptr) {
    Later([this, base] { CheckFieldUniqueness(*this, base); });
  }
  std::unordered_map<const Name*, const Func*> seen;
  std::vector<Func*> valid;
  for (Func* const method : methods) {
    const auto [other, is_new] = seen.emplace(method->name, method);
    if (is_new) {
      valid.push_back(method);
      continue;
    }
    Error(
        AtObject(method), Code::kDuplicateMethod,
        fmt::format("method {}.{} already declared at {}", object->name->text(),
                    method->name->text(), PlaceText(other->second->place)));
  }
  if (base != nullptr) {
    const_cast<Named*>(base)->methods = arena().Copy(valid);
    const_cast<Named*>(base)->methods_by_name =
        IndexByName(arena(), std::span<Func* const>(valid));
  }
}

}  // namespace gdlint::types
