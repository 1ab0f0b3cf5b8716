#include "interp/page_allocator.h"

#include <sys/mman.h>

#include <iterator>
#include <new>

namespace gdlint::interp {
namespace {

// Where gc's heap begins too, so that addresses look alike in every run.
void* const kBegin = reinterpret_cast<void*>(uintptr_t{0xc0} << 32);
constexpr int64_t kLeastSize = int64_t{64} << 20;

}  // namespace

PageAllocator::PageAllocator(int64_t size, int64_t page_size)
    : page_size_(page_size) {
  for (; size >= kLeastSize; size /= 2) {
    size = size / page_size * page_size;
    void* const memory =
        mmap(kBegin, static_cast<size_t>(size), PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) {
      begin_ = static_cast<std::byte*>(memory);
      page_count_ = size / page_size;
      return;
    }
  }
  throw std::bad_alloc();
}

PageAllocator::~PageAllocator() { munmap(begin_, static_cast<size_t>(size())); }

int64_t PageAllocator::Allocate(int64_t count) {
  for (auto it = free_.begin(); it != free_.end(); ++it) {
    const auto [first, free_count] = *it;
    if (free_count < count) {
      continue;
    }
    free_.erase(it);
    if (free_count > count) {
      free_.emplace(first + count, free_count - count);
    }
    used_pages_ += count;
    return first;
  }
  if (count > page_count_ - fresh_) {
    return -1;
  }
  const int64_t first = fresh_;
  fresh_ += count;
  used_pages_ += count;
  return first;
}

void PageAllocator::Free(int64_t first, int64_t count) {
  madvise(PageAt(first), static_cast<size_t>(count * page_size_),
          MADV_DONTNEED);
  used_pages_ -= count;
  auto next = free_.lower_bound(first);
  if (next != free_.end() && next->first == first + count) {
    count += next->second;
    next = free_.erase(next);
  }
  if (next != free_.begin()) {
    const auto before = std::prev(next);
    if (before->first + before->second == first) {
      before->second += count;
      return;
    }
  }
  free_.emplace(first, count);
}

}  // namespace gdlint::interp
