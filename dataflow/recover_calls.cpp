#include "dataflow/recover_calls.h"

#include <algorithm>
#include <utility>

#include "dataflow/dominance.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::dataflow {
namespace {

using ssa::CallMode;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::Op;

RecoverFault FaultOf(const FunctionRuns& runs) {
  if (runs.is_entry()) {
    return RecoverFault::kInEntry;
  }
  if (runs.Has(RunKind::kCalled)) {
    return RecoverFault::kInCalled;
  }
  return runs.Has(RunKind::kPassed) ? RecoverFault::kInPassed
                                    : RecoverFault::kInSpawned;
}

// The site that shows the fault best.
RunSite CauseOf(const FunctionRuns& runs, RecoverFault fault) {
  const auto fits = [&](const RunSite& site) {
    switch (fault) {
      case RecoverFault::kInCalled:
        return site.kind == RunKind::kCalled;
      case RecoverFault::kInPassed:
        return site.kind == RunKind::kPassed;
      case RecoverFault::kInSpawned:
        return true;
      default:
        return false;
    }
  };
  const auto found = std::ranges::find_if(runs.sites(), fits);
  return found == runs.sites().end() ? RunSite() : *found;
}

void Judge(RecoverCall& call, const ssa::Function& function,
           Analyses& analyses) {
  if (function.kind() == FunctionKind::kRangeBody && !call.is_deferred) {
    call.verdict = RecoverVerdict::kNever;
    call.fault = RecoverFault::kInRangeBody;
    return;
  }
  // What a loop's body defers is deferred by the function around.
  const auto& runs = analyses.Get<FunctionRuns>(*function.outermost());
  if (runs.is_deferred()) {
    call.verdict = RecoverVerdict::kEffective;
  } else if (runs.is_never_deferred()) {
    call.verdict = RecoverVerdict::kNever;
    call.fault = FaultOf(runs);
    call.cause = CauseOf(runs, call.fault);
    if (call.is_deferred) {
      call.fault = RecoverFault::kDeferredItself;
    }
  } else if (call.is_deferred &&
             (!runs.may_be_more() ||
              function.outermost()->kind() == FunctionKind::kDeclared)) {
    // Nothing runs it; a declared function of this kind is not written to be
    // deferred.
    call.verdict = RecoverVerdict::kNever;
    call.fault = RecoverFault::kDeferredItself;
  }
}

// On the function's list there is a `defer recover()` of a loop's body.
bool BodiesDeferRecover(const ssa::Function& function) {
  return std::ranges::any_of(function.children(), [](const auto& child) {
    return child->kind() == FunctionKind::kRangeBody &&
           (std::ranges::any_of(child->insts(),
                                [&](const Inst& inst) {
                                  return inst.op == Op::kDefer &&
                                         IsRecover(*child, inst);
                                }) ||
            BodiesDeferRecover(*child));
  });
}

// Other deferred calls may recover what happens before `recover`: then it is
// not called, though the function returns.
bool MayBeSkipped(const ssa::Function& function, const RecoverCall& recover,
                  const Dominance& dominance) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    const ssa::InstId id = function.IdOf(inst);
    if (inst.op != Op::kDefer || id == recover.inst ||
        (ModeOf(inst) == CallMode::kBuiltin && !IsRecover(function, inst)) ||
        (!recover.is_deferred && dominance.Precedes(recover.inst, id))) {
      return false;
    }
    const types::Func* const named = NamedCallee(function, inst);
    return named == nullptr || ModeOf(inst) != CallMode::kStatic ||
           named->package == nullptr || !named->package->is_standard;
  });
}

}  // namespace

bool IsRecover(const ssa::Function& function, const Inst& inst) {
  return (inst.op == Op::kCall || inst.op == Op::kDefer) &&
         ModeOf(inst) == CallMode::kBuiltin &&
         function.Operands(inst)[0].index() ==
             static_cast<uint32_t>(types::BuiltinId::kRecover);
}

RecoverCalls::RecoverCalls(const ssa::Function& function, Analyses& analyses) {
  for (const Inst& inst : function.insts()) {
    if (IsRecover(function, inst)) {
      RecoverCall call;
      call.inst = function.IdOf(inst);
      call.is_deferred = inst.op == Op::kDefer;
      Judge(call, function, analyses);
      calls_.push_back(std::move(call));
    }
  }
  if (function.kind() == FunctionKind::kRangeBody) {
    return;
  }
  recovers_ = !calls_.empty() || BodiesDeferRecover(function);
  if (calls_.empty()) {
    return;
  }
  const auto& dominance = analyses.Get<Dominance>(function);
  recovers_always_ = std::ranges::any_of(calls_, [&](const RecoverCall& call) {
    if (MayBeSkipped(function, call, dominance)) {
      return false;
    }
    return std::ranges::all_of(function.insts(), [&](const Inst& inst) {
      return inst.op != Op::kReturn || inst.block == function.recover_block() ||
             dominance.Precedes(call.inst, function.IdOf(inst));
    });
  });
}

}  // namespace gdlint::dataflow
