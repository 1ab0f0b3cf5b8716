// Every way out of a function, whether it defers anything or not.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/defer_registration.h"
#include "dataflow/panic_points.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// Of a function that is no loop body.
class FunctionExits {
 public:
  FunctionExits(const ssa::Function& function, Analyses& analyses);

  // As DeferRegistration::exits(), which has none for functions without a defer
  // statement; of these in no certain order, but always the same.
  const std::vector<DeferExit>& all() const { return exits_; }

 private:
  void Collect(const ssa::Function& function, const Program& program);
  // True if a call in it never returns.
  bool CollectBlock(const ssa::Function& function, ssa::BlockId block,
                    const Program& program);

  DeferState nothing_ = DeferState::Empty();
  std::vector<DeferExit> exits_;
};

// That a pointer, an interface or a function is nil.
inline constexpr uint16_t kNilPanics = kNil | kNilParam | kNilReceiver;

// A panic that cannot be excluded.
struct PanicPoint {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  // PanicSource bits but for kNilPanics, which nearly every line has.
  uint16_t sources = 0;
};
// Of a function and the loop bodies in it, in the order of their blocks, as far
// as control gets to them. What deferred calls raise is not among them.
std::vector<PanicPoint> PanicPointsOf(const ssa::Function& function,
                                      Analyses& analyses);
// Where a pointer, an interface or a function may be nil that is used, here or
// in a callee; but for the receiver.
std::vector<PanicPoint> NilPanicPointsOf(const ssa::Function& function,
                                         Analyses& analyses);

}  // namespace gdlint::dataflow
