#include "checks/recovered_value.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "checks/knowledge/release_names.h"
#include "dataflow/dominance.h"
#include "dataflow/function_runs.h"
#include "dataflow/program.h"
#include "dataflow/standard_calls.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/object.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::Analyses;
using dataflow::Dominance;
using lexer::TokenKind;
using ssa::BlockId;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Variables that hold the value, one after the other.
constexpr size_t kMaxFlows = 50;

bool IsNilOrZero(const ssa::Function& function, Value value) {
  if (value.kind() != Value::Kind::kConst) {
    return false;
  }
  const types::Value constant = function.consts()[value.index()].value;
  return constant.is_unknown() ||
         (constant.is_int64() && constant.int64() == 0);
}

// A comparison of `value` with nil: the operator.
std::optional<TokenKind> NilComparison(const ssa::Function& function,
                                       const Inst& inst, Value value) {
  if (inst.op != Op::kBinOp) {
    return std::nullopt;
  }
  const auto op = static_cast<TokenKind>(inst.detail);
  const auto operands = function.Operands(inst);
  const bool is_with_nil =
      (operands[0] == value && dataflow::IsNilConst(function, operands[1])) ||
      (operands[1] == value && dataflow::IsNilConst(function, operands[0]));
  return is_with_nil && (op == TokenKind::kEql || op == TokenKind::kNeq)
             ? std::optional(op)
             : std::nullopt;
}

// Functions of the standard library that make values, and tell no one.
constexpr std::string_view kSilentPackages[] = {
    "bytes",   "errors",  "fmt",     "math", "path",
    "runtime", "strconv", "strings", "time", "unicode/utf8"};

bool IsSilentStandard(const types::Func& func) {
  if (func.package == nullptr || func.name == nullptr) {
    return false;
  }
  const std::string_view name = func.name->text();
  return std::ranges::count(kSilentPackages, func.package->path) > 0 &&
         !name.starts_with("Print") && !name.starts_with("Fprint");
}

// Whether someone learns of the panic in the blocks that only run if there was
// one.
class Telling {
 public:
  Telling(const ssa::Function& function, Analyses& analyses)
      : function_(function), analyses_(analyses) {}

  // Code that `from` leads to by its edge number `edge` and nothing else does.
  bool IsToldBehind(BlockId from, size_t edge) const {
    const BlockId head = function_.Succs(from)[edge];
    if (function_.Preds(head).size() != 1) {
      return false;
    }
    const auto& dominance = analyses_.Get<Dominance>(function_);
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return dominance.Dominates(head, inst.block) && Tells(inst);
    });
  }

  // A store of a failure into a result or a variable of the function around.
  bool StoresFailure() const {
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return inst.op == Op::kStore && StoresOutside(inst) &&
             IsError(function_.TypeOf(function_.Operands(inst)[1]));
    });
  }

 private:
  bool Tells(const Inst& inst) const {
    switch (inst.op) {
      case Op::kPanic:
      case Op::kSend:
      case Op::kMapUpdate:
      case Op::kGo:
        return true;
      case Op::kSelect:
        return std::ranges::any_of(
            function_.selects()[inst.aux],
            [](const ssa::SelectState& state) { return state.is_send; });
      case Op::kExit:
        return true;
      case Op::kStore:
        return StoresOutside(inst);
      case Op::kCall:
        return TellsByCall(inst);
      case Op::kReturn:
        // Of a helper that says so.
        return !function_.Operands(inst).empty();
      default:
        return false;
    }
  }

  static bool IsError(const types::Type* type) {
    const types::Named* const named =
        type == nullptr ? nullptr : types::AsNamed(type);
    return named != nullptr && named->obj->package == nullptr;
  }

  // Into what the function captured or was given. To set a result to nil tells
  // nobody.
  bool StoresOutside(const Inst& store) const {
    const auto operands = function_.Operands(store);
    const Value value = operands[1];
    if (types::HasNil(function_.TypeOf(value)) &&
        IsNilOrZero(function_, value) && IsResult(operands[0])) {
      return false;
    }
    if (IsBesideNilError(operands[0], value) || IsReadNowhere(operands[0]) ||
        IsCounterReset(operands[0], value)) {
      return false;
    }
    Value addr = operands[0];
    for (size_t n = 0; n < kMaxFlows && addr.is_inst(); ++n) {
      const Inst& inst = function_.inst(addr.inst());
      if (inst.op == Op::kAlloc) {
        return false;
      }
      if (inst.op != Op::kFieldAddr && inst.op != Op::kIndexAddr &&
          inst.op != Op::kLoad) {
        return true;
      }
      addr = function_.Operands(inst)[0];
    }
    return true;
  }

  // A local variable that is read in the deferring function alone, which does
  // not go on after a panic.
  bool IsReadNowhere(Value addr) const {
    if (addr.kind() != Value::Kind::kFreeVar || IsResult(addr)) {
      return false;
    }
    const dataflow::Origin variable = dataflow::VariableOf(function_, addr);
    const auto& runs = analyses_.Get<dataflow::FunctionRuns>(function_);
    if (variable.function == nullptr ||
        variable.function != function_.parent() || runs.may_be_more() ||
        !std::ranges::all_of(runs.sites(), [&](const dataflow::RunSite& site) {
          return site.kind == dataflow::RunKind::kDeferred &&
                 site.function == variable.function;
        })) {
      return false;
    }
    const dataflow::VariableUses uses = dataflow::UsesOf(variable);
    return !uses.escapes && uses.parts.empty() &&
           std::ranges::all_of(uses.loads,
                               [&](const dataflow::VariableUse& load) {
                                 return load.function == variable.function &&
                                        !IsReturned(*load.function, load.inst);
                               });
  }

  // It is lost then, which is another mistake.
  static bool IsReturned(const ssa::Function& function, InstId load) {
    return std::ranges::any_of(function.UsersOf(load), [&](InstId user) {
      const Inst& inst = function.inst(user);
      return inst.op == Op::kReturn ||
             (inst.op == Op::kStore &&
              std::ranges::count(function.result_cells(),
                                 function.Operands(inst)[0]) > 0);
    });
  }

  // `e.depth = 0`: it is cleaned up.
  bool IsCounterReset(Value addr, Value value) const {
    const types::Type* const type = function_.TypeOf(value);
    return addr.is_inst() && function_.inst(addr.inst()).op == Op::kFieldAddr &&
           types::TryAs<types::Basic>(type) != nullptr &&
           !types::IsBoolean(type) && IsNilOrZero(function_, value);
  }

  // `n = 0` or `out = in` where the results are (n, err): the error stays nil,
  // and the caller takes the value for a good one.
  bool IsBesideNilError(Value addr, Value value) const {
    if (addr.kind() != Value::Kind::kFreeVar ||
        IsError(function_.TypeOf(value)) ||
        types::IsBoolean(function_.TypeOf(value))) {
      return false;
    }
    const types::Var* const var = function_.free_vars()[addr.index()].var;
    const ssa::Function* const around = function_.parent();
    if (var == nullptr || var->var_kind != types::VarKind::kResultVar ||
        around == nullptr || around->result_types().empty() ||
        !IsError(around->result_types().back())) {
      return false;
    }
    return dataflow::IsZeroConst(function_, value) ||
           (value.is_inst() && function_.inst(value.inst()).op == Op::kLoad);
  }

  // A named result of the function around, or what a helper is given of one.
  bool IsResult(Value addr) const {
    if (addr.kind() != Value::Kind::kFreeVar) {
      return true;
    }
    const types::Var* const var = function_.free_vars()[addr.index()].var;
    return var == nullptr || var->var_kind == types::VarKind::kResultVar;
  }

  bool TellsByCall(const Inst& call) const {
    const auto operands = function_.Operands(call);
    if (ModeOf(call) == CallMode::kBuiltin) {
      const auto id = static_cast<types::BuiltinId>(operands[0].index());
      return id == types::BuiltinId::kPrint ||
             id == types::BuiltinId::kPrintln || id == types::BuiltinId::kPanic;
    }
    const types::Func* const named = dataflow::NamedCallee(function_, call);
    if (named == nullptr) {
      return !dataflow::ValuePanicsNever(function_.TypeOf(operands[0])) &&
             !IsReleaseVariable(call);
    }
    if (IsSilentStandard(*named) ||
        (named->name != nullptr &&
         knowledge::NamesRelease(named->name->text()))) {
      return false;
    }
    const dataflow::Summary summary =
        analyses_.program().SummaryOfCall(function_, call);
    return !summary.is_known || summary.has_effects ||
           (summary.ends & (dataflow::kPanics | dataflow::kExitsProcess |
                            dataflow::kGoexits)) != 0;
  }

  // `cleanup()` of a variable.
  bool IsReleaseVariable(const Inst& call) const {
    const Value callee = function_.Operands(call)[0];
    if (callee.kind() == Value::Kind::kParam) {
      const types::Var* const var = function_.params()[callee.index()].var;
      return var != nullptr && var->name != nullptr &&
             knowledge::NamesRelease(var->name->text());
    }
    if (!callee.is_inst() || function_.inst(callee.inst()).op != Op::kLoad) {
      return false;
    }
    const Value addr = function_.Operands(function_.inst(callee.inst()))[0];
    if (addr.kind() != Value::Kind::kFreeVar) {
      return false;
    }
    const types::Var* const var = function_.free_vars()[addr.index()].var;
    return var != nullptr && var->name != nullptr &&
           knowledge::NamesRelease(var->name->text());
  }

  const ssa::Function& function_;
  Analyses& analyses_;
};

// Follows the recovered value through variables.
class UseFinder {
 public:
  explicit UseFinder(Analyses& analyses) : analyses_(analyses) {}

  RecoveredUse Find(const ssa::Function& function, Value value) {
    pending_.push_back({&function, value});
    while (!pending_.empty() && seen_.size() < kMaxFlows && !is_used_) {
      const dataflow::Origin next = pending_.back();
      pending_.pop_back();
      if (std::ranges::count(seen_, next) == 0) {
        seen_.push_back(next);
        ExamineUses(*next.function, next.value);
      }
    }
    if (is_used_ || !pending_.empty()) {
      return RecoveredUse::kUsed;
    }
    return is_told_ || Telling(function, analyses_).StoresFailure()
               ? RecoveredUse::kTold
               : RecoveredUse::kDropped;
  }

 private:
  void ExamineUses(const ssa::Function& function, Value value) {
    for (const Inst& inst : function.insts()) {
      if (std::ranges::count(function.Operands(inst), value) > 0) {
        ExamineUse(function, inst, value);
      }
    }
  }

  void ExamineUse(const ssa::Function& function, const Inst& inst,
                  Value value) {
    if (const auto op = NilComparison(function, inst, value)) {
      ExamineTest(function, inst, *op);
      return;
    }
    switch (inst.op) {
      case Op::kPhi:
        pending_.push_back({&function, function.IdOf(inst)});
        return;
      case Op::kStore: {
        const dataflow::Origin variable =
            dataflow::VariableOf(function, function.Operands(inst)[0]);
        if (variable.function == nullptr || !variable.value.is_inst()) {
          is_used_ = true;
          return;
        }
        const dataflow::VariableUses uses = dataflow::UsesOf(variable);
        // What others see is stored for them.
        if (uses.escapes || variable.function != &function) {
          is_used_ = true;
          return;
        }
        for (const dataflow::VariableUse& load : uses.loads) {
          pending_.push_back({load.function, load.inst});
        }
        return;
      }
      default:
        is_used_ = true;
    }
  }

  // `r != nil`, in a branch: what the branches do. Elsewhere it is a value that
  // is used.
  void ExamineTest(const ssa::Function& function, const Inst& test,
                   TokenKind op) {
    const Value result = function.IdOf(test);
    const Telling telling(function, analyses_);
    for (const Inst& inst : function.insts()) {
      if (std::ranges::count(function.Operands(inst), result) == 0) {
        continue;
      }
      if (inst.op != Op::kIf) {
        is_used_ = true;
        return;
      }
      const size_t panicking = op == TokenKind::kNeq ? 0 : 1;
      is_told_ |= telling.IsToldBehind(inst.block, panicking);
      // "There should have been a panic": the function is there to see one.
      is_told_ |= telling.IsToldBehind(inst.block, 1 - panicking);
    }
  }

  Analyses& analyses_;
  std::vector<dataflow::Origin> pending_;
  std::vector<dataflow::Origin> seen_;
  bool is_used_ = false;
  bool is_told_ = false;
};

}  // namespace

RecoveredUse UseOfRecovered(const ssa::Function& function, InstId recover,
                            Analyses& analyses) {
  if (function.inst(recover).op == Op::kDefer) {
    return RecoveredUse::kDropped;
  }
  return UseFinder(analyses).Find(function, recover);
}

MadeFrom::MadeFrom(const ssa::Function& function, InstId source)
    : is_made_(function.insts().size()) {
  is_made_[source.index] = true;
  std::vector<bool> free_vars(function.free_vars().size());
  const auto holds = [&](Value value) {
    return (value.is_inst() && is_made_[value.index()]) ||
           (value.kind() == Value::Kind::kFreeVar && free_vars[value.index()]);
  };
  const auto mark = [&](Value value) {
    if (holds(value)) {
      return false;
    }
    if (value.is_inst()) {
      is_made_[value.index()] = true;
      return true;
    }
    if (value.kind() == Value::Kind::kFreeVar) {
      free_vars[value.index()] = true;
      return true;
    }
    return false;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const Inst& inst : function.insts()) {
      const auto operands = function.Operands(inst);
      if (inst.op == Op::kStore) {
        if (!holds(operands[1])) {
          continue;
        }
        // The variable, and what it is part of.
        Value addr = operands[0];
        changed |= mark(addr);
        while (addr.is_inst() &&
               (function.inst(addr.inst()).op == Op::kFieldAddr ||
                function.inst(addr.inst()).op == Op::kIndexAddr ||
                function.inst(addr.inst()).op == Op::kLoad)) {
          addr = function.Operands(function.inst(addr.inst()))[0];
          changed |= mark(addr);
        }
        continue;
      }
      if (std::ranges::any_of(operands, holds)) {
        changed |= mark(function.IdOf(inst));
      }
    }
  }
}

bool MadeFrom::Contains(Value value) const {
  return value.is_inst() && is_made_[value.index()];
}

PanicIs PanicAt(const ssa::Function& function, InstId recover, InstId at,
                Analyses& analyses) {
  PanicIs result = PanicIs::kUnknown;
  analyses.Get<Dominance>(function).AnyCondition(
      function.inst(at).block, [&](Value condition, bool is_true) {
        if (!condition.is_inst()) {
          return false;
        }
        const auto op =
            NilComparison(function, function.inst(condition.inst()), recover);
        if (!op) {
          return false;
        }
        result = (*op == TokenKind::kNeq) == is_true ? PanicIs::kUnderWay
                                                     : PanicIs::kNot;
        return true;
      });
  return result;
}

}  // namespace gdlint::checks
