#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "dataflow/accesses.h"
#include "dataflow/flow_order.h"
#include "dataflow/named_results.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using dataflow::Access;
using dataflow::AccessKind;
using dataflow::DeferredCall;
using dataflow::DeferredCalls;
using dataflow::FlowOrder;
using dataflow::Origin;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Of expressions in a return statement.
constexpr int kMaxDepth = 4;

enum class Loss {
  // A variable whose value the results were made of before.
  kReturned,
  // An error that is never looked at.
  kError,
  // A variable of the deferred function that hides the result.
  kShadow,
  // A parameter of the deferred function.
  kCopy,
  // A variable of the function itself that hides the result.
  kInner,
};

class FunctionCheck {
 public:
  FunctionCheck(PackagePass& pass, const Function& function)
      : pass_(pass),
        function_(function),
        deferred_(pass.Get<DeferredCalls>(function)) {}

  void Run() {
    for (const DeferredCall& call : deferred_.calls()) {
      if (call.body == nullptr) {
        continue;
      }
      if (call.is_own_literal) {
        CheckCaptured(call);
        CheckOwnVariables(call);
      }
      CheckArguments(call);
    }
  }

 private:
  // A variable of this activation that is no result.
  bool IsLocal(const Origin& variable) const {
    return variable.function != nullptr && variable.value.is_inst() &&
           variable.function->outermost() == &function_ &&
           VarOf(variable) != nullptr &&
           !(variable.function == &function_ &&
             std::ranges::count(function_.result_cells(), variable.value) > 0);
  }

  // What the results are made of at some return.
  bool IsReturned(const Origin& variable) const {
    for (const Value cell : function_.result_cells()) {
      if (!cell.has_value()) {
        continue;
      }
      for (const Access& access :
           dataflow::AccessesOf(Origin{&function_, cell})) {
        if (access.kind != AccessKind::kStore) {
          continue;
        }
        const Function& in = *access.function;
        const Value value = dataflow::StripConversions(
            in, in.Operands(in.inst(access.inst))[1]);
        if (dataflow::IsLoadOf(in, value, variable) ||
            (IsPlain(variable) && IsMadeWith(in, value, variable, 0))) {
          return true;
        }
      }
    }
    return false;
  }

  // A number, string or truth value: to change one lets no memory go.
  static bool IsPlain(const Origin& variable) {
    return types::UnderAs<types::Basic>(VarOf(variable)->type) != nullptr;
  }

  // `n + 1`, `Report{Took: took}` or `&Report{Took: took}` of the variable.
  static bool IsMadeWith(const Function& in, Value value,
                         const Origin& variable, int depth) {
    value = dataflow::StripConversions(in, value);
    if (dataflow::IsLoadOf(in, value, variable)) {
      return true;
    }
    if (!value.is_inst() || depth == kMaxDepth) {
      return false;
    }
    const Inst& inst = in.inst(value.inst());
    const auto is_made = [&](Value part) {
      return IsMadeWith(in, part, variable, depth + 1);
    };
    switch (inst.op) {
      case Op::kBinOp:
        return std::ranges::any_of(in.Operands(inst), is_made);
      case Op::kLoad:
        return IsMadeWith(in, in.Operands(inst)[0], variable, depth);
      case Op::kAlloc:
        // Not a variable, which may be changed.
        return VarOf({&in, value}) == nullptr &&
               std::ranges::any_of(in.UsersOf(value.inst()), [&](InstId user) {
                 return IsFieldMade(in, user, is_made);
               });
      default:
        return false;
    }
  }

  static bool IsFieldMade(const Function& in, InstId field,
                          const auto& is_made) {
    return in.inst(field).op == Op::kFieldAddr &&
           std::ranges::any_of(in.UsersOf(field), [&](InstId user) {
             const Inst& store = in.inst(user);
             return store.op == Op::kStore &&
                    in.Operands(store)[0] == Value(field) &&
                    is_made(in.Operands(store)[1]);
           });
  }

  std::optional<Loss> LossOf(const Origin& variable) const {
    if (IsReturned(variable)) {
      return Loss::kReturned;
    }
    return dataflow::IsErrorType(VarOf(variable)->type)
               ? std::optional(Loss::kError)
               : std::nullopt;
  }

  // The accesses, unless someone may have the address that is not seen.
  std::optional<std::vector<Access>> KnownAccesses(
      const Origin& variable) const {
    std::vector<Access> accesses = dataflow::AccessesOf(variable);
    for (const Access& access : accesses) {
      if (access.kind == AccessKind::kEscape) {
        return std::nullopt;
      }
      if (access.kind == AccessKind::kPassed &&
          ((dataflow::EffectOf(access, pass_.program()) &
            dataflow::kMayDoAnything) != 0 ||
           access.function->inst(access.inst).op == Op::kGo)) {
        return std::nullopt;
      }
    }
    return accesses;
  }

  // Something may read the variable after `store` in the deferred `call`.
  bool MayBeRead(const DeferredCall& call, const Access& store,
                 const Origin& variable,
                 const std::vector<Access>& accesses) const {
    return std::ranges::any_of(accesses, [&](const Access& access) {
      if (access.kind == AccessKind::kStore) {
        return false;
      }
      const Function& in = *access.function;
      if (in.outermost() == &function_) {
        // The function itself is over, but for calls that it has deferred.
        return in.inst(access.inst).op == Op::kDefer &&
               RunsLater(in, access.inst, call);
      }
      if (dataflow::IsWithin(in, *call.body)) {
        return MayReadWithin(call, store, access, variable);
      }
      const DeferredCall* const other = deferred_.RunBy(in);
      return other == nullptr || RunsLater(*other->function, other->inst, call);
    });
  }

  // What is registered before runs after.
  bool RunsLater(const Function& function, InstId inst,
                 const DeferredCall& call) const {
    return deferred_.MayFollow(function, inst, *call.function, call.inst);
  }

  bool MayReadWithin(const DeferredCall& call, const Access& store,
                     const Access& read, const Origin& variable) const {
    const Function& in = *read.function;
    if (read.kind == AccessKind::kLoad &&
        dataflow::OnlyFlowsInto(in, read.inst, variable)) {
      return false;
    }
    if (&in == store.function && in.outermost() == &in) {
      return (&in != call.body) ||
             pass_.Get<FlowOrder>(in).MayFollow(store.inst, read.inst);
    }
    return true;
  }

  void CheckCaptured(const DeferredCall& call) {
    for (uint32_t i = 0; i < call.body->free_vars().size(); ++i) {
      const Origin variable =
          dataflow::VariableOf(*call.body, Value(Value::Kind::kFreeVar, i));
      if (!IsLocal(variable)) {
        continue;
      }
      const std::optional<Loss> loss = LossOf(variable);
      const auto accesses = KnownAccesses(variable);
      if (!loss || !accesses) {
        continue;
      }
      for (const Access& access : *accesses) {
        if (access.kind == AccessKind::kStore &&
            dataflow::IsWithin(*access.function, *call.body) &&
            IsWorthTelling(access, variable, *loss) &&
            !MayBeRead(call, access, variable, *accesses)) {
          ReportStore(access, VarOf(variable), *loss);
        }
      }
    }
  }

  // Setting a variable to nil or zero lets memory go, and means nothing else
  // unless another value of it was returned.
  bool IsWorthTelling(const Access& store, const Origin& variable,
                      Loss loss) const {
    const Function& in = *store.function;
    if (!dataflow::IsZeroConst(in, in.Operands(in.inst(store.inst))[1])) {
      return true;
    }
    return loss == Loss::kReturned && !ReturnedZero(store, variable);
  }

  // Where the deferred function comes to the store the function has returned
  // zero anyway: after a panic, or with an error.
  bool ReturnedZero(const Access& store, const Origin& variable) const {
    const Function& body = *store.function;
    return std::ranges::any_of(
        pass_.Get<FlowOrder>(body).ConditionsOf(body.inst(store.inst).block),
        [&](const dataflow::Condition& condition) {
          const auto test = dataflow::NilTestOf(body, condition.value);
          return test && test->is_equal != condition.holds &&
                 (IsRecovered(body, test->tested) ||
                  IsErrorBeside(body, test->tested, variable));
        });
  }

  static bool IsRecovered(const Function& body, Value value) {
    if (!value.is_inst() || body.inst(value.inst()).op != Op::kCall) {
      return false;
    }
    const Value callee = body.Operands(body.inst(value.inst()))[0];
    return callee.kind() == Value::Kind::kBuiltin &&
           static_cast<types::BuiltinId>(callee.index()) ==
               types::BuiltinId::kRecover;
  }

  // It is an error result that is nil wherever the variable is returned.
  bool IsErrorBeside(const Function& body, Value value,
                     const Origin& variable) const {
    if (!value.is_inst() || body.inst(value.inst()).op != Op::kLoad) {
      return false;
    }
    const Origin error =
        dataflow::VariableOf(body, body.Operands(body.inst(value.inst()))[0]);
    if (error.function != &function_ ||
        std::ranges::count(function_.result_cells(), error.value) == 0) {
      return false;
    }
    return std::ranges::all_of(function_.insts(), [&](const Inst& inst) {
      const bool is_returned =
          inst.op == Op::kStore &&
          std::ranges::count(function_.result_cells(),
                             function_.Operands(inst)[0]) > 0 &&
          dataflow::IsLoadOf(function_,
                             dataflow::StripConversions(
                                 function_, function_.Operands(inst)[1]),
                             variable);
      return !is_returned || StoresNil(inst.block, error.value);
    });
  }

  bool StoresNil(ssa::BlockId block, Value cell) const {
    return std::ranges::any_of(function_.InstsOf(block), [&](const Inst& inst) {
      return inst.op == Op::kStore && function_.Operands(inst)[0] == cell &&
             dataflow::IsZeroConst(function_, function_.Operands(inst)[1]);
    });
  }

  // `defer closeInto(&err)`.
  void CheckArguments(const DeferredCall& call) {
    const auto args = call.Args();
    for (uint32_t i = 0; i < args.size() && i < call.body->params().size();
         ++i) {
      const Origin variable = dataflow::VariableOf(*call.function, args[i]);
      if (!IsLocal(variable)) {
        continue;
      }
      const std::optional<Loss> loss = LossOf(variable);
      const auto accesses = KnownAccesses(variable);
      if (!loss || !accesses || !WritesLast(*call.body, i) ||
          IsReadByOthers(call, *accesses)) {
        continue;
      }
      Finding finding = pass_.Report(
          *call.function, DeferSpanOf(pass_, *call.function, call.inst),
          "what the deferred call stores in `{}` is lost: the function has "
          "returned its value by then; give the result a name and pass the "
          "address of that",
          NameOf(VarOf(variable)));
      NoteVariable(finding, VarOf(variable));
    }
  }

  // It stores through the parameter, and does not look at that afterwards.
  bool WritesLast(const Function& body, uint32_t param) {
    const auto accesses =
        dataflow::AccessesOf(body, Value(Value::Kind::kParam, param));
    const FlowOrder& order = pass_.Get<FlowOrder>(body);
    bool writes = false;
    for (const Access& access : accesses) {
      if (access.function != &body || access.kind == AccessKind::kEscape ||
          access.kind == AccessKind::kPassed) {
        return false;
      }
      if (access.kind != AccessKind::kStore) {
        continue;
      }
      writes = true;
      for (const Access& read : accesses) {
        if (read.kind == AccessKind::kLoad &&
            order.MayFollow(access.inst, read.inst)) {
          return false;
        }
      }
    }
    return writes;
  }

  bool IsReadByOthers(const DeferredCall& call,
                      const std::vector<Access>& accesses) const {
    return std::ranges::any_of(accesses, [&](const Access& access) {
      if (access.kind == AccessKind::kStore ||
          (access.function == call.function && access.inst == call.inst)) {
        return false;
      }
      const Function& in = *access.function;
      if (in.outermost() == &function_) {
        return in.inst(access.inst).op == Op::kDefer &&
               RunsLater(in, access.inst, call);
      }
      const DeferredCall* const other = deferred_.RunBy(in);
      return other == nullptr || RunsLater(*other->function, other->inst, call);
    });
  }

  // Variables and parameters of the literal itself.
  void CheckOwnVariables(const DeferredCall& call) {
    const Function& body = *call.body;
    for (const ssa::Binding& binding : body.bindings()) {
      if (binding.var == nullptr || !IsUnused(body, binding.value) ||
          binding.value.kind() == Value::Kind::kParam) {
        continue;
      }
      const std::optional<Loss> loss = OwnLoss(call, binding.var);
      if (loss && !dataflow::IsZeroConst(body, binding.value)) {
        ReportBinding(body, binding, *loss);
      }
    }
    for (const Inst& inst : body.insts()) {
      if (inst.op == Op::kAlloc) {
        CheckOwnMemory(call, body.IdOf(inst));
      }
    }
  }

  // A parameter or variable that lies in memory, such as a struct.
  void CheckOwnMemory(const DeferredCall& call, InstId alloc) {
    const Origin variable{call.body, alloc};
    const types::Var* const var = VarOf(variable);
    const std::optional<Loss> loss =
        var != nullptr ? OwnLoss(call, var) : std::nullopt;
    if (!loss) {
      return;
    }
    const std::vector<Access> accesses = dataflow::AccessesOf(variable);
    std::vector<const Access*> stores;
    for (const Access& access : accesses) {
      const Inst& inst = access.function->inst(access.inst);
      if (access.kind != AccessKind::kStore || access.function != call.body) {
        return;
      }
      // But for the parameter's own value.
      if (access.function->Operands(inst)[1].kind() != Value::Kind::kParam) {
        stores.push_back(&access);
      }
    }
    for (const Access* store : stores) {
      ReportStore(*store, var, *loss);
    }
  }

  // Of a variable that `call`'s literal declares: whether it looks like a
  // result of the function.
  std::optional<Loss> OwnLoss(const DeferredCall& call,
                              const types::Var* var) const {
    const auto params = call.body->params();
    for (uint32_t i = 0; i < params.size() && i < call.Args().size(); ++i) {
      if (params[i].var == var) {
        return IsResultValue(*call.function, call.Args()[i])
                   ? std::optional(Loss::kCopy)
                   : std::nullopt;
      }
    }
    const std::string_view name = NameOf(var);
    for (uint32_t i = 0; i < function_.result_cells().size(); ++i) {
      const Value cell = function_.result_cells()[i];
      const types::Var* const result =
          cell.has_value() ? VarOf({&function_, cell}) : nullptr;
      if (!name.empty() && name == NameOf(result)) {
        return Loss::kShadow;
      }
      if (dataflow::IsErrorType(function_.result_types()[i]) &&
          dataflow::IsErrorType(var->type) && name == "err") {
        return Loss::kShadow;
      }
    }
    return std::nullopt;
  }

  // A result's value, or that of a variable that is returned.
  bool IsResultValue(const Function& function, Value value) const {
    if (!value.is_inst() || function.inst(value.inst()).op != Op::kLoad) {
      return false;
    }
    const Origin variable = dataflow::VariableOf(
        function, function.Operands(function.inst(value.inst()))[0]);
    if (variable.function == nullptr) {
      return false;
    }
    return (variable.function == &function_ &&
            std::ranges::count(function_.result_cells(), variable.value) > 0) ||
           (IsLocal(variable) && IsReturned(variable));
  }

  // Nothing uses it, but for phis that nothing uses.
  static bool IsUnused(const Function& body, Value value) {
    if (!value.is_inst()) {
      return value.kind() == Value::Kind::kConst;
    }
    std::vector<InstId> work = {value.inst()};
    std::set<InstId> seen = {value.inst()};
    while (!work.empty()) {
      const InstId at = work.back();
      work.pop_back();
      for (const InstId user : body.UsersOf(at)) {
        if (body.inst(user).op != Op::kPhi) {
          return false;
        }
        if (seen.insert(user).second) {
          work.push_back(user);
        }
      }
    }
    return true;
  }

  void ReportBinding(const Function& body, const ssa::Binding& binding,
                     Loss loss) {
    // From the name to the end of its statement's first line.
    const auto length = static_cast<uint32_t>(NameOf(binding.var).size());
    Finding finding =
        pass_.Report(body, source::Span{binding.pos, binding.pos + length},
                     "{}", Message(NameOf(binding.var), loss));
    NoteResult(finding, binding.var, loss);
  }

  bool HidesResult(const types::Var* var) const {
    return std::ranges::any_of(function_.result_cells(), [&](Value cell) {
      return cell.has_value() &&
             NameOf(VarOf({&function_, cell})) == NameOf(var);
    });
  }

  void ReportStore(const Access& store, const types::Var* var, Loss loss) {
    if ((loss == Loss::kReturned || loss == Loss::kError) && HidesResult(var)) {
      loss = Loss::kInner;
    }
    Finding finding = pass_.Report(*store.function, StoreSpan(store), "{}",
                                   Message(NameOf(var), loss));
    NoteResult(finding, var, loss);
  }

  source::Span StoreSpan(const Access& store) {
    const ast::NodeId stmt = StatementOf(pass_, *store.function, store.inst);
    if (stmt.kind() == ast::NodeKind::kAssignStmt ||
        stmt.kind() == ast::NodeKind::kIncDecStmt) {
      const source::Span all =
          ast::SpanOf(PackagePass::TreeOf(*store.function), stmt);
      return all;
    }
    return SpanOfInst(pass_, *store.function, store.inst);
  }

  std::string Message(std::string_view name, Loss loss) const {
    const std::string_view function = "the function";
    switch (loss) {
      case Loss::kReturned:
        return fmt::format(
            "this is lost: {} has returned the value that `{}` had before, and "
            "nothing reads `{}` any more; give the result a name and assign to "
            "that",
            function, name, name);
      case Loss::kError:
        return fmt::format(
            "this error is lost: `{}` is no result of {}, and nothing reads it "
            "any more; give the error result a name and assign to that",
            name, function);
      case Loss::kShadow:
        return fmt::format(
            "this is lost: `{}` is a variable of the deferred function, not "
            "the "
            "result of the function around it; assign to the named result",
            name);
      case Loss::kInner:
        return fmt::format(
            "this is lost: `{}` is another variable than the result of that "
            "name, which it hides; assign with `=` where it is declared, or "
            "give one of them another name",
            name);
      case Loss::kCopy:
        return fmt::format(
            "this is lost: `{}` is a copy that the deferred call was given, "
            "not "
            "the result; assign to the named result",
            name);
    }
    return {};
  }

  void NoteResult(Finding& finding, const types::Var* var, Loss loss) {
    if (loss == Loss::kReturned || loss == Loss::kError ||
        loss == Loss::kInner) {
      NoteVariable(finding, var);
    }
  }

  static void NoteVariable(Finding& finding, const types::Var* var) {
    const auto length = static_cast<uint32_t>(NameOf(var).size());
    finding.Note(source::Span{var->place.pos, var->place.pos + length},
                 "`{}` is declared here, and is no result", NameOf(var));
  }

  PackagePass& pass_;
  const Function& function_;
  const DeferredCalls& deferred_;
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
A deferred function assigns something that no caller and no later code can see:

- to a local variable that a `return` has already copied into a result without a name: `x++` behind `return x` or
  `return Report{N: x}`, a field of a struct that is returned by value, the error of a recovered panic;
- to a local error that nothing reads afterwards;
- to a variable of its own that hides the named result (`err := …` or `if err := f.Close(); err != nil { err = … }`);
- to its own copy, a parameter;
- through the address of such a variable that was passed to a deferred function: at the deferred call.
)";

constexpr std::string_view kWhy = R"(
A `return` evaluates its operands and stores them into the results before the deferred calls run. What these change
afterwards reaches the caller only if it is a result itself, that is, if the result has a name, or something that
the result points to. An error of `Close`, or one made from a recovered panic, is gone otherwise: the caller sees
success.
)";

constexpr std::string_view kNotFlagged = R"(
- assignments to named results;
- what a result points to: `p.done = true` where p is a pointer, elements of maps and slices;
- variables that the deferred function, a deferred call that runs later, a goroutine or a kept closure reads
  afterwards, and variables whose address goes elsewhere;
- variables that are no errors and that the function does not return;
- variables of the function around a function literal: that one may go on to read them;
- setting a variable to nil or zero, unless it is returned, and where zero was returned anyway: after a panic, or beside an error.
)";

constexpr GoFact kFacts[] = {
    {.claim =
         "A result without a name is stored before the deferred calls run, "
         "and no closure reaches it. A field of a struct that is returned "
         "by value is copied likewise; what a pointer leads to is not.",
     .program = R"(package main

import "fmt"

type stats struct{ n int }

func number() int {
	x := 42
	defer func() { x++ }()
	return x
}

func named() (x int) {
	defer func() { x++ }()
	return 42
}

func value() stats {
	var s stats
	defer func() { s.n = 7 }()
	return s
}

func pointer() *stats {
	s := &stats{}
	defer func() { s.n = 7 }()
	return s
}

func main() {
	fmt.Println(number(), named(), value().n, pointer().n)
}
)",
     .output = "42 43 0 7\n"},
    {.claim =
         "After a panic was recovered, the function returns what its results "
         "hold: zero, if they have no names.",
     .program = R"(package main

import "fmt"

func local() error {
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	panic("boom")
	return err
}

func named() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	panic("boom")
}

func main() {
	fmt.Println(local(), named())
}
)",
     .output = "<nil> recovered: boom\n"},
};

}  // namespace

extern const Check result_lost = {
    .name = "result-lost",
    .doc =
        {
            .summary =
                "a deferred function assigns what nobody can see any more",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"io"
	"os"
)

func save(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = io.Copy(f, r)
	return err
}

func main() { _ = save("x", nil) }
)",
            .good = R"(package main

import (
	"io"
	"os"
)

func save(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
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
