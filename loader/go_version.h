// Go version strings, and which language version a file gets.

#pragma once

#include <optional>
#include <string_view>

#include "source/lang_version.h"

namespace gdlint::loader {

// The language version of "1.22", "1.22.3", "1.22rc1" or the same after "go".
// Nothing if `text` is not a Go version. A version of Go 2 or later counts as
// later than any 1.N.
std::optional<source::LangVersion> ParseGoVersion(std::string_view text);

// The language version of a file in a module at `module_version` whose
// `//go:build` line asks for at least `file_version`, if it does. The line can
// raise the version, and lower it as far as go1.21, the first release that let
// a file choose.
source::LangVersion FileVersion(
    source::LangVersion module_version,
    std::optional<source::LangVersion> file_version);

}  // namespace gdlint::loader
