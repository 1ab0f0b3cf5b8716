#include "types/type.h"

#include <vector>

#include "types/object.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/substitute.h"
#include "types/type_internal.h"
#include "types/type_set.h"
#include "types/type_table.h"

namespace gdlint::types {
namespace {

// Notices that a sequence of types repeats, within three times the steps that
// it takes to do so (Brent's algorithm).
class CycleWatch {
 public:
  bool Repeats(const Type* next) {
    if (next == anchor_) {
      return true;
    }
    if (++steps_ == limit_) {
      anchor_ = next;
      steps_ = 0;
      limit_ *= 2;
    }
    return false;
  }

 private:
  const Type* anchor_ = nullptr;
  uint32_t steps_ = 0;
  uint32_t limit_ = 1;
};

// Null if an alias on the way is still being declared.
const Type* FollowAliases(const Type* type) {
  CycleWatch watch;
  while (const Alias* const alias = TryAs<Alias>(type)) {
    if (watch.Repeats(alias)) {
      return InvalidType();
    }
    type = alias->from_rhs;
  }
  return type;
}

// The methods of an interface are those of the type that it defines, so that
// each instance has its own.
const Type* WithReceiver(TypeContext& context, const Interface* interface,
                         const Named* instance) {
  std::vector<Func*> methods(interface->methods.begin(),
                             interface->methods.end());
  bool changed = false;
  for (Func*& method : methods) {
    if (method->recv != instance->origin) {
      continue;
    }
    Func* const copy = context.arena().New<Func>(*method);
    copy->recv = instance;
    copy->origin = method->origin != nullptr ? method->origin : method;
    method = copy;
    changed = true;
  }
  return changed ? context.NewInterface(methods, interface->embeddeds,
                                        interface->is_implicit)
                 : interface;
}

// The right-hand side of the origin's declaration with the type arguments in
// place; null if the declaration is not finished.
const Type* ExpandInstance(const Named* instance) {
  const Named* const origin = instance->origin;
  if (origin->from_rhs == nullptr) {
    return nullptr;
  }
  std::span<const TypeParam* const> from = origin->type_params;
  std::vector<const TypeParam*> all;
  if (from.size() != instance->type_args.size()) {
    all = ImplicitTypeParams(origin);
    all.insert(all.end(), from.begin(), from.end());
    if (all.size() != instance->type_args.size()) {
      return InvalidType();
    }
    from = all;
  }
  TypeContext context(*instance->table);
  const Type* const rhs = Substitute(context, origin->from_rhs,
                                     {.from = from, .to = instance->type_args});
  const Interface* const interface = TryAs<Interface>(rhs);
  return interface != nullptr ? WithReceiver(context, interface, instance)
                              : rhs;
}

// Makes `under` the underlying type of all in `path`, each the right-hand side
// of the one before. Another thread may have been quicker with some of them;
// from the end, so that those before take over what it found.
const Type* Publish(const std::vector<const Named*>& path, const Type* under) {
  for (size_t i = path.size(); i-- > 0;) {
    const Type* expected = nullptr;
    if (!path[i]->underlying.compare_exchange_strong(
            expected, under, std::memory_order_acq_rel,
            std::memory_order_acquire)) {
      under = expected;
    }
  }
  return under;
}

ResolvedUnder ResolveNamed(const Named* named) {
  std::vector<const Named*> path;
  CycleWatch watch;
  int expansions = 0;
  const Type* type = named;
  for (;;) {
    type = FollowAliases(type);
    if (type == nullptr) {
      return {.type = InvalidType(), .is_pending = true};
    }
    const Named* const next = TryAs<Named>(type);
    if (next == nullptr) {
      break;
    }
    if (const Type* const known =
            next->underlying.load(std::memory_order_acquire)) {
      type = known;
      break;
    }
    const bool is_endless = next->is_instance() && ++expansions > kMaxTypeDepth;
    if (is_endless) {
      NoteGivenUp();
    }
    if (is_endless || watch.Repeats(next)) {
      type = InvalidType();
      break;
    }
    path.push_back(next);
    type = next->is_instance() ? ExpandInstance(next) : next->from_rhs;
  }
  if (type->kind == TypeKind::kTypeParam) {
    type = InvalidType();
  }
  return {.type = Publish(path, type)};
}

}  // namespace

// Scopes of bodies do not outlive their checking: the function is looked for by
// its place.
std::vector<const TypeParam*> ImplicitTypeParams(const Named* origin) {
  const TypeName* const object = origin->obj;
  if (object->package == nullptr || object->parent == object->package->scope) {
    return {};
  }
  // A literal outside of functions counts as being of the function before it,
  // whose type parameters it never sees.
  const Func* enclosing = nullptr;
  for (const BodyTask& body : object->package->bodies) {
    const Place& place = body.func->place;
    if (place.file == object->place.file && place.pos < object->place.pos &&
        (enclosing == nullptr || enclosing->place.pos < place.pos)) {
      enclosing = body.func;
    }
  }
  if (enclosing == nullptr || enclosing->type == nullptr) {
    return {};
  }
  const std::span<const TypeParam* const> params =
      enclosing->is_method() ? enclosing->recv_type_params
                             : enclosing->signature()->type_params;
  return {params.begin(), params.end()};
}

const Type* UnaliasSlow(const Alias* alias) {
  const Type* const type = FollowAliases(alias);
  return type != nullptr ? type : InvalidType();
}

ResolvedUnder ResolveUnder(const Type* type) {
  type = FollowAliases(type);
  if (type == nullptr) {
    return {.type = InvalidType(), .is_pending = true};
  }
  switch (type->kind) {
    case TypeKind::kNamed:
      return ResolveNamed(As<Named>(type));
    case TypeKind::kTypeParam:
      return {.type = ConstraintInterface(As<TypeParam>(type))};
    default:
      return {.type = type};
  }
}

const Type* UnderSlow(const Type* type) { return ResolveUnder(type).type; }

}  // namespace gdlint::types
