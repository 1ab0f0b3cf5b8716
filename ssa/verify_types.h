// Whether the types of an instruction fit together. Internal to the stage.

#pragma once

#include <string>

#include "ssa/function.h"

namespace gdlint::ssa {

// What is wrong with the kinds and types of `inst`, its operands being there;
// empty if nothing is.
std::string TypeProblem(const Function& function, const Inst& inst);

}  // namespace gdlint::ssa
