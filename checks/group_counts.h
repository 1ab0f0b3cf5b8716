// How far a wait group that is a local variable is counted up and down.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checks/package_pass.h"
#include "ssa/function.h"

namespace gdlint::checks {

// A call of Add or Done, or the start of a goroutine that surely calls Done
// once.
struct GroupStep {
  ssa::InstId at;
  int64_t change = 0;
};

// All that is done to one wait group, of which nothing is unknown.
struct GroupUse {
  ssa::Value group;
  // In the order of instructions.
  std::vector<GroupStep> steps;
  // The calls of Wait in the function itself.
  std::vector<ssa::InstId> waits;
  // Somebody else waits, or a deferred call does.
  bool is_waited_for_elsewhere = false;
};

// Of the wait group that an Alloc of the function is; none if it is none, or if
// it goes where it cannot be followed.
std::optional<GroupUse> GroupUseOf(PackagePass& pass,
                                   const ssa::Function& function,
                                   ssa::Value alloc);

// The counter as `Wait` finds it, if no step is in a loop: by each way another
// one, perhaps. Empty if there are too many.
std::vector<int64_t> CountersAtWait(const ssa::Function& function,
                                    const GroupUse& use);

}  // namespace gdlint::checks
