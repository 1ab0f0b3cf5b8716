// The lists that calls of variadic functions make.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks::resources {

// True if `element` is the address of an element of such a list, and calls that
// only make text of what they are given are all that becomes of the list:
// `log.Println("got", f)`.
bool IsOnlyFormatted(const ssa::Function& function, ssa::Value element);

}  // namespace gdlint::checks::resources
