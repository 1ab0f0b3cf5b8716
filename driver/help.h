// What `gdlint --help` and `gdlint --version` print.

#pragma once

#include <string>
#include <string_view>

namespace gdlint::driver {

std::string_view HelpText();

// "gdlint 0.1.0 (Go 1.26)"
std::string VersionText();

}  // namespace gdlint::driver
