// The summary of one function by its body. Internal to the stage.

#pragma once

#include <span>

#include "dataflow/program_state.h"
#include "dataflow/summary.h"

namespace gdlint::dataflow {

// Given the summaries of what it calls.
Summary SummaryOfBody(const ProgramState& state, FunctionId id,
                      std::span<const Summary> summaries);

// What a function in a cycle of calls is taken for at first: nothing happens.
Summary EmptySummary(const ssa::Function& function);

}  // namespace gdlint::dataflow
