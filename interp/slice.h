// Slices and strings: making, growing, copying, slicing, joining.

#pragma once

#include <cstdint>
#include <span>

#include "interp/heap.h"
#include "interp/run_type.h"

namespace gdlint::interp {

// `slice` with room for `size` elements in all, as gc's growslice: its size is
// `size`, its elements beyond the former ones are zero, and its capacity is
// what gc prints. Only for sizes beyond the capacity.
struct Grown {
  SliceValue slice;
  // gc panics with kGrowText.
  bool is_too_long = false;
};
Grown GrowSlice(Heap& heap, const RunType* elem, const SliceValue& slice,
                int64_t size);
// After "runtime error: ".
inline constexpr const char* kGrowText = "growslice: len out of range";

// `append(slice, more…)`: `count` elements at `more`, which may lie in `slice`.
Grown Append(Heap& heap, const RunType* elem, const SliceValue& slice,
             const void* more, int64_t count);

// `copy(to, from)`: how many elements it was.
int64_t CopySlice(const RunType* elem, const SliceValue& to, const void* from,
                  int64_t from_size);

// `make([]elem, size, capacity)`. What gc panics with, after "runtime error: ";
// null if it was made.
const char* MakeSlice(Heap& heap, const RunType* elem, int64_t size,
                      int64_t capacity, SliceValue* made);

// A bound that is out of range, as gc's boundsError has it.
struct BoundsProblem {
  // gc's boundsErrorCode: 0 for an index …
  enum Code : uint8_t {
    kIndex,
    kSliceAlen,
    kSliceAcap,
    kSliceB,
    kSlice3Alen,
    kSlice3Acap,
    kSlice3B,
    kSlice3C,
    kConvert,
  };

  bool exists = false;
  int64_t value = 0;
  int64_t limit = 0;
  Code code = kIndex;
  // Which of the bounds it is: 0 low, 1 high, 2 max.
  int which = 0;
};

// The bounds of `x[low:high:max]`. Those left out have `has_…` false.
struct Bounds {
  int64_t low = 0;
  int64_t high = 0;
  int64_t max = 0;
  bool has_high = false;
  bool has_max = false;
};

// Values of unsigned types above int64's are negative here; BoundsProblem's
// are to be printed by the type of the bound.
struct Sliced {
  SliceValue slice;
  BoundsProblem problem;
};
Sliced SliceSlice(const RunType* elem, const SliceValue& slice,
                  const Bounds& bounds);
// Of an array of `length` elements at `data`.
Sliced SliceArray(const RunType* elem, std::byte* data, int64_t length,
                  const Bounds& bounds);
struct SlicedString {
  StringValue string;
  BoundsProblem problem;
};
SlicedString SliceString(const StringValue& string, const Bounds& bounds);

// `a + b + …`.
StringValue Concatenate(Heap& heap, std::span<const StringValue> parts);
// Less than 0, 0 or greater.
int CompareStrings(const StringValue& a, const StringValue& b);

}  // namespace gdlint::interp
