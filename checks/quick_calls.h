// Calls that are over at once.

#pragma once

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks {

// The call waits for nobody, and does nothing that a goroutine started before
// would need long for: output, arithmetic, locks, writes that are on their way
// when they return, and functions of the program that do no more.
bool IsQuick(const dataflow::Program& program, const ssa::Function& function,
             const ssa::Inst& call);

}  // namespace gdlint::checks
