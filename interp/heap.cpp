#include "interp/heap.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "interp/page_allocator.h"
#include "interp/size_class.h"
#include "support/invariant.h"

namespace gdlint::interp {
namespace {

// What a span's objects are. Permanent ones are never freed, and roots if they
// have pointers.
enum ObjectKind : int {
  kPlain = 0,
  kWithPointers = 1,
  kPermanent = 2,
  kPermanentWithPointers = 3,
  kObjectKinds = 4,
};
constexpr bool HasPointers(int kind) { return (kind & kWithPointers) != 0; }
constexpr bool IsPermanent(int kind) { return (kind & kPermanent) != 0; }

constexpr int64_t kSpanSize = 16 * 1024;
constexpr int kClassCount = 67;
constexpr int kLarge = -1;

int64_t PagesOfClass(int64_t object_size) {
  const int64_t least = std::max(kSpanSize, object_size * 8);
  return std::min((least + kPageSize - 1) / kPageSize, int64_t{16});
}

using Bits = std::vector<uint64_t>;

bool TestBit(const Bits& bits, uint32_t i) {
  return (bits[i / 64] >> (i % 64) & 1) != 0;
}
void SetBit(Bits& bits, uint32_t i) { bits[i / 64] |= uint64_t{1} << (i % 64); }

// A run of pages with objects of one size.
struct Span {
  std::byte* begin = nullptr;
  int64_t first_page = 0;
  int64_t page_count = 0;
  int64_t object_size = 0;
  uint32_t object_count = 0;
  int kind = kPlain;
  // kLarge for one object alone.
  int size_class = kLarge;
  Bits allocated;
  Bits marked;
  // All objects before it are allocated.
  uint32_t search_from = 0;
  // What was never allocated since the pages were zero begins here.
  uint32_t fresh_from = 0;
  bool is_listed = false;

  std::byte* At(uint32_t i) const { return begin + i * object_size; }

  // The next free object, or object_count.
  uint32_t NextFree() {
    for (size_t word = search_from / 64; word < allocated.size(); ++word) {
      uint64_t free = ~allocated[word];
      if (word == search_from / 64) {
        free &= ~uint64_t{0} << (search_from % 64);
      }
      if (free != 0) {
        return std::min(
            static_cast<uint32_t>(word * 64 +
                                  static_cast<size_t>(std::countr_zero(free))),
            object_count);
      }
    }
    return object_count;
  }
};

struct FreeDeleter {
  void operator()(void* memory) const { std::free(memory); }
};

}  // namespace

struct Heap::Impl {
  explicit Impl(int64_t size)
      : pages(size, kPageSize),
        span_of_page(static_cast<Span**>(std::calloc(
            static_cast<size_t>(pages.page_count()), sizeof(Span*)))) {
    if (span_of_page == nullptr) {
      throw std::bad_alloc();
    }
  }

  struct Place {
    Span* span = nullptr;
    uint32_t index = 0;
  };

  // The allocated object that the address, which the range contains, lies in.
  Place Find(const void* address) const {
    const int64_t offset =
        static_cast<const std::byte*>(address) - pages.begin();
    Span* const span = span_of_page.get()[offset / kPageSize];
    if (span == nullptr) {
      return {};
    }
    const auto index = static_cast<uint32_t>(
        (static_cast<const std::byte*>(address) - span->begin) /
        span->object_size);
    if (index >= span->object_count || !TestBit(span->allocated, index)) {
      return {};
    }
    return {span, index};
  }

  Span* NewSpan(int64_t page_count, int64_t object_size, int kind,
                int size_class) {
    const int64_t first = pages.Allocate(page_count);
    if (first < 0) {
      throw std::bad_alloc();
    }
    auto span = std::make_unique<Span>();
    span->begin = pages.PageAt(first);
    span->first_page = first;
    span->page_count = page_count;
    span->object_size = object_size;
    span->object_count =
        size_class == kLarge
            ? 1
            : static_cast<uint32_t>(page_count * kPageSize / object_size);
    span->kind = kind;
    span->size_class = size_class;
    const size_t words = (span->object_count + 63) / 64;
    span->allocated.resize(words);
    span->marked.resize(words);
    for (int64_t page = first; page < first + page_count; ++page) {
      span_of_page.get()[page] = span.get();
    }
    spans.push_back(std::move(span));
    return spans.back().get();
  }

  // The span to allocate from next, with something free.
  Span* SpanWithRoom(int kind, int size_class) {
    auto& list = with_room[kind][size_class];
    while (!list.empty()) {
      Span* const span = list.back();
      span->search_from = span->NextFree();
      if (span->search_from < span->object_count) {
        return span;
      }
      span->is_listed = false;
      list.pop_back();
    }
    const int64_t size = SizeClasses()[static_cast<size_t>(size_class)];
    Span* const span = NewSpan(PagesOfClass(size), size, kind, size_class);
    span->is_listed = true;
    list.push_back(span);
    return span;
  }

  void Mark(const Place& place) {
    if (!TestBit(place.span->marked, place.index)) {
      SetBit(place.span->marked, place.index);
      if (HasPointers(place.span->kind)) {
        gray.push_back(place);
      }
    }
  }
  void MarkWords(const std::byte* begin, const std::byte* end) {
    const std::byte* const first = pages.begin();
    const auto size = static_cast<uint64_t>(pages.size());
    for (; end - begin >= 8; begin += 8) {
      std::byte* word;
      std::memcpy(&word, begin, 8);
      if (reinterpret_cast<uint64_t>(word) - reinterpret_cast<uint64_t>(first) <
          size) {
        if (const Place place = Find(word); place.span != nullptr) {
          Mark(place);
        }
      }
    }
  }
  void MarkContents(const Place& place) {
    const std::byte* const begin = place.span->At(place.index);
    MarkWords(begin, begin + place.span->object_size);
  }
  void Drain() {
    while (!gray.empty()) {
      const Place place = gray.back();
      gray.pop_back();
      MarkContents(place);
    }
  }
  // Will stay: also what is not of the heap, or never freed.
  bool IsMarked(const void* address) const {
    const auto offset = reinterpret_cast<uint64_t>(address) -
                        reinterpret_cast<uint64_t>(pages.begin());
    if (offset >= static_cast<uint64_t>(pages.size())) {
      return true;
    }
    const Place place = Find(address);
    return place.span != nullptr && (IsPermanent(place.span->kind) ||
                                     TestBit(place.span->marked, place.index));
  }

  PageAllocator pages;
  std::unique_ptr<Span*, FreeDeleter> span_of_page;
  std::vector<std::unique_ptr<Span>> spans;
  std::array<std::array<std::vector<Span*>, kClassCount>, kObjectKinds>
      with_room;
  std::vector<Place> gray;

  std::byte* no_size = nullptr;
  std::unordered_map<std::string_view, StringValue> constants;
  int64_t first_collection = 0;
  HeapStatistics statistics;

  // In the order of registration, which is the order of running.
  std::vector<void*> finalizer_order;
  struct PendingCleanup {
    Cleanup cleanup;
    void* address;
  };
  std::vector<PendingCleanup> cleanups;
  uint64_t next_cleanup = 1;
  std::vector<Finalizer> due_finalizers;
  std::vector<Cleanup> due_cleanups;
  // By address: the handle.
  std::unordered_map<void*, void*> weak_handles;
};

namespace {

// Beyond the limit: the rounding of sizes, and what is free in spans.
constexpr int64_t Reserve(int64_t limit) {
  return limit + limit / 2 + (int64_t{128} << 20);
}

}  // namespace

Heap::Heap(const HeapOptions& options)
    : limit_(options.limit),
      next_collection_(options.first_collection),
      impl_(std::make_unique<Impl>(Reserve(options.limit))) {
  begin_ = impl_->pages.begin();
  reserved_ = impl_->pages.size();
  impl_->first_collection = options.first_collection;
  impl_->no_size = AllocatePermanent(8, /*has_pointers=*/false);
}

Heap::~Heap() = default;

std::byte* Heap::Allocate(int64_t size, bool has_pointers) {
  return AllocateKind(size, has_pointers ? kWithPointers : kPlain);
}

std::byte* Heap::AllocateArray(const RunType* elem, int64_t count) {
  return Allocate(elem->size * count, elem->has_pointers);
}

std::byte* Heap::AllocatePermanent(int64_t size, bool has_pointers) {
  return AllocateKind(size, has_pointers ? kPermanentWithPointers : kPermanent);
}

std::byte* Heap::AllocateKind(int64_t size, int kind) {
  Impl& impl = *impl_;
  if (size == 0) {
    return impl.no_size;
  }
  if (size < 0 || size > limit_ - live_bytes_) {
    throw std::bad_alloc();
  }
  // What is there for good is none of the program's own allocations.
  const int counted = IsPermanent(kind) ? 0 : 1;
  impl.statistics.allocations += static_cast<uint64_t>(counted);
  if (size > kMaxSmallSize) {
    const int64_t page_count = (size + kPageSize - 1) / kPageSize;
    Span* const span =
        impl.NewSpan(page_count, page_count * kPageSize, kind, kLarge);
    SetBit(span->allocated, 0);
    live_bytes_ += span->object_size;
    impl.statistics.total_bytes +=
        static_cast<uint64_t>(counted * span->object_size);
    return span->begin;
  }
  const int size_class = SizeClassOf(size);
  Span* span = nullptr;
  const auto& list = impl.with_room[kind][size_class];
  if (!list.empty() && list.back()->search_from < list.back()->object_count &&
      !TestBit(list.back()->allocated, list.back()->search_from)) {
    span = list.back();
  } else {
    span = impl.SpanWithRoom(kind, size_class);
  }
  const uint32_t index = span->search_from++;
  SetBit(span->allocated, index);
  std::byte* const object = span->At(index);
  if (index < span->fresh_from) {
    std::memset(object, 0, static_cast<size_t>(span->object_size));
  } else {
    span->fresh_from = index + 1;
  }
  live_bytes_ += span->object_size;
  impl.statistics.total_bytes +=
      static_cast<uint64_t>(counted * span->object_size);
  return object;
}

StringValue Heap::Constant(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  const auto it = impl_->constants.find(text);
  if (it != impl_->constants.end()) {
    return it->second;
  }
  auto* const data = reinterpret_cast<char*>(AllocatePermanent(
      static_cast<int64_t>(text.size()), /*has_pointers=*/false));
  std::memcpy(data, text.data(), text.size());
  const StringValue value{data, static_cast<int64_t>(text.size())};
  impl_->constants.emplace(value.view(), value);
  return value;
}

StringValue Heap::NewString(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  auto* const data = reinterpret_cast<char*>(
      Allocate(static_cast<int64_t>(text.size()), /*has_pointers=*/false));
  std::memcpy(data, text.data(), text.size());
  return {data, static_cast<int64_t>(text.size())};
}

std::optional<Heap::Object> Heap::Find(const void* address) const {
  if (!Contains(address)) {
    return std::nullopt;
  }
  const Impl::Place place = impl_->Find(address);
  if (place.span == nullptr) {
    return std::nullopt;
  }
  return Object{place.span->At(place.index), place.span->object_size};
}

bool Heap::IsInOneObject(const void* address, int64_t size) const {
  if (size == 0) {
    return true;
  }
  const std::optional<Object> object = Find(address);
  return object && size > 0 &&
         size <= object->end() - static_cast<const std::byte*>(address);
}

void Heap::Marker::MarkRange(const void* begin, const void* end) {
  // From the first whole word.
  const auto first = (reinterpret_cast<uintptr_t>(begin) + 7) & ~uintptr_t{7};
  heap_.impl_->MarkWords(reinterpret_cast<const std::byte*>(first),
                         static_cast<const std::byte*>(end));
}

void Heap::Marker::MarkPointer(const void* address) {
  heap_.impl_->MarkWords(
      reinterpret_cast<const std::byte*>(&address),
      reinterpret_cast<const std::byte*>(&address) + sizeof(address));
}

void Heap::Collect(const std::function<void(Marker&)>& mark_roots) {
  Impl& impl = *impl_;
  ++impl.statistics.collections;
  for (const auto& span : impl.spans) {
    std::ranges::fill(span->marked, 0);
  }
  for (const auto& span : impl.spans) {
    if (IsPermanent(span->kind) && HasPointers(span->kind)) {
      for (uint32_t i = 0; i < span->object_count; ++i) {
        if (TestBit(span->allocated, i)) {
          impl.MarkContents({span.get(), i});
        }
      }
    }
  }
  Marker marker(*this);
  if (mark_roots) {
    mark_roots(marker);
  }
  for (const Finalizer& due : impl.due_finalizers) {
    marker.MarkPointer(due.object);
    marker.MarkPointer(due.function.data);
  }
  for (const Cleanup& due : impl.due_cleanups) {
    marker.MarkPointer(due.function);
  }
  for (const Impl::PendingCleanup& pending : impl.cleanups) {
    marker.MarkPointer(pending.cleanup.function);
  }
  // What an object with a finalizer refers to is kept for it, the object itself
  // is not: so of objects that refer to each other the first goes first.
  for (void* const object : impl.finalizer_order) {
    marker.MarkPointer(finalizers_.at(object).function.data);
    if (const Impl::Place place = impl.Find(object);
        HasPointers(place.span->kind)) {
      impl.MarkContents(place);
    }
  }
  impl.Drain();

  // Weak pointers end before finalizers are due.
  std::erase_if(impl.weak_handles, [&](const auto& entry) {
    if (impl.IsMarked(entry.first)) {
      return false;
    }
    std::memset(entry.second, 0, sizeof(void*));
    return true;
  });
  std::erase_if(impl.finalizer_order, [&](void* object) {
    if (impl.IsMarked(object)) {
      return false;
    }
    const auto it = finalizers_.find(object);
    impl.due_finalizers.push_back(it->second);
    finalizers_.erase(it);
    return true;
  });
  for (const Finalizer& due : impl.due_finalizers) {
    marker.MarkPointer(due.object);
  }
  impl.Drain();
  std::erase_if(impl.cleanups, [&](const Impl::PendingCleanup& pending) {
    if (impl.IsMarked(pending.address)) {
      return false;
    }
    impl.due_cleanups.push_back(pending.cleanup);
    return true;
  });
  for (const auto& [address, handle] : impl.weak_handles) {
    marker.MarkPointer(handle);
  }
  impl.Drain();

  // Sweep.
  live_bytes_ = 0;
  for (auto& lists : impl.with_room) {
    for (auto& list : lists) {
      std::erase_if(list, [](Span* span) {
        const bool goes = !IsPermanent(span->kind);
        span->is_listed = !goes;
        return goes;
      });
    }
  }
  std::erase_if(impl.spans, [&](std::unique_ptr<Span>& span) {
    int live = 0;
    for (size_t i = 0; i < span->allocated.size(); ++i) {
      if (!IsPermanent(span->kind)) {
        impl.statistics.frees += static_cast<uint64_t>(
            std::popcount(span->allocated[i] & ~span->marked[i]));
        span->allocated[i] &= span->marked[i];
      }
      live += std::popcount(span->allocated[i]);
    }
    live_bytes_ += live * span->object_size;
    if (live == 0 && !IsPermanent(span->kind)) {
      for (int64_t i = 0; i < span->page_count; ++i) {
        impl.span_of_page.get()[span->first_page + i] = nullptr;
      }
      impl.pages.Free(span->first_page, span->page_count);
      return true;
    }
    return false;
  });
  for (const auto& span : impl.spans) {
    if (span->size_class != kLarge && !span->is_listed &&
        !IsPermanent(span->kind)) {
      span->search_from = 0;
      span->is_listed = true;
      impl.with_room[span->kind][span->size_class].push_back(span.get());
    }
  }
  next_collection_ = std::max(impl.first_collection, 2 * live_bytes_);
  // Near the limit, rather often than not at all.
  next_collection_ =
      std::min(next_collection_, live_bytes_ + (limit_ - live_bytes_) / 2);
}

bool Heap::SetFinalizer(const Finalizer& finalizer) {
  const std::optional<Object> object = Find(finalizer.object);
  if (!object || object->begin != finalizer.object) {
    return false;
  }
  const bool had_one = finalizers_.contains(finalizer.object);
  if (finalizer.function.type == nullptr) {
    finalizers_.erase(finalizer.object);
    std::erase(impl_->finalizer_order, finalizer.object);
    return true;
  }
  finalizers_[finalizer.object] = finalizer;
  if (!had_one) {
    impl_->finalizer_order.push_back(finalizer.object);
  }
  return true;
}

uint64_t Heap::AddCleanup(const void* address, void* function) {
  const uint64_t id = impl_->next_cleanup++;
  impl_->cleanups.push_back({.cleanup = {.id = id, .function = function},
                             .address = const_cast<void*>(address)});
  return id;
}

void Heap::StopCleanup(uint64_t id) {
  std::erase_if(impl_->cleanups,
                [&](const auto& pending) { return pending.cleanup.id == id; });
}

std::vector<Finalizer> Heap::TakeFinalizers() {
  return std::exchange(impl_->due_finalizers, {});
}

std::vector<Cleanup> Heap::TakeCleanups() {
  return std::exchange(impl_->due_cleanups, {});
}

void* Heap::WeakHandle(void* address) {
  const auto it = impl_->weak_handles.find(address);
  if (it != impl_->weak_handles.end()) {
    return it->second;
  }
  std::byte* const handle = Allocate(sizeof(void*), /*has_pointers=*/false);
  std::memcpy(handle, &address, sizeof(address));
  impl_->weak_handles.emplace(address, handle);
  return handle;
}

HeapStatistics Heap::statistics() const {
  HeapStatistics statistics = impl_->statistics;
  statistics.live_bytes = static_cast<uint64_t>(live_bytes_);
  statistics.mapped_bytes =
      static_cast<uint64_t>(impl_->pages.used_pages() * kPageSize);
  return statistics;
}

}  // namespace gdlint::interp
