// What a deferred function does with what `recover` gave it.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::checks {

enum class RecoveredUse : uint8_t {
  // It goes on: returned, stored, printed, looked at.
  kUsed,
  // Only whether there was a panic counts, and that is told to someone.
  kTold,
  // It is lost.
  kDropped,
};
RecoveredUse UseOfRecovered(const ssa::Function& function, ssa::InstId recover,
                            dataflow::Analyses& analyses);

// The values of a function that are made from `source`, or hold it: by
// operation, call, or storing into a variable.
class MadeFrom {
 public:
  MadeFrom(const ssa::Function& function, ssa::InstId source);
  bool Contains(ssa::Value value) const;

 private:
  std::vector<bool> is_made_;
};

// What control flow says at `at` of a value of `recover`.
enum class PanicIs : uint8_t { kUnknown, kUnderWay, kNot };
PanicIs PanicAt(const ssa::Function& function, ssa::InstId recover,
                ssa::InstId at, dataflow::Analyses& analyses);

}  // namespace gdlint::checks
