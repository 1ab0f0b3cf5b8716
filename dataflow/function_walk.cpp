#include "dataflow/function_walk.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dataflow/solver.h"
#include "dataflow/standard_calls.h"
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

// What is deferred at each point, forward.
class GuardProblem : public GuardLattice {
 public:
  static constexpr Direction kDirection = Direction::kForward;
  explicit GuardProblem(const FunctionFacts& facts) : facts_(facts) {}

  Fact Boundary(BlockId) const {
    // What the bodies of loops register may be there anywhere.
    return {.is_reached = true,
            .guard = {.may = facts_.deferred().bodies_recover,
                      .may_repanic = facts_.deferred().bodies_repanic}};
  }
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

// A deferred call of which nothing is known may recover; but not those of the
// standard library.
bool MayRecoverUnknown(const Function& function, const Inst& defer) {
  if (ModeOf(defer) == ssa::CallMode::kDynamic) {
    return !ValuePanicsNever(function.TypeOf(function.Operands(defer)[0]));
  }
  const types::Func* const named = NamedCallee(function, defer);
  if (named == nullptr || MethodPanicsNever(*named)) {
    return named == nullptr;
  }
  return ModeOf(defer) != ssa::CallMode::kStatic || named->package == nullptr ||
         !named->package->is_standard;
}

bool IsOnDeferStack(const Inst& inst) {
  return inst.op == Op::kDefer && (inst.detail & ssa::kOnDeferStack) != 0;
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
    // On its way out it runs what is deferred.
    if ((ends & (kUnwinds | kGoexits)) != 0) {
      result_.ends |= facts_.deferred().ends;
    }
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
        return RunDefers(guard);
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
        End(kGoexits, guard);
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
  bool RunDefers(const FunctionFacts::Guard& guard) {
    const uint8_t ends = facts_.deferred().ends;
    result_.ends |= ends;
    if (!guard.never_returns) {
      return true;
    }
    // Of several, one may recover what another raises.
    if ((ends & (kPanics | kMayFail)) != 0 && guard.may) {
      result_.ends |= kReturns;
    }
    return false;
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
  AddDeferred();
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
    facts.calls_recover =
        summary.calls_recover || (inst.op == Op::kDefer && !summary.is_known &&
                                  MayRecoverUnknown(function_, inst));
    facts.recovers_always = summary.recovers_always;
    facts.may_repanic = summary.may_repanic;
    facts.conditional_ends = std::move(summary.conditional_ends);
    facts.params = std::move(summary.params);
  }
}

void FunctionFacts::AddDeferred() {
  for (const auto& [id, index] : call_index_) {
    const Inst& inst = function_.inst(id);
    if (inst.op == Op::kDefer && !IsOnDeferStack(inst)) {
      deferred_.ends |= calls_[index].ends;
    }
  }
  AddDeferredOfBodies(function_);
  deferred_.ends &= ~kReturns;
}

void FunctionFacts::AddDeferredOfBodies(const Function& function) {
  for (const auto& child : function.children()) {
    if (child->kind() != ssa::FunctionKind::kRangeBody) {
      continue;
    }
    AddDeferredOfBodies(*child);
    for (const Inst& inst : child->insts()) {
      if (!IsOnDeferStack(inst)) {
        continue;
      }
      const CallRecord* const record = state_.RecordOf(*child, inst);
      const Summary summary =
          ModeOf(inst) == ssa::CallMode::kBuiltin
              ? SummaryOfBuiltin(*child, inst)
          : record == nullptr
              ? Summary()
              : SummaryOfCall(state_, *child, inst, *record, summaries_);
      deferred_.ends |= summary.ends;
      deferred_.bodies_recover |=
          summary.calls_recover ||
          (!summary.is_known && MayRecoverUnknown(*child, inst));
      deferred_.bodies_defer_recover |=
          ModeOf(inst) == ssa::CallMode::kBuiltin &&
          static_cast<types::BuiltinId>(child->Operands(inst)[0].index()) ==
              types::BuiltinId::kRecover;
      deferred_.bodies_repanic |= summary.calls_recover && summary.may_repanic;
    }
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
  // What a loop's body defers is on another list.
  if (inst.op != Op::kDefer || IsOnDeferStack(inst)) {
    return;
  }
  const CallFacts& call = OfCall(inst);
  guard.may |= call.calls_recover;
  guard.must |= call.recovers_always;
  guard.never_returns |= (call.ends & kReturns) == 0;
  guard.may_repanic |= call.calls_recover && call.may_repanic;
}

void FunctionFacts::AddGuards() {
  const auto matters = [&](const Inst& inst) {
    return inst.op == Op::kDefer && !IsOnDeferStack(inst) &&
           (OfCall(inst).calls_recover || (OfCall(inst).ends & kReturns) == 0);
  };
  if (!deferred_.bodies_recover &&
      std::ranges::none_of(function_.insts(), matters)) {
    return;
  }
  GuardProblem problem(*this);
  const Solution<GuardProblem> solution = Solve(function_, problem);
  guards_.resize(function_.blocks().size(), {.may = true});
  if (solution.is_cut()) {
    return;
  }
  for (uint32_t i = 0; i < guards_.size(); ++i) {
    guards_[i] = solution.At(BlockId{i}).guard;
  }
}

bool GuardLattice::Join(Fact& a, const Fact& b) const {
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
    a.guard.never_returns &= b.guard.never_returns;
  }
  return !(a == before);
}

WalkResult Walk(const FunctionFacts& facts,
                std::optional<Assumption> assumption, const StopFn& stop) {
  return Walker(facts, assumption, stop).Run();
}

namespace {

std::optional<int64_t> IntConstant(const Function& function, Value value) {
  if (value.kind() != Value::Kind::kConst) {
    return std::nullopt;
  }
  const types::Value constant = function.consts()[value.index()].value;
  return constant.is_int64() ? std::optional(constant.int64()) : std::nullopt;
}

// A constant index of an array, or of what points to one.
bool IsWithinArray(const Function& function, Value indexed, Value index) {
  const types::Type* type = function.TypeOf(indexed);
  if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
    type = pointer->elem;
  }
  const auto* const array = types::UnderAs<types::Array>(type);
  const auto number = IntConstant(function, index);
  return array != nullptr && number && *number >= 0 && *number < array->length;
}

bool CannotFailToCompare(const Function& function,
                         std::span<const Value> operands) {
  return std::ranges::any_of(operands, [&](Value value) {
    return value.kind() == Value::Kind::kConst ||
           types::Comparable(function.TypeOf(value), false);
  });
}

}  // namespace

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
  // No constant: it is only known to be none that would be wrong.
  const auto is_at_least = [&](Value value, int64_t least) {
    const auto number = IntConstant(function, value);
    return number && *number >= least;
  };
  const auto is_constant_but = [&](Value value, int64_t wrong) {
    return value.kind() == Value::Kind::kConst &&
           IntConstant(function, value) != wrong;
  };
  switch (inst.op) {
    case Op::kLoad:
    case Op::kStore:
    case Op::kFieldAddr:
      return is_address(operands[0]);
    case Op::kIndexAddr:
      return is_address(operands[0]) &&
             IsWithinArray(function, operands[0], operands[1]);
    case Op::kIndex:
      return IsWithinArray(function, operands[0], operands[1]);
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
          return is_constant_but(operands[1], 0) ||
                 !types::IsInteger(inst.type);
        case lexer::TokenKind::kShl:
        case lexer::TokenKind::kShr:
          return is_at_least(operands[1], 0) ||
                 types::IsUnsigned(function.TypeOf(operands[1]));
        case lexer::TokenKind::kEql:
        case lexer::TokenKind::kNeq:
          return CannotFailToCompare(function, operands);
        default:
          return true;
      }
    case Op::kLookup: {
      const auto* const map =
          types::UnderAs<types::Map>(function.TypeOf(operands[0]));
      return map == nullptr || types::Comparable(map->key, false);
    }
    case Op::kTypeAssert:
      return inst.detail == ssa::kCommaOk;
    case Op::kMakeMap:
      return true;
    case Op::kMakeChan:
      return is_at_least(operands[0], 0);
    case Op::kMakeSlice:
      return is_at_least(operands[0], 0) &&
             (!operands[1].has_value() ||
              is_at_least(operands[1], *IntConstant(function, operands[0])));
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
