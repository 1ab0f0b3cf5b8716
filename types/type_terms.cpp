// Lists of terms, such as `~int | string`.

#include <algorithm>
#include <optional>
#include <utility>

#include "types/predicates.h"
#include "types/type_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

constexpr TypeTerm kAllTerms[1] = {};

// What two terms have in common, neither being all types.
std::optional<TypeTerm> Intersect(const TypeTerm& x, const TypeTerm& y) {
  if (x.type == nullptr) {
    return y;
  }
  if (y.type == nullptr) {
    return x;
  }
  if (IsDisjoint(x, y)) {
    return std::nullopt;
  }
  return x.tilde && !y.tilde ? y : x;
}

}  // namespace

std::span<const TypeTerm> AllTerms() { return kAllTerms; }

bool IsDisjoint(const TypeTerm& x, const TypeTerm& y) {
  const Type* const x_type = y.tilde ? Under(x.type) : x.type;
  const Type* const y_type = x.tilde ? Under(y.type) : y.type;
  return !Identical(x_type, y_type);
}

bool IsSubset(const TypeTerm& x, const TypeTerm& y) {
  if (y.type == nullptr) {
    return true;
  }
  if (x.type == nullptr || IsDisjoint(x, y)) {
    return false;
  }
  return !x.tilde || y.tilde;
}

bool IsSubset(std::span<const TypeTerm> xs, std::span<const TypeTerm> ys) {
  return std::ranges::all_of(xs, [ys](const TypeTerm& x) {
    return std::ranges::any_of(
        ys, [&x](const TypeTerm& y) { return IsSubset(x, y); });
  });
}

// Every term swallows those after it that overlap with it: overlapping terms
// have one underlying type, so that one of them contains the other.
std::vector<TypeTerm> NormalizeTerms(std::span<const TypeTerm> terms) {
  std::vector<TypeTerm> result;
  result.reserve(terms.size());
  for (const TypeTerm& term : terms) {
    if (term.type == nullptr) {
      return {TypeTerm()};
    }
    result.push_back(term);
  }
  for (size_t i = 0; i < result.size(); ++i) {
    const auto is_swallowed = [&result, i](const TypeTerm& other) {
      TypeTerm& term = result[i];
      if (IsDisjoint(term, other)) {
        return false;
      }
      if (!term.tilde && other.tilde) {
        term = other;
      }
      return true;
    };
    // The terms move while they are tested, but only within what was tested.
    const auto rest =
        std::remove_if(result.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                       result.end(), is_swallowed);
    result.erase(rest, result.end());
  }
  return result;
}

std::vector<TypeTerm> IntersectTerms(std::span<const TypeTerm> xs,
                                     std::span<const TypeTerm> ys) {
  if (IsAllTerms(xs)) {
    return {ys.begin(), ys.end()};
  }
  if (IsAllTerms(ys)) {
    return {xs.begin(), xs.end()};
  }
  std::vector<TypeTerm> result;
  for (const TypeTerm& x : xs) {
    for (const TypeTerm& y : ys) {
      if (const std::optional<TypeTerm> both = Intersect(x, y)) {
        result.push_back(*both);
      }
    }
  }
  return NormalizeTerms(result);
}

bool TermsInclude(std::span<const TypeTerm> terms, const Type* type) {
  return std::ranges::any_of(terms, [type](const TypeTerm& term) {
    return term.type == nullptr ||
           Identical(term.type, term.tilde ? Under(type) : type);
  });
}

UnionTerms TermsOfUnion(const Union* type, bool* is_pending) {
  UnionTerms result;
  for (const Term& term : type->terms) {
    const ResolvedUnder under = ResolveUnder(term.type);
    if (under.is_pending) {
      *is_pending = true;
      continue;
    }
    if (const Interface* const interface = TryAs<Interface>(under.type)) {
      const TypeSet* const set = TypeSetOf(interface);
      const std::span<const TypeTerm> terms =
          set->has_all_terms ? AllTerms() : set->terms;
      result.terms.insert(result.terms.end(), terms.begin(), terms.end());
    } else if (under.type == InvalidType() ||
               (term.tilde && !Identical(term.type, under.type))) {
      // No type at all has an underlying type that is not one.
      continue;
    } else {
      result.terms.push_back({.type = term.type, .tilde = term.tilde});
    }
    result.terms = NormalizeTerms(result.terms);
    if (result.terms.size() > kMaxUnionTerms) {
      return {.terms = {}, .is_too_long = true};
    }
  }
  return result;
}

}  // namespace gdlint::types
