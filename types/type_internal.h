// How type.cpp tells the rest of types/ what Under cannot say. Internal.

#pragma once

#include <span>
#include <vector>

#include "types/type.h"
#include "types/type_set.h"

namespace gdlint::types {

struct ResolvedUnder {
  const Type* type;
  // A declaration on the way is not finished, so that `type` is kInvalid now
  // and may be something else later.
  bool is_pending = false;
};

// The type parameters that a defined type has without naming them: those of the
// function that it is declared in. What an instance of that function makes of
// it has them for its first type arguments, before its own. Empty for none.
std::vector<const TypeParam*> ImplicitTypeParams(const Named* origin);

// As Under, telling pending declarations from invalid ones.
ResolvedUnder ResolveUnder(const Type* type);

// Unless it is known, the type set will be that of `any`.
void GiveUpTypeSet(const Interface* type);

// Of terms that are not all types. go/types' names.
bool IsDisjoint(const TypeTerm& x, const TypeTerm& y);
bool IsSubset(const TypeTerm& x, const TypeTerm& y);
bool IsSubset(std::span<const TypeTerm> xs, std::span<const TypeTerm> ys);
inline bool IsAllTerms(std::span<const TypeTerm> terms) {
  return terms.size() == 1 && terms.front().type == nullptr;
}
// The list that has one term: all types.
std::span<const TypeTerm> AllTerms();

// The terms of a union, in normal form; nothing if they are too many.
struct UnionTerms {
  std::vector<TypeTerm> terms;
  bool is_too_long = false;
};
inline constexpr size_t kMaxUnionTerms = 100;
// `is_pending` is set if a term's declaration is not finished.
UnionTerms TermsOfUnion(const Union* type, bool* is_pending);

}  // namespace gdlint::types
