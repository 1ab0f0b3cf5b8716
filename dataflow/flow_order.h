// What can run after what in one function, and under which conditions.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "dataflow/analyses.h"
#include "ssa/dominators.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// A branch that control took on every way to some place: `value` is `holds`.
// Negations are looked through.
struct Condition {
  ssa::Value value;
  bool holds;
  // The If.
  ssa::InstId test;
};

// `x == nil` or `x != nil`.
struct NilTest {
  ssa::Value tested;
  bool is_equal;
};

class FlowOrder {
 public:
  explicit FlowOrder(const ssa::Function& function);
  FlowOrder(const ssa::Function& function, Analyses& /*analyses*/)
      : FlowOrder(function) {}

  // Control can get from `earlier` to `later` in one activation. An instruction
  // follows itself only in a loop.
  bool MayFollow(ssa::InstId earlier, ssa::InstId later) const;
  // As above, on a way that does not pass any of `avoided`. They need not be in
  // order.
  bool MayFollowWithout(ssa::InstId earlier, ssa::InstId later,
                        std::span<const ssa::InstId> avoided) const;
  // Whether some way leads from the entry to `later` that passes none of
  // `avoided`.
  bool MayReachWithout(ssa::InstId later,
                       std::span<const ssa::InstId> avoided) const;
  // Every way to `later` passes `earlier` before.
  bool Dominates(ssa::InstId earlier, ssa::InstId later) const;
  // The conditions that every way to the beginning of `block` has met, the
  // nearest first. A value that is loaded may have changed since its test.
  std::vector<Condition> ConditionsOf(ssa::BlockId block) const;
  // Control may come to the beginning of `block` without meeting a condition
  // for which `ends` is true, ways that contradict themselves left out: behind
  // `if a && b { … } else if a { … }`, the second begins with !b. True if there
  // are too many ways to tell.
  bool MayComeWithout(ssa::BlockId block,
                      const std::function<bool(const Condition&)>& ends) const;
  // Control can get back to where it is.
  bool IsInLoop(ssa::BlockId block) const { return Reaches(block, block); }
  // There is a way of at least one edge.
  bool Reaches(ssa::BlockId from, ssa::BlockId to) const;

 private:
  using Reached = std::unordered_map<uint32_t, std::vector<bool>>;
  const std::vector<bool>& Walk(ssa::BlockId block, bool forward) const;

  const ssa::Function& function_;
  ssa::DominatorTree dominators_;
  // By where a walk began: what it got to along the edges, and against them.
  mutable Reached reached_from_;
  mutable Reached reaching_to_;
};

// What `condition` compares with nil, if that is what it does.
std::optional<NilTest> NilTestOf(const ssa::Function& function,
                                 ssa::Value condition);

}  // namespace gdlint::dataflow
