#include "ssa/instances.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "ast/tree.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

// Where a declaration begins, and the generic that it declares (or null).
struct DeclStart {
  source::Pos pos;
  const types::Object* generic;
};

const types::Object* GenericType(const types::Unit& unit,
                                 const ast::TypeSpec& spec) {
  if (!spec.type_params.has_value()) {
    return nullptr;
  }
  return unit.info.DefinedObject(spec.name);
}

std::vector<DeclStart> DeclStarts(const types::Unit& unit) {
  const ast::Tree& tree = *unit.tree;
  std::vector<DeclStart> starts;
  for (const ast::DeclId id : tree.decls()) {
    if (const auto* const func = tree.TryGet<ast::FuncDecl>(id)) {
      starts.push_back(
          {ast::Begin(tree, id), GenericOf(types::TryAs<types::Func>(
                                     unit.info.DefinedObject(func->name)))});
    } else if (const auto* const gen = tree.TryGet<ast::GenDecl>(id)) {
      starts.push_back({gen->pos, nullptr});
      for (const ast::SpecId spec : tree.Items(gen->specs)) {
        if (const auto* const type = tree.TryGet<ast::TypeSpec>(spec)) {
          starts.push_back({ast::Begin(tree, spec), GenericType(unit, *type)});
        }
      }
    }
  }
  std::ranges::stable_sort(starts, {}, &DeclStart::pos);
  return starts;
}

using Uses =
    std::unordered_map<const types::Object*, std::vector<const types::Object*>>;

void AddUses(const types::Unit& unit, Uses& uses) {
  const ast::Tree& tree = *unit.tree;
  const std::vector<DeclStart> starts = DeclStarts(unit);
  const uint32_t count = static_cast<uint32_t>(tree.All<ast::Ident>().size());
  for (uint32_t i = 0; i < count; ++i) {
    const ast::Ref<ast::Ident> ident(i);
    if (unit.info.InstanceOf(ident) == nullptr) {
      continue;
    }
    const types::Object* const used = unit.info.UsedObject(ident);
    const auto next = std::ranges::upper_bound(starts, tree.Get(ident).pos, {},
                                               &DeclStart::pos);
    const types::Object* const user =
        next == starts.begin() ? nullptr : std::prev(next)->generic;
    if (used != nullptr && used != user) {
      uses[user].push_back(used);
    }
  }
}

}  // namespace

const types::Object* GenericOf(const types::Func* func) {
  if (func == nullptr) {
    return nullptr;
  }
  if (func->is_method()) {
    const types::Named* const named = types::AsNamed(types::Deref(func->recv));
    return func->recv_type_params.empty() || named == nullptr
               ? nullptr
               : named->origin->obj;
  }
  const types::Signature* const signature = func->signature();
  return signature != nullptr && !signature->type_params.empty() ? func
                                                                 : nullptr;
}

std::unordered_set<const types::Object*> InstantiatedGenerics(
    std::span<const types::Package* const> packages) {
  Uses uses;
  for (const types::Package* const package : packages) {
    for (const std::unique_ptr<types::File>& file : package->files) {
      if (file->unit != nullptr) {
        AddUses(*file->unit, uses);
      }
    }
  }
  std::unordered_set<const types::Object*> instantiated;
  // Code that is not generic is the use of null.
  std::vector<const types::Object*> users = {nullptr};
  while (!users.empty()) {
    const types::Object* const user = users.back();
    users.pop_back();
    for (const types::Object* const used : uses[user]) {
      if (instantiated.insert(used).second) {
        users.push_back(used);
      }
    }
  }
  return instantiated;
}

}  // namespace gdlint::ssa
