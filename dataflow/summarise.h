// Finds out what each function does. Internal to the stage.

#pragma once

#include "dataflow/program_state.h"
#include "support/task_pool.h"

namespace gdlint::dataflow {

// Fills `state.summaries`, given its nodes and calls.
void Summarise(ProgramState& state, TaskPool& pool);

}  // namespace gdlint::dataflow
