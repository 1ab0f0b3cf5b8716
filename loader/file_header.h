// What the top of a source file says about where it belongs.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "loader/build_context.h"
#include "source/lang_version.h"

namespace gdlint::loader {

struct FileHeader {
  // False if a build constraint excludes the file, or is wrong.
  bool matches = true;
  // What is wrong with the constraint; empty if nothing is.
  std::string error;
  // The version that the `//go:build` line asks for.
  std::optional<source::LangVersion> version;
};

// Reads the comments before the package clause of `text`. A `//go:build` line
// decides; without one the `// +build` lines do, which must be followed by a
// blank line.
FileHeader ReadFileHeader(std::string_view text, const BuildContext& context);

}  // namespace gdlint::loader
