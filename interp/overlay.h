// The Go text that stands in for packages of the standard library when a
// program is run: interp/overlay/IMPORT/PATH/*.go, built into the program.
//
// A package with such text has no other files, unless its `overlay.txt` says
// `with FILE…` (these of the standard library's stay) or `with *` (all but
// those of the same names). `wrap NAME…`: functions and methods (T.M) of the
// files that stay are called std_NAME, for the text here to have a NAME that
// calls them.

#pragma once

#include <span>
#include <string_view>

namespace gdlint::interp {

struct OverlayFile {
  std::string_view package;
  std::string_view name;
  std::string_view text;
};

std::span<const OverlayFile> OverlayFiles();

}  // namespace gdlint::interp
