// `gdlint debug calls` and `gdlint debug summaries`: what is known of functions
// and of their calls.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"

namespace gdlint::driver {

ExitCode RunDebugCalls(const Options& options,
                       const loader::Environment& environment, Output& out);
ExitCode RunDebugSummaries(const Options& options,
                           const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
