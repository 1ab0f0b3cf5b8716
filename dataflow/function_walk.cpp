#include "dataflow/function_walk.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dataflow/solver.h"
#include "dataflow/summary_of_call.h"
#include "dataflow/value_nilness.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// `!` in front of a condition.
constexpr int kMaxNots = 8;

// Which recovering calls are deferred, forward.
class GuardProblem {
 public:
  struct Fact {
    bool is_reached = false;
    FunctionFacts::Guard guard;
    friend bool operator==(const Fact&, const Fact&) = default;
  };
  static constexpr Direction kDirection = Direction::kForward;
  explicit GuardProblem(const FunctionFacts& facts) : facts_(facts) {}

  Fact Identity() const { return {}; }
  bool Join(Fact& a, const Fact& b) const {
    if (!b.is_reached) {
      return false;
    }
    const Fact before = a;
    if (!a.is_reached) {
      a = b;
    } else {
      a.guard.may |= b.guard.may;
      a.guard.must &= b.guard.must;
      a.guard.may_repanic |= b.guard.may_repanic;
    }
    return !(a == before);
  }
  Fact Boundary(BlockId) const { return {.is_reached = true, .guard = {}}; }
  void Apply(const Inst& inst, Fact& fact) const {
    if (fact.is_reached) {
      facts_.Apply(inst, fact.guard);
    }
  }

 private:
  const FunctionFacts& facts_;
};

// A nil first operand panics.
bool DereferencesFirst(const Function& function, const Inst& inst) {
  switch (inst.op) {
    case Op::kLoad:
    case Op::kStore:
    case Op::kFieldAddr:
    case Op::kMapUpdate:
      return true;
    case Op::kTypeAssert:
      return inst.detail != ssa::kCommaOk;
    case Op::kIndexAddr:
    case Op::kSlice:
      return types::UnderAs<types::Pointer>(
                 function.TypeOf(function.Operands(inst)[0])) != nullptr;
    case Op::kCall:
      return ModeOf(inst) == ssa::CallMode::kDynamic ||
             ModeOf(inst) == ssa::CallMode::kInvoke;
    case Op::kDefer:
    case Op::kGo:
      return ModeOf(inst) == ssa::CallMode::kInvoke;
    default:
      return false;
  }
}

class Walker {
 public:
  Walker(const FunctionFacts& facts, std::optional<Assumption> assumption,
         const StopFn& stop)
      : facts_(facts),
        function_(facts.function()),
        assumption_(assumption),
        stop_(stop) {}

  WalkResult Run() {
    const size_t size = function_.blocks().size();
    result_.reached.assign(size, false);
    // A way ends in the block.
    ends_here_.assign(size, false);
    Reach(BlockId{0});
    while (!work_.empty()) {
      const BlockId block = work_.back();
      work_.pop_back();
      WalkBlock(block);
    }
    if (CanBeEndless()) {
      result_.ends |= kEndless;
    }
    return std::move(result_);
  }

 private:
  void Reach(BlockId block) {
    if (!result_.reached[block.index]) {
      result_.reached[block.index] = true;
      work_.push_back(block);
    }
  }

  void WalkBlock(BlockId block) {
    FunctionFacts::Guard guard = facts_.GuardAt(block);
    for (const Inst& inst : function_.InstsOf(block)) {
      if (!Step(inst, guard)) {
        ends_here_[block.index] = true;
        return;
      }
      facts_.Apply(inst, guard);
    }
    const std::span<const BlockId> succs = function_.Succs(block);
    const FunctionFacts::Test* const test =
        assumption_ ? facts_.TestOf(block) : nullptr;
    if (test != nullptr && test->param == assumption_->param) {
      Reach(succs[test->if_true == assumption_->is ? 0 : 1]);
      return;
    }
    for (const BlockId succ : succs) {
      Reach(succ);
    }
  }

  // A panic, or what may be one, where recovering calls are deferred.
  void End(uint8_t ends, const FunctionFacts::Guard& guard) {
    constexpr uint8_t kUnwinds = kPanics | kMayFail;
    if ((ends & kUnwinds) != 0 && (guard.may || guard.must)) {
      result_.ends |= kReturns;
      if (guard.must) {
        ends &= ~kUnwinds;
      }
      if (guard.may_repanic) {
        ends |= kPanics;
      }
    }
    result_.ends |= ends;
  }

  bool TouchesNil(const Inst& inst) const {
    return assumption_ && assumption_->is == ArgumentIs::kNil &&
           facts_.TouchedBy(function_.IdOf(inst)) == assumption_->param;
  }

  // False if no way goes on behind the instruction.
  bool Step(const Inst& inst, const FunctionFacts::Guard& guard) {
    if (stop_ && stop_(inst)) {
      return false;
    }
    const std::span<const Value> operands = function_.Operands(inst);
    if (TouchesNil(inst)) {
      result_.touches_nil = true;
      End(kMayFail, guard);
      return false;
    }
    switch (inst.op) {
      case Op::kCall:
        return StepCall(inst, guard);
      case Op::kDefer:
      case Op::kGo:
        result_.has_effects |=
            inst.op == Op::kGo || facts_.OfCall(inst).has_effects;
        if (!CannotFail(function_, inst)) {
          End(kMayFail, guard);
        }
        return true;
      case Op::kRunDefers:
        RunDefers();
        return true;
      case Op::kReturn:
        result_.ends |= kReturns;
        return false;
      case Op::kPanic:
        End(kPanics, guard);
        return false;
      case Op::kRangePanic:
        End(kMayFail, guard);
        return false;
      case Op::kExit:
        StepExit(inst, guard);
        return false;
      case Op::kStore:
        result_.has_effects |= !IsLocal(operands[0]);
        break;
      case Op::kMapUpdate:
      case Op::kSend:
        result_.has_effects = true;
        break;
      default:
        break;
    }
    if ((ssa::InfoOf(inst.op).traits & ssa::kMayPanic) != 0 &&
        !CannotFail(function_, inst)) {
      End(kMayFail, guard);
    }
    return true;
  }

  void StepExit(const Inst& inst, const FunctionFacts::Guard& guard) {
    switch (static_cast<ssa::ExitKind>(inst.detail)) {
      case ssa::ExitKind::kProcess:
        result_.ends |= kExitsProcess;
        break;
      case ssa::ExitKind::kGoexit:
        result_.ends |= kGoexits;
        break;
      case ssa::ExitKind::kNever:
        result_.ends |= kEndless;
        break;
      case ssa::ExitKind::kNoReturn:
        End(kPanics, guard);
        break;
    }
  }

  bool StepCall(const Inst& inst, const FunctionFacts::Guard& guard) {
    const CallFacts& call = facts_.OfCall(inst);
    uint8_t ends = call.ends;
    if (assumption_) {
      for (const ConditionalEnd& end : call.conditional_ends) {
        const Value argument =
            ArgumentOf(function_, inst, call.func, end.param);
        if (facts_.ParamOf(argument) == assumption_->param &&
            end.condition == Opposite(assumption_->is)) {
          ends &= ~end.end;
        }
      }
    }
    result_.has_effects |= call.has_effects;
    bool returns = (ends & kReturns) != 0;
    if (assumption_ && assumption_->is == ArgumentIs::kNil) {
      for (uint32_t i = 0; i < call.params.size(); ++i) {
        if (call.params[i].nil_may_panic &&
            facts_.ParamOf(ArgumentOf(function_, inst, call.func, i)) ==
                assumption_->param) {
          result_.touches_nil = true;
          ends |= kMayFail;
          returns &= !call.params[i].nil_panics;
        }
      }
    }
    End(ends & ~kReturns, guard);
    return returns;
  }

  // What is deferred somewhere may be what runs.
  void RunDefers() {
    if (deferred_ends_) {
      result_.ends |= *deferred_ends_;
      return;
    }
    deferred_ends_ = 0;
    for (const Inst& inst : function_.insts()) {
      if (inst.op == Op::kDefer) {
        *deferred_ends_ |= facts_.OfCall(inst).ends & ~kReturns;
      }
    }
    result_.ends |= *deferred_ends_;
  }

  // The address of a variable that nobody else sees.
  bool IsLocal(Value address) const {
    for (int i = 0; i < 16 && address.is_inst(); ++i) {
      const Inst& inst = function_.inst(address.inst());
      if (inst.op == Op::kAlloc) {
        return inst.detail != ssa::kEscapes || !Escapes(address.inst());
      }
      if (inst.op != Op::kFieldAddr && inst.op != Op::kIndexAddr) {
        return false;
      }
      address = function_.Operands(inst)[0];
    }
    return false;
  }

  // Asked for by every access.
  bool Escapes(ssa::InstId alloc) const {
    const auto [at, is_new] = escapes_.try_emplace(alloc.index);
    if (is_new) {
      at->second = UsesOf({&function_, alloc}).escapes;
    }
    return at->second;
  }

  // From some block that is reached, no way leads to where one ends.
  bool CanBeEndless() const {
    std::vector<bool> leads_out = ends_here_;
    std::vector<BlockId> work;
    for (uint32_t i = 0; i < leads_out.size(); ++i) {
      if (leads_out[i]) {
        work.push_back(BlockId{i});
      }
    }
    while (!work.empty()) {
      const BlockId block = work.back();
      work.pop_back();
      for (const BlockId pred : function_.Preds(block)) {
        if (result_.reached[pred.index] && !leads_out[pred.index]) {
          leads_out[pred.index] = true;
          work.push_back(pred);
        }
      }
    }
    for (size_t i = 0; i < leads_out.size(); ++i) {
      if (result_.reached[i] && !leads_out[i]) {
        return true;
      }
    }
    return false;
  }

  const FunctionFacts& facts_;
  const Function& function_;
  std::optional<Assumption> assumption_;
  const StopFn& stop_;
  WalkResult result_;
  std::vector<bool> ends_here_;
  std::vector<BlockId> work_;
  std::optional<uint8_t> deferred_ends_;
  // By index of the Alloc.
  mutable std::unordered_map<uint32_t, bool> escapes_;
};

}  // namespace

ArgumentIs Opposite(ArgumentIs property) {
  switch (property) {
    case ArgumentIs::kNil:
      return ArgumentIs::kNonNil;
    case ArgumentIs::kNonNil:
      return ArgumentIs::kNil;
    case ArgumentIs::kTrue:
      return ArgumentIs::kFalse;
    case ArgumentIs::kFalse:
      return ArgumentIs::kTrue;
  }
  return property;
}

FunctionFacts::FunctionFacts(const ProgramState& state, FunctionId id,
                             std::span<const Summary> summaries)
    : state_(state),
      function_(*state.bodies[id.index]),
      summaries_(summaries),
      is_tested_(function_.params().size(), false),
      is_touched_(function_.params().size(), false) {
  AddCalls(id);
  AddTests();
  AddGuards();
}

void FunctionFacts::AddCalls(FunctionId id) {
  const std::span<const CallRecord> records = state_.CallsOf(id);
  size_t next = 0;
  for (const Inst& inst : function_.insts()) {
    if (!IsCall(inst.op)) {
      continue;
    }
    CallFacts& facts = calls_.emplace_back();
    call_index_.emplace_back(function_.IdOf(inst),
                             static_cast<uint32_t>(calls_.size() - 1));
    Summary summary;
    if (ModeOf(inst) == ssa::CallMode::kBuiltin) {
      summary = SummaryOfBuiltin(function_, inst);
      facts.is_complete = true;
    } else {
      const CallRecord& record = records[next++];
      summary = SummaryOfCall(state_, function_, inst, record, summaries_);
      facts.is_complete = record.is_complete;
      if (record.targets_size == 1) {
        facts.func = state_.nodes[state_.TargetsOf(record)[0].index].func;
      }
    }
    facts.ends = summary.ends;
    facts.has_effects = summary.has_effects;
    facts.calls_recover = summary.calls_recover;
    facts.recovers_always = summary.recovers_always;
    facts.may_repanic = summary.may_repanic;
    facts.conditional_ends = std::move(summary.conditional_ends);
    facts.params = std::move(summary.params);
  }
}

const CallFacts& FunctionFacts::OfCall(const Inst& call) const {
  const auto found =
      std::ranges::lower_bound(call_index_, function_.IdOf(call), {},
                               &std::pair<InstId, uint32_t>::first);
  return calls_[found->second];
}

uint32_t FunctionFacts::ParamOf(Value value) const {
  if (value.kind() == Value::Kind::kParam) {
    return value.index();
  }
  if (!value.is_inst()) {
    return ssa::kNoAux;
  }
  switch (function_.inst(value.inst()).op) {
    case Op::kLoad:
    case Op::kChangeType:
    case Op::kChangeInterface:
    case Op::kPhi: {
      const std::optional<Origin> origin = OnlyOrigin(function_, value);
      return origin && origin->function == &function_ &&
                     origin->value.kind() == Value::Kind::kParam
                 ? origin->value.index()
                 : ssa::kNoAux;
    }
    default:
      return ssa::kNoAux;
  }
}

const FunctionFacts::Test* FunctionFacts::TestOf(BlockId block) const {
  const auto found = std::ranges::lower_bound(tests_, block, {},
                                              &std::pair<BlockId, Test>::first);
  return found != tests_.end() && found->first == block ? &found->second
                                                        : nullptr;
}

void FunctionFacts::AddTest(BlockId block, Value condition, bool if_true) {
  for (int i = 0; i < kMaxNots && condition.is_inst(); ++i) {
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kUnOp) {
      break;
    }
    condition = function_.Operands(inst)[0];
    if_true = !if_true;
  }
  Test test;
  test.param = ParamOf(condition);
  if (test.param != ssa::kNoAux) {
    test.if_true = if_true ? ArgumentIs::kTrue : ArgumentIs::kFalse;
  } else if (condition.is_inst() &&
             function_.inst(condition.inst()).op == Op::kBinOp) {
    const Inst& inst = function_.inst(condition.inst());
    const auto op = static_cast<lexer::TokenKind>(inst.detail);
    const std::span<const Value> operands = function_.Operands(inst);
    const bool is_equal = op == lexer::TokenKind::kEql;
    if (!is_equal && op != lexer::TokenKind::kNeq) {
      return;
    }
    for (const size_t nil : {0, 1}) {
      if (IsNilConst(function_, operands[nil])) {
        test.param = ParamOf(operands[1 - nil]);
        test.if_true =
            is_equal == if_true ? ArgumentIs::kNil : ArgumentIs::kNonNil;
      }
    }
  }
  if (test.param != ssa::kNoAux) {
    is_tested_[test.param] = true;
    tests_.emplace_back(block, test);
  }
}

void FunctionFacts::AddTests() {
  for (uint32_t i = 0; i < function_.blocks().size(); ++i) {
    const BlockId block{i};
    const Inst& last = function_.Terminator(block);
    if (last.op == Op::kIf) {
      AddTest(block, function_.Operands(last)[0], true);
    }
  }
  for (const auto& [inst, index] : call_index_) {
    const CallFacts& call = calls_[index];
    for (const ConditionalEnd& end : call.conditional_ends) {
      const uint32_t param = ParamOf(
          ArgumentOf(function_, function_.inst(inst), call.func, end.param));
      if (param != ssa::kNoAux) {
        is_tested_[param] = true;
      }
    }
  }
}

void FunctionFacts::FindTouched() {
  const auto params = function_.params();
  if (std::ranges::none_of(params, [](const ssa::Param& param) {
        return !types::IsTypeParam(param.type) && types::HasNil(param.type);
      })) {
    return;
  }
  touched_by_.assign(function_.insts().size(), ssa::kNoAux);
  const auto touch = [&](uint32_t param) {
    if (param != ssa::kNoAux) {
      is_touched_[param] = true;
    }
    return param;
  };
  for (const Inst& inst : function_.insts()) {
    if (DereferencesFirst(function_, inst)) {
      touched_by_[function_.IdOf(inst).index] =
          touch(ParamOf(function_.Operands(inst)[0]));
    }
  }
  for (const auto& [inst, index] : call_index_) {
    const CallFacts& call = calls_[index];
    for (uint32_t i = 0; i < call.params.size(); ++i) {
      if (call.params[i].nil_may_panic) {
        touch(
            ParamOf(ArgumentOf(function_, function_.inst(inst), call.func, i)));
      }
    }
  }
}

void FunctionFacts::Apply(const Inst& inst, Guard& guard) const {
  if (inst.op != Op::kDefer) {
    return;
  }
  const CallFacts& call = OfCall(inst);
  guard.may |= call.calls_recover;
  guard.must |= call.recovers_always;
  guard.may_repanic |= call.calls_recover && call.may_repanic;
}

void FunctionFacts::AddGuards() {
  if (std::ranges::none_of(calls_, &CallFacts::calls_recover)) {
    return;
  }
  GuardProblem problem(*this);
  const Solution<GuardProblem> solution = Solve(function_, problem);
  if (solution.is_cut()) {
    return;
  }
  guards_.resize(function_.blocks().size());
  for (uint32_t i = 0; i < guards_.size(); ++i) {
    guards_[i] = solution.At(BlockId{i}).guard;
  }
}

WalkResult Walk(const FunctionFacts& facts,
                std::optional<Assumption> assumption, const StopFn& stop) {
  return Walker(facts, assumption, stop).Run();
}

bool CannotFail(const Function& function, const Inst& inst) {
  const std::span<const Value> operands = function.Operands(inst);
  const auto is_address = [&](Value value) {
    if (value.kind() == Value::Kind::kGlobal ||
        value.kind() == Value::Kind::kFreeVar) {
      return true;
    }
    if (!value.is_inst()) {
      return false;
    }
    const Op op = function.inst(value.inst()).op;
    return op == Op::kAlloc || op == Op::kFieldAddr || op == Op::kIndexAddr;
  };
  const auto is_constant = [](Value value) {
    return value.kind() == Value::Kind::kConst;
  };
  switch (inst.op) {
    case Op::kLoad:
    case Op::kStore:
    case Op::kFieldAddr:
      return is_address(operands[0]);
    case Op::kIndexAddr:
      // A constant index of an array was checked by the compiler.
      return is_address(operands[0]) && is_constant(operands[1]);
    case Op::kIndex:
      return is_constant(operands[1]) &&
             types::UnderAs<types::Array>(function.TypeOf(operands[0])) !=
                 nullptr;
    case Op::kSlice:
      return !operands[1].has_value() && !operands[2].has_value() &&
             !operands[3].has_value() &&
             (is_address(operands[0]) ||
              types::UnderAs<types::Pointer>(function.TypeOf(operands[0])) ==
                  nullptr);
    case Op::kBinOp:
      switch (static_cast<lexer::TokenKind>(inst.detail)) {
        case lexer::TokenKind::kQuo:
        case lexer::TokenKind::kRem:
          return is_constant(operands[1]) || !types::IsInteger(inst.type);
        case lexer::TokenKind::kShl:
        case lexer::TokenKind::kShr:
          return is_constant(operands[1]) ||
                 types::IsUnsigned(function.TypeOf(operands[1]));
        case lexer::TokenKind::kEql:
        case lexer::TokenKind::kNeq:
          return !types::IsInterface(function.TypeOf(operands[0])) ||
                 is_constant(operands[0]) || is_constant(operands[1]);
        default:
          return true;
      }
    case Op::kLookup: {
      const auto* const map =
          types::UnderAs<types::Map>(function.TypeOf(operands[0]));
      return map != nullptr && !types::IsInterface(map->key);
    }
    case Op::kTypeAssert:
      return inst.detail == ssa::kCommaOk;
    case Op::kMakeMap:
      return !operands[0].has_value() || is_constant(operands[0]);
    case Op::kMakeChan:
      return is_constant(operands[0]);
    case Op::kMakeSlice:
      return is_constant(operands[0]) && is_constant(operands[1]);
    case Op::kMakeClosure: {
      const ssa::Callee& callee = function.callees()[operands[0].index()];
      return callee.child != nullptr || operands.size() < 2 ||
             !types::IsInterface(function.TypeOf(operands[1]));
    }
    case Op::kDefer:
    case Op::kGo:
      return ModeOf(inst) != ssa::CallMode::kInvoke &&
             (inst.op == Op::kDefer || ModeOf(inst) == ssa::CallMode::kStatic);
    case Op::kRunDefers:
      return true;
    default:
      return (ssa::InfoOf(inst.op).traits & ssa::kMayPanic) == 0;
  }
}

}  // namespace gdlint::dataflow
