// Control-flow graphs for GraphViz.

#pragma once

#include <string>

#include "ssa/function.h"

namespace gdlint::ssa {

// A graph of the function's blocks with their instructions, then one of each
// literal and loop body in it. The recover block hangs on the entry by a dashed
// edge.
void PrintDot(const Function& function, std::string& out);

}  // namespace gdlint::ssa
