// Which deferred calls are registered at each point of a function, and which of
// them run on each way out of it.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/defer_state.h"
#include "dataflow/summary.h"
#include "ssa/function.h"
#include "types/object.h"

namespace gdlint::dataflow {

// A defer statement that registers on the function's list: one of its own, or
// one in the body of a range over a function in it.
struct DeferSite {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;

  const ssa::Inst& defer() const { return function->inst(inst); }
  // What was evaluated when it was registered: the function value (but for a
  // static call or a built-in), the receiver, the arguments.
  std::span<const ssa::Value> Snapshots() const;
};

// A way out of the function, or a call by which it may be left.
struct DeferExit {
  // The function, or the loop body in it that is left.
  const ssa::Function* function = nullptr;
  // A Return, a Panic, an Exit, or a Call; none for a loop that has no end.
  ssa::InstId inst = {};
  // Of a Call: what it may do other than return; else one of them. Bits.
  uint8_t ends = kEndsNot;
  // The block where an endless loop begins, if there is no `inst`.
  ssa::BlockId loop = {};
  // What is registered there, of a Call by what it calls, too. Runs at the
  // exit, last first, unless the process ends or there is no end.
  const DeferState* state = nullptr;
};

// A variable of the function around that a deferred literal uses.
struct CapturedUse {
  // Null for what has no name.
  const types::Var* var = nullptr;
  // Its Alloc, in the function that declares it.
  const ssa::Function* owner = nullptr;
  ssa::Value variable;
  bool is_read = false;
  bool is_written = false;
};

// Of a function that is no loop body.
class DeferRegistration {
 public:
  DeferRegistration(const ssa::Function& function, Analyses& analyses);
  ~DeferRegistration();
  DeferRegistration(const DeferRegistration&) = delete;
  DeferRegistration& operator=(const DeferRegistration&) = delete;

  // By their numbers in states: blocks in reverse postorder, loop bodies after
  // the function that they are in.
  std::span<const DeferSite> sites() const { return sites_; }
  // Nothing if it is not one of them.
  std::optional<uint16_t> NumberOf(const ssa::Function& function,
                                   ssa::InstId defer) const;

  // In the order of blocks; calls that can only return are not among them.
  // Empty for a function without defers.
  std::span<const DeferExit> exits() const { return exits_; }

  // Before an instruction of the function or of a loop body in it. Not reached
  // where no path gets to.
  DeferState StateBefore(const ssa::Function& function, ssa::InstId inst) const;

  // What the deferred call of a site, if it is a literal's, uses of the
  // variables outside of it, itself or through literals that it calls.
  std::vector<CapturedUse> CapturedBy(uint16_t site) const;

  // False if there are too many defers or the function is too large: then
  // sites beyond the bound are missing everywhere.
  bool is_complete() const { return is_complete_; }

  // More defer statements in one function are not told apart.
  static constexpr size_t kMaxSites = 1024;
  static size_t MaxSites(const ssa::Function& function);

 private:
  struct State;

  void CollectSites(const ssa::Function& function);
  void CollectExits(const ssa::Function& function);
  // How control may end at an instruction, but for a call that returns.
  uint8_t EndsAt(const ssa::Function& function, const ssa::Inst& inst) const;

  const std::unique_ptr<State> state_;
  std::vector<DeferSite> sites_;
  std::vector<DeferExit> exits_;
  bool is_complete_ = true;
};

// What a function literal, deferred or called, uses of the variables outside of
// it; as DeferRegistration::CapturedBy.
std::vector<CapturedUse> CapturedUses(const ssa::Function& literal);

}  // namespace gdlint::dataflow
