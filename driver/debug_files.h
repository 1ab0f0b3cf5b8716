// `gdlint debug files` and `gdlint debug inputs`: which files belong to what is
// named.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// For each package `IMPORTPATH TAB FILES`, as `go list` has its GoFiles: with
// cgo on, files that import "C" are not among them. With `--deps` also what the
// packages import, with `--tests` also their test variants.
ExitCode RunDebugFiles(const Options& options,
                       const loader::Environment& environment, Output& out);

// The path of each file that a lint run would check.
ExitCode RunDebugInputs(const Options& options,
                        const loader::Environment& environment, Output& out);

}  // namespace gdlint::driver
