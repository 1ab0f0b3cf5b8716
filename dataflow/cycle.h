// Where control can go on, and where it comes back to, in one activation of a
// function.

#pragma once

#include <vector>

#include "dataflow/analyses.h"
#include "source/pos.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// A set of blocks of one function, by their numbers.
using BlockSet = std::vector<bool>;

// The edges that control can take: none behind a call that never returns, and
// none that a constant condition closes. Calls may panic; that is no edge.
class Paths {
 public:
  Paths(const ssa::Function& function, Analyses& analyses);

  // The blocks that control can enter behind `from`, staying within `within`.
  // The block of `from` is one only if control comes back to it.
  BlockSet Behind(ssa::InstId from, const BlockSet& within) const;
  // The blocks of `within` from whose end control can get to the beginning of
  // `to`, staying within `within`. `to` is one only if it is in a cycle.
  BlockSet Before(ssa::BlockId to, const BlockSet& within) const;
  // The blocks that lie on a cycle with `inst`, that of `inst` among them;
  // empty if control never comes back to it.
  BlockSet CycleOf(ssa::InstId inst, const BlockSet& within) const;

  // True if a call in the block never returns.
  bool Stops(ssa::BlockId block) const { return stops_[block.index]; }

  BlockSet AllBlocks() const {
    return BlockSet(function_.blocks().size(), true);
  }
  // Those whose instructions all stand in `span`.
  BlockSet BlocksIn(source::Span span) const;

  // Calls `fn` with each block that control can go to from the end of `block`.
  template <typename Fn>
  void ForEachNext(ssa::BlockId block, Fn&& fn) const {
    if (stops_[block.index]) {
      return;
    }
    const auto succs = function_.Succs(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      if (closed_[block.index] != i) {
        fn(succs[i]);
      }
    }
  }

 private:
  static constexpr uint8_t kNone = 0xff;

  const ssa::Function& function_;
  // By block: it has a call that never returns.
  std::vector<bool> stops_;
  // By block: the edge that is never taken, or kNone.
  std::vector<uint8_t> closed_;
};

// The only block of a cycle that control enters from outside; none if there are
// several.
ssa::BlockId HeaderOf(const ssa::Function& function, const BlockSet& cycle);

// Cheap: false if `block` is in no cycle at all, whatever is called.
bool IsInCycle(const ssa::Function& function, ssa::BlockId block);

// As above, and with what the function is a literal or loop body of: false if
// `block` runs once in an activation of the outermost function.
bool MayRunAgain(const ssa::Function& function, ssa::BlockId block);

}  // namespace gdlint::dataflow
