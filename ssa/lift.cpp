#include "ssa/lift.h"

namespace gdlint::ssa {

void Lift(Draft&) {}

}  // namespace gdlint::ssa
