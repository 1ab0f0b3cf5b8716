// Makes types for tests, without source.

#pragma once

#include <string_view>
#include <vector>

#include "types/object.h"
#include "types/package.h"
#include "types/type.h"
#include "types/type_set.h"
#include "types/type_string.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {

struct TypeMaker {
  TypeMaker() { Open(p); }

  TypeTable table{Sizes::ForArchitecture("amd64")};
  TypeContext context{table};
  Package p;
  const Type* int_type = Typ(BasicKind::kInt);
  const Type* string_type = Typ(BasicKind::kString);

  void Open(Package& package, std::string_view path = "example.com/p") {
    package.path = path;
    package.name = path.substr(path.rfind('/') + 1);
    package.scope =
        context.arena().New<Scope>(context.arena(), &universe().scope());
  }
  const Universe& universe() const { return table.universe(); }
  const Name* NameOf(std::string_view text) {
    return table.names().Intern(text);
  }

  template <typename T>
  T* NewObject(std::string_view name, const Type* type,
               Package* package = nullptr) {
    T* const object = context.arena().New<T>();
    object->name = NameOf(name);
    object->type = type;
    object->package = package != nullptr ? package : &p;
    return object;
  }

  // Declared in the package's scope; `rhs` null while that is going on.
  Named* NewNamed(std::string_view name, const Type* rhs = nullptr,
                  std::vector<const TypeParam*> type_params = {},
                  Package* package = nullptr) {
    auto* const object = NewObject<TypeName>(name, nullptr, package);
    object->package->scope->Insert(object);
    Named* const named = context.NewNamed(object);
    named->from_rhs = rhs;
    named->type_params = context.arena().Copy(type_params);
    return named;
  }
  Alias* NewAlias(std::string_view name, const Type* rhs = nullptr) {
    auto* const object = NewObject<TypeName>(name, nullptr);
    p.scope->Insert(object);
    Alias* const alias = context.NewAlias(object);
    alias->from_rhs = rhs;
    return alias;
  }
  TypeParam* NewTypeParam(std::string_view name, const Type* bound,
                          uint32_t index = 0) {
    TypeParam* const type_param =
        context.NewTypeParam(NewObject<TypeName>(name, nullptr), index);
    type_param->bound = bound;
    return type_param;
  }

  Var* Field(std::string_view name, const Type* type, bool is_embedded = false,
             Package* package = nullptr) {
    Var* const field = NewObject<Var>(name, type, package);
    field->var_kind = VarKind::kFieldVar;
    field->is_embedded = is_embedded;
    return field;
  }
  const Struct* NewStruct(std::vector<Var*> fields,
                          std::vector<std::string_view> tags = {}) {
    return context.NewStruct(fields, tags);
  }

  const Tuple* TupleOf(std::vector<const Type*> types) {
    std::vector<Param> params;
    for (const Type* const type : types) {
      params.push_back({.name = nullptr, .type = type});
    }
    return context.TupleOf(params);
  }
  const Signature* Func(std::vector<const Type*> params,
                        std::vector<const Type*> results = {},
                        bool variadic = false) {
    return context.SignatureOf({}, TupleOf(params), TupleOf(results), variadic);
  }
  types::Func* Method(std::string_view name, const Signature* type,
                      const Type* recv = nullptr, Package* package = nullptr) {
    types::Func* const method = NewObject<types::Func>(name, type, package);
    method->recv = recv;
    return method;
  }
  const Interface* NewInterface(std::vector<types::Func*> methods,
                                std::vector<const Type*> embeddeds = {},
                                bool is_implicit = false) {
    return context.NewInterface(methods, embeddeds, is_implicit);
  }
  const Type* UnionOf(std::vector<Term> terms) {
    return context.UnionOf(terms);
  }
  const Named* InstanceOf(const Named* origin, std::vector<const Type*> args) {
    return context.InstanceOf(origin, args);
  }
};

}  // namespace gdlint::types
