// Arrays of different types in one piece of memory.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

#include "support/invariant.h"

namespace gdlint {

// For what is made once and kept by the thousand: a vector costs 24 bytes and a
// block of the heap, however few items it has. Items are trivially copyable and
// of no stricter alignment than operator new gives; no destructor runs.
//
//   Packed packed;
//   const auto a = packed.Plan<A>(3);
//   const auto b = packed.Plan<B>(5);
//   packed.Allocate();
//   ... packed.Items(a)[0] = ...
class Packed {
 public:
  // The place of an array of T.
  template <typename T>
  class Array {
   public:
    Array() = default;
    size_t size() const { return size_; }

   private:
    friend class Packed;
    Array(uint32_t begin, uint32_t size) : begin_(begin), size_(size) {}

    // In bytes.
    uint32_t begin_ = 0;
    uint32_t size_ = 0;
  };

  // All arrays are planned before memory is allocated, 4 GiB together.
  template <typename T>
  Array<T> Plan(size_t size) {
    static_assert(std::is_trivially_copyable_v<T> &&
                  std::is_trivially_destructible_v<T> &&
                  alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    if (size == 0) {
      return {};
    }
    const size_t begin = (planned_ + alignof(T) - 1) / alignof(T) * alignof(T);
    const size_t end = begin + size * sizeof(T);
    GDLINT_ASSERT(end <= UINT32_MAX);
    planned_ = static_cast<uint32_t>(end);
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(size)};
  }

  // The items have no value yet.
  void Allocate() {
    bytes_ = std::make_unique_for_overwrite<std::byte[]>(planned_);
  }

  template <typename T>
  std::span<const T> Items(Array<T> array) const {
    return {reinterpret_cast<const T*>(bytes_.get() + array.begin_),
            array.size_};
  }
  template <typename T>
  std::span<T> Items(Array<T> array) {
    return {reinterpret_cast<T*>(bytes_.get() + array.begin_), array.size_};
  }

  // Fills an array with as many items as it has place for.
  template <typename T>
  void Fill(Array<T> array, std::span<const T> items) {
    GDLINT_ASSERT(items.size() == array.size());
    std::ranges::copy(items, Items(array).begin());
  }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  uint32_t planned_ = 0;
};

}  // namespace gdlint
