#include "checks/fatal_operations.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/function_runs.h"
#include "dataflow/program.h"
#include "dataflow/values.h"
#include "ssa/exits.h"
#include "types/object.h"

namespace gdlint::checks {
namespace {

using dataflow::Analyses;
using dataflow::FunctionRuns;
using dataflow::Guarded;
using dataflow::LooksSame;
using ssa::BlockId;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Functions that call functions that exit.
constexpr int kMaxDepth = 4;

std::string CalleeName(const ssa::Function& function, const Inst& call) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  return named == nullptr || named->name == nullptr
             ? "the function"
             : fmt::format("`{}`", named->name->text());
}

constexpr std::string_view kSharedMap =
    "goroutines of this loop write to the map at the same time: that is a "
    "fatal error and no panic, so that the deferred `recover` does not stop "
    "it; guard the map with a lock";

// A method of a mutex, by its last name.
struct LockCall {
  const Inst* call;
  std::string_view method;
  Value mutex;
};

class Finder {
 public:
  Finder(const ssa::Function& function, const Guarded& guarded,
         Analyses& analyses)
      : function_(function), guarded_(guarded), analyses_(analyses) {}

  std::optional<FatalOperation> Run() {
    CollectLocks();
    for (const InstId id : guarded_.insts()) {
      const Inst& inst = function_.inst(id);
      if (std::string message = MessageFor(inst); !message.empty()) {
        return FatalOperation{&function_, id, std::move(message)};
      }
      if (auto found = InGoroutine(inst)) {
        return found;
      }
    }
    return std::nullopt;
  }

 private:
  std::string MessageFor(const Inst& inst) {
    switch (inst.op) {
      case Op::kCall:
        return ForCall(inst);
      case Op::kMapUpdate:
        return IsSharedMapWrite(inst) ? std::string(kSharedMap) : "";
      case Op::kRecv:
      case Op::kSend:
        return IsOnlyUser(inst)
                   ? "nobody else has this channel, so that this waits for "
                     "ever: a deadlock is no panic, and the deferred `recover` "
                     "does not stop it"
                   : "";
      default:
        return "";
    }
  }

  std::string ForCall(const Inst& call) {
    if (ExitsProcess(function_, call, kMaxDepth)) {
      return fmt::format(
          "{} ends the process: no deferred call runs, and the deferred "
          "`recover` does not stop it; return an error",
          CalleeName(function_, call));
    }
    if (std::string message = ForLock(call); !message.empty()) {
      return message;
    }
    const ssa::Function* const callee =
        dataflow::BodiesOf(function_, call, analyses_).only();
    return callee != nullptr && CallsItselfAlways(*callee)
               ? fmt::format(
                     "{} calls itself without an end: a stack overflow is a "
                     "fatal error and no panic, and the deferred `recover` "
                     "does not stop it",
                     CalleeName(function_, call))
               : "";
  }

  // A literal that is started here and writes to a map of all of them.
  std::optional<FatalOperation> InGoroutine(const Inst& start) {
    for (const auto& child : function_.children()) {
      const auto& runs = analyses_.Get<FunctionRuns>(*child);
      if (child->kind() != ssa::FunctionKind::kLiteral ||
          runs.sites().size() != 1 || runs.sites()[0].function != &function_ ||
          runs.sites()[0].inst != function_.IdOf(start) ||
          dataflow::MayRecoverItself(*child, analyses_)) {
        continue;
      }
      Finder inner(*child, guarded_, analyses_);
      inner.CollectLocks();
      for (const Inst& inst : child->insts()) {
        if (inst.op == Op::kMapUpdate && inner.IsSharedMapWrite(inst)) {
          return FatalOperation{child.get(), child->IdOf(inst),
                                std::string(kSharedMap)};
        }
      }
    }
    return std::nullopt;
  }

  // --- exits ---

  bool ExitsProcess(const ssa::Function& caller, const Inst& call, int depth) {
    if (const types::Func* const named = dataflow::NamedCallee(caller, call)) {
      if (const auto exit = ssa::ExitOf(named)) {
        return *exit == ssa::ExitKind::kProcess;
      }
    }
    if (ModeOf(call) == CallMode::kBuiltin) {
      return false;
    }
    const ssa::Function* const body =
        dataflow::BodiesOf(caller, call, analyses_).only();
    if (body == nullptr) {
      const dataflow::Summary summary =
          analyses_.program().SummaryOfCall(caller, call);
      return summary.is_known && (summary.ends & dataflow::kExitsProcess) != 0;
    }
    return depth > 0 &&
           std::ranges::any_of(body->insts(), [&](const Inst& inst) {
             return inst.op == Op::kCall &&
                    ExitsProcess(*body, inst, depth - 1);
           });
  }

  // --- locks ---

  void CollectLocks() {
    for (const Inst& inst : function_.insts()) {
      if (inst.op != Op::kCall && inst.op != Op::kDefer) {
        continue;
      }
      const types::Func* const named = dataflow::NamedCallee(function_, inst);
      if (named == nullptr || ModeOf(inst) != CallMode::kStatic) {
        continue;
      }
      const std::string name = dataflow::FullName(*named);
      if (name.starts_with("(*sync.Mutex).") ||
          name.starts_with("(*sync.RWMutex).")) {
        locks_.push_back(
            {&inst, named->name->text(), function_.Operands(inst)[1]});
      }
    }
  }

  std::string ForLock(const Inst& call) const {
    const auto at = std::ranges::find(locks_, &call, &LockCall::call);
    if (at == locks_.end()) {
      return "";
    }
    const auto is_used_so = [&](auto... names) {
      return std::ranges::any_of(locks_, [&](const LockCall& other) {
        return other.call != &call &&
               LooksSame(function_, other.mutex, at->mutex) &&
               ((other.method == names) || ...);
      });
    };
    if ((at->method == "Unlock" || at->method == "RUnlock") &&
        !is_used_so("Lock", "RLock", "TryLock", "TryRLock")) {
      return fmt::format(
          "`{}` of a mutex that is not locked is a fatal error and no panic: "
          "the deferred `recover` does not stop it",
          at->method);
    }
    if (IsUnlockedAlready(*at)) {
      return fmt::format(
          "the mutex is unlocked already on a way to here: to `{}` it again is "
          "a fatal error and no panic, and the deferred `recover` does not "
          "stop it",
          at->method);
    }
    const auto& dominance = analyses_.Get<dataflow::Dominance>(function_);
    const bool is_second =
        at->method == "Lock" && !is_used_so("Unlock", "RUnlock") &&
        std::ranges::any_of(locks_, [&](const LockCall& other) {
          return other.method == "Lock" &&
                 LooksSame(function_, other.mutex, at->mutex) &&
                 dominance.Precedes(function_.IdOf(*other.call),
                                    function_.IdOf(call));
        });
    return is_second ? "the mutex is locked already, so that this waits for "
                       "ever: a deadlock is no panic, and the deferred "
                       "`recover` does not stop it"
                     : "";
  }

  // Another unlock leads here with no lock between, and with no further
  // condition that may exclude it.
  bool IsUnlockedAlready(const LockCall& at) const {
    if ((at.method != "Unlock" && at.method != "RUnlock") ||
        at.call->op != Op::kCall) {
      return false;
    }
    const auto& order = analyses_.Get<dataflow::FlowOrder>(function_);
    std::vector<InstId> locks;
    for (const LockCall& other : locks_) {
      if (other.method.ends_with("Lock") &&
          LooksSame(function_, other.mutex, at.mutex)) {
        locks.push_back(function_.IdOf(*other.call));
      }
    }
    // Several readers may have it.
    if (at.method == "RUnlock" && locks.size() > 1) {
      return false;
    }
    const auto here = order.ConditionsOf(at.call->block);
    return std::ranges::any_of(locks_, [&](const LockCall& other) {
      if (other.method != at.method || other.call->op != Op::kCall ||
          other.call == at.call ||
          !LooksSame(function_, other.mutex, at.mutex) ||
          !order.MayFollowWithout(function_.IdOf(*other.call),
                                  function_.IdOf(*at.call), locks)) {
        return false;
      }
      const auto before = order.ConditionsOf(other.call->block);
      return std::ranges::all_of(here, [&](const auto& condition) {
        return std::ranges::any_of(before, [&](const auto& earlier) {
          return earlier.test == condition.test;
        });
      });
    });
  }

  // --- maps ---

  // In a goroutine of which a loop starts many, to a map of all of them.
  bool IsSharedMapWrite(const Inst& update) const {
    if (!locks_.empty() || !IsStartedInLoop()) {
      return false;
    }
    const Value map = function_.Operands(update)[0];
    // Nothing else here can be a lock: an interface, a field's method.
    const bool calls_unknown =
        std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
          return inst.op == Op::kCall && ModeOf(inst) == CallMode::kInvoke;
        });
    return !calls_unknown && IsFromOutside(map);
  }

  // It is loaded through what the function captured.
  bool IsFromOutside(Value value) const {
    for (int depth = 0; depth < kMaxDepth && value.is_inst(); ++depth) {
      const Inst& inst = function_.inst(value.inst());
      if (inst.op != Op::kLoad && inst.op != Op::kFieldAddr) {
        return false;
      }
      value = function_.Operands(inst)[0];
    }
    if (value.kind() == Value::Kind::kGlobal) {
      return true;
    }
    if (value.kind() != Value::Kind::kFreeVar) {
      return false;
    }
    const dataflow::Origin variable = dataflow::VariableOf(function_, value);
    return variable.function != nullptr && variable.value.is_inst() &&
           !IsInLoop(*variable.function, variable.value.inst());
  }

  bool IsStartedInLoop() const {
    const auto& runs = analyses_.Get<FunctionRuns>(function_);
    return !runs.may_be_more() && runs.sites().size() == 1 &&
           (runs.sites()[0].kind == dataflow::RunKind::kSpawned ||
            runs.sites()[0].kind == dataflow::RunKind::kPassedToSpawn) &&
           IsInLoop(*runs.sites()[0].function, runs.sites()[0].inst);
  }

  static bool IsInLoop(const ssa::Function& function, InstId inst) {
    const BlockId goal = function.inst(inst).block;
    std::vector<bool> seen(function.blocks().size());
    std::vector<BlockId> pending{goal};
    while (!pending.empty()) {
      const BlockId block = pending.back();
      pending.pop_back();
      for (const BlockId next : function.Succs(block)) {
        if (next == goal) {
          return true;
        }
        if (!seen[next.index]) {
          seen[next.index] = true;
          pending.push_back(next);
        }
      }
    }
    return false;
  }

  // --- channels ---

  // A channel without a buffer that was made here and that nothing else is done
  // with than to send and to receive here.
  bool IsOnlyUser(const Inst& inst) const {
    const Value channel = function_.Operands(inst)[0];
    if (!channel.is_inst() ||
        function_.inst(channel.inst()).op != Op::kMakeChan) {
      return false;
    }
    const Value size = function_.Operands(function_.inst(channel.inst()))[0];
    const auto number = dataflow::ConstantOf(function_, size);
    if (size.has_value() &&
        !(number && number->is_int64() && number->int64() == 0)) {
      return false;
    }
    return std::ranges::all_of(function_.insts(), [&](const Inst& user) {
      const auto operands = function_.Operands(user);
      return std::ranges::count(operands, channel) == 0 ||
             user.op == Op::kRecv ||
             (user.op == Op::kSend && operands[1] != channel);
    });
  }

  // --- recursion ---

  // Each path from its entry to a return calls it again.
  bool CallsItselfAlways(const ssa::Function& callee) const {
    std::vector<bool> seen(callee.blocks().size());
    std::vector<BlockId> pending{BlockId{0}};
    seen[0] = true;
    bool has_call = false;
    while (!pending.empty()) {
      const BlockId block = pending.back();
      pending.pop_back();
      const auto insts = callee.InstsOf(block);
      if (std::ranges::any_of(insts, [&](const Inst& inst) {
            return inst.op == Op::kCall && ModeOf(inst) == CallMode::kStatic &&
                   dataflow::BodiesOf(callee, inst, analyses_).only() ==
                       &callee;
          })) {
        has_call = true;
        continue;
      }
      if (insts.back().op != Op::kJump && insts.back().op != Op::kIf) {
        return false;
      }
      for (const BlockId next : callee.Succs(block)) {
        if (!seen[next.index]) {
          seen[next.index] = true;
          pending.push_back(next);
        }
      }
    }
    return has_call;
  }

  const ssa::Function& function_;
  const Guarded& guarded_;
  Analyses& analyses_;
  std::vector<LockCall> locks_;
};

}  // namespace

std::optional<FatalOperation> FindFatal(const ssa::Function& function,
                                        const Guarded& guarded,
                                        Analyses& analyses) {
  return Finder(function, guarded, analyses).Run();
}

}  // namespace gdlint::checks
