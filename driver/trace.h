// `gdlint trace`: runs a program and shows what happens to deferred calls.

#pragma once

#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// As RunProgram; prints the trace, the program's output within it, to `out`.
// Returns the program's exit code.
int RunTrace(const Options& options, const loader::Environment& environment,
             Output& out);

}  // namespace gdlint::driver
