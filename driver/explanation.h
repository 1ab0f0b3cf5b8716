// What happens on every way out of one function, as a person is told it.

#pragma once

#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "report/explanation.h"

namespace gdlint::driver {

// Of a function of the program with a body that is no loop body.
report::Explanation Explain(dataflow::FunctionId id,
                            dataflow::Analyses& analyses);

}  // namespace gdlint::driver
