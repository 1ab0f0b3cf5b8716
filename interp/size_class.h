// The sizes of objects that gc's allocator has: the capacities that append
// chooses show them.

#pragma once

#include <cstdint>
#include <span>

namespace gdlint::interp {

// Ascending; from 8 to kMaxSmallSize.
std::span<const int32_t> SizeClasses();
inline constexpr int64_t kMaxSmallSize = 32768;
inline constexpr int64_t kPageSize = 8192;

// The index in SizeClasses of the least one that holds `size`, which is from 1
// to kMaxSmallSize.
int SizeClassOf(int64_t size);

// What gc's allocator gives, without what it keeps for itself, when asked for
// `size` bytes.
int64_t RoundUpSize(int64_t size, bool has_pointers);

// The greatest object that gc allows on amd64.
inline constexpr int64_t kMaxAllocation = int64_t{1} << 48;

}  // namespace gdlint::interp
