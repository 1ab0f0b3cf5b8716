// What a lock guards, as far as one function shows, and waits with the lock
// held for nothing.

#pragma once

#include <optional>
#include <span>

#include "checks/package_pass.h"
#include "checks/resources/place_events.h"

namespace gdlint::checks {

struct IdleHold {
  // The Defer that unlocks.
  ssa::InstId release;
  // The last that has to do with what is guarded, and what waits after it.
  ssa::InstId last;
  ssa::InstId wait;
};

// The function locks the place once and unlocks it by a defer, touches what
// lies beside the lock, and then waits for something that lies elsewhere
// without touching it again. What lies beside it is what is reached from the
// same variable; of a package-level lock, all variables of the package.
std::optional<IdleHold> FindIdleHold(
    PackagePass& pass, const ssa::Function& function,
    std::span<const resources::PlaceEvent> events,
    const dataflow::AccessPath& path);

}  // namespace gdlint::checks
