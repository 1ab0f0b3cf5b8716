// Where the standard library is.

#pragma once

#include <optional>
#include <string>

#include "loader/build_context.h"

namespace gdlint::loader {

// The directory of a Go installation: `choice` if given, else GOROOT, else the
// one that the `go` on PATH belongs to (found by its place; it is not run),
// else the usual places. Nothing if none of these has a standard library.
std::optional<std::string> FindGoroot(const std::optional<std::string>& choice,
                                      const Environment& environment);

}  // namespace gdlint::loader
