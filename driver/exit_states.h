// Resources and locks at the ways out of a function, as a person is told.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "checks/package_pass.h"
#include "dataflow/analyses.h"
#include "report/explanation.h"
#include "ssa/function.h"

namespace gdlint::driver {

// Where a function is left: in itself, or in a loop body within.
struct ExitPoint {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  bool runs_deferred = false;
};

// The number of what a Defer registers; 0 if it has none.
using NumberOfDefer =
    std::function<uint32_t(const ssa::Function&, ssa::InstId)>;

// Fills in the resources of `explanation` and of its exits: `points` has those
// of each exit. What happens within a loop body that is a function of its own
// is told at the exits of that body alone.
void AddExitStates(dataflow::Analyses& analyses,
                   std::span<const std::vector<ExitPoint>> points,
                   const NumberOfDefer& number_of, checks::FileIndexes& indexes,
                   report::Explanation& explanation);

}  // namespace gdlint::driver
