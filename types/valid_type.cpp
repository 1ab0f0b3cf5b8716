// Types that would need endless memory because they contain themselves, also
// by way of type parameters.

#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"

namespace gdlint::types {
namespace {

// So many types are looked at for one declaration. Only generic types that
// double at every level need more.
constexpr int kMaxSteps = 200'000;

// A type whose inside is being looked at, in the memory of those before it
// (the nest). Type parameters are those of the innermost one, and stand for
// arguments in the nest around it.
struct Nest {
  const Nest* outer;
  const Named* type;
  // What was found to be finite in exactly this nest.
  std::unordered_set<const Type*> seen;
};

class Validator {
 public:
  explicit Validator(Checker& checker) : checker_(checker) {}

  bool IsValid(const Type* type, Nest* nest) {
    type = type != nullptr ? Unalias(type) : nullptr;
    if (type == nullptr) {
      return true;
    }
    switch (type->kind) {
      case TypeKind::kArray:
        return IsValid(As<Array>(type)->elem, nest);
      case TypeKind::kStruct:
        if (!IsNew(type, nest)) {
          return true;
        }
        for (const Var* const field : As<Struct>(type)->fields) {
          if (!IsValid(field->type, nest)) {
            return false;
          }
        }
        return true;
      case TypeKind::kUnion:
        for (const Term& term : As<Union>(type)->terms) {
          if (!IsValid(term.type, nest)) {
            return false;
          }
        }
        return true;
      case TypeKind::kInterface:
        if (!IsNew(type, nest)) {
          return true;
        }
        for (const Type* const embedded : As<Interface>(type)->embeddeds) {
          if (!IsValid(embedded, nest)) {
            return false;
          }
        }
        return true;
      case TypeKind::kNamed:
        return IsValidNamed(As<Named>(type), nest);
      case TypeKind::kTypeParam:
        return IsValidTypeParam(As<TypeParam>(type), nest);
      default:
        return true;
    }
  }

  bool is_too_complex() const { return steps_ > kMaxSteps; }

 private:
  // Not looked at in this nest before. Aliases may make one type part of many.
  static bool IsNew(const Type* type, Nest* nest) {
    return nest == nullptr || nest->seen.insert(type).second;
  }
  // Its validity is the same wherever it is.
  static bool IsClosed(const Named* type) {
    return type->is_instance() ? !type->may_have_type_params
                               : type->type_params.empty();
  }
  // Declared, and checked, elsewhere or before.
  bool IsKnownValid(const Named* type) const {
    if (type->is_instance()) {
      return false;
    }
    return type->obj->package != &checker_.package ||
           (checker_.is_body && type->obj->decl != nullptr);
  }

  bool IsValidNamed(const Named* type, Nest* nest) {
    if (IsKnownValid(type)) {
      return true;
    }
    const bool is_closed = IsClosed(type);
    if (is_closed && checker_.valid_types.contains(type)) {
      return true;
    }
    const bool may_be_inside = on_path_.contains(type->origin);
    for (const Nest* at = may_be_inside ? nest : nullptr; at != nullptr;
         at = at->outer) {
      if (at->type == type ||
          (at->type->origin == type->origin && Identical(at->type, type))) {
        ReportCycle(type);
        return false;
      }
    }
    if (!IsNew(type, nest)) {
      return true;
    }
    if (++steps_ > kMaxSteps) {
      return false;
    }
    Nest inner{nest, type, {}};
    path_.push_back(type);
    on_path_.insert(type->origin);
    const bool is_valid = IsValid(type->origin->from_rhs, &inner);
    on_path_.erase(on_path_.find(type->origin));
    path_.pop_back();
    if (is_valid && is_closed) {
      checker_.valid_types.insert(type);
    }
    return is_valid;
  }

  bool IsValidTypeParam(const TypeParam* type, Nest* nest) {
    if (nest == nullptr || !nest->seen.insert(type).second) {
      return true;
    }
    if (++steps_ > kMaxSteps) {
      return false;
    }
    const std::span<const TypeParam* const> type_params =
        TypeParamsOf(nest->type);
    const std::span<const Type* const> type_args = nest->type->type_args;
    for (size_t i = 0; i < type_params.size() && i < type_args.size(); ++i) {
      if (type_params[i] == type) {
        // The argument belongs to where the instance is written.
        return IsValid(type_args[i], const_cast<Nest*>(nest->outer));
      }
    }
    return true;
  }

  // `type` is inside of itself. Its declaration is to blame, however it was
  // instantiated.
  void ReportCycle(const Named* type) {
    size_t start = 0;
    while (start < path_.size() && path_[start] != type &&
           !Identical(path_[start], type)) {
      ++start;
    }
    std::vector<Object*> cycle;
    for (size_t i = start; i < path_.size(); ++i) {
      cycle.push_back(path_[i]->obj);
    }
    // Other packages' types cannot contain it.
    if (type->obj->package == &checker_.package) {
      const_cast<Named*>(type->origin)->from_rhs = InvalidType();
      type->origin->underlying.store(InvalidType(), std::memory_order_release);
      type->underlying.store(InvalidType(), std::memory_order_release);
    }
    if (!cycle.empty()) {
      checker_.CycleError(cycle, 0, FirstInstantiation(checker_, path_[start]));
    }
  }

  Checker& checker_;
  // All types that lead to the current one.
  std::vector<const Named*> path_;
  // Their origins.
  std::unordered_multiset<const Named*> on_path_;
  int steps_ = 0;
};

}  // namespace

void Checker::ValidType(const Named* type) {
  Validator validator(*this);
  if (validator.IsValid(type, nullptr) || !validator.is_too_complex()) {
    return;
  }
  Error(AtObject(type->obj), Code::kTooComplex,
        fmt::format("type {} is too complex", type->obj->name->text()));
  const_cast<Named*>(type->origin)->from_rhs = InvalidType();
  type->origin->underlying.store(InvalidType(), std::memory_order_release);
}

}  // namespace gdlint::types
