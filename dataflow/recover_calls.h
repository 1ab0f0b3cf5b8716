// Which calls of `recover` can stop a panic.
//
// The rule is facts R5: `recover` returns a panic's value if exactly one frame,
// wrappers that the compiler makes not counted, lies between the panic and it.
// So the function that calls it must be the one that was deferred; a deferred
// `recover` is called in place of the function that defers it.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/function_runs.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

enum class RecoverVerdict : uint8_t {
  // Something defers the function that calls it.
  kEffective,
  // Something unknown may.
  kMayBe,
  // It always returns nil.
  kNever,
};

// Why one never stops a panic.
enum class RecoverFault : uint8_t {
  kNone,
  // `defer recover()` in a function that is not deferred itself.
  kDeferredItself,
  // In the body of a range over a function.
  kInRangeBody,
  // In main, init or a test.
  kInEntry,
  // In a function that is only called.
  kInCalled,
  // In a function that is handed to one that calls it.
  kInPassed,
  // In the function of a goroutine, or one that only goroutines call.
  kInSpawned,
};

struct RecoverCall {
  // The Call, or the Defer of `defer recover()`.
  ssa::InstId inst;
  bool is_deferred = false;
  RecoverVerdict verdict = RecoverVerdict::kMayBe;
  RecoverFault fault = RecoverFault::kNone;
  // What runs the function that calls it, if that is what is wrong; no function
  // if there is nothing to show.
  RunSite cause;
};

// The calls of `recover` that a function makes itself.
class RecoverCalls {
 public:
  RecoverCalls(const ssa::Function& function, Analyses& analyses);

  const std::vector<RecoverCall>& all() const { return calls_; }
  // Deferred, it stops each panic, or raises another one.
  bool recovers_always() const { return recovers_always_; }
  // Deferred, it may stop a panic.
  bool recovers() const { return recovers_; }

 private:
  std::vector<RecoverCall> calls_;
  bool recovers_always_ = false;
  bool recovers_ = false;
};

// A call or deferred call of the built-in.
bool IsRecover(const ssa::Function& function, const ssa::Inst& inst);

}  // namespace gdlint::dataflow
