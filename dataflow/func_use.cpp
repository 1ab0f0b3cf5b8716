#include "dataflow/func_use.h"

#include <algorithm>
#include <vector>

#include "dataflow/value_nilness.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr uint16_t kAnyUse = kCalled | kDeferred | kSpawned | kKept | kRepeated;
constexpr size_t kMaxValues = 128;

class UseFinder {
 public:
  explicit UseFinder(const FunctionFacts& facts)
      : facts_(facts), state_(facts.state()) {}

  uint16_t Find(uint32_t param) {
    const Value value(Value::Kind::kParam, param);
    const uint16_t use = UseOf(facts_.function(), value);
    if ((use & kCalled) == 0) {
      return use;
    }
    return use | (is_always_guarded_ ? kGuarded : 0) |
           ((is_always_guarded_ || !may_be_guarded_) && IsCalledAlways(param)
                ? kCalledAlways
                : 0);
  }

 private:
  // Of a value within `function`, as far as an activation of that goes.
  uint16_t UseOf(const Function& function, Value value) {
    const Origin origin{&function, value};
    if (std::ranges::find(seen_, origin) != seen_.end()) {
      return kUsedNot;
    }
    if (seen_.size() > kMaxValues) {
      return kAnyUse;
    }
    seen_.push_back(origin);
    uint16_t use = kUsedNot;
    int calls = 0;
    for (const InstId user : function.UsersOf(value)) {
      const uint16_t one = UseBy(function, user, value);
      calls += (one & (kCalled | kDeferred | kSpawned)) != 0 ? 1 : 0;
      use |= one;
    }
    return use | (calls > 1 ? kRepeated : 0);
  }

  uint16_t UseBy(const Function& function, InstId user, Value value) {
    const Inst& inst = function.inst(user);
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kCall:
      case Op::kDefer:
      case Op::kGo:
        return UseByCall(function, inst, value);
      case Op::kPhi:
      case Op::kChangeType:
        return UseOf(function, user);
      case Op::kBinOp:
        return kUsedNot;
      case Op::kStore:
        return UseByStore(function, operands[0]);
      default:
        return kKept;
    }
  }

  uint16_t UseByCall(const Function& function, const Inst& inst, Value value) {
    const std::span<const Value> operands = function.Operands(inst);
    uint16_t use = kUsedNot;
    if (operands[0] == value) {
      use = kCalled;
      LookAtGuard(function, inst, false);
    }
    for (size_t i = 1; i < operands.size(); ++i) {
      if (operands[i] == value) {
        use |= UseByCallee(function, inst, static_cast<uint32_t>(i));
      }
    }
    if (inst.op != Op::kCall) {
      const uint16_t later = inst.op == Op::kDefer ? kDeferred : kSpawned;
      if ((use & kCalled) != 0) {
        use = static_cast<uint16_t>((use & ~kCalled) | later);
      }
    }
    if (IsInLoop(function, inst.block)) {
      use |= kRepeated;
    }
    return use;
  }

  // `operand` of a call is the function.
  uint16_t UseByCallee(const Function& function, const Inst& inst,
                       uint32_t operand) {
    const CallRecord* const record = state_.RecordOf(function, inst);
    if (record == nullptr || !record->is_complete) {
      is_always_guarded_ = false;
      return kAnyUse;
    }
    uint16_t use = kUsedNot;
    for (const FunctionId id : state_.TargetsOf(*record)) {
      const Summary& summary = facts_.summaries()[id.index];
      const types::Func* const func = state_.nodes[id.index].func;
      uint16_t one = kAnyUse;
      for (uint32_t i = 0; i < summary.params.size(); ++i) {
        if (summary.is_known &&
            ArgumentOf(function, inst, func, i) ==
                function.Operands(inst)[operand] &&
            IndexOf(function, inst, func, i) == operand) {
          one = summary.params[i].func_use;
        }
      }
      if ((one & kCalled) != 0) {
        LookAtGuard(function, inst, (one & kGuarded) != 0);
      }
      use |= one;
    }
    return use & kAnyUse;
  }

  // The operand that is the argument for a parameter.
  static uint32_t IndexOf(const Function& function, const Inst& inst,
                          const types::Func* func, uint32_t param) {
    const auto operands = function.Operands(inst);
    const Value argument = ArgumentOf(function, inst, func, param);
    const uint32_t likely = ModeOf(inst) == ssa::CallMode::kInvoke ||
                                    (ModeOf(inst) == ssa::CallMode::kDynamic &&
                                     func != nullptr && func->is_method())
                                ? param
                                : param + 1;
    return likely < operands.size() && operands[likely] == argument
               ? likely
               : ssa::kNoAux;
  }

  uint16_t UseByStore(const Function& function, Value address) {
    const Origin variable = VariableOf(function, address);
    if (variable.function == nullptr || !variable.value.is_inst()) {
      return kKept;
    }
    const VariableUses uses = UsesOf(variable);
    if (uses.escapes) {
      return kKept;
    }
    uint16_t use = kUsedNot;
    for (const VariableUse& load : uses.loads) {
      const uint16_t inner = UseOf(*load.function, load.inst);
      use |= Lift(*load.function, function, inner);
    }
    return use;
  }

  // What happens in a literal happens when that is called.
  uint16_t Lift(const Function& literal, const Function& to, uint16_t use) {
    const Function* at = &literal;
    while (at != &to && use != kUsedNot) {
      if (at->parent() == nullptr) {
        return kAnyUse;
      }
      const Function& parent = *at->parent();
      uint16_t outer = kKept;
      if (const std::optional<InstId> creation = CreationOf(*at)) {
        const Inst& inst = parent.inst(*creation);
        if (inst.op == Op::kMakeClosure) {
          outer = LiteralUse(parent, *creation);
        }
      }
      use = Within(use, outer);
      at = &parent;
    }
    return use;
  }

  uint16_t LiteralUse(const Function& parent, InstId closure) {
    const Origin origin{&parent, closure};
    const auto known = std::ranges::find(literals_, origin,
                                         &std::pair<Origin, uint16_t>::first);
    if (known != literals_.end()) {
      return known->second;
    }
    const uint16_t use = UseOf(parent, closure);
    literals_.emplace_back(origin, use);
    return use;
  }

  static uint16_t Within(uint16_t inner, uint16_t outer) {
    uint16_t use = inner & (kSpawned | kKept);
    if ((inner & (kCalled | kDeferred)) != 0) {
      use |= outer & kAnyUse;
    }
    if (outer == kUsedNot) {
      return kUsedNot;
    }
    return use | ((inner | outer) & kRepeated);
  }

  static bool IsInLoop(const Function& function, BlockId block) {
    // A way back to the block.
    std::vector<bool> seen(function.blocks().size(), false);
    std::vector<BlockId> work(function.Succs(block).begin(),
                              function.Succs(block).end());
    while (!work.empty()) {
      const BlockId next = work.back();
      work.pop_back();
      if (next == block) {
        return true;
      }
      if (!seen[next.index]) {
        seen[next.index] = true;
        const auto succs = function.Succs(next);
        work.insert(work.end(), succs.begin(), succs.end());
      }
    }
    return false;
  }

  void LookAtGuard(const Function& function, const Inst& inst,
                   bool is_guarded) {
    if (is_guarded) {
      return;
    }
    if (&function != &facts_.function() || !facts_.has_guards()) {
      is_always_guarded_ = false;
      return;
    }
    FunctionFacts::Guard guard = facts_.GuardAt(inst.block);
    for (const Inst& before : function.InstsOf(inst.block)) {
      if (&before == &inst) {
        break;
      }
      facts_.Apply(before, guard);
    }
    is_always_guarded_ &= guard.must && !guard.may_repanic;
    may_be_guarded_ |= guard.may;
  }

  // No way leads to a return without a call of it.
  bool IsCalledAlways(uint32_t param) const {
    const Function& function = facts_.function();
    const auto calls_it = [&](const Inst& inst) {
      if (inst.op != Op::kCall) {
        return false;
      }
      if (ModeOf(inst) == ssa::CallMode::kDynamic &&
          facts_.ParamOf(function.Operands(inst)[0]) == param) {
        return true;
      }
      const CallFacts& call = facts_.OfCall(inst);
      for (uint32_t i = 0; i < call.params.size(); ++i) {
        if (call.is_complete &&
            (call.params[i].func_use & kCalledAlways) != 0 &&
            facts_.ParamOf(ArgumentOf(function, inst, call.func, i)) == param) {
          return true;
        }
      }
      return false;
    };
    return (Walk(facts_, std::nullopt, calls_it).ends & kReturns) == 0;
  }

  const FunctionFacts& facts_;
  const ProgramState& state_;
  std::vector<Origin> seen_;
  std::vector<std::pair<Origin, uint16_t>> literals_;
  bool is_always_guarded_ = true;
  // It may go on though what is called never returns.
  bool may_be_guarded_ = false;
};

}  // namespace

uint16_t UseOfParam(const FunctionFacts& facts, uint32_t param) {
  return UseFinder(facts).Find(param);
}

}  // namespace gdlint::dataflow
