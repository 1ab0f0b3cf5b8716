// Runs of pages in one reserved range of addresses.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace gdlint::interp {

class PageAllocator {
 public:
  // Reserves that many bytes, or less if the system does not give so many.
  PageAllocator(int64_t size, int64_t page_size);
  ~PageAllocator();
  PageAllocator(const PageAllocator&) = delete;
  PageAllocator& operator=(const PageAllocator&) = delete;

  // The first page of a run of `count` that are all zero; -1 if there is none.
  int64_t Allocate(int64_t count);
  // What was written is gone.
  void Free(int64_t first, int64_t count);

  std::byte* begin() const { return begin_; }
  std::byte* PageAt(int64_t page) const { return begin_ + page * page_size_; }
  int64_t size() const { return page_count_ * page_size_; }
  int64_t page_count() const { return page_count_; }
  int64_t used_pages() const { return used_pages_; }

 private:
  std::byte* begin_ = nullptr;
  int64_t page_size_;
  int64_t page_count_ = 0;
  int64_t used_pages_ = 0;
  // First page and number of those that were given back, never adjacent.
  std::map<int64_t, int64_t> free_;
  // Pages from here on were never used.
  int64_t fresh_ = 0;
};

}  // namespace gdlint::interp
