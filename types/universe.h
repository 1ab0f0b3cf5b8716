// The predeclared identifiers, and package unsafe.

#pragma once

#include <array>
#include <memory>

#include "types/name_table.h"
#include "types/object.h"
#include "types/scope.h"
#include "types/type.h"

namespace gdlint::types {

struct Package;
class TypeTable;

// The predeclared types. Static; of no TypeTable.
extern const Basic kBasicTypes[];
inline const Basic* Typ(BasicKind kind) {
  return &kBasicTypes[static_cast<size_t>(kind)];
}
const Basic* ByteType();
const Basic* RuneType();
inline const Type* InvalidType() { return Typ(BasicKind::kInvalid); }
inline bool IsValid(const Type* type) { return Unalias(type) != InvalidType(); }

// What every file sees without importing; made with its TypeTable.
class Universe {
 public:
  Universe(TypeTable& table, Arena& arena, NameTable& names);
  ~Universe();

  Scope& scope() const { return *scope_; }
  Package* unsafe_package() const { return unsafe_.get(); }

  // `any`: an Alias for an empty interface of its own, which prints as `any`.
  const Alias* any_type() const { return any_; }
  // One that prints as `interface{}`.
  const Interface* empty_interface() const { return empty_interface_; }
  const Named* error_type() const { return error_; }
  const Named* comparable_type() const { return comparable_; }
  Object* nil_object() const { return nil_; }
  Object* iota_object() const { return iota_; }
  Builtin* builtin(BuiltinId id) const {
    return builtins_[static_cast<size_t>(id)];
  }
  const Name* name_error() const { return name_error_; }

 private:
  void DeclareTypes(TypeTable& table, Arena& arena, NameTable& names);
  void DeclareConstants(Arena& arena, NameTable& names);
  void DeclareBuiltins(Arena& arena, NameTable& names);

  Scope* scope_;
  std::unique_ptr<Package> unsafe_;
  const Alias* any_ = nullptr;
  const Interface* empty_interface_ = nullptr;
  const Named* error_ = nullptr;
  const Named* comparable_ = nullptr;
  Object* nil_ = nullptr;
  Object* iota_ = nullptr;
  const Name* name_error_ = nullptr;
  std::array<Builtin*, static_cast<size_t>(BuiltinId::kTrace) + 1> builtins_ =
      {};
};

}  // namespace gdlint::types
