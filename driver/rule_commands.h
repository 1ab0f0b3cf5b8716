// `gdlint rules` and `gdlint explain`.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

ExitCode RunRules(const Options& options, Output& out);
// Of a rule, or of functions.
ExitCode RunExplain(const Options& options,
                    const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
