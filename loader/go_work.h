// What the analysis needs of go.work files.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/go_mod.h"
#include "source/lang_version.h"

namespace gdlint::loader {

struct GoWork {
  source::LangVersion version;
  // As in the go line; empty if there is none.
  std::string go_line;
  // As written: relative to the directory of the go.work, or absolute.
  std::vector<std::string> used;
  std::vector<Replacement> replaced;
  std::vector<std::string> warnings;
};

// Never fails, as ParseGoMod.
GoWork ParseGoWork(std::string_view text);

}  // namespace gdlint::loader
