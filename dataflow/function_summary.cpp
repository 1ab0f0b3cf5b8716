#include "dataflow/function_summary.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "dataflow/accesses.h"
#include "dataflow/call_targets.h"
#include "dataflow/func_use.h"
#include "dataflow/function_walk.h"
#include "dataflow/value_nilness.h"
#include "ssa/dominators.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr uint8_t kBoth = kMayBeNil | kMayBeNonNil;
// Parameters that are looked at one by one, in functions of so many
// instructions: generated code has functions of a million.
constexpr uint32_t kMaxParams = 12;
constexpr size_t kMaxInsts = 20'000;
// Ends that may depend on an argument.
constexpr Ends kConditional[] = {kReturns, kPanics, kExitsProcess, kGoexits};

bool IsFunctionType(const types::Type* type) {
  return types::UnderAs<types::Signature>(type) != nullptr;
}

bool MayBeNil(const types::Type* type) {
  return !types::IsTypeParam(type) && types::HasNil(type);
}

class BodySummariser {
 public:
  BodySummariser(const ProgramState& state, FunctionId id,
                 std::span<const Summary> summaries)
      : facts_(state, id, summaries), function_(facts_.function()) {}

  Summary Run() {
    summary_ = EmptySummary(function_);
    const WalkResult walk = Walk(facts_);
    reached_ = walk.reached;
    summary_.ends = walk.ends;
    summary_.has_effects = walk.has_effects;
    AddRecover();
    if (function_.insts().size() <= kMaxInsts) {
      AddParams();
      AddResults();
    } else {
      summary_.params.clear();
      summary_.results.clear();
    }
    if (summary_.ends == kEndsNot) {
      // It only calls itself.
      summary_.ends = kEndless;
    }
    if (IsFatalByName() &&
        (summary_.ends & (kPanics | kExitsProcess | kGoexits)) != 0) {
      summary_.ends &= ~kReturns;
    }
    return std::move(summary_);
  }

 private:
  // By convention they do not return, though whether they do may hang on a
  // level that they hand on: `write("PANIC", format, args)`.
  bool IsFatalByName() const {
    const types::Func* const func = function_.key().func;
    if (function_.kind() != ssa::FunctionKind::kDeclared || func == nullptr ||
        !func->signature()->results->params.empty()) {
      return false;
    }
    std::string_view name = func->name->text();
    if (!name.starts_with("Fatal") && !name.starts_with("Panic")) {
      return false;
    }
    name.remove_prefix(5);
    return name.empty() || name == "f" || name == "ln" || name == "w";
  }

  static bool IsRecover(const Function& function, const Inst& inst) {
    return IsCall(inst.op) && ModeOf(inst) == ssa::CallMode::kBuiltin &&
           static_cast<types::BuiltinId>(function.Operands(inst)[0].index()) ==
               types::BuiltinId::kRecover;
  }

  void AddRecover() {
    // A loop's body is called by the iterator.
    if (function_.kind() == ssa::FunctionKind::kRangeBody) {
      return;
    }
    for (const Inst& inst : function_.insts()) {
      if (inst.op != Op::kGo && reached_[inst.block.index] &&
          IsRecover(function_, inst)) {
        summary_.calls_recover = true;
      }
    }
    summary_.calls_recover |= facts_.deferred().bodies_defer_recover;
    if (!summary_.calls_recover) {
      return;
    }
    const bool has_one_defer =
        std::ranges::count(function_.insts(), Op::kDefer, &Inst::op) == 1;
    summary_.may_repanic = (summary_.ends & kPanics) != 0;
    const WalkResult before = Walk(facts_, std::nullopt, [&](const Inst& inst) {
      // A deferred one does nothing for a panic that another one stops.
      return (inst.op == Op::kCall ||
              (inst.op == Op::kDefer && has_one_defer)) &&
             IsRecover(function_, inst);
    });
    summary_.recovers_always =
        (before.ends & (kReturns | kPanics)) == 0 && !summary_.may_repanic;
  }

  void AddParams() {
    facts_.FindTouched();
    const auto params = function_.params();
    for (uint32_t i = 0; i < params.size() && i < kMaxParams; ++i) {
      const types::Type* const type = params[i].type;
      if (IsFunctionType(type)) {
        summary_.params[i].func_use = UseOfParam(facts_, i);
      }
      if (MayBeNil(type)) {
        AddNilness(i);
      } else if (facts_.IsTested(i) && types::IsBoolean(type)) {
        AddConditions(i, ArgumentIs::kTrue, EndsUnder(i, ArgumentIs::kTrue));
        AddConditions(i, ArgumentIs::kFalse, EndsUnder(i, ArgumentIs::kFalse));
      }
    }
  }

  uint8_t EndsUnder(uint32_t param, ArgumentIs is) const {
    return Walk(facts_, Assumption{param, is}).ends;
  }

  void AddNilness(uint32_t param) {
    if (!facts_.IsTouched(param) && !facts_.IsTested(param)) {
      return;
    }
    const WalkResult nil = Walk(facts_, Assumption{param, ArgumentIs::kNil});
    ParamSummary& summary = summary_.params[param];
    summary.nil_may_panic = nil.touches_nil;
    summary.nil_panics = nil.touches_nil && (nil.ends & kReturns) == 0 &&
                         (summary_.ends & kReturns) != 0;
    AddConditions(param, ArgumentIs::kNil, nil.ends);
    if (facts_.IsTested(param)) {
      AddConditions(param, ArgumentIs::kNonNil,
                    EndsUnder(param, ArgumentIs::kNonNil));
    }
  }

  // What is not reached under the assumption needs the opposite.
  void AddConditions(uint32_t param, ArgumentIs is, uint8_t ends) {
    for (const Ends end : kConditional) {
      if ((summary_.ends & end) != 0 && (ends & end) == 0) {
        summary_.conditional_ends.push_back({end, param, Opposite(is)});
      }
    }
  }

  void AddResults() {
    const auto types = function_.result_types();
    std::vector<InstId> returns;
    for (uint32_t i = 0; i < function_.blocks().size(); ++i) {
      const Inst& last = function_.Terminator(BlockId{i});
      const bool is_reached =
          reached_[i] ||
          (BlockId{i} == function_.recover_block() && facts_.has_guards());
      if (is_reached && last.op == Op::kReturn) {
        returns.push_back(function_.IdOf(last));
      }
    }
    for (uint32_t i = 0; i < types.size(); ++i) {
      AddResult(i, types[i], returns);
    }
  }

  void AddResult(uint32_t index, const types::Type* type,
                 std::span<const InstId> returns) {
    ResultSummary& result = summary_.results[index];
    const bool has_nil = MayBeNil(type);
    result.nilness = has_nil ? 0 : kBoth;
    bool is_function = IsFunctionType(type) && !returns.empty();
    std::optional<uint32_t> param;
    for (const InstId id : returns) {
      const Inst& inst = function_.inst(id);
      const Value value = function_.Operands(inst)[index];
      const uint32_t same = facts_.ParamOf(value);
      param = !param || *param == same ? same : ResultSummary::kNone;
      is_function = is_function && AllFunctions(value);
      if (has_nil && result.nilness != kBoth) {
        result.nilness |= ReturnedNilness(value, inst.block);
      }
    }
    result.same_as_param = param.value_or(ResultSummary::kNone);
    result.is_function = is_function;
  }

  bool AllFunctions(Value value) const {
    const Origins origins = OriginsOf(function_, value);
    return origins.is_complete &&
           std::ranges::all_of(origins.values, [](const Origin& origin) {
             return FunctionOf(origin).has_value() ||
                    IsNilConst(*origin.function, origin.value);
           });
  }

  // With what conditions on the way to `block` say.
  uint8_t ReturnedNilness(Value value, BlockId block) {
    const Origins origins = OriginsOf(function_, value);
    if (!origins.is_complete) {
      return kBoth;
    }
    uint8_t nilness = origins.may_be_zero ? kMayBeNil : 0;
    for (const Origin& origin : origins.values) {
      uint8_t one = IsWithin(*origin.function, function_)
                        ? NilnessOf(facts_.state(), facts_.summaries(),
                                    *origin.function, origin.value)
                        : kBoth;
      if (one == kBoth && origin.function == &function_) {
        one = TestedNilness(origin.value, block);
      }
      nilness |= one;
    }
    return nilness;
  }

  uint8_t TestedNilness(Value value, BlockId block) {
    BlockId at = block;
    while (at.index != 0) {
      const std::span<const BlockId> preds = function_.Preds(at);
      if (preds.size() == 1) {
        const uint8_t known = ByTest(value, preds[0], at);
        if (known != kBoth) {
          return known;
        }
        at = preds[0];
        continue;
      }
      const uint32_t parent = Dominators().Parent(at.index);
      if (parent == ssa::DominatorTree::kNone) {
        break;
      }
      at = BlockId{parent};
    }
    return kBoth;
  }

  // What the condition at the end of `from` says where `to` is taken.
  uint8_t ByTest(Value value, BlockId from, BlockId to) const {
    const Inst& last = function_.Terminator(from);
    const std::span<const BlockId> succs = function_.Succs(from);
    if (last.op != Op::kIf || succs[0] == succs[1]) {
      return kBoth;
    }
    const Value condition = function_.Operands(last)[0];
    if (!condition.is_inst() ||
        function_.inst(condition.inst()).op != Op::kBinOp) {
      return kBoth;
    }
    const Inst& test = function_.inst(condition.inst());
    const auto op = static_cast<lexer::TokenKind>(test.detail);
    const std::span<const Value> operands = function_.Operands(test);
    const bool is_equal = op == lexer::TokenKind::kEql;
    if (!is_equal && op != lexer::TokenKind::kNeq) {
      return kBoth;
    }
    for (const size_t nil : {0, 1}) {
      if (IsNilConst(function_, operands[nil]) &&
          IsSame(operands[1 - nil], value)) {
        return is_equal == (succs[0] == to) ? kMayBeNil : kMayBeNonNil;
      }
    }
    return kBoth;
  }

  bool IsSame(Value tested, Value value) const {
    if (tested == value) {
      return true;
    }
    const std::optional<Origin> origin = OnlyOrigin(function_, tested);
    return origin && *origin == Origin{&function_, value};
  }

  const ssa::DominatorTree& Dominators() {
    if (dominators_ == nullptr) {
      ssa::FlowGraph graph;
      graph.Assign(function_);
      dominators_ = std::make_unique<ssa::DominatorTree>();
      dominators_->Compute(graph);
    }
    return *dominators_;
  }

  FunctionFacts facts_;
  const Function& function_;
  Summary summary_;
  std::vector<bool> reached_;
  std::unique_ptr<ssa::DominatorTree> dominators_;
};

}  // namespace

Summary SummaryOfBody(const ProgramState& state, FunctionId id,
                      std::span<const Summary> summaries) {
  return BodySummariser(state, id, summaries).Run();
}

Summary EmptySummary(const Function& function) {
  Summary summary;
  summary.is_known = true;
  summary.ends = kEndsNot;
  summary.has_effects = false;
  summary.params.resize(function.params().size());
  summary.results.resize(function.result_types().size());
  for (ResultSummary& result : summary.results) {
    result.nilness = 0;
  }
  return summary;
}

}  // namespace gdlint::dataflow
