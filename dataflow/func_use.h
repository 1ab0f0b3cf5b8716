// What a function does with a function that it is given. Internal to the stage.

#pragma once

#include <cstdint>

#include "dataflow/function_walk.h"

namespace gdlint::dataflow {

// FuncUse bits of parameter `param`, which is of a function type.
uint16_t UseOfParam(const FunctionFacts& facts, uint32_t param);

}  // namespace gdlint::dataflow
