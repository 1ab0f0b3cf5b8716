// Faults at addresses that are not the program's, where the program wants them
// to be panics (debug.SetPanicOnFault).

#pragma once

#include <cstdint>

#include "interp/execution.h"

namespace gdlint::interp {

// Executor::Execute for a goroutine with `panics_on_fault`.
int64_t ExecuteWithFaults(Machine& machine, Goroutine& goroutine,
                          int64_t budget);

}  // namespace gdlint::interp
