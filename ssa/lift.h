// Turns local variables into values.

#pragma once

#include "ssa/draft.h"

namespace gdlint::ssa {

// Replaces the Allocs whose address is only loaded from and stored to, as a
// whole, by values and phis; what was stored becomes the draft's bindings.
// Result cells of functions with a recover block stay: a panic can come from
// anywhere. Call after RemoveUnreachable; keeps the edges.
void Lift(Draft& draft);

}  // namespace gdlint::ssa
