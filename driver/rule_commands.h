// `gdlint rules` and `gdlint explain RULE`.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"

namespace gdlint::driver {

ExitCode RunRules(const Options& options, Output& out);
ExitCode RunExplain(const Options& options, Output& out);

}  // namespace gdlint::driver
