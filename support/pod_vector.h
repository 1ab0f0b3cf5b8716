// A growing array of plain data, for the hottest loops.

#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace gdlint {

// Like std::vector, but its size is a 32-bit number that is there and not
// computed, appending is a compare and a store, and nothing is initialised that
// is not written. Parsing builds a dozen million nodes a second with it. Holds
// fewer than 2^32 items.
template <typename T>
class PodVector {
  static_assert(std::is_trivially_copyable_v<T> &&
                std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

 public:
  PodVector() = default;
  ~PodVector() { ::operator delete(items_); }
  PodVector(PodVector&& other) noexcept
      : items_(std::exchange(other.items_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  PodVector& operator=(PodVector&& other) noexcept {
    std::swap(items_, other.items_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }

  uint32_t size() const { return size_; }
  uint32_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  T* data() { return items_; }
  const T* data() const { return items_; }
  T& operator[](size_t i) {
    assert(i < size_);
    return items_[i];
  }
  const T& operator[](size_t i) const {
    assert(i < size_);
    return items_[i];
  }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }
  operator std::span<const T>() const { return {data(), size_}; }
  operator std::span<T>() { return {data(), size_}; }

  void push_back(const T& item) {
    if (size_ == capacity_) [[unlikely]] {
      const T copy = item;  // It may be one of ours.
      Grow(1);
      items_[size_++] = copy;
      return;
    }
    items_[size_++] = item;
  }

  void append(std::span<const T> items) {
    if (items.size() > capacity_ - size_) [[unlikely]] {
      Grow(items.size());
    }
    // Lists are short: a loop beats a call.
    T* const to = items_ + size_;
    for (size_t i = 0; i < items.size(); ++i) {
      to[i] = items[i];
    }
    size_ += static_cast<uint32_t>(items.size());
  }

  // Cuts off all but the first `size` items.
  void truncate(size_t size) {
    assert(size <= size_);
    size_ = static_cast<uint32_t>(size);
  }
  void clear() { size_ = 0; }
  // Gives the memory back.
  void reset() { *this = PodVector(); }

 private:
  [[gnu::noinline]] void Grow(size_t more) {
    constexpr size_t kFirst = 64;
    constexpr size_t kMost = 0xffff'ffff;
    const size_t needed = size_ + more;
    if (needed > kMost) {
      throw std::bad_alloc();
    }
    size_t capacity = capacity_ == 0 ? kFirst : size_t{capacity_} * 2;
    capacity = capacity < needed ? needed : capacity > kMost ? kMost : capacity;
    // Raw memory: copying bytes of such types into it makes them.
    void* const items = ::operator new(capacity * sizeof(T));
    if (size_ != 0) {
      std::memcpy(items, items_, size_ * sizeof(T));
    }
    ::operator delete(items_);
    items_ = static_cast<T*>(items);
    capacity_ = static_cast<uint32_t>(capacity);
  }

  T* items_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

}  // namespace gdlint
