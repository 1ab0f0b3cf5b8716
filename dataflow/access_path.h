// How a place in memory is reached: `s.mu` of the receiver, the global `lock`.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/values.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// A variable, parameter, global or other value, and the fields and pointers on
// the way from it. Equal paths mean the same place as long as nothing on the
// way is assigned in between. Elements of slices, arrays and maps are told
// apart by the instruction that takes them alone.
struct AccessPath {
  const ssa::Function* function = nullptr;
  // For a global; then `function` is null.
  const types::Var* global = nullptr;
  ssa::Value root;
  // Indices of fields; kPointer for a look through a pointer.
  std::vector<uint32_t> steps;

  static constexpr uint32_t kPointer = 0xffff'ffff;
  friend bool operator==(const AccessPath&, const AccessPath&) = default;
};

// Of an address, a pointer, or an interface or other value that holds one.
AccessPath PathOf(const ssa::Function& function, ssa::Value value);

}  // namespace gdlint::dataflow
