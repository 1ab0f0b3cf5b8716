// Finds out who calls whom. Internal to the stage.

#pragma once

#include <unordered_set>

#include "dataflow/program_state.h"
#include "support/task_pool.h"

namespace gdlint::dataflow {

// Fills `state`'s function variables, interfaces, calls and callers, given its
// nodes. `whole`: packages that nothing outside of the roots can use.
void Link(ProgramState& state,
          const std::unordered_set<const types::Package*>& whole,
          TaskPool& pool);

}  // namespace gdlint::dataflow
