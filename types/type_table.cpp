#include "types/type_table.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <utility>

#include "types/member_index.h"
#include "types/object.h"
#include "types/package.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// Kubernetes with all that it imports has about half a million types that are
// made of others.
constexpr unsigned kBucketBits = 19;

// Collects what a type is made of.
class Hasher {
 public:
  explicit Hasher(TypeKind kind) : bits_(static_cast<uint64_t>(kind)) {}

  Hasher& Add(uint64_t value) {
    bits_ = (bits_ ^ value) * 0x9e3779b97f4a7c15;
    bits_ ^= bits_ >> 29;
    return *this;
  }
  Hasher& Add(const void* address) {
    return Add(reinterpret_cast<uintptr_t>(address));
  }
  template <typename T>
  Hasher& AddAll(std::span<T* const> items) {
    for (const T* const item : items) {
      Add(item);
    }
    return *this;
  }
  uint32_t hash() const { return static_cast<uint32_t>(bits_ >> 32); }

 private:
  uint64_t bits_;
};

// A part that an error left out may be anything.
bool MayHaveTypeParams(const Type* type) {
  return type == nullptr || type->may_have_type_params;
}

bool AnyMayHaveTypeParams(std::span<const Type* const> types) {
  return std::ranges::any_of(types, MayHaveTypeParams);
}

// False only if no type parameter can be in scope where a type is declared.
bool IsInGenericScope(const TypeName* obj) {
  return obj->package != nullptr &&
         (obj->parent == nullptr || obj->parent != obj->package->scope);
}

template <typename T>
bool IsSame(std::span<T> a, std::span<T> b) {
  return std::ranges::equal(a, b);
}

}  // namespace

TypeTable::TypeTable(const Sizes& sizes) : sizes_(sizes), nodes_(kBucketBits) {
  std::unique_ptr<Arena> arena = LeaseArena();
  universe_ = std::make_unique<Universe>(*this, *arena, names_);
  ReturnArena(std::move(arena));
}

TypeTable::~TypeTable() = default;

size_t TypeTable::byte_size() const {
  const std::lock_guard lock(mutex_);
  size_t size = 0;
  for (const std::unique_ptr<Arena>& arena : arenas_) {
    size += arena->byte_size();
  }
  return size;
}

std::unique_ptr<Arena> TypeTable::LeaseArena() {
  {
    const std::lock_guard lock(mutex_);
    if (!arenas_.empty()) {
      std::unique_ptr<Arena> arena = std::move(arenas_.back());
      arenas_.pop_back();
      return arena;
    }
  }
  return std::make_unique<Arena>();
}

void TypeTable::ReturnArena(std::unique_ptr<Arena> arena) {
  const std::lock_guard lock(mutex_);
  arenas_.push_back(std::move(arena));
}

template <typename T, typename Equals, typename Make>
const T* TypeContext::Unique(uint32_t hash, const Equals& equals,
                             const Make& make) {
  const auto is_same = [&equals](const TypeTable::Node& node) {
    const T* const type = TryAs<T>(node.type);
    return type != nullptr && equals(*type);
  };
  if (const TypeTable::Node* const found = table_->nodes_.Find(hash, is_same)) {
    return As<T>(found->type);
  }
  auto* const node = arena_->New<TypeTable::Node>();
  node->type = make();
  return As<T>(table_->nodes_.Insert(hash, node, is_same)->type);
}

const Pointer* TypeContext::PointerTo(const Type* elem) {
  return Unique<Pointer>(
      Hasher(Pointer::kKind).Add(elem).hash(),
      [elem](const Pointer& other) { return other.elem == elem; },
      [&] {
        return arena_->New<Pointer>(
            Type{Pointer::kKind, MayHaveTypeParams(elem)}, elem);
      });
}

const Slice* TypeContext::SliceOf(const Type* elem) {
  return Unique<Slice>(
      Hasher(Slice::kKind).Add(elem).hash(),
      [elem](const Slice& other) { return other.elem == elem; },
      [&] {
        return arena_->New<Slice>(Type{Slice::kKind, MayHaveTypeParams(elem)},
                                  elem);
      });
}

const Array* TypeContext::ArrayOf(const Type* elem, int64_t length) {
  return Unique<Array>(
      Hasher(Array::kKind).Add(elem).Add(static_cast<uint64_t>(length)).hash(),
      [=](const Array& other) {
        return other.elem == elem && other.length == length;
      },
      [&] {
        return arena_->New<Array>(Type{Array::kKind, MayHaveTypeParams(elem)},
                                  elem, length);
      });
}

const Map* TypeContext::MapOf(const Type* key, const Type* elem) {
  return Unique<Map>(
      Hasher(Map::kKind).Add(key).Add(elem).hash(),
      [=](const Map& other) { return other.key == key && other.elem == elem; },
      [&] {
        return arena_->New<Map>(
            Type{Map::kKind, MayHaveTypeParams(key) || MayHaveTypeParams(elem)},
            key, elem);
      });
}

const Chan* TypeContext::ChanOf(const Type* elem, ChanDirection direction) {
  return Unique<Chan>(
      Hasher(Chan::kKind)
          .Add(elem)
          .Add(static_cast<uint64_t>(direction))
          .hash(),
      [=](const Chan& other) {
        return other.elem == elem && other.direction == direction;
      },
      [&] {
        return arena_->New<Chan>(Type{Chan::kKind, MayHaveTypeParams(elem)},
                                 elem, direction);
      });
}

const Tuple* TypeContext::TupleOf(std::span<const Param> params) {
  Hasher hasher(Tuple::kKind);
  for (const Param& param : params) {
    hasher.Add(param.name).Add(param.type);
  }
  return Unique<Tuple>(
      hasher.hash(),
      [params](const Tuple& other) { return IsSame(other.params, params); },
      [&] {
        const bool may_have =
            std::ranges::any_of(params, MayHaveTypeParams, &Param::type);
        return arena_->New<Tuple>(Type{Tuple::kKind, may_have},
                                  arena_->Copy(params));
      });
}

const Signature* TypeContext::SignatureOf(
    std::span<const TypeParam* const> type_params, const Tuple* params,
    const Tuple* results, bool variadic) {
  params = params != nullptr ? params : TupleOf({});
  results = results != nullptr ? results : TupleOf({});
  return Unique<Signature>(
      Hasher(Signature::kKind)
          .AddAll(type_params)
          .Add(params)
          .Add(results)
          .Add(uint64_t{variadic})
          .hash(),
      [=](const Signature& other) {
        return other.params == params && other.results == results &&
               other.variadic == variadic &&
               IsSame(other.type_params, type_params);
      },
      [&] {
        const bool may_have = !type_params.empty() ||
                              params->may_have_type_params ||
                              results->may_have_type_params;
        return arena_->New<Signature>(Type{Signature::kKind, may_have},
                                      arena_->Copy(type_params), params,
                                      results, variadic);
      });
}

const Union* TypeContext::UnionOf(std::span<const Term> terms) {
  Hasher hasher(Union::kKind);
  for (const Term& term : terms) {
    hasher.Add(term.type).Add(uint64_t{term.tilde});
  }
  return Unique<Union>(
      hasher.hash(),
      [terms](const Union& other) { return IsSame(other.terms, terms); },
      [&] {
        const bool may_have =
            std::ranges::any_of(terms, MayHaveTypeParams, &Term::type);
        return arena_->New<Union>(Type{Union::kKind, may_have},
                                  arena_->Copy(terms));
      });
}

const Named* TypeContext::InstanceOf(const Named* origin,
                                     std::span<const Type* const> type_args) {
  origin = origin->origin;
  return Unique<Named>(
      Hasher(Named::kKind).Add(origin).AddAll(type_args).hash(),
      [=](const Named& other) {
        return other.origin == origin && IsSame(other.type_args, type_args);
      },
      [&] {
        Named* const named = arena_->New<Named>();
        named->kind = Named::kKind;
        named->may_have_type_params =
            origin->may_have_type_params || AnyMayHaveTypeParams(type_args);
        named->obj = origin->obj;
        named->origin = origin;
        named->type_args = arena_->Copy(type_args);
        named->table = table_;
        return named;
      });
}

const Alias* TypeContext::InstanceOf(const Alias* origin,
                                     std::span<const Type* const> type_args,
                                     const Type* rhs) {
  origin = origin->origin;
  return Unique<Alias>(
      Hasher(Alias::kKind).Add(origin).AddAll(type_args).hash(),
      [=](const Alias& other) {
        return other.origin == origin && IsSame(other.type_args, type_args);
      },
      [&] {
        Alias* const alias = arena_->New<Alias>();
        alias->kind = Alias::kKind;
        alias->may_have_type_params =
            AnyMayHaveTypeParams(type_args) || MayHaveTypeParams(rhs);
        alias->obj = origin->obj;
        alias->origin = origin;
        alias->type_args = arena_->Copy(type_args);
        alias->type_params = origin->type_params;
        alias->from_rhs = rhs;
        return alias;
      });
}

const Struct* TypeContext::NewStruct(std::span<Var* const> fields,
                                     std::span<const std::string_view> tags) {
  const bool may_have =
      std::ranges::any_of(fields, MayHaveTypeParams, &Var::type);
  const std::span<std::string_view> tag_copies = arena_->Copy(tags);
  for (std::string_view& tag : tag_copies) {
    tag = arena_->Copy(tag);
  }
  return arena_->New<Struct>(Type{Struct::kKind, may_have},
                             arena_->Copy(fields), tag_copies,
                             IndexByName(*arena_, fields));
}

const Interface* TypeContext::NewInterface(
    std::span<Func* const> methods, std::span<const Type* const> embeddeds,
    bool is_implicit) {
  const bool may_have =
      std::ranges::any_of(methods, MayHaveTypeParams, &Func::type) ||
      AnyMayHaveTypeParams(embeddeds);
  const std::span<Func*> sorted = arena_->Copy(methods);
  const auto is_before = [](const Func* a, const Func* b) {
    return CompareIds(a, b) < 0;
  };
  // Of equal ones the first written comes first.
  if (!std::ranges::is_sorted(sorted, is_before)) {
    std::ranges::stable_sort(sorted, is_before);
  }
  return arena_->New<Interface>(Type{Interface::kKind, may_have}, sorted,
                                arena_->Copy(embeddeds), is_implicit, table_);
}

Named* TypeContext::NewNamed(TypeName* obj) {
  Named* const named = arena_->New<Named>();
  named->kind = Named::kKind;
  named->may_have_type_params = IsInGenericScope(obj);
  named->obj = obj;
  named->origin = named;
  named->table = table_;
  if (obj->type == nullptr) {
    obj->type = named;
  }
  return named;
}

Alias* TypeContext::NewAlias(TypeName* obj) {
  Alias* const alias = arena_->New<Alias>();
  alias->kind = Alias::kKind;
  alias->may_have_type_params = IsInGenericScope(obj);
  alias->obj = obj;
  alias->origin = alias;
  if (obj->type == nullptr) {
    obj->type = alias;
  }
  return alias;
}

TypeParam* TypeContext::NewTypeParam(TypeName* obj, uint32_t index) {
  TypeParam* const type_param = arena_->New<TypeParam>();
  type_param->kind = TypeParam::kKind;
  type_param->may_have_type_params = true;
  type_param->obj = obj;
  type_param->index = index;
  type_param->table = table_;
  if (obj->type == nullptr) {
    obj->type = type_param;
  }
  return type_param;
}

}  // namespace gdlint::types
