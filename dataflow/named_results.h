// Which store reaches the caller through which exit: what a function's results
// hold when it returns, after its deferred calls have run.
//
// Results of a function with deferred calls are cells (docs/ssa.md): a return
// stores them, runs the deferred calls, and loads them. A cell without a name
// is out of reach for everything but the return statements.

#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "dataflow/accesses.h"
#include "dataflow/analyses.h"
#include "dataflow/flow_order.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// A Defer of a function, or of a range-over-func body in it, and what it runs.
struct DeferredCall {
  // The function or loop body that has the Defer.
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  // The literal or declared function that it surely runs; null if that is not
  // known. Its parameters are the call's arguments, in order.
  const ssa::Function* body = nullptr;
  // `body` is a literal of this function, and this Defer the only use of it.
  bool is_own_literal = false;

  std::span<const ssa::Value> Args() const {
    return function->Operands(function->inst(inst)).subspan(1);
  }
};

// All Defers that register on a function's list: its own and those of its loop
// bodies, in the order of the source.
class DeferredCalls {
 public:
  // `function` must be its own Function::outermost.
  DeferredCalls(const ssa::Function& function, Analyses& analyses);

  std::span<const DeferredCall> calls() const { return calls_; }
  // That whose body, or a literal in it, has `function`; null if there is none.
  const DeferredCall* RunBy(const ssa::Function& function) const;

  // One may be registered before the other, or run when the other is: both
  // instructions are in the function or its loop bodies. In one activation, and
  // as control flow goes.
  bool MayFollow(const ssa::Function& earlier_in, ssa::InstId earlier,
                 const ssa::Function& later_in, ssa::InstId later) const;

 private:
  void Collect(const ssa::Function& function);

  Analyses& analyses_;
  std::vector<DeferredCall> calls_;
};

inline constexpr uint32_t kNoDeferredCall = 0xffff'ffff;

// What may change a result.
struct ResultWrite {
  uint32_t result = 0;
  // The Store, or the call that is given the result's address.
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  // The index in DeferredCalls of the call that makes it; kNoDeferredCall for
  // what the function and its loop bodies do themselves.
  uint32_t by = kNoDeferredCall;
  // A field or element: what was there before remains but for that.
  bool is_part = false;
  // A Store. If false, it may or may not be written.
  bool is_store = true;
};

// What becomes of a write, over all exits.
enum class WriteFate : uint8_t {
  // The caller may see it.
  kSeen,
  // Every exit that it gets to replaces it before the caller sees it.
  kOverwritten,
  // It gets to no exit.
  kLost,
};

struct ResultExit {
  // Where control leaves: the RunDefers before a Return, or the Return where
  // there is no RunDefers; of the recovery exit the recover block's Return.
  ssa::InstId inst;
  bool is_recovery = false;
  // By result: what the caller may see, as indices of NamedResults::writes(),
  // in order.
  std::vector<std::vector<uint32_t>> seen;
  // By result: it may also be the zero value that it began with.
  std::vector<bool> may_be_zero;
};

class NamedResults {
 public:
  NamedResults(const ssa::Function& function, Analyses& analyses);

  std::span<const ResultWrite> writes() const { return writes_; }
  std::span<const ResultExit> exits() const { return exits_; }
  WriteFate FateOf(uint32_t write) const { return fates_[write]; }
  // False for a result whose address goes where it cannot be followed: then
  // others may write to it at any time. Also for one with thousands of writes,
  // whose exits are left empty.
  bool IsKnown(uint32_t result) const { return is_known_[result]; }

 private:
  void CollectWrites(uint32_t result);
  void FindExits();
  void Reach(uint32_t result);
  void AfterDefers(uint32_t result, ResultExit& exit) const;
  bool SurelyWrites(uint32_t call, uint32_t result) const;
  // By index: those of one result follow one another.
  std::pair<uint32_t, uint32_t> RangeOf(uint32_t result) const;

  const ssa::Function& function_;
  Analyses& analyses_;
  const DeferredCalls& deferred_;
  std::vector<ResultWrite> writes_;
  std::vector<ResultExit> exits_;
  std::vector<WriteFate> fates_;
  std::vector<bool> is_known_;
};

}  // namespace gdlint::dataflow
