#include "driver/colour.h"

#include <unistd.h>

namespace gdlint::driver {

bool UsesColour(ColorMode mode, const loader::Environment& environment) {
  if (mode != ColorMode::kAuto) {
    return mode == ColorMode::kAlways;
  }
  return environment("NO_COLOR").value_or("").empty() &&
         environment("TERM").value_or("") != "dumb" &&
         isatty(STDOUT_FILENO) == 1;
}

}  // namespace gdlint::driver
