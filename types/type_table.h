// The types of a run, and the right to make more.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "support/arena.h"
#include "support/chain_table.h"
#include "types/name_table.h"
#include "types/sizes.h"
#include "types/type.h"

namespace gdlint::types {

class Universe;

// Owns all types, objects and names of a run. Threads share it without locks;
// they make types through a TypeContext of their own.
class TypeTable {
 public:
  explicit TypeTable(const Sizes& sizes);
  ~TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  NameTable& names() { return names_; }
  const Universe& universe() const { return *universe_; }
  const Sizes& sizes() const { return sizes_; }

  // What all arenas of the table take, in bytes, while none is leased.
  size_t byte_size() const;

 private:
  friend class TypeContext;

  // A type that exists once, with its links in the table.
  struct Node {
    uint32_t chain_hash;
    Node* next_in_chain;
    const Type* type;
  };

  std::unique_ptr<Arena> LeaseArena();
  void ReturnArena(std::unique_ptr<Arena> arena);

  Sizes sizes_;
  NameTable names_;
  ChainTable<Node> nodes_;
  mutable std::mutex mutex_;
  // Guarded by mutex_; those not leased.
  std::vector<std::unique_ptr<Arena>> arenas_;
  std::unique_ptr<Universe> universe_;
};

// One thread's access to a TypeTable: makes types and other things that live as
// long as the table. Cheap to make (one lock), so that code that completes a
// type on demand makes its own.
class TypeContext {
 public:
  explicit TypeContext(TypeTable& table)
      : table_(&table), arena_(table.LeaseArena()) {}
  ~TypeContext() { table_->ReturnArena(std::move(arena_)); }
  TypeContext(const TypeContext&) = delete;
  TypeContext& operator=(const TypeContext&) = delete;

  TypeTable& table() const { return *table_; }
  const Universe& universe() const { return table_->universe(); }
  // For objects, constants and types that exist once per place.
  Arena& arena() const { return *arena_; }

  // The type as written; the same address for the same arguments.
  const Pointer* PointerTo(const Type* elem);
  const Slice* SliceOf(const Type* elem);
  const Array* ArrayOf(const Type* elem, int64_t length);
  const Map* MapOf(const Type* key, const Type* elem);
  const Chan* ChanOf(const Type* elem, ChanDirection direction);
  const Tuple* TupleOf(std::span<const Param> params);
  // `params` and `results` may be null for none.
  const Signature* SignatureOf(std::span<const TypeParam* const> type_params,
                               const Tuple* params, const Tuple* results,
                               bool variadic);
  const Union* UnionOf(std::span<const Term> terms);
  // Does not look at type parameters, constraints or numbers of arguments:
  // see Instantiate (instantiate.h) for that.
  const Named* InstanceOf(const Named* origin,
                          std::span<const Type* const> type_args);
  // `rhs` is what the origin's right-hand side becomes; of one list of
  // arguments it is always the same.
  const Alias* InstanceOf(const Alias* origin,
                          std::span<const Type* const> type_args,
                          const Type* rhs);

  // New types. What they are given is copied.
  const Struct* NewStruct(std::span<Var* const> fields,
                          std::span<const std::string_view> tags);
  // Sorts `methods`.
  const Interface* NewInterface(std::span<Func* const> methods,
                                std::span<const Type* const> embeddeds,
                                bool is_implicit);
  // For `obj`, whose type becomes the Named if it has none.
  Named* NewNamed(TypeName* obj);
  Alias* NewAlias(TypeName* obj);
  TypeParam* NewTypeParam(TypeName* obj, uint32_t index);

 private:
  // The T under `hash` for which `equals` holds, else what `make` returns.
  template <typename T, typename Equals, typename Make>
  const T* Unique(uint32_t hash, const Equals& equals, const Make& make);

  TypeTable* table_;
  std::unique_ptr<Arena> arena_;
};

}  // namespace gdlint::types
