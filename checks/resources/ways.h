// Ways through a function.

#pragma once

#include <vector>

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// True if every way to a return leads through one of `blocks`, but where one of
// `values` is nil.
bool AreOnAllWays(const ssa::Function& function,
                  const std::vector<ssa::BlockId>& blocks,
                  const std::vector<ssa::Value>& values);

// Control may get from `call` to `target`, another block, on a way on which
// `error`, its error, is not nil: the same questions have the same answers, and
// `call` does not run once more. True too if there are too many ways.
bool MayFollowFailure(const ssa::Function& function,
                      const dataflow::Program& program, ssa::InstId call,
                      ssa::Value error, ssa::InstId target);

}  // namespace gdlint::checks::resources
