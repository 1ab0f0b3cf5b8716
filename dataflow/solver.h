// The dataflow engine: any lattice, forward or backward, within one function.
//
// A problem is a class such as
//
//   class Nilness {
//    public:
//     using Fact = ...;                     // with operator==
//     static constexpr Direction kDirection = Direction::kForward;
//     // The lattice. No path gets here:
//     Fact Identity() const;
//     // a becomes what both allow; true if that changed it.
//     bool Join(Fact& a, const Fact& b) const;
//     // What holds at the entry (backward: behind a block that ends the
//     // function, see Solution::At).
//     Fact Boundary(ssa::BlockId block) const;
//     // The fact before the instruction becomes the one after it (backward:
//     // the other way round).
//     void Apply(const ssa::Inst& inst, Fact& fact) const;
//   };
//
// and may have
//
//     // What an edge proves: conditions, the operands of phis.
//     void Refine(const Edge& edge, Fact& fact) const;
//     // In place of Join at loop heads, for lattices of great height: as Join,
//     // and changes `a` only so many times.
//     bool Widen(Fact& a, const Fact& b) const;
//     // Forward: control may go from a panic to the recover block. The fact
//     // before `inst` becomes what holds when that panics. Without it no way
//     // leads to the recover block.
//     void Panic(const ssa::Inst& inst, Fact& fact) const;
//     // Backward: told, before all else, what holds before the recover block,
//     // to which each instruction that may panic may lead.
//     void Recovered(const Fact& fact);
//
// Facts must be reached from Identity() in finitely many changes by Join, or
// Widen at loop heads.

#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "ssa/function.h"

namespace gdlint::dataflow {

enum class Direction : uint8_t { kForward, kBackward };

// From block `from` by its successor `succ`, as predecessor `pred` of block
// `to`.
struct Edge {
  ssa::BlockId from;
  uint32_t succ;
  ssa::BlockId to;
  uint32_t pred;
};

template <typename L>
concept Semilattice =
    std::equality_comparable<typename L::Fact> &&
    requires(const L& lattice, typename L::Fact& a, const typename L::Fact& b) {
      { lattice.Identity() } -> std::same_as<typename L::Fact>;
      { lattice.Join(a, b) } -> std::same_as<bool>;
    };

template <typename L>
concept HasWiden =
    requires(const L& lattice, typename L::Fact& a, const typename L::Fact& b) {
      { lattice.Widen(a, b) } -> std::same_as<bool>;
    };

template <typename P>
concept Problem =
    Semilattice<P> && requires(const P& problem, const ssa::Inst& inst,
                               ssa::BlockId block, typename P::Fact& fact) {
      { P::kDirection } -> std::convertible_to<Direction>;
      { problem.Boundary(block) } -> std::same_as<typename P::Fact>;
      problem.Apply(inst, fact);
    };

template <typename P>
concept HasRefine =
    requires(const P& problem, const Edge& edge, typename P::Fact& fact) {
      problem.Refine(edge, fact);
    };
template <typename P>
concept HasPanic =
    requires(const P& problem, const ssa::Inst& inst, typename P::Fact& fact) {
      problem.Panic(inst, fact);
    };
template <typename P>
concept HasRecovered = requires(P& problem, const typename P::Fact& fact) {
  problem.Recovered(fact);
};

// Instructions that a solver applies before it gives up. Real functions need
// few rounds: the bound is for contrived ones.
inline constexpr size_t kMaxStepsPerInst = 256;
inline constexpr size_t kMinSteps = 1 << 16;

// The facts of one function. Refers to the function and the problem.
template <Problem P>
class Solution {
 public:
  using Fact = typename P::Fact;

  // Forward: at the beginning of the block. Backward: at its end.
  const Fact& At(ssa::BlockId block) const { return facts_[block.index]; }
  // The bound on the work was reached: the facts may claim too much, and must
  // not be used.
  bool is_cut() const { return is_cut_; }

  // Right before (backward: right behind) an instruction, computed from the
  // block's fact.
  Fact At(ssa::InstId inst) const {
    const ssa::BlockId block = function_->inst(inst).block;
    Fact fact = At(block);
    const ssa::Block& b = function_->block(block);
    if constexpr (P::kDirection == Direction::kForward) {
      for (uint32_t i = b.insts_begin; i < inst.index; ++i) {
        problem_->Apply(function_->inst(ssa::InstId{i}), fact);
      }
    } else {
      for (uint32_t i = b.insts_end; i-- > inst.index + 1;) {
        problem_->Apply(function_->inst(ssa::InstId{i}), fact);
      }
    }
    return fact;
  }

  // Calls `fn(inst, fact)` for each instruction of the block with the fact
  // before it (backward: from the last one, with the fact behind it).
  template <typename Fn>
  void ForEach(ssa::BlockId block, const Fn& fn) const {
    Fact fact = At(block);
    const std::span<const ssa::Inst> insts = function_->InstsOf(block);
    for (size_t i = 0; i < insts.size(); ++i) {
      const ssa::Inst& inst = P::kDirection == Direction::kForward
                                  ? insts[i]
                                  : insts[insts.size() - 1 - i];
      fn(inst, std::as_const(fact));
      problem_->Apply(inst, fact);
    }
  }

 private:
  template <Problem>
  friend class Solver;

  const ssa::Function* function_ = nullptr;
  const P* problem_ = nullptr;
  std::vector<Fact> facts_;
  bool is_cut_ = false;
};

template <Problem P>
class Solver {
 public:
  using Fact = typename P::Fact;

  // Both must outlive the solution.
  Solver(const ssa::Function& function, P& problem)
      : function_(function), problem_(problem) {}

  Solution<P> Solve() {
    const size_t size = function_.blocks().size();
    steps_left_ =
        std::max(kMinSteps, function_.insts().size() * kMaxStepsPerInst);
    solution_.function_ = &function_;
    solution_.problem_ = &problem_;
    solution_.facts_.assign(size, problem_.Identity());
    queued_.assign(size, false);
    if constexpr (HasRefine<P>) {
      MatchEdges();
    }
    if constexpr (P::kDirection == Direction::kForward) {
      solution_.facts_[0] = problem_.Boundary(ssa::BlockId{0});
      Queue(ssa::BlockId{0});
    } else {
      SolveRecoverBlock();
      for (uint32_t i = 0; i < size; ++i) {
        const ssa::BlockId block{i};
        if (function_.Succs(block).empty()) {
          solution_.facts_[i] = problem_.Boundary(block);
        }
        Queue(block);
      }
    }
    Run();
    return std::move(solution_);
  }

 private:
  // Forward in reverse postorder, backward the other way round.
  uint32_t RankOf(ssa::BlockId block) const {
    return P::kDirection == Direction::kForward
               ? block.index
               : static_cast<uint32_t>(queued_.size()) - 1 - block.index;
  }

  void Queue(ssa::BlockId block) {
    if (!queued_[block.index]) {
      queued_[block.index] = true;
      queue_.push(RankOf(block));
    }
  }

  void Run() {
    while (!queue_.empty()) {
      // A rank's rank is the block again.
      const ssa::BlockId block{RankOf(ssa::BlockId{queue_.top()})};
      queue_.pop();
      queued_[block.index] = false;
      const size_t cost = function_.InstsOf(block).size();
      if (cost > steps_left_) {
        solution_.is_cut_ = true;
        return;
      }
      steps_left_ -= cost;
      if constexpr (P::kDirection == Direction::kForward) {
        Forward(block);
      } else {
        Backward(block);
      }
    }
  }

  void Forward(ssa::BlockId block) {
    Fact fact = solution_.facts_[block.index];
    for (const ssa::Inst& inst : function_.InstsOf(block)) {
      if constexpr (HasPanic<P>) {
        Panic(inst, fact);
      }
      problem_.Apply(inst, fact);
    }
    const std::span<const ssa::BlockId> succs = function_.Succs(block);
    for (uint32_t i = 0; i < succs.size(); ++i) {
      if constexpr (HasRefine<P>) {
        const Edge edge{block, i, succs[i], PredOf(block, i)};
        if (i + 1 < succs.size()) {
          Fact refined = fact;
          problem_.Refine(edge, refined);
          Flow(succs[i], refined, succs[i].index <= block.index);
        } else {
          problem_.Refine(edge, fact);
          Flow(succs[i], fact, succs[i].index <= block.index);
        }
      } else {
        Flow(succs[i], fact, succs[i].index <= block.index);
      }
    }
  }

  void Backward(ssa::BlockId block) {
    Fact fact = solution_.facts_[block.index];
    const std::span<const ssa::Inst> insts = function_.InstsOf(block);
    for (size_t i = insts.size(); i-- > 0;) {
      problem_.Apply(insts[i], fact);
    }
    const std::span<const ssa::BlockId> preds = function_.Preds(block);
    for (uint32_t i = 0; i < preds.size(); ++i) {
      const bool is_back = block.index <= preds[i].index;
      if constexpr (HasRefine<P>) {
        Fact refined = fact;
        problem_.Refine(Edge{preds[i], SuccOf(block, i), block, i}, refined);
        Flow(preds[i], refined, is_back);
      } else {
        Flow(preds[i], fact, is_back);
      }
    }
  }

  void Panic(const ssa::Inst& inst, const Fact& fact) {
    const ssa::BlockId recover = function_.recover_block();
    if (!recover.has_value() || inst.block == recover ||
        (ssa::InfoOf(inst.op).traits & ssa::kMayPanic) == 0) {
      return;
    }
    Fact panicking = fact;
    problem_.Panic(inst, panicking);
    Flow(recover, panicking, false);
  }

  void Flow(ssa::BlockId to, const Fact& fact, bool is_back) {
    Fact& at = solution_.facts_[to.index];
    bool changed;
    if constexpr (HasWiden<P>) {
      changed = is_back ? problem_.Widen(at, fact) : problem_.Join(at, fact);
    } else {
      (void)is_back;
      changed = problem_.Join(at, fact);
    }
    // What was never reached is, even if it stays at Identity().
    if (changed || !reached_[to.index]) {
      reached_[to.index] = true;
      Queue(to);
    }
  }

  void SolveRecoverBlock() {
    const ssa::BlockId recover = function_.recover_block();
    if constexpr (HasRecovered<P>) {
      if (recover.has_value()) {
        Fact fact = problem_.Boundary(recover);
        const std::span<const ssa::Inst> insts = function_.InstsOf(recover);
        for (size_t i = insts.size(); i-- > 0;) {
          problem_.Apply(insts[i], fact);
        }
        problem_.Recovered(fact);
      }
    }
  }

  // Which predecessor each successor's edge is, and the other way round: by the
  // places in Block::succs_begin and preds_begin, which share their numbers.
  // Two edges from one block to another stand in the same order at both ends.
  void MatchEdges() {
    const uint32_t size = static_cast<uint32_t>(function_.blocks().size());
    size_t places = 0;
    for (const ssa::Block& block : function_.blocks()) {
      places = std::max<size_t>({places, block.succs_begin + block.succs_size,
                                 block.preds_begin + block.preds_size});
    }
    constexpr uint32_t kOpen = 0xffff'ffff;
    match_.assign(places, kOpen);
    for (uint32_t i = 0; i < size; ++i) {
      const ssa::BlockId to{i};
      const std::span<const ssa::BlockId> preds = function_.Preds(to);
      for (uint32_t pred = 0; pred < preds.size(); ++pred) {
        const std::span<const ssa::BlockId> succs =
            function_.Succs(preds[pred]);
        const uint32_t begin = function_.block(preds[pred]).succs_begin;
        for (uint32_t succ = 0; succ < succs.size(); ++succ) {
          if (succs[succ] == to && match_[begin + succ] == kOpen) {
            match_[begin + succ] = pred;
            match_[function_.block(to).preds_begin + pred] = succ;
            break;
          }
        }
      }
    }
  }
  uint32_t PredOf(ssa::BlockId from, uint32_t succ) const {
    return match_[function_.block(from).succs_begin + succ];
  }
  uint32_t SuccOf(ssa::BlockId to, uint32_t pred) const {
    return match_[function_.block(to).preds_begin + pred];
  }

  const ssa::Function& function_;
  P& problem_;
  Solution<P> solution_;
  std::vector<bool> queued_;
  std::vector<bool> reached_ =
      std::vector<bool>(function_.blocks().size(), false);
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> queue_;
  std::vector<uint32_t> match_;
  size_t steps_left_ = 0;
};

// `problem` must outlive the solution.
template <Problem P>
Solution<P> Solve(const ssa::Function& function, P& problem) {
  return Solver<P>(function, problem).Solve();
}

}  // namespace gdlint::dataflow
