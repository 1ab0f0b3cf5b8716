// What run-time errors say, without calling their methods.

#pragma once

#include <string>

#include "interp/run_type.h"

namespace gdlint::interp {

// What Error gives for a value of one of the struct types of run-time errors of
// the overlay's package runtime; empty for all other types.
std::string RuntimeErrorText(const RunType* type, const void* memory);

}  // namespace gdlint::interp
