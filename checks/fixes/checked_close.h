// The error of a Close or Commit, handed to the caller.

#pragma once

#include "checks/fix.h"
#include "checks/package_pass.h"
#include "ssa/function.h"

namespace gdlint::checks::fixes {

// Of a call `x.Close()` whose error is dropped: a deferred one sets the error
// that the function returns, unless there is one already; one before `return
// nil` becomes what is returned. Without edits where the function returns no
// error, or its results cannot be named plainly.
Fix ReturnCloseError(PackagePass& pass, const ssa::Function& function,
                     ssa::InstId close);

}  // namespace gdlint::checks::fixes
