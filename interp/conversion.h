// Conversions between values of different types: numbers as gc has them on
// amd64, strings, byte and rune slices.

#pragma once

#include <cstdint>
#include <string_view>

#include "interp/heap.h"
#include "interp/run_type.h"

namespace gdlint::interp {

// Converts the value at `from` to one at `to`; they do not overlap.
using Conversion = void (*)(Heap& heap, const void* from, void* to);

// What SSA's Convert does for these types; null where the bits stay as they
// are, and for what it is not for.
Conversion ConversionOf(const RunType* from, const RunType* to);

// `string(r)`: U+FFFD for what is no character.
StringValue RuneToString(Heap& heap, int64_t rune);
StringValue BytesToString(Heap& heap, const SliceValue& bytes);
StringValue RunesToString(Heap& heap, const SliceValue& runes);
// Capacities are gc's for strings that are no constants, or, if `is_exact`, the
// length, as for constants.
SliceValue StringToBytes(Heap& heap, std::string_view text,
                         bool is_exact = false);
// Ill-formed bytes become U+FFFD each.
SliceValue StringToRunes(Heap& heap, std::string_view text);

// gc's conversions of floating-point numbers to integers: what does not fit is
// what the processor's instruction gives.
int32_t FloatToInt32(double value);
int64_t FloatToInt64(double value);
uint64_t FloatToUint64(double value);

}  // namespace gdlint::interp
