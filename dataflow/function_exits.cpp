#include "dataflow/function_exits.h"

#include <algorithm>
#include <memory>

#include "dataflow/control_ends.h"
#include "dataflow/panic_reach.h"
#include "dataflow/program.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::Op;

uint8_t EndsOf(const Function& function, const Inst& inst,
               const Program& program) {
  if (inst.op != Op::kCall) {
    return EndsAtInst(function, inst);
  }
  return ModeOf(inst) == ssa::CallMode::kBuiltin
             ? uint8_t{kReturns}
             : program.SummaryOfCall(function, inst).ends;
}

}  // namespace

FunctionExits::FunctionExits(const Function& function, Analyses& analyses) {
  const auto& registration = analyses.Get<DeferRegistration>(function);
  if (registration.sites().empty()) {
    Collect(function, analyses.program());
  } else {
    exits_.assign(registration.exits().begin(), registration.exits().end());
  }
}

bool FunctionExits::CollectBlock(const Function& function, BlockId block,
                                 const Program& program) {
  for (const Inst& inst : function.InstsOf(block)) {
    const uint8_t ends = EndsOf(function, inst, program);
    const bool is_call = inst.op == Op::kCall;
    const uint8_t shown = is_call ? ends & ~kReturns : ends;
    if (shown != kEndsNot) {
      exits_.push_back({.function = &function,
                        .inst = function.IdOf(inst),
                        .ends = shown,
                        .state = &nothing_});
    }
    if (is_call && (ends & kReturns) == 0) {
      return true;
    }
  }
  return false;
}

void FunctionExits::Collect(const Function& function, const Program& program) {
  const auto size = static_cast<uint32_t>(function.blocks().size());
  std::vector<bool> is_reached(size);
  std::vector<bool> is_left(size);
  std::vector<BlockId> pending;
  const auto reach = [&](BlockId block) {
    if (!is_reached[block.index]) {
      is_reached[block.index] = true;
      pending.push_back(block);
    }
  };
  if (size > 0) {
    reach(BlockId{0});
  }
  while (!pending.empty()) {
    const BlockId block = pending.back();
    pending.pop_back();
    is_left[block.index] = CollectBlock(function, block, program);
    if (!is_left[block.index]) {
      std::ranges::for_each(function.Succs(block), reach);
    }
  }
  for (const BlockId loop : EndlessLoops(function, is_reached, is_left)) {
    exits_.push_back({.function = &function,
                      .ends = kEndless,
                      .loop = loop,
                      .state = &nothing_});
  }
  for (const auto& child : function.children()) {
    if (child->kind() == ssa::FunctionKind::kRangeBody) {
      Collect(*child, program);
    }
  }
}

namespace {

void AddPanicPoints(const Function& function,
                    const DeferRegistration& registration, Analyses& analyses,
                    uint16_t wanted, std::vector<PanicPoint>& points) {
  for (const Inst& inst : function.insts()) {
    if ((ssa::InfoOf(inst.op).traits & ssa::kMayPanic) == 0 ||
        inst.op == Op::kRunDefers || inst.op == Op::kRangePanic) {
      continue;
    }
    const uint16_t sources = PanicsAt(function, inst, analyses) & wanted;
    if (sources != kNoPanic &&
        registration.StateBefore(function, function.IdOf(inst)).is_reached()) {
      points.push_back({&function, function.IdOf(inst), sources});
    }
  }
  for (const auto& child : function.children()) {
    if (child->kind() == ssa::FunctionKind::kRangeBody) {
      AddPanicPoints(*child, registration, analyses, wanted, points);
    }
  }
}

}  // namespace

std::vector<PanicPoint> PanicPointsOf(const Function& function,
                                      Analyses& analyses) {
  std::vector<PanicPoint> points;
  AddPanicPoints(function, analyses.Get<DeferRegistration>(function), analyses,
                 kAnyPanic & ~kNilPanics, points);
  return points;
}

std::vector<PanicPoint> NilPanicPointsOf(const Function& function,
                                         Analyses& analyses) {
  std::vector<PanicPoint> points;
  AddPanicPoints(function, analyses.Get<DeferRegistration>(function), analyses,
                 kNil | kNilParam, points);
  return points;
}

}  // namespace gdlint::dataflow
