// Variables of a loop, copied for each iteration.

#pragma once

#include <span>

#include "checks/fix.h"
#include "checks/fixes/statements.h"
#include "checks/typed/loop_captures.h"

namespace gdlint::checks::fixes {

// `i := i` at the top of the loop's body, of all variables that the literal or
// call `cause`, one of those in `captures`, shares with later iterations.
// Without edits if one of them is not the loop's own, or the body changes it on
// purpose.
Fix CopyVariables(const Source& source, ast::NodeId cause,
                  std::span<const typed::LoopCapture> captures);

}  // namespace gdlint::checks::fixes
