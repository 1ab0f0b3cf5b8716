// Operations that end the program in a way that no `recover` stops.

#pragma once

#include <optional>
#include <string>

#include "dataflow/analyses.h"
#include "dataflow/panic_reach.h"
#include "ssa/function.h"

namespace gdlint::checks {

struct FatalOperation {
  // Not the function that was asked about for what a goroutine of it does.
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  std::string message;
};

// The first among what a deferred recover guards. To be asked only where no
// panic is at hand that the recover could be there for.
std::optional<FatalOperation> FindFatal(const ssa::Function& function,
                                        const dataflow::Guarded& guarded,
                                        dataflow::Analyses& analyses);

}  // namespace gdlint::checks
