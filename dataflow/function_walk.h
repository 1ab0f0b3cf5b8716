// Which ends of a function can be reached, perhaps under an assumption about a
// parameter. Internal to the stage.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dataflow/program_state.h"
#include "dataflow/summary.h"

namespace gdlint::dataflow {

// What one call does, as far as walks look at it.
struct CallFacts {
  uint8_t ends = kReturns | kMayFail;
  bool has_effects = true;
  bool calls_recover = false;
  bool recovers_always = false;
  bool may_repanic = false;
  // Conditions that were not excluded by what the arguments are.
  std::vector<ConditionalEnd> conditional_ends;
  std::vector<ParamSummary> params;
  // Each target that there is, is among those that `params` is joined of.
  bool is_complete = false;
  // The only target; null for literals and for several.
  const types::Func* func = nullptr;
};

// What is deferred before a point: for the solver.
struct GuardLattice {
  struct Guard {
    // A recovering call: on some way, on each way.
    bool may = false;
    bool must = false;
    bool may_repanic = false;
    // A call that never returns, on each way.
    bool never_returns = false;
    friend bool operator==(const Guard&, const Guard&) = default;
  };
  struct Fact {
    bool is_reached = false;
    Guard guard;
    friend bool operator==(const Fact&, const Fact&) = default;
  };

  Fact Identity() const { return {}; }
  bool Join(Fact& a, const Fact& b) const;
};

// Of all calls that are registered on a function's list, by itself or by bodies
// of its loops over functions.
struct DeferredFacts {
  // Returning is none of them.
  uint8_t ends = kEndsNot;
  // What loop bodies register.
  bool bodies_recover = false;
  bool bodies_repanic = false;
  // Some `defer recover()` among it.
  bool bodies_defer_recover = false;
};

// What is the same for all walks of one function: made once for each of its
// summaries.
class FunctionFacts {
 public:
  FunctionFacts(const ProgramState& state, FunctionId id,
                std::span<const Summary> summaries);

  const ssa::Function& function() const { return function_; }
  const ProgramState& state() const { return state_; }
  std::span<const Summary> summaries() const { return summaries_; }
  // Of a Call, Defer or Go; built-ins too.
  const CallFacts& OfCall(const ssa::Inst& call) const;
  // The parameter that a value always is, or kNoAux.
  uint32_t ParamOf(ssa::Value value) const;

  // What the condition at the end of a block says about a parameter.
  struct Test {
    uint32_t param = ssa::kNoAux;
    // What the parameter is where the condition is true.
    ArgumentIs if_true = ArgumentIs::kNil;
  };
  const Test* TestOf(ssa::BlockId block) const;
  // Some condition or call depends on the parameter.
  bool IsTested(uint32_t param) const { return is_tested_[param]; }
  // Finds out what the next two tell; until then they know of none.
  void FindTouched();
  // An instruction panics if the parameter is nil, or a call may: those that
  // are neither touched nor tested make no difference to any walk.
  bool IsTouched(uint32_t param) const { return is_touched_[param]; }
  // The parameter whose being nil makes this instruction panic, or kNoAux.
  uint32_t TouchedBy(ssa::InstId inst) const {
    return touched_by_.empty() ? ssa::kNoAux : touched_by_[inst.index];
  }

  using Guard = GuardLattice::Guard;
  bool has_guards() const { return !guards_.empty(); }
  Guard GuardAt(ssa::BlockId block) const {
    return guards_.empty() ? Guard() : guards_[block.index];
  }
  const DeferredFacts& deferred() const { return deferred_; }
  // `guard` before an instruction becomes the one behind it.
  void Apply(const ssa::Inst& inst, Guard& guard) const;

 private:
  void AddCalls(FunctionId id);
  void AddDeferred();
  void AddDeferredOfBodies(const ssa::Function& function);
  void AddTests();
  void AddGuards();
  void AddTest(ssa::BlockId block, ssa::Value condition, bool if_true);

  const ProgramState& state_;
  const ssa::Function& function_;
  std::span<const Summary> summaries_;
  std::vector<CallFacts> calls_;
  // By instruction: the index in calls_, for those that are calls.
  std::vector<std::pair<ssa::InstId, uint32_t>> call_index_;
  std::vector<std::pair<ssa::BlockId, Test>> tests_;
  std::vector<bool> is_tested_;
  std::vector<bool> is_touched_;
  // By instruction; empty if no parameter can be nil.
  std::vector<uint32_t> touched_by_;
  std::vector<Guard> guards_;
  DeferredFacts deferred_;
};

ArgumentIs Opposite(ArgumentIs property);

// A parameter is known to be something.
struct Assumption {
  uint32_t param;
  ArgumentIs is;
};

struct WalkResult {
  uint8_t ends = kEndsNot;
  bool has_effects = false;
  // With an assumption of nil: it is used where that panics.
  bool touches_nil = false;
  // By block: control gets to its beginning.
  std::vector<bool> reached;
};

// Ways end, beside where they do, where `stop(inst)` is true.
using StopFn = std::function<bool(const ssa::Inst&)>;
WalkResult Walk(const FunctionFacts& facts,
                std::optional<Assumption> assumption = std::nullopt,
                const StopFn& stop = {});

// It cannot end in a run-time error, by what its operands are. Calls excepted.
bool CannotFail(const ssa::Function& function, const ssa::Inst& inst);

}  // namespace gdlint::dataflow
