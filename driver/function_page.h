// What the page of one function shows besides its explanation.

#pragma once

#include <span>
#include <vector>

#include "checks/package_pass.h"
#include "dataflow/analyses.h"
#include "driver/exit_states.h"
#include "report/function_page.h"
#include "ssa/function.h"

namespace gdlint::driver {

// `points` are those of each exit of `explanation`.
report::FunctionPage PageOf(const ssa::Function& function,
                            report::Explanation explanation,
                            std::span<const std::vector<ExitPoint>> points,
                            dataflow::Analyses& analyses);

}  // namespace gdlint::driver
