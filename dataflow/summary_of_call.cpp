#include "dataflow/summary_of_call.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "dataflow/call_targets.h"
#include "dataflow/flow_order.h"
#include "dataflow/value_nilness.h"
#include "types/constant.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Value;

// Facts that hold on each way, not only on some.
constexpr uint16_t kMustUse = kCalledAlways | kGuarded;

void JoinParams(std::vector<ParamSummary>& a,
                const std::vector<ParamSummary>& b) {
  // Nothing is known of what one of them does not have.
  a.resize(std::min(a.size(), b.size()));
  for (size_t i = 0; i < a.size(); ++i) {
    const uint16_t both = a[i].func_use & b[i].func_use;
    const uint16_t either = a[i].func_use | b[i].func_use;
    a[i].func_use =
        static_cast<uint16_t>((either & ~kMustUse) | (both & kMustUse));
    a[i].nil_may_panic |= b[i].nil_may_panic;
    a[i].nil_panics &= b[i].nil_panics;
  }
}

void JoinResults(std::vector<ResultSummary>& a,
                 const std::vector<ResultSummary>& b) {
  a.resize(std::min(a.size(), b.size()));
  for (size_t i = 0; i < a.size(); ++i) {
    a[i].nilness |= b[i].nilness;
    if (a[i].same_as_param != b[i].same_as_param) {
      a[i].same_as_param = ResultSummary::kNone;
    }
    a[i].is_function &= b[i].is_function;
  }
}

void Join(Summary& a, const Summary& b) {
  a.is_known &= b.is_known;
  a.is_model &= b.is_model;
  a.ends |= b.ends;
  // What one needs a condition for, the other may do without.
  a.conditional_ends.clear();
  a.calls_recover |= b.calls_recover;
  a.recovers_always &= b.recovers_always;
  a.may_repanic |= b.may_repanic;
  a.has_effects |= b.has_effects;
  JoinParams(a.params, b.params);
  JoinResults(a.results, b.results);
}

// A load in the block of `call`, or a value: the same as `tested`, which was
// found to be nil or not before.
bool IsStill(const Function& function, const Inst& call, Value argument,
             Value tested) {
  if (argument == tested) {
    return true;
  }
  const auto address = [&](Value value) {
    return value.is_inst() && function.inst(value.inst()).op == ssa::Op::kLoad
               ? function.Operands(function.inst(value.inst()))[0]
               : Value::None();
  };
  const Value variable = address(tested);
  if (!variable.is_inst() || address(argument) != variable ||
      function.inst(argument.inst()).block != call.block) {
    return false;
  }
  const uint32_t begin = function.block(call.block).insts_begin;
  for (uint32_t i = begin; i < argument.inst().index; ++i) {
    const Inst& inst = function.inst(ssa::InstId{i});
    if ((inst.op == ssa::Op::kStore &&
         function.Operands(inst)[0] == variable) ||
        (inst.op == ssa::Op::kCall &&
         ModeOf(inst) == ssa::CallMode::kDynamic)) {
      return false;
    }
  }
  return true;
}

// ResultIs bits: what tests of nil that every way to `call` has passed leave
// possible.
uint8_t NilnessOnTheWay(const Function& function, const Inst& call,
                        Value argument) {
  // People nest less.
  constexpr int kMaxSteps = 64;
  ssa::BlockId block = call.block;
  for (int step = 0; step < kMaxSteps; ++step) {
    const std::span<const ssa::BlockId> preds = function.Preds(block);
    if (preds.size() != 1) {
      break;
    }
    const Inst& last = function.Terminator(preds[0]);
    const auto test = last.op == ssa::Op::kIf
                          ? NilTestOf(function, function.Operands(last)[0])
                          : std::nullopt;
    if (test && IsStill(function, call, argument, test->tested)) {
      const bool holds = function.Succs(preds[0])[0] == block;
      return holds == test->is_equal ? kMayBeNil : kMayBeNonNil;
    }
    block = preds[0];
  }
  return kMayBeNil | kMayBeNonNil;
}

// `t.Fatalf(…)` of an interface of the code's own: what tests and loggers give
// such a name does not come back.
bool IsFatalOfInterface(const Function& caller, const Inst& call) {
  const types::Func* const method = NamedCallee(caller, call);
  if (ModeOf(call) != ssa::CallMode::kInvoke || method == nullptr) {
    return false;
  }
  const std::string_view name = method->name->text();
  return name == "Fatal" || name == "Fatalf" || name == "Fatalln" ||
         name == "FailNow";
}

// Not all that may be called come back, but for those of tests, which often
// only record that they were called.
bool MayEndIt(const ProgramState& state, const CallRecord& record,
              std::span<const Summary> summaries) {
  const std::span<const FunctionId> targets = state.TargetsOf(record);
  return !record.is_complete ||
         std::ranges::any_of(targets, [&](FunctionId target) {
           const Function* const body = state.nodes[target.index].body;
           return (summaries[target.index].ends & kReturns) == 0 ||
                  (body != nullptr && body->unit() != nullptr &&
                   body->unit()->file->display_name.ends_with("_test.go"));
         });
}

class CallSummariser {
 public:
  CallSummariser(const ProgramState& state, const Function& caller,
                 const Inst& call, std::span<const Summary> summaries)
      : state_(state), caller_(caller), call_(call), summaries_(summaries) {}

  Summary Of(FunctionId target) const {
    Summary summary = summaries_[target.index];
    const types::Func* const func = state_.nodes[target.index].func;
    std::erase_if(summary.conditional_ends, [&](const ConditionalEnd& end) {
      const Value argument = ArgumentOf(caller_, call_, func, end.param);
      if (!argument.has_value() || MayBe(argument, end.condition)) {
        return false;
      }
      summary.ends &= ~end.end;
      return true;
    });
    AddFunctionArguments(func, summary);
    return summary;
  }

  // Of an iterator that is not known: the body of the loop may end it.
  void AddRangeBodies(Summary& summary) const {
    for (const Value operand : caller_.Operands(call_).subspan(1)) {
      const std::optional<FunctionValue> value =
          operand.has_value() ? FunctionOf(caller_, operand) : std::nullopt;
      const FunctionId id = value ? NodeOf(state_, *value) : FunctionId{};
      const ssa::Function* const body =
          id.has_value() ? state_.nodes[id.index].body : nullptr;
      if (body != nullptr && body->kind() == ssa::FunctionKind::kRangeBody) {
        summary.ends |= summaries_[id.index].ends & ~kReturns;
      }
    }
  }

 private:
  bool MayBe(Value argument, ArgumentIs condition) const {
    switch (condition) {
      case ArgumentIs::kNil:
      case ArgumentIs::kNonNil: {
        uint8_t nilness = NilnessOf(state_, summaries_, caller_, argument);
        if (state_.is_summarised) {
          // For who asks about this call. Summaries go without, or whatever
          // gives up far below, where something cannot fail, counts above.
          nilness &= NilnessOnTheWay(caller_, call_, argument);
        }
        return (nilness & (condition == ArgumentIs::kNil ? kMayBeNil
                                                         : kMayBeNonNil)) != 0;
      }
      case ArgumentIs::kTrue:
      case ArgumentIs::kFalse: {
        const std::optional<Origin> origin = OnlyOrigin(caller_, argument);
        const auto constant = origin
                                  ? ConstantOf(*origin->function, origin->value)
                                  : std::nullopt;
        return !constant || constant->kind() != types::ConstantKind::kBool ||
               types::constant::BoolValue(*constant) ==
                   (condition == ArgumentIs::kTrue);
      }
    }
    return true;
  }

  // What it is given to call ends as part of it.
  void AddFunctionArguments(const types::Func* func, Summary& summary) const {
    for (uint32_t i = 0; i < summary.params.size(); ++i) {
      const uint16_t use = summary.params[i].func_use;
      if ((use & (kCalled | kDeferred)) == 0) {
        continue;
      }
      const Value argument = ArgumentOf(caller_, call_, func, i);
      const std::optional<FunctionValue> value =
          argument.has_value() ? FunctionOf(caller_, argument) : std::nullopt;
      const FunctionId id = value ? NodeOf(state_, *value) : FunctionId{};
      if (!id.has_value()) {
        summary.ends |= kMayFail;
        summary.has_effects = true;
        continue;
      }
      const Summary& called = summaries_[id.index];
      uint8_t ends = called.ends & ~kReturns;
      if ((use & kGuarded) != 0) {
        ends &= ~(kPanics | kMayFail);
      }
      summary.ends |= ends;
      summary.has_effects |= called.has_effects;
      if ((use & kCalledAlways) != 0 && (use & kGuarded) == 0 &&
          called.never_returns()) {
        summary.ends &= ~kReturns;
      }
    }
  }

  const ProgramState& state_;
  const Function& caller_;
  const Inst& call_;
  std::span<const Summary> summaries_;
};

// What is called may be nil, or lead to its method through a nil pointer.
bool MayBeOfNil(const Function& caller, const Inst& call) {
  switch (ModeOf(call)) {
    case ssa::CallMode::kInvoke:
      return true;
    case ssa::CallMode::kDynamic:
      break;
    default:
      return false;
  }
  const Origins origins = OriginsOf(caller, caller.Operands(call)[0]);
  return !origins.is_complete || origins.may_be_zero ||
         std::ranges::any_of(origins.values, [](const Origin& origin) {
           return IsNilConst(*origin.function, origin.value);
         });
}

}  // namespace

Summary SummaryOfCall(const ProgramState& state, const Function& caller,
                      const Inst& call, const CallRecord& record,
                      std::span<const Summary> summaries) {
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    return SummaryOfBuiltin(caller, call);
  }
  const CallSummariser summariser(state, caller, call, summaries);
  std::optional<Summary> joined;
  for (const FunctionId target : state.TargetsOf(record)) {
    Summary one = summariser.Of(target);
    if (!joined) {
      joined = std::move(one);
    } else {
      Join(*joined, one);
    }
  }
  if (!joined) {
    // Nothing is known, or what is called is always nil.
    Summary none;
    if (record.is_complete) {
      none.is_known = true;
      none.ends = kMayFail;
      none.has_effects = false;
    } else if (IsFatalOfInterface(caller, call)) {
      none.ends = kGoexits | kMayFail;
    } else {
      summariser.AddRangeBodies(none);
    }
    return none;
  }
  if (!record.is_complete) {
    Join(*joined, Summary());
    summariser.AddRangeBodies(*joined);
  }
  if (MayBeOfNil(caller, call)) {
    joined->ends |= kMayFail;
  }
  if (IsFatalOfInterface(caller, call) && MayEndIt(state, record, summaries)) {
    joined->ends = (joined->ends & ~kReturns) | kGoexits;
  }
  return *joined;
}

Summary SummaryOfBuiltin(const Function& caller, const Inst& call) {
  Summary summary;
  summary.is_known = true;
  summary.is_model = true;
  summary.ends = kReturns;
  summary.has_effects = false;
  const auto id =
      static_cast<types::BuiltinId>(caller.Operands(call)[0].index());
  switch (id) {
    case types::BuiltinId::kPanic:
      summary.ends = kPanics;
      break;
    case types::BuiltinId::kClose:
      summary.ends |= kMayFail;
      summary.has_effects = true;
      break;
    case types::BuiltinId::kPrint:
    case types::BuiltinId::kPrintln:
    case types::BuiltinId::kClear:
    case types::BuiltinId::kCopy:
    case types::BuiltinId::kDelete:
      summary.has_effects = true;
      break;
    case types::BuiltinId::kSlice:
    case types::BuiltinId::kString:
      summary.ends |= kMayFail;
      break;
    default:
      break;
  }
  return summary;
}

}  // namespace gdlint::dataflow
