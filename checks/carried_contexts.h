// What becomes unusable when a context is cancelled: contexts derived from it,
// requests with it, responses to those, rows, transactions.

#pragma once

#include <span>
#include <vector>

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks {

// The values of a function that are one of `roots`, or that live only as long
// as they do, and the variables and structs of this function that hold such.
std::vector<ssa::Value> CarriersOf(const ssa::Function& function,
                                   std::span<const ssa::Value> roots,
                                   const dataflow::Program& program);

}  // namespace gdlint::checks
