// The source of a function, in the classes in which it is coloured.

#pragma once

#include "report/function_page.h"
#include "ssa/function.h"

namespace gdlint::driver {

// Sets `source` and `lines_left_out`: a declaration with the comment above it.
void AddSource(const ssa::Function& function, report::FunctionPage& page);

}  // namespace gdlint::driver
