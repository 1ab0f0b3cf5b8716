// Which functions a call may run. Internal to the stage.

#pragma once

#include "dataflow/program_state.h"

namespace gdlint::dataflow {

// By the nodes, function variables and interfaces of `state`; not by its calls.
CallTargets ResolveCall(const ProgramState& state, const ssa::Function& caller,
                        const ssa::Inst& call);

// The node that a function's value is; none if it is unknown or not a node.
FunctionId NodeOf(const ProgramState& state, const FunctionValue& value);

// The value of a function in `function` goes nowhere but into calls of it.
bool IsOnlyCalled(const ssa::Function& function, ssa::Value value);

}  // namespace gdlint::dataflow
