// What one call may do. Internal to the stage.

#pragma once

#include <span>

#include "dataflow/program_state.h"
#include "dataflow/summary.h"

namespace gdlint::dataflow {

// Joined over the targets of `record`, whose summaries are in `summaries`.
Summary SummaryOfCall(const ProgramState& state, const ssa::Function& caller,
                      const ssa::Inst& call, const CallRecord& record,
                      std::span<const Summary> summaries);
Summary SummaryOfBuiltin(const ssa::Function& caller, const ssa::Inst& call);

}  // namespace gdlint::dataflow
