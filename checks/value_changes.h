// How the value of a variable, or of what it points to, changes after a `defer`
// statement has read it.

#pragma once

#include <optional>
#include <set>
#include <vector>

#include "checks/deferred_operands.h"
#include "checks/package_pass.h"
#include "dataflow/accesses.h"
#include "dataflow/flow_order.h"
#include "dataflow/values.h"
#include "ssa/function.h"

namespace gdlint::checks {

// A place in the function that has the `defer`.
struct ValueChange {
  source::Pos pos;
  ssa::BlockId block;
  // None for an assignment to a variable that does not lie in memory.
  ssa::InstId inst;
  // What the whole variable is then; none if that is not known, or if only a
  // part of it changes.
  ssa::Value value;
};

// Of one operand at one Defer.
class ValueHistory {
 public:
  ValueHistory(PackagePass& pass, const ssa::Function& function,
               ssa::InstId defer, const DeferredOperand& operand);

  // Changes that control may meet after the Defer, by place. What assigns the
  // value that is there anyway is none.
  std::vector<ValueChange> Changes() const;
  // Assignments to the variable at the root of a path through a pointer.
  std::vector<ValueChange> RootChanges() const;
  // Nothing but zero can have been stored to the variable before the Defer.
  bool IsZeroBefore() const;
  // `value` is made of what the variable held before.
  bool IsDerived(ssa::Value value) const;
  // `value` is the result of a function that gave an earlier value too.
  bool IsFromSameFunction(ssa::Value value) const;
  // The variable is an error that is known to be one at the Defer.
  bool IsKnownNonNil() const;

 private:
  void FindStorage();
  std::vector<ValueChange> Assignments() const;
  bool Precedes(const ValueChange& change) const;
  bool Follows(const ValueChange& change) const;
  bool IsSame(const ValueChange& change,
              const std::vector<ValueChange>& before) const;
  bool IsRootValue(ssa::Value value) const;
  void AddWholeChanges(std::vector<ValueChange>& changes) const;
  void AddMemoryChanges(std::vector<ValueChange>& changes) const;
  void AddClosureChange(const dataflow::Access& access,
                        std::vector<ValueChange>& changes) const;
  void AddPointeeChanges(std::vector<ValueChange>& changes) const;
  void AddMapChanges(std::vector<ValueChange>& changes) const;
  bool Touches(const std::vector<uint32_t>& path) const;
  bool MethodsChangeIt(const dataflow::Access& access) const;
  bool ChangesWhenPassed(const dataflow::Access& access) const;
  ValueChange At(ssa::InstId inst) const;
  void KeepFollowing(std::vector<ValueChange>& changes) const;

  PackagePass& pass_;
  const ssa::Function& function_;
  ssa::InstId defer_;
  const DeferredOperand& operand_;
  const dataflow::FlowOrder& order_;
  // The memory of the variable; no function if it has none.
  dataflow::Origin storage_;
  std::vector<dataflow::Access> accesses_;
  // Of a receiver that is copied: which of its fields the method reads; none if
  // that is not known.
  std::optional<std::set<uint32_t>> fields_read_;
};

// The call that `value` is the result, or one of the results, of; null if it is
// none.
const ssa::Inst* ResultOfCall(const ssa::Function& function, ssa::Value value);

}  // namespace gdlint::checks
