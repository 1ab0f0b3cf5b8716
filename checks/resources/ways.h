// Ways through a function.

#pragma once

#include <vector>

#include "ssa/function.h"

namespace gdlint::checks::resources {

// True if every way to a return leads through one of `blocks`, but where one of
// `values` is nil.
bool AreOnAllWays(const ssa::Function& function,
                  const std::vector<ssa::BlockId>& blocks,
                  const std::vector<ssa::Value>& values);

}  // namespace gdlint::checks::resources
