// What the analysis needs of go.mod files.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/lang_version.h"

namespace gdlint::loader {

struct GoMod {
  // Empty if there is no module line.
  std::string module_path;
  source::LangVersion version;
  // The directories that patterns pass over. "./a/b" is below the module's root
  // only; "a/b" is anywhere.
  std::vector<std::string> ignored;
  // For people, about what was taken to be otherwise: "go 999 is newer than …".
  std::vector<std::string> warnings;
};

// Never fails: a line that cannot be understood becomes a warning at most.
// Lines that do not concern the analysis are not looked at.
GoMod ParseGoMod(std::string_view text);

}  // namespace gdlint::loader
