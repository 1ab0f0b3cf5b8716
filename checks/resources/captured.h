// Whether the variables that a literal captures change after it is made.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks::resources {

// What the variable, which `closure` captures, holds may be another value when
// the closure is called: it is stored to behind it, or by some literal, or
// its address is used otherwise. A store further up in a loop is not seen.
bool MayBeSetAfter(const ssa::Function& function, ssa::InstId closure,
                   ssa::Value var);

}  // namespace gdlint::checks::resources
