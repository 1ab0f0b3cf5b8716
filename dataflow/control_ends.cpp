#include "dataflow/control_ends.h"

#include <algorithm>

namespace gdlint::dataflow {

using ssa::BlockId;
using ssa::Function;
using ssa::Op;

namespace {

uint8_t EndOf(ssa::ExitKind kind) {
  switch (kind) {
    case ssa::ExitKind::kProcess:
      return kExitsProcess;
    case ssa::ExitKind::kGoexit:
      return kGoexits;
    case ssa::ExitKind::kNever:
      return kEndless;
    case ssa::ExitKind::kNoReturn:
      return kPanics;
  }
  return kPanics;
}

}  // namespace

uint8_t EndsAtInst(const Function& function, const ssa::Inst& inst) {
  switch (inst.op) {
    case Op::kReturn:
      return function.kind() == ssa::FunctionKind::kRangeBody ? kEndsNot
                                                              : kReturns;
    case Op::kPanic:
    case Op::kRangePanic:
      return kPanics;
    case Op::kExit:
      return EndOf(static_cast<ssa::ExitKind>(inst.detail));
    default:
      return kEndsNot;
  }
}

// A block from which no terminator that ends anything can be reached is in a
// region that nothing leaves.
std::vector<BlockId> EndlessLoops(const Function& function,
                                  const std::vector<bool>& is_reached,
                                  const std::vector<bool>& is_left) {
  const auto size = static_cast<uint32_t>(function.blocks().size());
  std::vector<bool> ends(size);
  std::vector<BlockId> work;
  for (uint32_t i = 0; i < size; ++i) {
    if (is_left[i] || function.Succs(BlockId{i}).empty()) {
      ends[i] = true;
      work.push_back(BlockId{i});
    }
  }
  while (!work.empty()) {
    const BlockId block = work.back();
    work.pop_back();
    for (const BlockId pred : function.Preds(block)) {
      if (!ends[pred.index]) {
        ends[pred.index] = true;
        work.push_back(pred);
      }
    }
  }
  // Heads of loops, but for those that are reached from one before.
  std::vector<BlockId> loops;
  std::vector<bool> seen(size);
  for (uint32_t i = 0; i < size; ++i) {
    const BlockId head{i};
    const bool is_head = std::ranges::any_of(
        function.Preds(head),
        [&](BlockId pred) { return pred.index >= i && !ends[pred.index]; });
    if (ends[i] || seen[i] || !is_reached[i] || !is_head) {
      continue;
    }
    loops.push_back(head);
    work.push_back(head);
    seen[i] = true;
    while (!work.empty()) {
      const BlockId block = work.back();
      work.pop_back();
      for (const BlockId succ : function.Succs(block)) {
        if (!seen[succ.index]) {
          seen[succ.index] = true;
          work.push_back(succ);
        }
      }
    }
  }
  return loops;
}

}  // namespace gdlint::dataflow
