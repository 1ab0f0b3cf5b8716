#include "dataflow/function_exits.h"

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

void FunctionExits::Collect(const Function& function, const Program& program) {
  const auto size = static_cast<uint32_t>(function.blocks().size());
  std::vector<bool> is_reached(size);
  std::vector<bool> is_left(size);
  if (size > 0) {
    is_reached[0] = true;
  }
  // Blocks are in reverse postorder: a block behind a back edge was reached
  // from before it.
  for (uint32_t i = 0; i < size; ++i) {
    if (!is_reached[i]) {
      continue;
    }
    for (const Inst& inst : function.InstsOf(BlockId{i})) {
      const uint8_t ends = EndsOf(function, inst, program);
      const uint8_t shown = inst.op == Op::kCall ? ends & ~kReturns : ends;
      if (shown != kEndsNot) {
        exits_.push_back({.function = &function,
                          .inst = function.IdOf(inst),
                          .ends = shown,
                          .state = &nothing_});
      }
      if (inst.op == Op::kCall && (ends & kReturns) == 0) {
        is_left[i] = true;
        break;
      }
    }
    if (!is_left[i]) {
      for (const BlockId next : function.Succs(BlockId{i})) {
        is_reached[next.index] = true;
      }
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
                    std::vector<PanicPoint>& points) {
  for (const Inst& inst : function.insts()) {
    if ((ssa::InfoOf(inst.op).traits & ssa::kMayPanic) == 0 ||
        inst.op == Op::kRunDefers || inst.op == Op::kRangePanic) {
      continue;
    }
    const uint16_t sources = PanicsAt(function, inst, analyses) & ~kNilPanics;
    if (sources != kNoPanic &&
        registration.StateBefore(function, function.IdOf(inst)).is_reached()) {
      points.push_back({&function, function.IdOf(inst), sources});
    }
  }
  for (const auto& child : function.children()) {
    if (child->kind() == ssa::FunctionKind::kRangeBody) {
      AddPanicPoints(*child, registration, analyses, points);
    }
  }
}

}  // namespace

std::vector<PanicPoint> PanicPointsOf(const Function& function,
                                      Analyses& analyses) {
  std::vector<PanicPoint> points;
  AddPanicPoints(function, analyses.Get<DeferRegistration>(function), analyses,
                 points);
  return points;
}

}  // namespace gdlint::dataflow
