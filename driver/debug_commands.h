// `gdlint debug STAGE FILE|DIR...`: what a stage makes of files, in the formats
// that the oracles of tests/oracle/ print.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

ExitCode RunDebug(const Options& options,
                  const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
