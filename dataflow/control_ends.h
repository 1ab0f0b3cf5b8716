// Where control ends within one function.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/summary.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// How an instruction that is no call ends an activation: bits of Ends. The
// return of a loop body only ends an iteration.
uint8_t EndsAtInst(const ssa::Function& function, const ssa::Inst& inst);

// Loops that nothing leaves, each by the first of its blocks, in order.
// `is_reached`: control gets to a block; `is_left`: a call in it never returns.
std::vector<ssa::BlockId> EndlessLoops(const ssa::Function& function,
                                       const std::vector<bool>& is_reached,
                                       const std::vector<bool>& is_left);

}  // namespace gdlint::dataflow
