// Replacing type parameters, and instantiating generic types and functions.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "types/lookup.h"
#include "types/type.h"

namespace gdlint::types {

class TypeContext;

// Type parameters and what replaces them, of equal number.
struct Substitution {
  std::span<const TypeParam* const> from;
  std::span<const Type* const> to;
};

// `type` with the parameters replaced; the same address if none occurs. Types
// that would become too large give kInvalid (see kMaxTypeDepth).
const Type* Substitute(TypeContext& context, const Type* type,
                       const Substitution& substitution);

// Types nested deeper by substitution are endless expansions.
inline constexpr int kMaxTypeDepth = 1000;

// A substitution of this thread gave kInvalid for too large a type, or
// NoteGivenUp was called on it, since this was last called.
bool TakeGivenUp();
void NoteGivenUp();

// A generic Named, Alias or Signature with its type parameters replaced. The
// number of arguments must be right; constraints are not looked at.
const Type* Instantiate(TypeContext& context, const Type* generic,
                        std::span<const Type* const> type_args);
std::span<const TypeParam* const> TypeParamsOfGeneric(const Type* generic);

// The index of the first argument that does not satisfy its constraint, or -1;
// `cause` says why.
int VerifyTypeArgs(TypeContext& context,
                   std::span<const TypeParam* const> type_params,
                   std::span<const Type* const> type_args,
                   const ResolveObject& resolve, std::string* cause);

}  // namespace gdlint::types
