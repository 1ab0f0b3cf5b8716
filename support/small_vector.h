// A growing array of plain data that is usually short.

#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace gdlint {

// Like std::vector, but the first `kInline` items lie in the object itself, so
// that a short one takes no memory from the heap.
template <typename T, uint32_t kInline>
class SmallVector {
  static_assert(std::is_trivially_copyable_v<T> &&
                std::is_trivially_destructible_v<T>);

 public:
  SmallVector() = default;
  // `size` value-initialised items.
  explicit SmallVector(size_t size) { resize(size); }
  SmallVector(const SmallVector& other) { *this = other; }
  SmallVector& operator=(const SmallVector& other) {
    if (this != &other) {
      clear();
      reserve(other.size_);
      std::copy_n(other.data(), other.size_, data());
      size_ = other.size_;
    }
    return *this;
  }
  SmallVector(SmallVector&& other) noexcept { *this = std::move(other); }
  SmallVector& operator=(SmallVector&& other) noexcept {
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, kInline);
    heap_ = std::move(other.heap_);
    if (heap_ == nullptr) {
      std::copy_n(other.few_, size_, few_);
    }
    return *this;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return heap_ != nullptr ? heap_.get() : few_; }
  const T* data() const { return heap_ != nullptr ? heap_.get() : few_; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](size_t i) {
    assert(i < size_);
    return data()[i];
  }
  const T& operator[](size_t i) const {
    assert(i < size_);
    return data()[i];
  }
  friend bool operator==(const SmallVector& a, std::span<const T> b) {
    return std::ranges::equal(a, b);
  }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void push_back(T item) {
    reserve(size_t{size_} + 1);
    data()[size_++] = item;
  }
  // Further items are value-initialised.
  void resize(size_t size) {
    reserve(size);
    if (size > size_) {
      std::fill_n(data() + size_, size - size_, T());
    }
    size_ = static_cast<uint32_t>(size);
  }
  void clear() { size_ = 0; }
  void reserve(size_t capacity) {
    if (capacity <= capacity_) {
      return;
    }
    capacity = std::max(capacity, size_t{capacity_} * 2);
    auto items = std::make_unique<T[]>(capacity);
    std::copy_n(data(), size_, items.get());
    heap_ = std::move(items);
    capacity_ = static_cast<uint32_t>(capacity);
  }

 private:
  uint32_t size_ = 0;
  uint32_t capacity_ = kInline;
  // Null as long as the items fit into few_.
  std::unique_ptr<T[]> heap_;
  T few_[kInline];
};

}  // namespace gdlint
