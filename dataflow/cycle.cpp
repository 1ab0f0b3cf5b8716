#include "dataflow/cycle.h"

#include <algorithm>
#include <utility>

#include "dataflow/values.h"
#include "types/constant.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// Edge 0 is that of a true condition.
uint8_t ClosedEdge(const Function& function, const Inst& terminator,
                   uint8_t none) {
  if (terminator.op != Op::kIf) {
    return none;
  }
  const Value cond = function.Operands(terminator)[0];
  if (cond.kind() != Value::Kind::kConst) {
    return none;
  }
  const types::Value value = function.consts()[cond.index()].value;
  if (value.is_unknown()) {
    return none;
  }
  return types::constant::BoolValue(value) ? 1 : 0;
}

}  // namespace

Paths::Paths(const Function& function, Analyses& analyses)
    : function_(function),
      stops_(function.blocks().size()),
      closed_(function.blocks().size(), kNone) {
  for (uint32_t b = 0; b < function.blocks().size(); ++b) {
    const BlockId id{b};
    for (const Inst& inst : function.InstsOf(id)) {
      if (inst.op == Op::kCall && !stops_[b]) {
        stops_[b] =
            analyses.program().SummaryOfCall(function, inst).never_returns();
      }
    }
    closed_[b] = ClosedEdge(function, function.Terminator(id), kNone);
  }
}

BlockSet Paths::Behind(ssa::InstId from, const BlockSet& within) const {
  BlockSet seen(within.size());
  std::vector<BlockId> work = {function_.inst(from).block};
  while (!work.empty()) {
    const BlockId block = work.back();
    work.pop_back();
    ForEachNext(block, [&](BlockId next) {
      if (within[next.index] && !seen[next.index]) {
        seen[next.index] = true;
        work.push_back(next);
      }
    });
  }
  return seen;
}

BlockSet Paths::Before(BlockId to, const BlockSet& within) const {
  BlockSet seen(within.size());
  std::vector<BlockId> work = {to};
  while (!work.empty()) {
    const BlockId block = work.back();
    work.pop_back();
    for (const BlockId pred : function_.Preds(block)) {
      bool leads_here = false;
      ForEachNext(pred, [&](BlockId next) {
        leads_here = leads_here || next == block;
      });
      if (leads_here && within[pred.index] && !seen[pred.index]) {
        seen[pred.index] = true;
        work.push_back(pred);
      }
    }
  }
  return seen;
}

BlockSet Paths::CycleOf(ssa::InstId inst, const BlockSet& within) const {
  const BlockId block = function_.inst(inst).block;
  if (!within[block.index]) {
    return {};
  }
  BlockSet cycle = Behind(inst, within);
  if (!cycle[block.index]) {
    return {};
  }
  const BlockSet before = Before(block, within);
  for (size_t b = 0; b < cycle.size(); ++b) {
    cycle[b] = cycle[b] && before[b];
  }
  return cycle;
}

BlockSet Paths::BlocksIn(source::Span span) const {
  BlockSet blocks(function_.blocks().size());
  for (uint32_t b = 0; b < blocks.size(); ++b) {
    blocks[b] = std::ranges::all_of(
        function_.InstsOf(BlockId{b}), [&](const Inst& inst) {
          // A phi stands where its variable is declared.
          return inst.op == Op::kPhi || !inst.pos.is_valid() ||
                 (span.begin <= inst.pos && inst.pos < span.end);
        });
  }
  return blocks;
}

BlockId HeaderOf(const Function& function, const BlockSet& cycle) {
  BlockId header;
  for (uint32_t b = 0; b < cycle.size(); ++b) {
    const bool is_entered =
        cycle[b] && (b == 0 || std::ranges::any_of(
                                   function.Preds(BlockId{b}),
                                   [&](BlockId p) { return !cycle[p.index]; }));
    if (is_entered && header.has_value()) {
      return {};
    }
    if (is_entered) {
      header = BlockId{b};
    }
  }
  return header;
}

bool IsInCycle(const Function& function, BlockId block) {
  std::vector<bool> seen(function.blocks().size());
  std::vector<BlockId> work = {block};
  while (!work.empty()) {
    const BlockId at = work.back();
    work.pop_back();
    for (const BlockId next : function.Succs(at)) {
      if (next == block) {
        return true;
      }
      if (!seen[next.index]) {
        seen[next.index] = true;
        work.push_back(next);
      }
    }
  }
  return false;
}

bool MayRunAgain(const Function& function, BlockId block) {
  const Function* at = &function;
  while (true) {
    if (at->kind() == ssa::FunctionKind::kRangeBody || IsInCycle(*at, block)) {
      return true;
    }
    const auto creation = CreationOf(*at);
    if (at->parent() == nullptr || !creation) {
      return false;
    }
    at = at->parent();
    block = at->inst(*creation).block;
  }
}

}  // namespace gdlint::dataflow
