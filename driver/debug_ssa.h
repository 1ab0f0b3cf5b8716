// `gdlint debug ssa`: the SSA of functions.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// Prints the functions of the packages that the arguments name, from the second
// on. `is_naive`: before variables are lifted. docs/debugging.md has the flags.
ExitCode RunDebugSsa(const Options& options,
                     const loader::Environment& environment, bool is_naive,
                     Output& out);

}  // namespace gdlint::driver
