// Function values, and where arguments and results of calls lie.

#pragma once

#include <cstdint>

namespace gdlint::interp {

struct Callable;

// What a value of function type points to. What the function captures follows,
// laid out as ssa::Function::free_vars(), each at the next multiple of 8.
struct Closure {
  Callable* callable;

  uint8_t* captured() { return reinterpret_cast<uint8_t*>(this + 1); }
};

// Arguments of a call lie one after the other, each at the next multiple of
// this, the receiver first; so do results of a function that has several. (A
// tuple in a register is laid out the same way, not as Layouts has tuples.)
inline constexpr int64_t kSlotSize = 8;
constexpr int64_t SlotAlign(int64_t size) {
  return (size + kSlotSize - 1) & ~(kSlotSize - 1);
}

}  // namespace gdlint::interp
