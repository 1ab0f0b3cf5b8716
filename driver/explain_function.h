// `gdlint explain FUNC [PACKAGES]`: every way out of a function.

#pragma once

#include "driver/exit_code.h"
#include "driver/options.h"
#include "driver/output.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// The first argument names functions, as `F`, `T.M`, `(*T).M` or `F$1` for the
// first literal in F, perhaps with the package's name or path before it; those
// of the packages that follow, `./...` if there are none, are explained.
ExitCode RunExplainFunction(const Options& options,
                            const loader::Environment& environment,
                            Output& out);

}  // namespace gdlint::driver
