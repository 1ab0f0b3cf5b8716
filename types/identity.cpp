// Type identity, after the spec's section of that name.

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "types/object.h"
#include "types/predicates.h"
#include "types/type_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// Compares two types. A pair that is already being compared is taken to be
// identical: if it is not, some other part says so. Once a comparison takes
// long, pairs are remembered for that; since a difference ends it all (but
// where `Attempt` tells), what was compared before is identical too, so that
// no pair is ever compared twice.
class Comparison {
 public:
  explicit Comparison(bool ignore_tags) : ignore_tags_(ignore_tags) {}

  bool Identical(const Type* x, const Type* y) {
    x = Unalias(x);
    y = Unalias(y);
    if (x == y) {
      return true;
    }
    if (x == nullptr || y == nullptr || x->kind != y->kind) {
      return false;
    }
    switch (x->kind) {
      case TypeKind::kBasic:
        // `byte` and `uint8` are two.
        return As<Basic>(x)->basic == As<Basic>(y)->basic;
      case TypeKind::kArray:
        return IdenticalArrays(As<Array>(x), As<Array>(y));
      case TypeKind::kSlice:
        return Identical(As<Slice>(x)->elem, As<Slice>(y)->elem);
      case TypeKind::kPointer:
        return Identical(As<Pointer>(x)->elem, As<Pointer>(y)->elem);
      case TypeKind::kChan:
        return As<Chan>(x)->direction == As<Chan>(y)->direction &&
               Identical(As<Chan>(x)->elem, As<Chan>(y)->elem);
      case TypeKind::kTypeParam:
        return IsRenamed(x, y) || IsRenamed(y, x);
      default:
        return IsAssumed(x, y) || IdenticalParts(x, y);
    }
  }

 private:
  using TypePair = std::pair<const Type*, const Type*>;
  // A pair, and in the lowest bit of the first address whether tags count.
  struct Assumption {
    uintptr_t x;
    uintptr_t y;
    friend bool operator==(const Assumption&, const Assumption&) = default;
  };
  struct AssumptionHash {
    size_t operator()(const Assumption& pair) const {
      return (pair.x * 0x9e3779b97f4a7c15) ^ (pair.y >> 4);
    }
  };
  // Most comparisons are over before that.
  static constexpr int kFreeSteps = 64;

  bool IsRenamed(const Type* from, const Type* to) const {
    return std::ranges::find(renamed_, TypePair(from, to)) != renamed_.end();
  }

  bool IsAssumed(const Type* x, const Type* y) {
    if (steps_ < kFreeSteps) {
      ++steps_;
      return false;
    }
    const Assumption pair = {
        reinterpret_cast<uintptr_t>(x) | uintptr_t{ignore_tags_},
        reinterpret_cast<uintptr_t>(y)};
    if (!assumed_.insert(pair).second) {
      return true;
    }
    order_.push_back(pair);
    return false;
  }

  // As Identical; a difference does not end the whole comparison, so that what
  // was assumed under way is forgotten.
  bool Attempt(const Type* x, const Type* y) {
    const size_t before = order_.size();
    if (Identical(x, y)) {
      return true;
    }
    for (; order_.size() > before; order_.pop_back()) {
      assumed_.erase(order_.back());
    }
    return false;
  }

  bool IdenticalParts(const Type* x, const Type* y) {
    switch (x->kind) {
      case TypeKind::kMap:
        return Identical(As<Map>(x)->key, As<Map>(y)->key) &&
               Identical(As<Map>(x)->elem, As<Map>(y)->elem);
      case TypeKind::kStruct:
        return IdenticalStructs(As<Struct>(x), As<Struct>(y));
      case TypeKind::kTuple:
        return IdenticalTuples(As<Tuple>(x), As<Tuple>(y));
      case TypeKind::kSignature:
        return IdenticalSignatures(As<Signature>(x), As<Signature>(y));
      case TypeKind::kUnion:
        return IdenticalUnions(As<Union>(x), As<Union>(y));
      case TypeKind::kInterface:
        return IdenticalInterfaces(As<Interface>(x), As<Interface>(y));
      case TypeKind::kNamed:
        return IdenticalNamed(As<Named>(x), As<Named>(y));
      default:
        return false;
    }
  }

  // An unknown length is taken to be right.
  bool IdenticalArrays(const Array* x, const Array* y) {
    return (x->length == y->length || x->length < 0 || y->length < 0) &&
           Identical(x->elem, y->elem);
  }

  bool IdenticalStructs(const Struct* x, const Struct* y) {
    if (x->fields.size() != y->fields.size()) {
      return false;
    }
    for (size_t i = 0; i < x->fields.size(); ++i) {
      const Var* const f = x->fields[i];
      const Var* const g = y->fields[i];
      if (f->is_embedded != g->is_embedded ||
          (!ignore_tags_ && TagOf(x, i) != TagOf(y, i)) ||
          !SameId(f, g->package, g->name, /*fold_case=*/false) ||
          !Identical(f->type, g->type)) {
        return false;
      }
    }
    return true;
  }

  static std::string_view TagOf(const Struct* type, size_t i) {
    return type->tags.empty() ? std::string_view() : type->tags[i];
  }

  bool IdenticalTuples(const Tuple* x, const Tuple* y) {
    return std::ranges::equal(x->params, y->params,
                              [this](const Param& a, const Param& b) {
                                return Identical(a.type, b.type);
                              });
  }

  // Type parameters may have other names: each of one stands for that of the
  // other at its place.
  bool IdenticalSignatures(const Signature* x, const Signature* y) {
    if (x->variadic != y->variadic ||
        x->type_params.size() != y->type_params.size()) {
      return false;
    }
    for (size_t i = 0; i < x->type_params.size(); ++i) {
      renamed_.emplace_back(x->type_params[i], y->type_params[i]);
    }
    for (size_t i = 0; i < x->type_params.size(); ++i) {
      if (!Identical(x->type_params[i]->bound, y->type_params[i]->bound)) {
        return false;
      }
    }
    return Identical(x->params, y->params) && Identical(x->results, y->results);
  }

  bool IsSubsetOf(std::span<const TypeTerm> xs, std::span<const TypeTerm> ys) {
    return std::ranges::all_of(xs, [&](const TypeTerm& x) {
      return std::ranges::any_of(ys, [&](const TypeTerm& y) {
        return (!x.tilde || y.tilde) &&
               Attempt(y.tilde ? Under(x.type) : x.type,
                       x.tilde ? Under(y.type) : y.type);
      });
    });
  }

  bool IdenticalTerms(std::span<const TypeTerm> xs,
                      std::span<const TypeTerm> ys) {
    if (IsAllTerms(xs) || IsAllTerms(ys)) {
      return IsAllTerms(xs) && IsAllTerms(ys);
    }
    return IsSubsetOf(xs, ys) && IsSubsetOf(ys, xs);
  }

  bool IdenticalUnions(const Union* x, const Union* y) {
    bool is_pending = false;
    return IdenticalTerms(TermsOfUnion(x, &is_pending).terms,
                          TermsOfUnion(y, &is_pending).terms);
  }

  // Interfaces with the same type set are identical, however written.
  bool IdenticalInterfaces(const Interface* x, const Interface* y) {
    const TypeSet* const xs = TypeSetOf(x);
    const TypeSet* const ys = TypeSetOf(y);
    if (xs->comparable != ys->comparable ||
        xs->methods.size() != ys->methods.size() ||
        xs->has_all_terms != ys->has_all_terms ||
        (!xs->has_all_terms && !IdenticalTerms(xs->terms, ys->terms))) {
      return false;
    }
    for (size_t i = 0; i < xs->methods.size(); ++i) {
      if (CompareIds(xs->methods[i], ys->methods[i]) != 0) {
        return false;
      }
    }
    return std::ranges::equal(xs->methods, ys->methods,
                              [this](const Func* a, const Func* b) {
                                return Identical(a->type, b->type);
                              });
  }

  // Tags in type arguments count, whatever this comparison is for.
  bool IdenticalNamed(const Named* x, const Named* y) {
    if (x->origin->obj != y->origin->obj ||
        x->type_args.size() != y->type_args.size()) {
      return false;
    }
    const bool ignore_tags = std::exchange(ignore_tags_, false);
    const bool same = std::ranges::equal(
        x->type_args, y->type_args,
        [this](const Type* a, const Type* b) { return Identical(a, b); });
    ignore_tags_ = ignore_tags;
    return same;
  }

  bool ignore_tags_;
  int steps_ = 0;
  // In the order of insertion, to take them out again.
  std::vector<Assumption> order_;
  std::unordered_set<Assumption, AssumptionHash> assumed_;
  // Type parameters of signatures under comparison, x's first.
  std::vector<TypePair> renamed_;
};

// Hashes what identical types have in common, to a depth that tells most types
// apart.
class IdentityHasher {
 public:
  static uint32_t Hash(const Type* type, int depth) {
    type = Unalias(type);
    if (type == nullptr) {
      return 0;
    }
    return Mix(static_cast<uint32_t>(type->kind) + 1, Parts(type, depth));
  }

 private:
  static uint32_t Mix(uint32_t hash, uint64_t value) {
    const uint64_t mixed = (hash ^ value) * 0x9e3779b97f4a7c15;
    return static_cast<uint32_t>(mixed >> 32);
  }
  static uint32_t Address(const void* pointer) {
    return Mix(0, reinterpret_cast<uintptr_t>(pointer));
  }
  static uint32_t NameHash(const Name* name) {
    return name != nullptr ? name->chain_hash : 0;
  }

  static uint32_t Parts(const Type* type, int depth) {
    switch (type->kind) {
      case TypeKind::kBasic:
        return static_cast<uint32_t>(As<Basic>(type)->basic);
      case TypeKind::kNamed:
        return OfNamed(As<Named>(type), depth);
      case TypeKind::kInterface:
        return OfInterface(As<Interface>(type));
      case TypeKind::kStruct:
        return OfStruct(As<Struct>(type), depth);
      default:
        return depth == 0 ? 0 : OfParts(type, depth - 1);
    }
  }

  // Which type parameter it is does not count: another one may stand for it.
  // The length of an array does, although an unknown one is equal to all: that
  // was reported, and cases and instances with it are only told apart.
  static uint32_t OfParts(const Type* type, int depth) {
    switch (type->kind) {
      case TypeKind::kArray:
        return Mix(Hash(As<Array>(type)->elem, depth),
                   static_cast<uint64_t>(As<Array>(type)->length));
      case TypeKind::kSlice:
        return Hash(As<Slice>(type)->elem, depth);
      case TypeKind::kPointer:
        return Hash(As<Pointer>(type)->elem, depth);
      case TypeKind::kChan:
        return Mix(Hash(As<Chan>(type)->elem, depth),
                   static_cast<uint64_t>(As<Chan>(type)->direction));
      case TypeKind::kMap:
        return Mix(Hash(As<Map>(type)->key, depth),
                   Hash(As<Map>(type)->elem, depth));
      case TypeKind::kTuple:
        return OfTuple(As<Tuple>(type), depth);
      case TypeKind::kSignature:
        return Mix(Mix(OfTuple(As<Signature>(type)->params, depth),
                       OfTuple(As<Signature>(type)->results, depth)),
                   As<Signature>(type)->variadic);
      default:
        return 0;
    }
  }

  static uint32_t OfTuple(const Tuple* tuple, int depth) {
    uint32_t hash = static_cast<uint32_t>(tuple->params.size());
    for (const Param& param : tuple->params) {
      hash = Mix(hash, Hash(param.type, depth));
    }
    return hash;
  }

  static uint32_t OfNamed(const Named* type, int depth) {
    uint32_t hash = Address(type->origin->obj);
    if (depth > 0) {
      for (const Type* const arg : type->type_args) {
        hash = Mix(hash, Hash(arg, depth - 1));
      }
    }
    return hash;
  }

  static uint32_t OfInterface(const Interface* type) {
    uint32_t hash = 0;
    for (const Func* const method : TypeSetOf(type)->methods) {
      hash = Mix(hash, NameHash(method->name));
    }
    return hash;
  }

  static uint32_t OfStruct(const Struct* type, int depth) {
    uint32_t hash = static_cast<uint32_t>(type->fields.size());
    for (const Var* const field : type->fields) {
      hash = Mix(hash, NameHash(field->name));
      if (depth > 0) {
        hash = Mix(hash, Hash(field->type, depth - 1));
      }
    }
    return hash;
  }
};

constexpr int kHashDepth = 3;

}  // namespace

namespace {

bool AreIdentical(const Type* x, const Type* y, bool ignore_tags) {
  if (x == y) {
    return true;
  }
  x = Unalias(x);
  y = Unalias(y);
  if (x == y) {
    return true;
  }
  // Most types that differ do so at first sight.
  if (x == nullptr || y == nullptr || x->kind != y->kind) {
    return false;
  }
  if (x->kind == TypeKind::kNamed &&
      As<Named>(x)->origin->obj != As<Named>(y)->origin->obj) {
    return false;
  }
  return Comparison(ignore_tags).Identical(x, y);
}

}  // namespace

bool Identical(const Type* x, const Type* y) {
  return AreIdentical(x, y, /*ignore_tags=*/false);
}

bool IdenticalIgnoreTags(const Type* x, const Type* y) {
  return AreIdentical(x, y, /*ignore_tags=*/true);
}

bool IdenticalInstances(const Named* x, const Named* y) {
  return Identical(x, y);
}

uint32_t IdentityHash(const Type* type) {
  return IdentityHasher::Hash(type, kHashDepth);
}

}  // namespace gdlint::types
