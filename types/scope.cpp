#include "types/scope.h"

#include <algorithm>
#include <bit>

namespace gdlint::types {

Object* Scope::LookupHashed(const Name* name) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = name->chain_hash & mask;; at = (at + 1) & mask) {
    const uint32_t slot = slots_[at];
    if (slot == 0) {
      return nullptr;
    }
    if (entries_[slot - 1].name == name) {
      return entries_[slot - 1].object;
    }
  }
}

Object* Scope::InsertAs(const Name* name, Object* object) {
  if (Object* const other = Lookup(name)) {
    return other;
  }
  if (size_ == entries_.size()) {
    const std::span<Entry> larger =
        arena_->NewArray<Entry>(size_ == 0 ? 4 : size_t{size_} * 2);
    std::ranges::copy(entries(), larger.begin());
    entries_ = larger;
  }
  entries_[size_++] = {name, object};
  if (object->parent == nullptr) {
    object->parent = this;
  }
  if (size_ <= kFew) {
    return nullptr;
  }
  uint32_t first = size_ - 1;
  if (slots_.size() < size_t{size_} * 2) {
    slots_ = arena_->NewArray<uint32_t>(std::bit_ceil(size_t{size_} * 4));
    first = 0;
  }
  AddSlots(first);
  return nullptr;
}

void Scope::AddSlots(uint32_t first) {
  const size_t mask = slots_.size() - 1;
  for (uint32_t i = first; i < size_; ++i) {
    size_t at = entries_[i].name->chain_hash & mask;
    while (slots_[at] != 0) {
      at = (at + 1) & mask;
    }
    slots_[at] = i + 1;
  }
}

}  // namespace gdlint::types
