// What the type checker found out, as lines: `gdlint debug types`.

#pragma once

#include <string>
#include <vector>

#include "types/package.h"

namespace gdlint::driver {

// The expr, def, use and inst lines of a package whose bodies are checked,
// sorted bytewise; docs/debugging.md has the format. Those that go/types
// records for expressions which are nowhere in the source (the `1` of `x++`)
// are there too.
std::vector<std::string> TypeFacts(const types::Package& package);

}  // namespace gdlint::driver
