// How package-level objects and methods are declared.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ast/node_id.h"
#include "source/lang_version.h"
#include "support/arena.h"
#include "types/monomorph.h"
#include "types/object.h"
#include "types/package.h"
#include "types/scope.h"

namespace gdlint::types {

// Objects in the order in which they were first added, each once.
class ObjectList {
 public:
  void Add(Object* object) {
    if (items_.size() < kFew) {
      if (std::ranges::find(items_, object) == items_.end()) {
        items_.push_back(object);
      }
      return;
    }
    AddToMany(object);
  }
  // Adds all of `objects`, which are all different.
  void AddAll(std::vector<Object*> objects) {
    if (items_.empty()) {
      items_ = std::move(objects);
      return;
    }
    for (Object* const object : objects) {
      Add(object);
    }
  }
  std::span<Object* const> items() const { return items_; }
  // Leaves it empty.
  std::vector<Object*> Take() {
    seen_.reset();
    return std::exchange(items_, {});
  }

 private:
  static constexpr size_t kFew = 12;

  void AddToMany(Object* object) {
    if (seen_ == nullptr) {
      seen_ = std::make_unique<std::unordered_set<Object*>>(items_.begin(),
                                                            items_.end());
    }
    if (seen_->insert(object).second) {
      items_.push_back(object);
    }
  }

  std::vector<Object*> items_;
  // Made once a search would take long.
  std::unique_ptr<std::unordered_set<Object*>> seen_;
};

struct DeclInfo {
  const File* file = nullptr;
  // The unit of `file`, and its scope: what the declaration is checked in.
  Unit* unit = nullptr;
  Scope* scope = nullptr;
  source::LangVersion version;

  // For `var a, b = f()`: a and b. Empty otherwise.
  std::span<Var* const> lhs;
  // Of a constant or variable; either may be none.
  ast::ExprId type;
  ast::ExprId init;
  // The type and initialiser are repeated from an earlier constant.
  bool is_inherited = false;
  uint32_t iota = 0;
  // The identifier that declares it.
  ast::Ref<ast::Ident> name;

  ast::Ref<ast::TypeSpec> type_spec;
  ast::Ref<ast::FuncDecl> func_decl;

  // The package-level objects that its initialiser or body refers to.
  ObjectList dependencies;

  // The parameters of a function, once they are declared: by name, as its body
  // sees them, and as Checker::CheckFuncType has them.
  bool has_func_names = false;
  std::span<const Scope::Entry> func_names;
  std::span<Var* const> func_vars;
};

// What the checker keeps of a package between CheckApi and FinishPackage.
struct PackageState {
  // Package-level objects and methods in source order.
  std::vector<Object*> objects;
  std::vector<std::unique_ptr<DeclInfo>> declarations;
  // Scopes of types, while these are checked. That objects were declared in
  // one of them can be told from their parents afterwards, no more.
  Arena scopes;
  // By PkgName::index.
  std::vector<PkgName*> imports;
  std::vector<bool> import_is_used;
  // Of dot-imported objects, by file scope and name: the import that they came
  // through.
  struct DotKey {
    const Scope* scope;
    const Name* name;
    friend bool operator==(const DotKey&, const DotKey&) = default;
  };
  struct DotKeyHash {
    size_t operator()(const DotKey& key) const {
      return reinterpret_cast<uintptr_t>(key.scope) * 31 + key.name->chain_hash;
    }
  };
  std::unordered_map<DotKey, PkgName*, DotKeyHash> dot_imports;
  // Methods of package-level type names, with their names not blank, before
  // they are added to the types.
  std::unordered_map<const TypeName*, std::vector<Func*>> methods;
  // Stand-ins for imports that could not be had, and "C".
  std::vector<std::unique_ptr<Package>> fake_packages;
  // Instantiations outside of bodies; see monomorph.h.
  std::vector<InstantiationEdge> instantiations;
};

}  // namespace gdlint::types
