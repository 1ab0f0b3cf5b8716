// Where in a function a panic may arise, and why it cannot be excluded.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/dominance.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// Where a panic may come from; bits.
enum PanicSource : uint16_t {
  kNoPanic = 0,
  // `panic(x)`, `log.Panic`, a callee's `panic`.
  kPanicStatement = 1 << 0,
  // A function value or an interface's method that is not known.
  kCallback = 1 << 1,
  // A declared function of which nothing is known.
  kUnknownFunction = 1 << 2,
  // A known callee in which a run-time check may fail.
  kCalleeMayFail = 1 << 3,
  // Index, slice, division, assertion, conversion, size of a `make`.
  kRuntimeCheck = 1 << 4,
  // An assignment to a map that may be nil.
  kNilMap = 1 << 5,
  // A send on, or the close of, a channel that may be closed or nil;
  // a counter of goroutines that may be below zero.
  kChannel = 1 << 6,
  // A pointer, interface or function that may be nil.
  kNil = 1 << 7,
  // The same of a parameter that is used as it came.
  kNilParam = 1 << 8,
  // The same of the method's receiver: callers do not call it so.
  kNilReceiver = 1 << 9,
  // What code is taken not to do: to close or send on a channel that was made
  // here and is closed, to compare what cannot be compared, to return nil
  // without an error, to ask for more than there is of memory.
  kUnlikely = 1 << 10,
  // A map's key, or what is compared, that may hold what cannot be compared.
  kUncomparable = 1 << 11,
};
inline constexpr uint16_t kAnyPanic = 0xffff;
// What happens only if something went wrong that most code does not reckon
// with.
inline constexpr uint16_t kFarFetched = kNilReceiver | kUnlikely;
// Checks of run time that well-meant code passes.
inline constexpr uint16_t kWeakPanic = kNilMap | kChannel | kNil | kNilParam |
                                       kNilReceiver | kUnlikely | kUncomparable;

// What each instruction itself may raise; what callees raise is PanicReach's.
//
// A run-time check is left out where it cannot fail: constants, range loops,
// what was made here, what a branch before has tested. "The same" is what looks
// the same (LooksSame).
class PanicPoints {
 public:
  PanicPoints(const ssa::Function& function, Analyses& analyses);

  // PanicSource bits. Of a Call of a method with a pointer receiver: without
  // what its receiver may bring.
  uint16_t SourcesOf(ssa::InstId inst) const { return sources_[inst.index]; }
  // Of a static Call, Defer or Go of a method with a pointer receiver: whether
  // that may be nil there.
  uint16_t ReceiverOf(ssa::InstId call) const {
    const auto found = receivers_.find(call);
    return found == receivers_.end() ? static_cast<uint16_t>(kNoPanic)
                                     : found->second;
  }

 private:
  std::vector<uint16_t> sources_;
  std::map<ssa::InstId, uint16_t> receivers_;
};

}  // namespace gdlint::dataflow
