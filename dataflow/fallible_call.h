// What is known of a call's error where the value that came with it is used.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// `v, err := f()`: one of the values of a call whose last result is an error.
struct FallibleCall {
  const ssa::Function* function = nullptr;
  ssa::InstId call;
  // The Extract of the value, and which result it is.
  ssa::InstId value;
  uint32_t index = 0;
  // The Extract of the error; none if it is dropped: `v, _ := f()`.
  ssa::InstId error;
};

// All values that may be nil (pointers, interfaces, functions, maps, channels),
// in order.
std::vector<FallibleCall> FallibleCallsOf(const ssa::Function& function);

// What is known of the error at some place; bits, one a possible path.
enum ErrorKnown : uint8_t {
  // Nobody has looked at it.
  kNotLooked = 1 << 0,
  // Somebody has, and it was not nil; or the value was found to be nil.
  kErrorIsSet = 1 << 1,
};

// A use of the value on a path on which the error was not found to be nil, nor
// handed to something that may have looked at it, nor the value found not to be
// nil.
struct FallibleUse {
  // A Call, Defer, Go, MakeClosure, or a Load, FieldAddr or TypeAssert, which
  // look into it.
  ssa::InstId inst;
  // Which operand is the value, what is made of it, or a variable that holds it
  // (of a MakeClosure).
  uint32_t operand = 0;
  // What is used is something in it, such as `resp.Body`: it was looked into.
  bool is_part = false;
  uint8_t known = 0;
};

// In the order of instructions; of an instruction in one entry an operand.
// Empty if there are too many paths.
const std::vector<FallibleUse>& UsesOf(const FallibleCall& call,
                                       Analyses& analyses);

}  // namespace gdlint::dataflow
