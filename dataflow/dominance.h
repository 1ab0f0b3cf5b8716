// What must have run, and what must hold, where control gets to.

#pragma once

#include "dataflow/analyses.h"
#include "ssa/dominators.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// Dominators of a function, down to single instructions.
class Dominance {
 public:
  Dominance(const ssa::Function& function, Analyses& analyses);

  // `a` runs on every path to `b`; not so if they are the same.
  bool Precedes(ssa::InstId a, ssa::InstId b) const;
  bool Dominates(ssa::BlockId a, ssa::BlockId b) const {
    return tree_.Dominates(a, b);
  }

  // Calls `fn(condition, is_true)` for what branches on the way to `block` have
  // made certain, the nearest first, until it returns true; that is returned.
  // Negations are taken off. Looks at a bounded number of branches.
  template <typename Fn>
  bool AnyCondition(ssa::BlockId block, const Fn& fn) const {
    for (int n = 0; n < kMaxBranches; ++n) {
      const uint32_t parent = tree_.Parent(block.index);
      if (parent == ssa::DominatorTree::kNone) {
        return false;
      }
      const ssa::BlockId dominator{parent};
      if (const ssa::Inst* const branch = BranchTo(dominator, block)) {
        bool is_true = function_.Succs(dominator)[0] == block;
        const ssa::Value condition =
            WithoutNegations(function_.Operands(*branch)[0], is_true);
        if (fn(condition, is_true)) {
          return true;
        }
      }
      block = dominator;
    }
    return false;
  }

 private:
  static constexpr int kMaxBranches = 200;

  // The If at the end of `from` one of whose edges is the only way to `to`.
  const ssa::Inst* BranchTo(ssa::BlockId from, ssa::BlockId to) const;
  ssa::Value WithoutNegations(ssa::Value condition, bool& is_true) const;

  const ssa::Function& function_;
  ssa::DominatorTree tree_;
};

// The same computation: equal values, or the same operation on such. Loads of
// one address count as the same whatever is stored in between, so that this is
// for what a reader takes to be the same.
bool LooksSame(const ssa::Function& function, ssa::Value a, ssa::Value b);

}  // namespace gdlint::dataflow
