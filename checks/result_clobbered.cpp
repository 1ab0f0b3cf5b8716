#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/knowledge/release_names.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "dataflow/accesses.h"
#include "dataflow/flow_order.h"
#include "dataflow/named_results.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/object.h"

namespace gdlint::checks {
namespace {

using dataflow::Access;
using dataflow::AccessKind;
using dataflow::Condition;
using dataflow::DeferredCall;
using dataflow::DeferredCalls;
using dataflow::FlowOrder;
using dataflow::NamedResults;
using dataflow::Origin;
using dataflow::ResultWrite;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Helpers are followed so deep.
constexpr int kMaxDepth = 3;

// A place that holds something worth keeping.
struct Site {
  const Function* function = nullptr;
  InstId inst;
};

bool IsRecover(const Function& function, Value value) {
  if (!value.is_inst()) {
    return false;
  }
  const Inst& inst = function.inst(value.inst());
  if (inst.op != Op::kCall) {
    return false;
  }
  const Value callee = function.Operands(inst)[0];
  return callee.kind() == Value::Kind::kBuiltin &&
         static_cast<types::BuiltinId>(callee.index()) ==
             types::BuiltinId::kRecover;
}

// The call that a value is the result, or one of the results, of.
const Inst* CallOf(const Function& function, Value value) {
  value = dataflow::StripConversions(function, value);
  if (value.is_inst() && function.inst(value.inst()).op == Op::kExtract) {
    value = function.Operands(function.inst(value.inst()))[0];
  }
  if (!value.is_inst() || function.inst(value.inst()).op != Op::kCall) {
    return nullptr;
  }
  return &function.inst(value.inst());
}

// The address of a result, as a deferred function has it.
class Overwrites {
 public:
  Overwrites(PackagePass& pass, const Function& function, Value address,
             bool is_error)
      : pass_(pass),
        function_(function),
        address_(address),
        is_error_(is_error) {}

  // `store` puts something else there without regard to what is there.
  //
  // Not asked here: whether a flag that it hangs on is set (see
  // FunctionCheck::IsForPanics).
  bool IsBlind(InstId store) const {
    const Inst& inst = function_.inst(store);
    const Value value =
        dataflow::StripConversions(function_, function_.Operands(inst)[1]);
    const auto is_own = [&](Value part) { return IsOld(part); };
    const auto is_recovered = [&](Value part) {
      return IsRecover(function_, part) || IsFromRecoverHelper(part);
    };
    if (dataflow::IsMadeOf(function_, value, is_own) ||
        dataflow::IsCollectedFrom(function_, value, is_own) ||
        dataflow::IsMadeOf(function_, value, is_recovered) ||
        IsContextError(value)) {
      return false;
    }
    if (!is_error_) {
      return IsSure(store) && !IsStoredElsewhere();
    }
    for (const Condition& condition :
         pass_.Get<FlowOrder>(function_).ConditionsOf(inst.block)) {
      const auto test = dataflow::NilTestOf(function_, condition.value);
      const bool is_set = test && test->is_equal != condition.holds;
      if (is_set && test->tested == value && IsToldBefore(store)) {
        // One error instead of another that was logged.
        return false;
      }
      if (dataflow::IsMadeOf(function_, condition.value, is_recovered)) {
        if (!test || is_set) {
          return false;
        }
        // There was no panic.
        continue;
      }
      if (!dataflow::IsMadeOf(function_, condition.value, is_own)) {
        continue;
      }
      // It was looked at. `if err != nil { err = tx.Rollback() }` loses it all
      // the same.
      if (!is_set || !IsRelease(value)) {
        return false;
      }
    }
    // `if err != nil && c != nil { … } else if c != nil { err = c }`.
    return pass_.Get<FlowOrder>(function_).MayComeWithout(
        inst.block, [&](const Condition& condition) {
          const auto test = dataflow::NilTestOf(function_, condition.value);
          return test && test->is_equal == condition.holds &&
                 IsOld(test->tested);
        });
  }

  // `if p := recovered(); p != nil`: meant for panics, whether it works or not.
  bool IsFromRecoverHelper(Value value) const {
    return value.is_inst() && function_.inst(value.inst()).op == Op::kCall &&
           pass_.program()
               .SummaryOfCall(function_, function_.inst(value.inst()))
               .calls_recover;
  }

  // `call` gives the address to a function that does so; `operand` says where.
  bool IsBlindHelper(const Access& passed, int depth) const {
    const dataflow::PassedTo target =
        dataflow::ParamOf(passed, pass_.program());
    if (target.body == nullptr || depth == kMaxDepth || passed.is_part) {
      return false;
    }
    return Overwrites(pass_, *target.body, target.param, is_error_)
        .HasBlind(depth);
  }

  bool HasBlind(int depth) const {
    return std::ranges::any_of(
        dataflow::AccessesOf(function_, address_), [&](const Access& access) {
          if (access.function != &function_ || access.is_part) {
            return false;
          }
          switch (access.kind) {
            case AccessKind::kStore:
              return IsBlind(access.inst);
            case AccessKind::kPassed:
              return function_.inst(access.inst).op == Op::kCall &&
                     IsBlindHelper(access, depth + 1);
            default:
              return false;
          }
        });
  }

 private:
  bool IsOld(Value value) const {
    if (!value.is_inst()) {
      return false;
    }
    const Inst& inst = function_.inst(value.inst());
    return inst.op == Op::kLoad && function_.Operands(inst)[0] == address_;
  }

  // On every way there what is there was given to a call, such as one that
  // logs it.
  bool IsToldBefore(InstId store) const {
    const FlowOrder& order = pass_.Get<FlowOrder>(function_);
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      // An argument of a variadic call is an element of its list.
      const bool is_told =
          (inst.op == Op::kStore && function_.Operands(inst)[0].is_inst() &&
           function_.inst(function_.Operands(inst)[0].inst()).op ==
               Op::kIndexAddr) ||
          inst.op == Op::kCall;
      return is_told && order.Dominates(function_.IdOf(inst), store) &&
             std::ranges::any_of(
                 function_.Operands(inst).subspan(1), [&](Value operand) {
                   return IsOld(dataflow::StripConversions(function_, operand));
                 });
    });
  }

  // `w := wrapper{old: f}; f = w.call`: what was there is a part of something.
  bool IsStoredElsewhere() const {
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return inst.op == Op::kStore && function_.Operands(inst)[0] != address_ &&
             IsOld(function_.Operands(inst)[1]);
    });
  }

  // Each time that the function returns it has done so.
  bool IsSure(InstId store) const {
    const FlowOrder& order = pass_.Get<FlowOrder>(function_);
    for (uint32_t b = 0; b < function_.blocks().size(); ++b) {
      const Inst& last = function_.Terminator(ssa::BlockId{b});
      const InstId avoided[] = {store};
      if (last.op == Op::kReturn &&
          order.MayReachWithout(function_.IdOf(last), avoided)) {
        return false;
      }
    }
    return true;
  }

  // `ctx.Err()`, `context.Cause(ctx)`: why something failed says more than what
  // failed.
  bool IsContextError(Value value) const {
    const Inst* const call = CallOf(function_, value);
    if (call == nullptr) {
      return false;
    }
    const types::Func* const func = dataflow::NamedCallee(function_, *call);
    if (func == nullptr) {
      return false;
    }
    const std::string name = dataflow::FullName(*func);
    return name == "(context.Context).Err" || name == "context.Cause";
  }

  bool IsRelease(Value value) const {
    const Inst* const call = CallOf(function_, value);
    if (call == nullptr) {
      return false;
    }
    const std::string_view name = CalleeNameOf(function_, *call);
    return knowledge::NamesRelease(name) || name.starts_with("Undo") ||
           name.starts_with("undo") || name.starts_with("Abort") ||
           name.starts_with("abort") || name.starts_with("Commit") ||
           name.starts_with("Sync") || name.starts_with("sync") ||
           name.starts_with("Unmount");
  }

  PackagePass& pass_;
  const Function& function_;
  Value address_;
  bool is_error_;
};

class FunctionCheck {
 public:
  FunctionCheck(PackagePass& pass, const Function& function)
      : pass_(pass),
        function_(function),
        deferred_(pass.Get<DeferredCalls>(function)),
        results_(pass.Get<NamedResults>(function)) {}

  void Run() {
    const auto writes = results_.writes();
    for (uint32_t i = 0; i < writes.size(); ++i) {
      const ResultWrite& write = writes[i];
      if (write.by == dataflow::kNoDeferredCall || write.is_part ||
          results_.FateOf(i) == dataflow::WriteFate::kLost) {
        continue;
      }
      const DeferredCall& call = deferred_.calls()[write.by];
      if (call.body != write.function) {
        continue;
      }
      const bool is_error =
          dataflow::IsErrorType(function_.result_types()[write.result]);
      const Value address = AddressIn(call, write);
      if (!address.has_value()) {
        continue;
      }
      const Overwrites overwrites(pass_, *write.function, address, is_error);
      if (write.is_store ? !overwrites.IsBlind(write.inst)
                         : !HasBlindHelper(overwrites, write, address)) {
        continue;
      }
      if (IsForPanics(call, write)) {
        continue;
      }
      if (const std::optional<Site> lost = WorthKeeping(call, write)) {
        Report(call, write, *lost, is_error);
      }
    }
  }

 private:
  // The address of the result in the deferred function.
  Value AddressIn(const DeferredCall& call, const ResultWrite& write) const {
    const Function& body = *write.function;
    const Origin cell{&function_, function_.result_cells()[write.result]};
    for (uint32_t i = 0; i < body.free_vars().size(); ++i) {
      const Value free(Value::Kind::kFreeVar, i);
      if (dataflow::VariableOf(body, free) == cell) {
        return free;
      }
    }
    const auto args = call.Args();
    for (uint32_t i = 0; i < args.size() && i < body.params().size(); ++i) {
      if (dataflow::VariableOf(*call.function, args[i]) == cell) {
        return Value(Value::Kind::kParam, i);
      }
    }
    return {};
  }

  // It hangs on a flag that every return behind the `defer` has taken back:
  // `panicked := true; defer …; f(); panicked = false; return`.
  bool IsForPanics(const DeferredCall& call, const ResultWrite& write) const {
    const Function& body = *write.function;
    if (call.function != &function_) {
      return false;
    }
    for (const Condition& condition :
         pass_.Get<FlowOrder>(body).ConditionsOf(body.inst(write.inst).block)) {
      if (!condition.value.is_inst() ||
          body.inst(condition.value.inst()).op != Op::kLoad) {
        continue;
      }
      const Origin flag = dataflow::VariableOf(
          body, body.Operands(body.inst(condition.value.inst()))[0]);
      if (flag.function == &function_ && flag.value.is_inst() &&
          IsTakenBack(call, flag, condition.holds)) {
        return true;
      }
    }
    return false;
  }

  bool IsTakenBack(const DeferredCall& call, const Origin& flag,
                   bool holds) const {
    std::vector<InstId> stores;
    for (const Access& access : dataflow::AccessesOf(flag)) {
      if (access.kind != AccessKind::kStore || access.function != &function_) {
        continue;
      }
      const auto value = dataflow::ConstantOf(
          function_, function_.Operands(function_.inst(access.inst))[1]);
      if (value && value->kind() == types::ConstantKind::kBool &&
          types::constant::BoolValue(*value) != holds) {
        stores.push_back(access.inst);
      }
    }
    const FlowOrder& order = pass_.Get<FlowOrder>(function_);
    return !stores.empty() &&
           std::ranges::none_of(
               results_.exits(), [&](const dataflow::ResultExit& exit) {
                 return !exit.is_recovery &&
                        order.MayFollowWithout(call.inst, exit.inst, stores);
               });
  }

  bool HasBlindHelper(const Overwrites& overwrites, const ResultWrite& write,
                      Value address) const {
    return std::ranges::any_of(dataflow::AccessesOf(*write.function, address),
                               [&](const Access& access) {
                                 return access.kind == AccessKind::kPassed &&
                                        access.function == write.function &&
                                        access.inst == write.inst &&
                                        overwrites.IsBlindHelper(access, 1);
                               });
  }

  // Another write that the deferred call may find: behind its `defer`, or by a
  // deferred call that runs before it.
  std::optional<Site> WorthKeeping(const DeferredCall& call,
                                   const ResultWrite& lost) const {
    for (const ResultWrite& write : results_.writes()) {
      if (write.result != lost.result || !write.is_store ||
          (write.function == lost.function && write.inst == lost.inst) ||
          (write.by != dataflow::kNoDeferredCall &&
           deferred_.calls()[write.by].body != write.function)) {
        continue;
      }
      const bool is_own = write.by == dataflow::kNoDeferredCall;
      const DeferredCall* const other =
          is_own ? nullptr : &deferred_.calls()[write.by];
      const Function& in = is_own ? *write.function : *other->function;
      const InstId at = is_own ? write.inst : other->inst;
      if (other == &call ||
          !deferred_.MayFollow(*call.function, call.inst, in, at)) {
        continue;
      }
      if (HasWorth(write) && !IsOfSameErrors(lost, write) &&
          !IsForLater(lost, write) && !IsForOtherResult(lost, write) &&
          !IsChosen(call, lost, write)) {
        return Site{write.function, write.inst};
      }
    }
    return std::nullopt;
  }

  // `if secret { defer func() { value = "" }() }`: of ways that come to the
  // same value some were told to give a constant instead.
  bool IsChosen(const DeferredCall& call, const ResultWrite& lost,
                const ResultWrite& kept) const {
    const Function& body = *lost.function;
    const InstId avoided[] = {call.inst};
    return lost.is_store && call.function == &function_ &&
           kept.function == &function_ &&
           !dataflow::IsErrorType(function_.result_types()[lost.result]) &&
           dataflow::ConstantOf(body, body.Operands(body.inst(lost.inst))[1]) &&
           pass_.Get<FlowOrder>(function_).MayReachWithout(kept.inst, avoided);
  }

  // `if activeErr != nil { retErr = undo() }`, where nothing has set activeErr
  // yet when the other error is returned.
  bool IsForLater(const ResultWrite& lost, const ResultWrite& kept) const {
    const Function& body = *lost.function;
    const auto is_guard = [&](const Condition& condition) {
      const auto test = dataflow::NilTestOf(body, condition.value);
      if (!test || test->is_equal == condition.holds ||
          !test->tested.is_inst() ||
          body.inst(test->tested.inst()).op != Op::kLoad) {
        return false;
      }
      const Origin variable = dataflow::VariableOf(
          body, body.Operands(body.inst(test->tested.inst()))[0]);
      return variable.function == &function_ && variable.value.is_inst() &&
             !MayBeSetBefore(variable, kept);
    };
    return std::ranges::any_of(
        pass_.Get<FlowOrder>(body).ConditionsOf(body.inst(lost.inst).block),
        is_guard);
  }

  // `if res == nil { return }; err = res.Check()`, where the other error is
  // returned with nil.
  bool IsForOtherResult(const ResultWrite& lost,
                        const ResultWrite& kept) const {
    const Function& body = *lost.function;
    if (kept.function != &function_) {
      return false;
    }
    return std::ranges::any_of(
        pass_.Get<FlowOrder>(body).ConditionsOf(body.inst(lost.inst).block),
        [&](const Condition& condition) {
          const auto test = dataflow::NilTestOf(body, condition.value);
          if (!test || test->is_equal == condition.holds ||
              !test->tested.is_inst() ||
              body.inst(test->tested.inst()).op != Op::kLoad) {
            return false;
          }
          const Origin variable = dataflow::VariableOf(
              body, body.Operands(body.inst(test->tested.inst()))[0]);
          return variable.function == &function_ &&
                 std::ranges::count(function_.result_cells(), variable.value) >
                     0 &&
                 IsLeftNil(variable.value, function_.inst(kept.inst).block);
        });
  }

  // The last store to the result in that block, which returns, is of nil.
  bool IsLeftNil(Value cell, ssa::BlockId block) const {
    bool is_nil = false;
    for (const Inst& inst : function_.InstsOf(block)) {
      if (inst.op == Op::kStore && function_.Operands(inst)[0] == cell) {
        is_nil = dataflow::IsNilConst(function_, function_.Operands(inst)[1]);
      }
    }
    return is_nil;
  }

  bool MayBeSetBefore(const Origin& variable, const ResultWrite& kept) const {
    return std::ranges::any_of(
        dataflow::AccessesOf(variable), [&](const Access& access) {
          if (access.kind == AccessKind::kLoad) {
            return false;
          }
          if (access.kind != AccessKind::kStore) {
            return true;
          }
          const Function& in = *access.function;
          if (dataflow::IsZeroConst(in, in.Operands(in.inst(access.inst))[1])) {
            return false;
          }
          return &in != &function_ || kept.function != &function_ ||
                 pass_.Get<FlowOrder>(function_).MayFollow(access.inst,
                                                           kept.inst);
        });
  }

  // Both are made of one variable that collects errors: `return errs.OrNil()`,
  // and once more when that has all of them.
  bool IsOfSameErrors(const ResultWrite& lost, const ResultWrite& kept) const {
    const Function& body = *lost.function;
    const Function& in = *kept.function;
    if (!lost.is_store) {
      return false;
    }
    const Value value = body.Operands(body.inst(lost.inst))[1];
    for (uint32_t i = 0; i < body.free_vars().size(); ++i) {
      const Origin variable =
          dataflow::VariableOf(body, Value(Value::Kind::kFreeVar, i));
      const types::Var* const var = VarOf(variable);
      if (var != nullptr && HoldsErrors(var->type) &&
          dataflow::IsMadeOfVariable(body, value, variable) &&
          dataflow::IsMadeOfVariable(in, in.Operands(in.inst(kept.inst))[1],
                                     variable)) {
        return true;
      }
    }
    return false;
  }

  // `error`, or a type like `*multierror.Error`.
  static bool HoldsErrors(const types::Type* type) {
    if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
      type = pointer->elem;
    }
    const types::Named* const named = types::AsNamed(type);
    return dataflow::IsErrorType(type) ||
           (named != nullptr &&
            named->obj->name->text().find("Error") != std::string_view::npos);
  }

  bool HasWorth(const ResultWrite& write) const {
    const Function& in = *write.function;
    const Value value =
        dataflow::StripConversions(in, in.Operands(in.inst(write.inst))[1]);
    const Origin cell{&function_, function_.result_cells()[write.result]};
    if (dataflow::IsZeroConst(in, value) ||
        dataflow::IsLoadOf(in, value, cell)) {
      return false;
    }
    // `if err := f(); err == nil { return err }`
    return std::ranges::none_of(
        pass_.Get<FlowOrder>(in).ConditionsOf(in.inst(write.inst).block),
        [&](const Condition& condition) {
          const auto test = dataflow::NilTestOf(in, condition.value);
          return test && test->tested == value &&
                 test->is_equal == condition.holds;
        });
  }

  void Report(const DeferredCall& call, const ResultWrite& write,
              const Site& lost, bool is_error) {
    const std::string_view name =
        NameOf(VarOf({&function_, function_.result_cells()[write.result]}));
    const uint32_t line =
        LineOf(*lost.function, lost.function->inst(lost.inst).pos);
    // A helper does not know whose result it writes.
    const Function& in = call.is_own_literal ? *write.function : *call.function;
    const InstId at = call.is_own_literal ? write.inst : call.inst;
    Finding finding = pass_.Report(
        in, StatementSpanOf(in, at), "{}",
        is_error
            ? fmt::format(
                  "this overwrites the error that `{}` may hold, such as that "
                  "of line {}; keep the first one (`if {} == nil`), or join "
                  "them: `errors.Join({}, …)`",
                  name, line, name, name)
            : fmt::format("this overwrites what `{}` holds, such as the value "
                          "of line {}",
                          name, line));
    finding.Note(SpanOfInst(pass_, *lost.function, lost.inst),
                 "what is set here is lost");
  }

  source::Span StatementSpanOf(const Function& in, InstId at) {
    const ast::NodeId stmt = StatementOf(pass_, in, at);
    if (stmt.kind() == ast::NodeKind::kAssignStmt ||
        stmt.kind() == ast::NodeKind::kIncDecStmt) {
      return ast::SpanOf(PackagePass::TreeOf(in), stmt);
    }
    return stmt.kind() == ast::NodeKind::kDeferStmt ? DeferSpanOf(pass_, in, at)
                                                    : SpanOfInst(pass_, in, at);
  }

  PackagePass& pass_;
  const Function& function_;
  const DeferredCalls& deferred_;
  const NamedResults& results_;
};

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->outermost() == function && function->has_defers() &&
        function->unit() != nullptr) {
      FunctionCheck(pass, *function).Run();
    }
  }
}

constexpr std::string_view kWhat = R"(
A deferred function assigns a named result without regard to what it holds, where that may be worth keeping:

- `defer func() { err = f.Close() }()`: the error that the function returns is replaced by that of `Close`, which is
  nil as a rule;
- `if cerr := f.Close(); cerr != nil { err = cerr }`: a second error hides the first, the cause;
- `if err != nil { err = tx.Rollback() }`: the failure becomes a success if the rollback works;
- the same through a helper that is given `&err`: at the deferred call;
- any other result that each run of the deferred function overwrites.
)";

constexpr std::string_view kWhy = R"(
The deferred function runs when the results are set already. Overwriting the error with that of a cleanup makes a
failed call look like one that worked: half of a file is taken for the whole.
)";

constexpr std::string_view kNotFlagged = R"(
- `if err == nil { err = cerr }`, `errors.Join(err, …)`, `fmt.Errorf("…: %w", err)` and whatever else is made from the
  old value;
- assignments that hang on a look at the old value, such as `if errors.Is(err, io.EOF) { err = nil }`; but for the
  result of a cleanup;
- an error set from a recovered panic;
- `err = ctx.Err()`: the reason rather than its consequence;
- functions in which no `return` behind the `defer` sets anything but nil or zero;
- results other than errors that the deferred function sets on some of its ways only.
)";

constexpr GoFact kFacts[] = {
    {.claim =
         "`return` sets the named result before the deferred calls run; the "
         "last assignment counts.",
     .program = R"(package main

import (
	"errors"
	"fmt"
)

func cleanup() error { return nil }

func overwritten() (err error) {
	defer func() { err = cleanup() }()
	return errors.New("disk full")
}

func kept() (err error) {
	defer func() { err = errors.Join(err, cleanup()) }()
	return errors.New("disk full")
}

func main() {
	fmt.Println(overwritten())
	fmt.Println(kept())
}
)",
     .output = "<nil>\ndisk full\n"},
};

}  // namespace

extern const Check result_clobbered = {
    .name = "result-clobbered",
    .doc =
        {
            .summary = "a deferred function overwrites a result that is worth "
                       "keeping",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"io"
	"os"
)

func save(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = f.Close() }()
	_, err = io.Copy(f, r)
	return err
}

func main() { _ = save("x", nil) }
)",
            .good = R"(package main

import (
	"errors"
	"io"
	"os"
)

func save(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, r)
	return err
}

func main() { _ = save("x", nil) }
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.2",
            .aka = {},
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
