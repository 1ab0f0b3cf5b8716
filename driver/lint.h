// `gdlint [flags] [packages | directories | files | -]`.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// Lists, analyses and reports. Whatever the input, it ends with a report.
ExitCode RunLint(const Options& options,
                 const loader::Environment& environment);

}  // namespace gdlint::driver
