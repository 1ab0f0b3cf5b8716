#include "driver/inert_value.h"

#include <algorithm>
#include <vector>

#include "ast/tree.h"
#include "types/info.h"
#include "types/predicates.h"

namespace gdlint::driver {
namespace {

// Elements of a literal of this type are not converted to interfaces.
bool HoldsNoInterface(const types::Type* type) {
  if (type == nullptr) {
    return false;
  }
  const types::Type* const under = types::Under(types::Deref(type));
  switch (under->kind) {
    case types::TypeKind::kArray:
      return !types::IsInterface(types::As<types::Array>(under)->elem);
    case types::TypeKind::kSlice:
      return !types::IsInterface(types::As<types::Slice>(under)->elem);
    case types::TypeKind::kMap: {
      const auto* const map = types::As<types::Map>(under);
      return !types::IsInterface(map->key) && !types::IsInterface(map->elem);
    }
    case types::TypeKind::kStruct:
      return std::ranges::none_of(types::As<types::Struct>(under)->fields,
                                  [](const types::Var* field) {
                                    return types::IsInterface(field->type);
                                  });
    default:
      return false;
  }
}

bool IsStruct(const types::Type* type) {
  return types::UnderAs<types::Struct>(types::Deref(type)) != nullptr;
}

}  // namespace

bool IsInert(const types::Unit& unit, ast::ExprId value) {
  const ast::Tree& tree = *unit.tree;
  std::vector<ast::ExprId> work = {value};
  while (!work.empty()) {
    const ast::ExprId expr = work.back();
    work.pop_back();
    const types::TypeAndValue fact = unit.info.TypeOf(expr);
    if (fact.is_constant()) {
      continue;
    }
    if (const auto* const paren = tree.TryGet<ast::ParenExpr>(expr)) {
      work.push_back(paren->x);
      continue;
    }
    const auto* const literal = tree.TryGet<ast::CompositeLit>(expr);
    if (literal == nullptr || !HoldsNoInterface(fact.type())) {
      return false;
    }
    for (const ast::ExprId element : tree.Items(literal->elts)) {
      const auto* const pair = tree.TryGet<ast::KeyValueExpr>(element);
      if (pair == nullptr) {
        work.push_back(element);
        continue;
      }
      work.push_back(pair->value);
      if (!IsStruct(fact.type())) {
        work.push_back(pair->key);
      }
    }
  }
  return true;
}

}  // namespace gdlint::driver
