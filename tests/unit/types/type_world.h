// Makes types by hand, for tests of questions about them.

#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "types/object.h"
#include "types/package.h"
#include "types/type.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {

struct TypeWorld {
  TypeTable table{Sizes()};
  TypeContext types{table};
  Package package;

  TypeWorld() {
    package.path = "p";
    package.name = "p";
  }

  const Name* Intern(std::string_view text) {
    return table.names().Intern(text);
  }
  template <typename T>
  T* NewObject(std::string_view name, const Type* type) {
    T* const object = types.arena().New<T>();
    object->name = Intern(name);
    object->package = &package;
    object->type = type;
    return object;
  }

  Named* NewNamed(std::string_view name, const Type* rhs) {
    Named* const named = types.NewNamed(NewObject<TypeName>(name, nullptr));
    named->from_rhs = rhs;
    return named;
  }
  TypeParam* NewTypeParam(std::string_view name, uint32_t index,
                          const Type* bound) {
    TypeParam* const param =
        types.NewTypeParam(NewObject<TypeName>(name, nullptr), index);
    param->bound = bound;
    return param;
  }
  const Type* any() { return table.universe().any_type(); }
  // type name[P any] …, whose right-hand side the caller sets.
  Named* NewGeneric(std::string_view name,
                    std::initializer_list<const TypeParam*> type_params) {
    Named* const named = NewNamed(name, nullptr);
    named->type_params =
        types.arena().Copy(std::span(type_params.begin(), type_params.size()));
    return named;
  }
  Var* Field(std::string_view name, const Type* type,
             bool is_embedded = false) {
    Var* const field = NewObject<Var>(name, type);
    field->var_kind = VarKind::kFieldVar;
    field->is_embedded = is_embedded;
    return field;
  }
  Var* Embedded(std::string_view name, const Type* type) {
    return Field(name, type, true);
  }
  const Struct* StructOf(std::initializer_list<Var*> fields) {
    return types.NewStruct(std::span(fields.begin(), fields.size()), {});
  }
  const Signature* FuncOf(std::initializer_list<const Type*> params,
                          std::initializer_list<const Type*> results,
                          std::span<const TypeParam* const> type_params = {}) {
    return types.SignatureOf(type_params, TupleOf(params), TupleOf(results),
                             false);
  }
  const Tuple* TupleOf(std::initializer_list<const Type*> list) {
    std::vector<Param> params;
    for (const Type* const type : list) {
      params.push_back({nullptr, type});
    }
    return types.TupleOf(params);
  }
  Func* Method(std::string_view name, const Type* recv,
               const Signature* signature) {
    Func* const method = NewObject<Func>(name, signature);
    method->recv = recv;
    method->has_pointer_recv = recv->kind == TypeKind::kPointer;
    return method;
  }
  void SetMethods(Named* named, std::initializer_list<Func*> methods) {
    named->methods =
        types.arena().Copy(std::span(methods.begin(), methods.size()));
  }
  const Interface* InterfaceOf(std::initializer_list<Func*> methods,
                               std::initializer_list<const Type*> embeddeds) {
    return types.NewInterface(std::span(methods.begin(), methods.size()),
                              std::span(embeddeds.begin(), embeddeds.size()),
                              false);
  }
  const Union* UnionOf(std::initializer_list<Term> terms) {
    return types.UnionOf(std::span(terms.begin(), terms.size()));
  }
};

inline const Type* Int() { return Typ(BasicKind::kInt); }
inline const Type* String() { return Typ(BasicKind::kString); }

}  // namespace gdlint::types
