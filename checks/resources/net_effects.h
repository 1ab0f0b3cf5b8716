// What a function does to a lock or a wait group in all, where that is not what
// its last call of it does.

#pragma once

#include <span>

#include "checks/resources/place_events.h"

namespace gdlint::checks::resources {

// It adds to the wait group, too, by a method of the group or of a type around
// it: in all it counts nothing down.
bool CountsItself(const ssa::Function& function,
                  const dataflow::AccessPath& group);

// `mu.Lock(); defer mu.Lock()`: an unlock was meant, which is said there and
// not again of each call. A function that is called so locks for its caller.
bool IsDeferredForUnlock(const ssa::Function& function,
                         std::span<const PlaceEvent> events,
                         const dataflow::AccessPath& path);

}  // namespace gdlint::checks::resources
