// `gdlint debug types`: what the type checker finds out.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// Prints the facts of the packages that the arguments name, from the second on;
// errors in them go to standard error. docs/debugging.md has the conventions.
ExitCode RunDebugTypes(const Options& options,
                       const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
