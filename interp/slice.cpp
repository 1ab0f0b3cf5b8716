#include "interp/slice.h"

#include <algorithm>
#include <cstring>

#include "interp/size_class.h"

namespace gdlint::interp {
namespace {

// Slices that were small double; larger ones grow by less and less more than a
// quarter.
constexpr int64_t kDoubleBelow = 256;

int64_t NextCapacity(int64_t size, int64_t capacity) {
  // In 128 bits or unsigned, so that nothing overflows: capacities are less
  // than 2^63.
  const auto doubled = static_cast<uint64_t>(capacity) * 2;
  if (static_cast<uint64_t>(size) > doubled) {
    return size;
  }
  if (capacity < kDoubleBelow) {
    return static_cast<int64_t>(doubled);
  }
  auto next = static_cast<uint64_t>(capacity);
  while (next < static_cast<uint64_t>(size)) {
    next += (next + 3 * kDoubleBelow) >> 2;
  }
  return next > INT64_MAX ? size : static_cast<int64_t>(next);
}

// The check that gc makes first: 0 <= value <= limit.
bool IsWithin(int64_t value, int64_t limit) {
  return static_cast<uint64_t>(value) <= static_cast<uint64_t>(limit);
}

// Checks from the last bound to the first, as gc does.
BoundsProblem CheckBounds(const Bounds& bounds, int64_t size, int64_t capacity,
                          bool is_slice) {
  using Code = BoundsProblem::Code;
  const int64_t high = bounds.has_high ? bounds.high : size;
  if (bounds.has_max) {
    if (!IsWithin(bounds.max, capacity)) {
      return {true, bounds.max, capacity,
              is_slice ? Code::kSlice3Acap : Code::kSlice3Alen, 2};
    }
    if (!IsWithin(high, bounds.max)) {
      return {true, high, bounds.max, Code::kSlice3B, 1};
    }
    if (!IsWithin(bounds.low, high)) {
      return {true, bounds.low, high, Code::kSlice3C, 0};
    }
    return {};
  }
  if (bounds.has_high && !IsWithin(high, capacity)) {
    return {true, high, capacity,
            is_slice ? Code::kSliceAcap : Code::kSliceAlen, 1};
  }
  if (!IsWithin(bounds.low, high)) {
    return {true, bounds.low, high, Code::kSliceB, 0};
  }
  return {};
}

Sliced SliceMemory(const RunType* elem, std::byte* data, int64_t size,
                   int64_t capacity, const Bounds& bounds, bool is_slice) {
  Sliced sliced;
  sliced.problem = CheckBounds(bounds, size, capacity, is_slice);
  if (!sliced.problem.exists) {
    const int64_t high = bounds.has_high ? bounds.high : size;
    const int64_t max = bounds.has_max ? bounds.max : capacity;
    // No address behind the object.
    sliced.slice.data =
        max == bounds.low ? data : data + bounds.low * elem->size;
    sliced.slice.size = high - bounds.low;
    sliced.slice.capacity = max - bounds.low;
  }
  return sliced;
}

}  // namespace

Grown GrowSlice(Heap& heap, const RunType* elem, const SliceValue& slice,
                int64_t size) {
  if (size < 0) {
    return {.slice = {}, .is_too_long = true};
  }
  if (elem->size == 0) {
    return {.slice = {heap.Allocate(0, false), size, size}};
  }
  const int64_t wanted = NextCapacity(size, slice.capacity);
  if (wanted > kMaxAllocation / elem->size) {
    return {.slice = {}, .is_too_long = true};
  }
  const int64_t bytes = RoundUpSize(wanted * elem->size, elem->has_pointers);
  if (bytes > kMaxAllocation) {
    return {.slice = {}, .is_too_long = true};
  }
  const int64_t capacity = bytes / elem->size;
  std::byte* const data =
      heap.Allocate(capacity * elem->size, elem->has_pointers);
  if (slice.size > 0) {
    std::memcpy(data, slice.data, static_cast<size_t>(slice.size * elem->size));
  }
  return {.slice = {data, size, capacity}};
}

Grown Append(Heap& heap, const RunType* elem, const SliceValue& slice,
             const void* more, int64_t count) {
  int64_t size = 0;
  if (__builtin_add_overflow(slice.size, count, &size)) {
    return {.slice = {}, .is_too_long = true};
  }
  Grown grown{.slice = {slice.data, size, slice.capacity}};
  if (size > slice.capacity) {
    grown = GrowSlice(heap, elem, slice, size);
    if (grown.is_too_long) {
      return grown;
    }
  }
  const int64_t bytes = count * elem->size;
  if (bytes > 0) {
    std::memmove(grown.slice.data + slice.size * elem->size, more,
                 static_cast<size_t>(bytes));
  }
  return grown;
}

int64_t CopySlice(const RunType* elem, const SliceValue& to, const void* from,
                  int64_t from_size) {
  const int64_t count = std::min(to.size, from_size);
  const int64_t bytes = count * elem->size;
  if (bytes > 0 && to.data != from) {
    std::memmove(to.data, from, static_cast<size_t>(bytes));
  }
  return count;
}

const char* MakeSlice(Heap& heap, const RunType* elem, int64_t size,
                      int64_t capacity, SliceValue* made) {
  const auto is_possible = [&](int64_t count) {
    int64_t bytes = 0;
    return count >= 0 && !__builtin_mul_overflow(count, elem->size, &bytes) &&
           bytes <= kMaxAllocation;
  };
  if (!is_possible(size)) {
    return "makeslice: len out of range";
  }
  if (!is_possible(capacity) || size > capacity) {
    return "makeslice: cap out of range";
  }
  *made = {heap.AllocateArray(elem, capacity), size, capacity};
  return nullptr;
}

Sliced SliceSlice(const RunType* elem, const SliceValue& slice,
                  const Bounds& bounds) {
  return SliceMemory(elem, slice.data, slice.size, slice.capacity, bounds,
                     /*is_slice=*/true);
}

Sliced SliceArray(const RunType* elem, std::byte* data, int64_t length,
                  const Bounds& bounds) {
  return SliceMemory(elem, data, length, length, bounds, /*is_slice=*/false);
}

SlicedString SliceString(const StringValue& string, const Bounds& bounds) {
  SlicedString sliced;
  sliced.problem =
      CheckBounds(bounds, string.size, string.size, /*is_slice=*/false);
  if (!sliced.problem.exists) {
    const int64_t high = bounds.has_high ? bounds.high : string.size;
    sliced.string.size = high - bounds.low;
    sliced.string.data =
        sliced.string.size == 0 ? string.data : string.data + bounds.low;
  }
  return sliced;
}

StringValue Concatenate(Heap& heap, std::span<const StringValue> parts) {
  int64_t size = 0;
  const StringValue* last = nullptr;
  int count = 0;
  for (const StringValue& part : parts) {
    if (part.size > 0) {
      size += part.size;
      last = &part;
      ++count;
    }
  }
  if (count == 0) {
    return {};
  }
  if (count == 1) {
    return *last;
  }
  auto* const data =
      reinterpret_cast<char*>(heap.Allocate(size, /*has_pointers=*/false));
  char* next = data;
  for (const StringValue& part : parts) {
    if (part.size > 0) {
      std::memcpy(next, part.data, static_cast<size_t>(part.size));
      next += part.size;
    }
  }
  return {data, size};
}

int CompareStrings(const StringValue& a, const StringValue& b) {
  return a.view().compare(b.view());
}

}  // namespace gdlint::interp
