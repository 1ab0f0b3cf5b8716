// Examples of the documentation: `go test` compiles those that say no output,
// but does not run them.

#pragma once

#include "source/pos.h"
#include "types/package.h"

namespace gdlint::checks {

// `pos` is in a function `Example…` of a test file without a comment
// `// Output:`.
bool IsInUnrunExample(const types::File& file, source::Pos pos);

}  // namespace gdlint::checks
