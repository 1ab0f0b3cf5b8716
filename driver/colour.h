// Whether reports are coloured.

#pragma once

#include "driver/options.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// `--color`, else a terminal that can and a user who did not object.
bool UsesColour(ColorMode mode, const loader::Environment& environment);

}  // namespace gdlint::driver
