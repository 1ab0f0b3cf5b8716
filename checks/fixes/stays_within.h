// Whether a function keeps what it acquired to itself, so that its release may
// be deferred.

#pragma once

#include "checks/fixes/statements.h"
#include "checks/package_pass.h"
#include "checks/resources/lifetime.h"
#include "ssa/function.h"
#include "types/object.h"

namespace gdlint::checks::fixes {

struct Acquired {
  const Source& source;
  PackagePass& pass;
  const ssa::Function& function;
  resources::ResourceKind kind;
};

// True if nothing behind `from` releases what `var` holds, returns or stores
// it, gives it to what may keep it, or captures it.
bool IsOnlyUsed(const Acquired& acquired, const types::Var& var,
                source::Pos from);

// True if all that is done with the cancel function behind `from` is to call
// it.
bool IsOnlyCalled(const Acquired& acquired, const types::Var& cancel,
                  source::Pos from);

// True if nobody can still need the context when the function has returned: it
// is not returned, stored, captured, or given to what goes on in the
// background.
bool IsOnlyLent(const Acquired& acquired, const types::Var& context,
                source::Pos from);

}  // namespace gdlint::checks::fixes
