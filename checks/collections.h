// Lists and tables that a function makes, and what becomes of their elements.

#pragma once

#include <vector>

#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::checks {

// The Returns, but for those that tell of an error, of a list or table made in
// `function` that has `element` in it, or of something that wraps one:
// `return io.MultiReader(readers...), nil`.
std::vector<ssa::InstId> ReturnsOfCollection(const ssa::Function& function,
                                             ssa::Value element,
                                             dataflow::Analyses& analyses);

}  // namespace gdlint::checks
