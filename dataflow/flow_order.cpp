#include "dataflow/flow_order.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "dataflow/values.h"
#include "types/constant.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Conditions of deeper nesting are left out.
constexpr size_t kMaxConditions = 64;

// A walk along the edges that stops at some instructions.
bool WalkWithout(const Function& function, BlockId block, uint32_t first,
                 InstId later, std::span<const InstId> avoided) {
  std::unordered_set<uint32_t> seen;
  std::vector<std::pair<BlockId, uint32_t>> work = {{block, first}};
  while (!work.empty()) {
    const auto [at, begin] = work.back();
    work.pop_back();
    const uint32_t end = function.block(at).insts_end;
    uint32_t stop = end;
    for (const InstId id : avoided) {
      if (id.index >= begin && id.index < stop) {
        stop = id.index;
      }
    }
    if (later.index >= begin && later.index <= stop && later.index < end) {
      return true;
    }
    if (stop != end) {
      continue;
    }
    for (const BlockId succ : function.Succs(at)) {
      if (seen.insert(succ.index).second) {
        work.emplace_back(succ, function.block(succ).insts_begin);
      }
    }
  }
  return false;
}

}  // namespace

FlowOrder::FlowOrder(const Function& function) : function_(function) {
  ssa::FlowGraph graph;
  graph.Assign(function);
  dominators_.Compute(graph);
}

const std::vector<bool>& FlowOrder::Walk(BlockId block, bool forward) const {
  std::vector<bool>& reached =
      (forward ? reached_from_ : reaching_to_)[block.index];
  reached.resize(function_.blocks().size());
  std::vector<BlockId> work = {block};
  while (!work.empty()) {
    const BlockId at = work.back();
    work.pop_back();
    for (const BlockId next :
         forward ? function_.Succs(at) : function_.Preds(at)) {
      if (!reached[next.index]) {
        reached[next.index] = true;
        work.push_back(next);
      }
    }
  }
  return reached;
}

// Questions come in series about one place, as the earlier or as the later one.
// Walking from both sides when neither is known makes each series cost one walk
// or two.
bool FlowOrder::Reaches(BlockId from, BlockId to) const {
  if (const auto known = reached_from_.find(from.index);
      known != reached_from_.end()) {
    return known->second[to.index];
  }
  if (const auto known = reaching_to_.find(to.index);
      known != reaching_to_.end()) {
    return known->second[from.index];
  }
  Walk(from, true);
  return Walk(to, false)[from.index];
}

bool FlowOrder::MayFollow(InstId earlier, InstId later) const {
  const BlockId from = function_.inst(earlier).block;
  const BlockId to = function_.inst(later).block;
  return (from == to && earlier.index < later.index) || Reaches(from, to);
}

bool FlowOrder::MayFollowWithout(InstId earlier, InstId later,
                                 std::span<const InstId> avoided) const {
  return WalkWithout(function_, function_.inst(earlier).block,
                     earlier.index + 1, later, avoided);
}

bool FlowOrder::MayReachWithout(InstId later,
                                std::span<const InstId> avoided) const {
  return WalkWithout(function_, BlockId{0}, 0, later, avoided);
}

bool FlowOrder::Dominates(InstId earlier, InstId later) const {
  const BlockId from = function_.inst(earlier).block;
  const BlockId to = function_.inst(later).block;
  return from == to ? earlier.index <= later.index
                    : dominators_.Dominates(from, to);
}

namespace {

// What holds when control takes the edge; nothing if both edges lead there.
std::optional<Condition> ConditionOn(const Function& function, BlockId from,
                                     BlockId to) {
  const Inst& last = function.Terminator(from);
  const auto succs = function.Succs(from);
  if (last.op != Op::kIf || succs[0] == succs[1]) {
    return std::nullopt;
  }
  Condition condition{function.Operands(last)[0], succs[0] == to,
                      function.IdOf(last)};
  while (condition.value.is_inst()) {
    const Inst& inst = function.inst(condition.value.inst());
    if (inst.op != Op::kUnOp ||
        static_cast<lexer::TokenKind>(inst.detail) != lexer::TokenKind::kNot) {
      break;
    }
    condition.value = function.Operands(inst)[0];
    condition.holds = !condition.holds;
  }
  return condition;
}

// They cannot both hold on one way: of values, not of variables, which may have
// changed in between.
bool Contradict(const Function& function, const Condition& a,
                const Condition& b) {
  if (a.value == b.value) {
    return a.holds != b.holds;
  }
  const auto first = NilTestOf(function, a.value);
  const auto second = NilTestOf(function, b.value);
  return first && second && first->tested == second->tested &&
         (first->is_equal == a.holds) != (second->is_equal == b.holds);
}

// Walks against the edges, with what holds on the way so far.
class WaysTo {
 public:
  WaysTo(const Function& function,
         const std::function<bool(const Condition&)>& ends)
      : function_(function),
        ends_(ends),
        is_on_way_(function.blocks().size()) {}

  bool ComesTo(BlockId block) {
    if (block.index == 0 || ++steps_ > kMaxSteps) {
      return true;
    }
    is_on_way_[block.index] = true;
    const auto preds = function_.Preds(block);
    const bool comes = std::ranges::any_of(preds, [&](BlockId pred) {
      if (is_on_way_[pred.index]) {
        return false;
      }
      const auto condition = ConditionOn(function_, pred, block);
      if (!condition) {
        return ComesTo(pred);
      }
      if (ends_(*condition) ||
          std::ranges::any_of(holding_, [&](const Condition& other) {
            return Contradict(function_, *condition, other);
          })) {
        return false;
      }
      holding_.push_back(*condition);
      const bool comes_there = ComesTo(pred);
      holding_.pop_back();
      return comes_there;
    });
    is_on_way_[block.index] = false;
    return comes;
  }

 private:
  static constexpr int kMaxSteps = 2'000;

  const Function& function_;
  const std::function<bool(const Condition&)>& ends_;
  std::vector<bool> is_on_way_;
  std::vector<Condition> holding_;
  int steps_ = 0;
};

}  // namespace

bool FlowOrder::MayComeWithout(
    BlockId block, const std::function<bool(const Condition&)>& ends) const {
  return WaysTo(function_, ends).ComesTo(block);
}

std::vector<Condition> FlowOrder::ConditionsOf(BlockId block) const {
  std::vector<Condition> conditions;
  uint32_t at = block.index;
  while (at != 0 && at != ssa::DominatorTree::kNone &&
         conditions.size() < kMaxConditions) {
    // A block that is entered by one edge alone knows what that edge says.
    const auto preds = function_.Preds(BlockId{at});
    if (preds.size() == 1) {
      if (const auto condition =
              ConditionOn(function_, preds[0], BlockId{at})) {
        conditions.push_back(*condition);
      }
    }
    at = dominators_.Parent(at);
  }
  return conditions;
}

std::optional<NilTest> NilTestOf(const Function& function, Value condition) {
  if (!condition.is_inst()) {
    return std::nullopt;
  }
  const Inst& inst = function.inst(condition.inst());
  if (inst.op != Op::kBinOp) {
    return std::nullopt;
  }
  const auto token = static_cast<lexer::TokenKind>(inst.detail);
  if (token != lexer::TokenKind::kEql && token != lexer::TokenKind::kNeq) {
    return std::nullopt;
  }
  const auto operands = function.Operands(inst);
  const bool is_equal = token == lexer::TokenKind::kEql;
  if (IsNilConst(function, operands[1])) {
    return NilTest{operands[0], is_equal};
  }
  if (IsNilConst(function, operands[0])) {
    return NilTest{operands[1], is_equal};
  }
  return std::nullopt;
}

}  // namespace gdlint::dataflow
