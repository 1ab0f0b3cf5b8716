// `gdlint debug calls` and `gdlint debug summaries`: what is known of functions
// and of their calls.

#pragma once

#include <memory>

#include "dataflow/program.h"
#include "dataflow/program_builder.h"
#include "driver/debug_packages.h"
#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"

namespace gdlint::driver {

// The program of the packages, their functions all roots.
std::unique_ptr<dataflow::Program> MakeProgram(DebugPackages& packages,
                                               dataflow::ModelFn models);

ExitCode RunDebugCalls(const Options& options,
                       const loader::Environment& environment, Output& out);
ExitCode RunDebugSummaries(const Options& options,
                           const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
