#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "types/infer.h"
#include "types/lookup_internal.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// Type parameters that stand for types which contain them would be unfolded
// without end.
constexpr int kMaxDepth = 500;
// More steps than any program that is not made to be slow.
constexpr uint32_t kMaxSteps = 1 << 18;
// Pairs are remembered only from here on: most types are small.
constexpr uint32_t kFewSteps = 128;

bool IsSame(const Type* x, const Type* y) {
  return x == y || Unalias(x) == Unalias(y);
}

const Interface* AsPlainInterface(const Type* type) {
  return IsTypeParam(type) ? nullptr : UnderAs<Interface>(type);
}

bool HaveSameTerms(const TypeSet& x, const TypeSet& y) {
  return x.comparable == y.comparable && x.SubsetOf(y) && y.SubsetOf(x);
}

// Interfaces under comparison, innermost first.
struct InterfacePair {
  const Interface* x;
  const Interface* y;
  const InterfacePair* outer;

  bool IsAmong(const InterfacePair* pairs) const {
    for (; pairs != nullptr; pairs = pairs->outer) {
      if ((pairs->x == x && pairs->y == y) ||
          (pairs->x == y && pairs->y == x)) {
        return true;
      }
    }
    return false;
  }
};

}  // namespace

struct Unifier::State {
  TypeContext& context;
  ResolveObject resolve;
  bool use_interfaces;
  // Type parameters, and for each which of `types` is its: those that were
  // found to be the same share one.
  std::vector<const TypeParam*> params;
  std::vector<uint32_t> handles;
  std::vector<const Type*> types;
  // Of params, if they are many.
  std::unordered_map<const TypeParam*, size_t> places;
  int depth = 0;
  uint32_t steps = 0;
  std::set<std::tuple<const Type*, const Type*, unsigned>> unified;

  static constexpr size_t kFewParams = 16;
  static constexpr size_t kNone = SIZE_MAX;

  size_t Find(const TypeParam* param) const;
  // The place of the type parameter that `type` is, or kNone.
  size_t FindBound(const Type* type) const {
    const TypeParam* const param = TryAs<TypeParam>(Unalias(type));
    return param != nullptr ? Find(param) : kNone;
  }
  const Type*& TypeAt(size_t place) { return types[handles[place]]; }
  bool Join(size_t x, size_t y);

  bool Unify(const Type* x, const Type* y, unsigned mode,
             const InterfacePair* pairs);
  bool UnifyNew(const Type* x, const Type* y, unsigned mode,
                const InterfacePair* pairs);
  bool UnifyBound(size_t x, const Type* y, unsigned mode,
                  const InterfacePair* pairs);
  bool Prefer(size_t place, const Type* x, const Type* y, unsigned mode);
  bool UnifyInterfaces(const Interface* x, const Interface* y,
                       const InterfacePair* pairs);
  bool UnifyMethods(const Interface* interface, const Type* type);
  bool UnifyUnbound(const TypeParam* x, const Type* y,
                    const InterfacePair* pairs);
  bool UnifyStructure(const Type* x, const Type* y, unsigned mode,
                      const InterfacePair* pairs);
  bool UnifyStructs(const Struct* x, const Struct* y, unsigned mode,
                    const InterfacePair* pairs);
  bool UnifyTuples(const Tuple* x, const Tuple* y, unsigned mode,
                   const InterfacePair* pairs);
  bool UnifyExactInterfaces(const Interface* x, const Interface* y,
                            const InterfacePair* pairs);
  bool UnifyNamed(const Named* x, const Named* y, unsigned mode,
                  const InterfacePair* pairs);
};

size_t Unifier::State::Find(const TypeParam* param) const {
  if (param->index < params.size() && params[param->index] == param) {
    return param->index;
  }
  if (params.size() > kFewParams) {
    const auto it = places.find(param);
    return it != places.end() ? it->second : kNone;
  }
  const auto it = std::ranges::find(params, param);
  return it != params.end() ? static_cast<size_t>(it - params.begin()) : kNone;
}

// False if both are known already.
bool Unifier::State::Join(size_t x, size_t y) {
  uint32_t from = handles[x];
  uint32_t to = handles[y];
  if (from == to) {
    return true;
  }
  if (types[from] != nullptr && types[to] != nullptr) {
    return false;
  }
  if (types[from] != nullptr) {
    std::swap(from, to);
  }
  std::ranges::replace(handles, from, to);
  return true;
}

bool Unifier::State::Unify(const Type* x, const Type* y, unsigned mode,
                           const InterfacePair* pairs) {
  if (x == nullptr || y == nullptr) {
    return x == y;
  }
  if (IsSame(x, y)) {
    return true;
  }
  if (depth >= kMaxDepth || ++steps > kMaxSteps) {
    return false;
  }
  // What was unified once needs no second look: types of parameters are only
  // ever added, or replaced by ones that go with the same types.
  if (steps > kFewSteps && unified.contains({x, y, mode})) {
    return true;
  }
  ++depth;
  const bool result = UnifyNew(x, y, mode, pairs);
  --depth;
  if (result && steps > kFewSteps) {
    unified.insert({x, y, mode});
  }
  return result;
}

bool Unifier::State::UnifyNew(const Type* x, const Type* y, unsigned mode,
                              const InterfacePair* pairs) {
  // A defined type, if there is one, is to be y; a type parameter that is
  // sought is to be x.
  if (AsNamed(x) != nullptr || FindBound(y) != kNone) {
    std::swap(x, y);
  }
  // If inexact, a defined type goes with a type literal that its underlying
  // type goes with.
  const bool is_exact = (mode & kExact) != 0;
  if (const Named* const named = AsNamed(y);
      !is_exact && named != nullptr && IsTypeLiteral(x) &&
      !(use_interfaces && IsInterface(x))) {
    y = Under(named);
    if (IsSame(x, y)) {
      return true;
    }
  }
  if (const size_t px = FindBound(x); px != kNone) {
    const size_t py = FindBound(y);
    if (py == kNone) {
      return UnifyBound(px, y, mode, pairs);
    }
    return Join(px, py) || Unify(TypeAt(px), TypeAt(py), mode, pairs);
  }
  if (use_interfaces && !is_exact) {
    const Interface* const xi = AsPlainInterface(x);
    const Interface* const yi = AsPlainInterface(y);
    if (xi != nullptr && yi != nullptr) {
      return UnifyInterfaces(xi, yi, pairs);
    }
    if (xi != nullptr || yi != nullptr) {
      return UnifyMethods(xi != nullptr ? xi : yi, xi != nullptr ? y : x);
    }
  }
  if (IsTypeParam(y)) {
    std::swap(x, y);
  }
  if (const TypeParam* const param = TryAs<TypeParam>(Unalias(x))) {
    return UnifyUnbound(param, y, pairs);
  }
  return UnifyStructure(Unalias(x), Unalias(y), mode, pairs);
}

// A sought parameter and a type that is none.
bool Unifier::State::UnifyBound(size_t place, const Type* y, unsigned mode,
                                const InterfacePair* pairs) {
  const Type* const x = TypeAt(place);
  if (x == nullptr) {
    TypeAt(place) = y;
    return true;
  }
  return Unify(x, y, mode, pairs) && Prefer(place, x, y, mode);
}

// The known type `x` of a parameter goes with `y`: chooses between them in such
// a way that the order of arguments does not matter. False if it cannot.
bool Unifier::State::Prefer(size_t place, const Type* x, const Type* y,
                            unsigned mode) {
  const Interface* const xi = AsPlainInterface(x);
  const Interface* const yi = AsPlainInterface(y);
  const bool x_is_named = AsNamed(x) != nullptr;
  const bool y_is_named = AsNamed(y) != nullptr;
  if (xi != nullptr && yi != nullptr) {
    if (x_is_named && y_is_named) {
      return Identical(x, y);
    }
    if (TypeSetOf(xi)->methods.size() != TypeSetOf(yi)->methods.size()) {
      return false;
    }
  } else if (xi != nullptr || yi != nullptr) {
    return false;
  }
  // A name is kept if one has it, else a restricted direction.
  if ((mode & kExact) == 0 && !x_is_named) {
    const Chan* const chan = UnderAs<Chan>(y);
    if (y_is_named ||
        (chan != nullptr && chan->direction != ChanDirection::kBoth)) {
      TypeAt(place) = y;
    }
  }
  return true;
}

// One must have all methods of the other.
bool Unifier::State::UnifyInterfaces(const Interface* x, const Interface* y,
                                     const InterfacePair* pairs) {
  const TypeSet& xs = *TypeSetOf(x);
  const TypeSet& ys = *TypeSetOf(y);
  if (!HaveSameTerms(xs, ys)) {
    return false;
  }
  if (InterfacePair{x, y, nullptr}.IsAmong(pairs)) {
    return true;
  }
  const bool x_is_smaller = xs.methods.size() <= ys.methods.size();
  const TypeSet& small = x_is_smaller ? xs : ys;
  const TypeSet& large = x_is_smaller ? ys : xs;
  // This pair is compared inexactly and its methods exactly, so that it does
  // not count for them.
  return std::ranges::all_of(small.methods, [&](const Func* method) {
    const Func* const other =
        large.LookupMethod(method->package, method->name, false);
    return other != nullptr &&
           Unify(method->type, other->type, kExact, nullptr);
  });
}

// `type`, which is no interface, must have all methods.
bool Unifier::State::UnifyMethods(const Interface* interface,
                                  const Type* type) {
  return std::ranges::all_of(
      TypeSetOf(interface)->methods, [&](const Func* method) {
        const LookupResult result =
            LookupFieldOrMethod(type, false, method->package, method->name);
        Func* const other = TryAs<Func>(result.object);
        return other != nullptr &&
               Unify(
                   method->type,
                   FoundSignature(context, other, result.method_owner, resolve),
                   kExact, nullptr);
      });
}

// A type parameter that is not sought: what goes with its core type may go with
// it.
bool Unifier::State::UnifyUnbound(const TypeParam* x, const Type* y,
                                  const InterfacePair* pairs) {
  const Type* const core = CommonUnder(context, x);
  return core != nullptr && Unify(core, y, kAssign, pairs);
}

bool Unifier::State::UnifyStructure(const Type* x, const Type* y, unsigned mode,
                                    const InterfacePair* pairs) {
  if (x->kind != y->kind) {
    return false;
  }
  // Parts of what is assigned must be the same.
  const unsigned parts = (mode & kAssign) != 0 ? mode | kExact : mode;
  switch (x->kind) {
    case TypeKind::kBasic:
      // `byte` and `uint8` are two nodes.
      return As<Basic>(x)->basic == As<Basic>(y)->basic;
    case TypeKind::kArray: {
      const int64_t x_length = As<Array>(x)->length;
      const int64_t y_length = As<Array>(y)->length;
      return (x_length < 0 || y_length < 0 || x_length == y_length) &&
             Unify(As<Array>(x)->elem, As<Array>(y)->elem, parts, pairs);
    }
    case TypeKind::kSlice:
      return Unify(As<Slice>(x)->elem, As<Slice>(y)->elem, parts, pairs);
    case TypeKind::kPointer:
      return Unify(As<Pointer>(x)->elem, As<Pointer>(y)->elem, parts, pairs);
    case TypeKind::kStruct:
      return UnifyStructs(As<Struct>(x), As<Struct>(y), parts, pairs);
    case TypeKind::kTuple:
      return UnifyTuples(As<Tuple>(x), As<Tuple>(y), mode, pairs);
    case TypeKind::kSignature: {
      const auto* const xs = As<Signature>(x);
      const auto* const ys = As<Signature>(y);
      return xs->variadic == ys->variadic &&
             UnifyTuples(xs->params, ys->params, parts, pairs) &&
             UnifyTuples(xs->results, ys->results, parts, pairs);
    }
    case TypeKind::kInterface:
      return UnifyExactInterfaces(As<Interface>(x), As<Interface>(y), pairs);
    case TypeKind::kMap:
      return Unify(As<Map>(x)->key, As<Map>(y)->key, parts, pairs) &&
             Unify(As<Map>(x)->elem, As<Map>(y)->elem, parts, pairs);
    case TypeKind::kChan:
      return ((mode & kExact) == 0 ||
              As<Chan>(x)->direction == As<Chan>(y)->direction) &&
             Unify(As<Chan>(x)->elem, As<Chan>(y)->elem, parts, pairs);
    case TypeKind::kNamed:
      return UnifyNamed(As<Named>(x), As<Named>(y), mode, pairs);
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      break;
  }
  return false;
}

bool Unifier::State::UnifyStructs(const Struct* x, const Struct* y,
                                  unsigned mode, const InterfacePair* pairs) {
  if (x->fields.size() != y->fields.size()) {
    return false;
  }
  const auto tag = [](const Struct* type, size_t i) {
    return i < type->tags.size() ? type->tags[i] : std::string_view();
  };
  for (size_t i = 0; i < x->fields.size(); ++i) {
    const Var* const f = x->fields[i];
    const Var* const g = y->fields[i];
    if (f->is_embedded != g->is_embedded || tag(x, i) != tag(y, i) ||
        !SameId(f, g->package, g->name, false) ||
        !Unify(f->type, g->type, mode, pairs)) {
      return false;
    }
  }
  return true;
}

bool Unifier::State::UnifyTuples(const Tuple* x, const Tuple* y, unsigned mode,
                                 const InterfacePair* pairs) {
  const size_t count = x != nullptr ? x->params.size() : 0;
  if (count != (y != nullptr ? y->params.size() : 0)) {
    return false;
  }
  for (size_t i = 0; i < count; ++i) {
    if (!Unify(x->params[i].type, y->params[i].type, mode, pairs)) {
      return false;
    }
  }
  return true;
}

bool Unifier::State::UnifyExactInterfaces(const Interface* x,
                                          const Interface* y,
                                          const InterfacePair* pairs) {
  const TypeSet& xs = *TypeSetOf(x);
  const TypeSet& ys = *TypeSetOf(y);
  if (!HaveSameTerms(xs, ys) || xs.methods.size() != ys.methods.size()) {
    return false;
  }
  const InterfacePair pair = {x, y, pairs};
  if (pair.IsAmong(pairs)) {
    return true;
  }
  for (size_t i = 0; i < xs.methods.size(); ++i) {
    const Func* const f = xs.methods[i];
    const Func* const g = ys.methods[i];
    if (f->name != g->name || !SameId(f, g->package, g->name, false) ||
        !Unify(f->type, g->type, kExact, &pair)) {
      return false;
    }
  }
  return true;
}

bool Unifier::State::UnifyNamed(const Named* x, const Named* y, unsigned mode,
                                const InterfacePair* pairs) {
  // Arguments come first, so that they are found for messages even if the
  // generic types differ.
  if (x->type_args.size() != y->type_args.size()) {
    return false;
  }
  for (size_t i = 0; i < x->type_args.size(); ++i) {
    if (!Unify(x->type_args[i], y->type_args[i], mode, pairs)) {
      return false;
    }
  }
  return x->origin == y->origin;
}

Unifier::Unifier(TypeContext& context,
                 std::span<const TypeParam* const> type_params,
                 std::span<const Type* const> type_args,
                 bool enable_interface_inference, const ResolveObject& resolve)
    : state_(new State{.context = context,
                       .resolve = resolve,
                       .use_interfaces = enable_interface_inference,
                       .params = {type_params.begin(), type_params.end()},
                       .handles = {},
                       .types = {type_args.begin(), type_args.end()},
                       .places = {},
                       .unified = {}}) {
  const size_t count = type_params.size();
  state_->types.resize(count, nullptr);
  state_->handles.resize(count);
  for (size_t i = 0; i < count; ++i) {
    state_->handles[i] = static_cast<uint32_t>(i);
  }
  if (count > State::kFewParams) {
    for (size_t i = 0; i < count; ++i) {
      state_->places.emplace(type_params[i], i);
    }
  }
}

Unifier::~Unifier() = default;

bool Unifier::Unify(const Type* x, const Type* y, unsigned mode) {
  return state_->Unify(x, y, mode, nullptr);
}

const Type* Unifier::At(const TypeParam* type_param) const {
  const size_t place = state_->Find(type_param);
  return place != State::kNone ? state_->TypeAt(place) : nullptr;
}

void Unifier::Set(const TypeParam* type_param, const Type* type) {
  const size_t place = state_->Find(type_param);
  if (place != State::kNone) {
    state_->TypeAt(place) = type;
  }
}

bool Unifier::Join(const TypeParam* x, const TypeParam* y) {
  const size_t x_place = state_->Find(x);
  const size_t y_place = state_->Find(y);
  return x_place != State::kNone && y_place != State::kNone &&
         state_->Join(x_place, y_place);
}

unsigned Unifier::unknown_count() const {
  unsigned count = 0;
  for (const uint32_t handle : state_->handles) {
    count += state_->types[handle] == nullptr ? 1 : 0;
  }
  return count;
}

std::vector<const Type*> Unifier::Inferred(
    std::span<const TypeParam* const> type_params) const {
  std::vector<const Type*> types;
  types.reserve(type_params.size());
  for (const TypeParam* const param : type_params) {
    types.push_back(At(param));
  }
  return types;
}

}  // namespace gdlint::types
