// Which functions belong to the standard library.

#pragma once

#include "dataflow/program.h"
#include "types/object.h"

namespace gdlint::dataflow {

// True for functions of the standard library that are not themselves under
// analysis: what is documented of them holds.
bool IsStandard(const Program& program, const types::Func& func);

}  // namespace gdlint::dataflow
