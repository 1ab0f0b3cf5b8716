// Scopes: which names denote which objects.

#pragma once

#include <cstdint>
#include <span>

#include "support/arena.h"
#include "types/object.h"

namespace gdlint::types {

// The names of one block. Its memory is the arena's. Local objects are inserted
// where their scope begins, so that positions need not be compared. Looking up
// is a walk over few names and a hash table over many.
class Scope {
 public:
  explicit Scope(Arena& arena, Scope* parent, bool is_function = false)
      : arena_(&arena), parent_(parent), is_function_(is_function) {}

  Scope* parent() const { return parent_; }
  // The outermost block of a function: its parameters and body.
  bool is_function() const { return is_function_; }

  // The object with that name in this scope, or null.
  Object* Lookup(const Name* name) const {
    if (!slots_.empty()) {
      return LookupHashed(name);
    }
    for (const Entry& entry : entries()) {
      if (entry.name == name) {
        return entry.object;
      }
    }
    return nullptr;
  }

  // The object that `name` denotes in this scope or around it, and the scope
  // that has it (for a dot-imported object not its parent).
  struct Found {
    Object* object = nullptr;
    const Scope* scope = nullptr;
  };
  Found LookupAround(const Name* name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
      if (Object* const object = scope->Lookup(name)) {
        return {object, scope};
      }
    }
    return {};
  }

  // Adds `object` under its name unless there is one already, which is then
  // returned; null if it was added. Sets its parent if it has none. The blank
  // name must not be inserted.
  Object* Insert(Object* object) { return InsertAs(object->name, object); }
  Object* InsertAs(const Name* name, Object* object);

  struct Entry {
    const Name* name;
    Object* object;
  };
  // In the order of insertion.
  std::span<const Entry> entries() const { return {entries_.data(), size_}; }
  uint32_t size() const { return size_; }

 private:
  static constexpr uint32_t kFew = 8;

  Object* LookupHashed(const Name* name) const;
  void AddSlots(uint32_t first);

  Arena* arena_;
  Scope* parent_;
  bool is_function_;
  uint32_t size_ = 0;
  // Room for entries, the first size_ of them in use.
  std::span<Entry> entries_;
  // Indices of entries plus one, 0 if free: open addressing. Empty for few.
  std::span<uint32_t> slots_;
};

}  // namespace gdlint::types
