// Memory that is freed all at once.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gdlint {

// Hands out memory from blocks that it owns. Nothing is freed before the arena
// is destroyed or cleared, and no destructor runs: only what needs none may
// live here. For one thread at a time.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  template <typename T, typename... Args>
  T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  // `count` value-initialised items.
  template <typename T>
  std::span<T> NewArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) {
      return {};
    }
    T* const items = static_cast<T*>(Allocate(sizeof(T) * count, alignof(T)));
    std::uninitialized_value_construct_n(items, count);
    return {items, count};
  }

  // A copy of `items`.
  template <typename T>
  std::span<std::remove_const_t<T>> Copy(std::span<T> items) {
    using Item = std::remove_const_t<T>;
    static_assert(std::is_trivially_copyable_v<Item> &&
                  std::is_trivially_destructible_v<Item>);
    if (items.empty()) {
      return {};
    }
    Item* const copy =
        static_cast<Item*>(Allocate(items.size_bytes(), alignof(Item)));
    std::memcpy(static_cast<void*>(copy), items.data(), items.size_bytes());
    return {copy, items.size()};
  }
  template <typename T>
  std::span<T> Copy(const std::vector<T>& items) {
    return Copy(std::span<const T>(items));
  }
  std::string_view Copy(std::string_view text) {
    const std::span<char> copy = Copy(std::span(text.data(), text.size()));
    return {copy.data(), copy.size()};
  }

  void* Allocate(size_t size, size_t alignment) {
    const uintptr_t at = (next_ + alignment - 1) & ~(alignment - 1);
    if (at + size > end_ || at < next_) [[unlikely]] {
      return AllocateBlock(size, alignment);
    }
    next_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  // Frees everything.
  void Clear();
  // As Clear, but may keep some memory for what is allocated next.
  void Reset();

  // True if `memory` lies in one of the blocks. Takes time linear in their
  // number.
  bool Owns(const void* memory) const;

  // What all blocks take.
  size_t byte_size() const { return byte_size_; }

 private:
  void* AllocateBlock(size_t size, size_t alignment);

  uintptr_t next_ = 0;
  uintptr_t end_ = 0;
  size_t byte_size_ = 0;
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
};

}  // namespace gdlint
