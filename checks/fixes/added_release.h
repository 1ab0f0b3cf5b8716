// The deferred release that is missing behind an acquisition.

#pragma once

#include "checks/fix.h"
#include "checks/package_pass.h"
#include "checks/resources/lifetime.h"
#include "ssa/function.h"

namespace gdlint::checks::fixes {

// `defer f.Close()` below the check of the error of what `lifetime` is about.
// Without edits where that is not plainly right: what is acquired leaves the
// function or is released somewhere, each turn of a loop acquires it anew, or
// the process may end before the function returns.
Fix AddRelease(PackagePass& pass, const ssa::Function& function,
               const resources::Lifetime& lifetime);

// `defer cancel()` below a call that makes a context; the function is given a
// name if it has none.
Fix AddCancel(PackagePass& pass, const ssa::Function& function,
              const resources::Lifetime& lifetime);

}  // namespace gdlint::checks::fixes
