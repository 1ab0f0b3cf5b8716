// Questions about types. Those about "all" types of a type parameter's type set
// are named as in go/types.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "types/type.h"
#include "types/type_string.h"
#include "types/universe.h"

namespace gdlint::types {

class TypeContext;

// The spec's type identity. Takes bounded time for any types (pairs already
// under comparison are taken to be identical). Tags count; IdenticalIgnoreTags
// is for conversions.
bool Identical(const Type* x, const Type* y);
bool IdenticalIgnoreTags(const Type* x, const Type* y);
bool IdenticalInstances(const Named* x, const Named* y);
// Identical types have equal hashes, but for arrays of unknown length.
uint32_t IdentityHash(const Type* type);

// These look at the underlying type; a type parameter is none of them.
bool IsBasic(const Type* type, uint16_t info);
inline bool IsBoolean(const Type* t) { return IsBasic(t, kIsBoolean); }
inline bool IsNumeric(const Type* t) { return IsBasic(t, kIsNumeric); }
inline bool IsString(const Type* t) { return IsBasic(t, kIsString); }
inline bool IsInteger(const Type* t) { return IsBasic(t, kIsInteger); }
inline bool IsUnsigned(const Type* t) { return IsBasic(t, kIsUnsigned); }
inline bool IsConstType(const Type* t) { return IsBasic(t, kIsConstType); }
// As above, and for a type parameter whose type set has only such types.
bool AllBasic(const Type* type, uint16_t info);
inline bool AllBoolean(const Type* t) { return AllBasic(t, kIsBoolean); }
inline bool AllInteger(const Type* t) { return AllBasic(t, kIsInteger); }
inline bool AllUnsigned(const Type* t) { return AllBasic(t, kIsUnsigned); }
inline bool AllNumeric(const Type* t) { return AllBasic(t, kIsNumeric); }
inline bool AllString(const Type* t) { return AllBasic(t, kIsString); }
inline bool AllOrdered(const Type* t) { return AllBasic(t, kIsOrdered); }
inline bool AllNumericOrString(const Type* t) {
  return AllBasic(t, kIsNumeric | kIsString);
}

bool IsTyped(const Type* type);
inline bool IsUntyped(const Type* type) { return !IsTyped(type); }
bool IsUntypedNumeric(const Type* type);
// An interface other than a type parameter's.
bool IsNonTypeParamInterface(const Type* type);
inline bool IsInterface(const Type* t) {
  return UnderAs<Interface>(t) != nullptr;
}
inline bool IsTypeParam(const Type* t) {
  return TryAs<TypeParam>(Unalias(t)) != nullptr;
}
bool HasTypeName(const Type* type);
// A Named or Alias that has type parameters and no arguments.
bool IsGeneric(const Type* type);
bool IsTypeLiteral(const Type* type);
// May be compared with `==`. `dynamic`: interfaces count, though comparing may
// panic. If not and `cause` is given, it is set to the reason, if there is one
// to tell.
bool Comparable(const Type* type, bool dynamic, std::string* cause = nullptr,
                const TypeStringOptions& text = kMessageText);
bool HasNil(const Type* type);
// True if a type parameter occurs in `type` that is one of `type_params`, or
// any at all if that is empty.
bool IsParameterized(std::span<const TypeParam* const> type_params,
                     const Type* type);
bool IsBytesOrRunes(const Type* type);
bool HasEmptyTypeSet(const Type* type);

// The default type of an untyped constant's type; other types are themselves.
const Type* Default(const Type* type);
// The untyped numeric type of greater kind, or null if they do not go together.
const Type* MaxUntyped(const Type* x, const Type* y);

// The element type of what may be a pointer to an array, looking through one
// pointer: go/types' arrayPtrDeref.
const Type* ArrayPointerDeref(const Type* type);
// Looks through one pointer (not a defined pointer type, with `is_pointer`
// told): go/types' deref.
const Type* Deref(const Type* type, bool* is_pointer = nullptr);

}  // namespace gdlint::types
