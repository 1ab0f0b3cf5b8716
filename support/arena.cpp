#include "support/arena.h"

#include <algorithm>
#include <utility>

namespace gdlint {
namespace {

// Small enough that a thousand arenas of small packages do not matter, large
// enough that allocating blocks does not either.
constexpr size_t kFirstBlock = size_t{4} << 10;
constexpr size_t kLargestBlock = size_t{256} << 10;
// What Reset keeps at most.
constexpr size_t kLargestKept = size_t{64} << 10;

}  // namespace

void* Arena::AllocateBlock(size_t size, size_t alignment) {
  // What is large has a block of its own, and the current one stays in use.
  const size_t usual = std::clamp(byte_size_, kFirstBlock, kLargestBlock);
  const bool is_large = size > usual / 4;
  const size_t block_size = is_large ? size + alignment : usual;
  if (block_size < size) {
    throw std::bad_alloc();
  }
  // Not make_unique, which would write zeros.
  std::unique_ptr<std::byte[]> bytes(new std::byte[block_size]);
  const uintptr_t begin = reinterpret_cast<uintptr_t>(bytes.get());
  blocks_.push_back({std::move(bytes), block_size});
  byte_size_ += block_size;
  const uintptr_t at = (begin + alignment - 1) & ~(alignment - 1);
  if (!is_large) {
    next_ = at + size;
    end_ = begin + block_size;
  }
  return reinterpret_cast<void*>(at);
}

bool Arena::Owns(const void* memory) const {
  const auto address = reinterpret_cast<uintptr_t>(memory);
  return std::ranges::any_of(blocks_, [&](const Block& block) {
    const auto begin = reinterpret_cast<uintptr_t>(block.bytes.get());
    return begin <= address && address < begin + block.size;
  });
}

void Arena::Reset() {
  const auto current = std::ranges::find_if(blocks_, [&](const Block& block) {
    return reinterpret_cast<uintptr_t>(block.bytes.get()) + block.size == end_;
  });
  if (current == blocks_.end() || current->size > kLargestKept) {
    Clear();
    return;
  }
  std::swap(blocks_.front(), *current);
  blocks_.resize(1);
  next_ = end_ - blocks_.front().size;
  byte_size_ = blocks_.front().size;
}

void Arena::Clear() {
  blocks_.clear();
  next_ = 0;
  end_ = 0;
  byte_size_ = 0;
}

}  // namespace gdlint
