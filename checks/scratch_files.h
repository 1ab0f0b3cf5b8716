// Temporary files that are gone as soon as the function has returned.

#pragma once

#include "checks/resources/lifetime.h"
#include "ssa/function.h"

namespace gdlint::checks {

// `defer os.Remove(f.Name())` where `f` is closed by the deferred call
// `release` too, directly or in a literal: nobody reads it behind that, so that
// it does not matter whether all was written. Not if it may get another name.
bool IsRemovedWhenClosed(const ssa::Function& function,
                         const resources::Lifetime& lifetime,
                         ssa::InstId release);

}  // namespace gdlint::checks
