// GOFLAGS: flags of the go command that a person has set for good.

#pragma once

#include <optional>
#include <string>

#include "loader/build_context.h"

namespace gdlint::loader {

// Those that decide which packages there are. The last of each counts.
struct GoFlags {
  // `-mod`: "vendor", "readonly" or "mod".
  std::optional<std::string> mod;
  // `-modfile`: a file to be read in place of the main module's go.mod.
  std::optional<std::string> modfile;
  // `-tags`, as written.
  std::optional<std::string> tags;
};

// From the variable GOFLAGS. Configuration files of the go command (GOENV) are
// not read.
GoFlags ReadGoFlags(const Environment& environment);

}  // namespace gdlint::loader
