// Type sets of interfaces, after the spec's section of that name.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "types/object.h"
#include "types/type.h"
#include "types/type_string.h"

namespace gdlint::types {

class TypeContext;

// A term of a normal-form list: `type` null stands for all types.
struct TypeTerm {
  const Type* type = nullptr;
  bool tilde = false;
};

// The methods and the types of an interface.
struct TypeSet {
  // All methods, sorted by Id.
  std::span<Func* const> methods;
  // In normal form: pairwise disjoint. Empty: no types at all. {all}: no
  // restriction.
  std::span<const TypeTerm> terms;
  bool has_all_terms = true;
  // Only comparable types; then has_all_terms.
  bool comparable = false;

  bool IsEmpty() const { return terms.empty() && !has_all_terms; }
  // Without specific types and not only comparable ones: an ordinary interface.
  bool IsMethodSet() const { return !comparable && has_all_terms; }
  bool IsAll() const { return IsMethodSet() && methods.empty(); }
  bool HasTerms() const { return !terms.empty() && !has_all_terms; }
  bool IsComparable() const;
  Func* LookupMethod(const Package* package, const Name* name, bool fold_case,
                     uint32_t* index = nullptr) const;
  bool SubsetOf(const TypeSet& other) const;
};

// What is wrong with an interface, found while its type set was computed.
struct TypeSetProblem {
  // The embedded element, by its index, or a method.
  int embedded_index = -1;
  const Func* method = nullptr;
  const Func* other_method = nullptr;
  std::string message;
  // Needs this language version (duplicate methods: 14; constraints: 18), or 0.
  uint32_t needs_minor_version = 0;
};

// The type set of `type`; computed when first asked, by whichever thread. While
// an embedded type is still being declared, the answer is what is known so far
// and is not kept. With `problems` it is computed again, to tell them. They are
// all that there may be: which elements were complained about where they are
// declared, and what the language version allows, is for the caller to say.
const TypeSet* TypeSetOf(const Interface* type,
                         std::vector<TypeSetProblem>* problems = nullptr,
                         const TypeStringOptions& text = kMessageText);

// The constraint of a type parameter as an interface, `interface{ bound }` if
// the bound is none.
const Interface* ConstraintInterface(const TypeParam* type_param);

// Calls `fn(type, under)` for each specific type of the type set of a type
// parameter, until it returns false, or once with nulls if there is none; for
// other types once with the type and its underlying type. Returns false if a
// call did: go/types' typeset.
bool ForEachInTypeSet(
    const Type* type,
    const std::function<bool(const Type* type, const Type* under)>& fn);
// As above, with the underlying type alone: go/types' underIs.
bool AllUnder(const Type* type, const std::function<bool(const Type*)>& fn);

// If all types of the type set have one underlying type (channels may differ in
// direction), that one, else null, and `cause` says why: go/types' commonUnder.
const Type* CommonUnder(TypeContext& context, const Type* type,
                        std::string* cause = nullptr,
                        const TypeStringOptions& text = kMessageText);

// Reductions of go/types' termlist.
std::vector<TypeTerm> NormalizeTerms(std::span<const TypeTerm> terms);
std::vector<TypeTerm> IntersectTerms(std::span<const TypeTerm> xs,
                                     std::span<const TypeTerm> ys);
bool TermsInclude(std::span<const TypeTerm> terms, const Type* type);

}  // namespace gdlint::types
