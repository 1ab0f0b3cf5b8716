// Checks that a Function is what function.h and op.def say.

#pragma once

#include <string>
#include <vector>

#include "ssa/function.h"

namespace gdlint::ssa {

// What is wrong with `function`, children included; empty if nothing is. One
// sentence each, with the function's name and the instruction. At most a
// hundred.
std::vector<std::string> Verify(const Function& function);

}  // namespace gdlint::ssa
