// What happens on every way out of one function, as a person is told it.

#pragma once

#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "driver/exit_states.h"
#include "report/explanation.h"

namespace gdlint::driver {

// Of a function of the program with a body that is no loop body.
// `points`, if asked for, gets where it is left by each exit.
report::Explanation Explain(
    dataflow::FunctionId id, dataflow::Analyses& analyses,
    std::vector<std::vector<ExitPoint>>* points = nullptr);

}  // namespace gdlint::driver
