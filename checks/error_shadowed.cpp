#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/accesses.h"
#include "dataflow/flow_order.h"
#include "dataflow/named_results.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using dataflow::Access;
using dataflow::AccessKind;
using dataflow::Condition;
using dataflow::DeferredCall;
using dataflow::DeferredCalls;
using dataflow::FlowOrder;
using dataflow::Origin;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Of one variable; people write fewer.
constexpr size_t kMaxAccesses = 2048;

// A place in one of the functions that belong to an activation.
struct Site {
  const Function* function = nullptr;
  InstId inst;
};

// Nothing hangs on the branch but assignments to some address, and what makes
// their values.
template <typename IsTarget, typename IsMade>
bool OnlyGuardsStores(PackagePass& pass, const Function& function,
                      InstId branch, const IsTarget& is_target,
                      const IsMade& is_made) {
  const FlowOrder& order = pass.Get<FlowOrder>(function);
  bool has_store = false;
  for (uint32_t b = 0; b < function.blocks().size(); ++b) {
    const auto conditions = order.ConditionsOf(ssa::BlockId{b});
    if (std::ranges::none_of(conditions, [&](const Condition& condition) {
          return condition.test == branch;
        })) {
      continue;
    }
    for (const Inst& inst : function.InstsOf(ssa::BlockId{b})) {
      switch (inst.op) {
        case Op::kStore:
          has_store |= is_target(function.Operands(inst)[0]);
          break;
        case Op::kCall:
          if (!is_made(function.IdOf(inst))) {
            return false;
          }
          break;
        case Op::kGo:
        case Op::kDefer:
        case Op::kSend:
        case Op::kMapUpdate:
        case Op::kPanic:
          return false;
        default:
          break;
      }
    }
  }
  return has_store;
}

// `errs.Add(*err); errs.Add(f.Close()); *err = errs.Err()`: what is loaded goes
// back with others.
bool IsCollectedFor(const Function& function, InstId load,
                    const std::vector<InstId>& stores) {
  return std::ranges::any_of(stores, [&](InstId store) {
    return dataflow::IsCollectedFrom(
        function, function.Operands(function.inst(store))[1],
        [load](Value value) { return value == Value(load); });
  });
}

// An error variable of a function whose deferred calls read it, and whose
// results do not all come from it.
class ErrorVariable {
 public:
  ErrorVariable(PackagePass& pass, const Function& function, Value cell,
                const Origin& variable)
      : pass_(pass),
        cell_{&function, cell},
        variable_(variable),
        deferred_(pass.Get<DeferredCalls>(function)),
        accesses_(dataflow::AccessesOf(variable)) {}

  // The first place where the deferred call looks at the variable for its own
  // sake.
  std::optional<Site> FirstRead(const DeferredCall& call) const {
    std::optional<Site> first;
    const Function& body = *call.body;
    const FlowOrder& order = pass_.Get<FlowOrder>(body);
    const std::vector<InstId> stores = StoresIn(body);
    for (const Access& access : accesses_) {
      if (!dataflow::IsWithin(*access.function, body) ||
          access.kind == AccessKind::kStore ||
          access.kind == AccessKind::kEscape ||
          (access.kind == AccessKind::kLoad &&
           !IsLookedAt(*access.function, access.inst))) {
        continue;
      }
      // Where the literal's own body gets to the read.
      std::optional<InstId> at = access.inst;
      for (const Function* f = access.function; f != &body && at;
           f = f->parent()) {
        at = dataflow::CreationOf(*f);
      }
      if (!at || !order.MayReachWithout(*at, stores)) {
        continue;
      }
      if (!first || access.function->inst(access.inst).pos <
                        first->function->inst(first->inst).pos) {
        first = Site{access.function, access.inst};
      }
    }
    return first;
  }

  // A return behind the defer whose error the variable does not hold.
  std::optional<Site> OtherReturn(const DeferredCall& call) const {
    std::optional<Site> first;
    const std::vector<Access> results = dataflow::AccessesOf(cell_);
    // Each is held against each: generated code is left alone.
    if (results.size() > kMaxAccesses || accesses_.size() > kMaxAccesses) {
      return std::nullopt;
    }
    for (const Access& access : results) {
      if (access.kind != AccessKind::kStore ||
          !deferred_.MayFollow(*call.function, call.inst, *access.function,
                               access.inst) ||
          deferred_.RunBy(*access.function) != nullptr) {
        continue;
      }
      const Function& in = *access.function;
      const Value value = in.Operands(in.inst(access.inst))[1];
      if (ClassOf(in, value, in.inst(access.inst).block, 0) != Class::kOther ||
          IsKnownNonNil(in, in.inst(access.inst).block)) {
        continue;
      }
      if (!first ||
          in.inst(access.inst).pos < first->function->inst(first->inst).pos) {
        first = Site{access.function, access.inst};
      }
    }
    return first;
  }

  // It is meant to be the function's error: by its name, or since it is set or
  // returned behind the defer.
  bool IsMeant(const DeferredCall& call) const {
    if (NameOf(VarOf(variable_)) == "err" && !IsOfBefore(call)) {
      return true;
    }
    if (std::ranges::none_of(accesses_, [](const Access& access) {
          return access.kind == AccessKind::kStore;
        })) {
      return true;  // It never holds anything.
    }
    return std::ranges::any_of(accesses_, [&](const Access& access) {
      return access.kind == AccessKind::kStore &&
             !dataflow::IsWithin(*access.function, *call.body) &&
             deferred_.MayFollow(*call.function, call.inst, *access.function,
                                 access.inst);
    });
  }

 private:
  enum class Class { kNil, kSame, kOther };

  // What it holds was settled before the defer, and may be an error: the
  // deferred call is to know how that went.
  bool IsOfBefore(const DeferredCall& call) const {
    bool is_set = false;
    for (const Access& access : accesses_) {
      if (access.kind == AccessKind::kLoad ||
          dataflow::IsWithin(*access.function, *call.body)) {
        continue;
      }
      if (access.kind != AccessKind::kStore ||
          deferred_.MayFollow(*call.function, call.inst, *access.function,
                              access.inst)) {
        return false;
      }
      is_set |= !dataflow::IsZeroConst(
          *access.function,
          access.function->Operands(access.function->inst(access.inst))[1]);
    }
    const Function& in = *call.function;
    return is_set && IsTestedBefore(call) &&
           std::ranges::none_of(
               pass_.Get<FlowOrder>(in).ConditionsOf(in.inst(call.inst).block),
               [&](const Condition& condition) {
                 const auto test = dataflow::NilTestOf(in, condition.value);
                 return test && test->is_equal == condition.holds &&
                        IsErrorOf(in, test->tested);
               });
  }

  bool IsTestedBefore(const DeferredCall& call) const {
    const Function& in = *call.function;
    return std::ranges::any_of(in.insts(), [&](const Inst& inst) {
      const auto test = dataflow::NilTestOf(in, in.IdOf(inst));
      return test && IsErrorOf(in, test->tested) &&
             pass_.Get<FlowOrder>(in).MayFollow(in.IdOf(inst), call.inst);
    });
  }

  // The variable, or the value that was stored to it.
  bool IsErrorOf(const Function& in, Value tested) const {
    return dataflow::IsLoadOf(in, tested, variable_) ||
           std::ranges::any_of(accesses_, [&](const Access& access) {
             return access.kind == AccessKind::kStore &&
                    access.function == &in &&
                    in.Operands(in.inst(access.inst))[1] == tested;
           });
  }

  std::vector<InstId> StoresIn(const Function& body) const {
    std::vector<InstId> stores;
    for (const Access& access : accesses_) {
      if (access.function == &body && access.kind == AccessKind::kStore &&
          !access.is_part) {
        stores.push_back(access.inst);
      }
    }
    return stores;
  }

  // Not only to decide about, or to compute, what is stored to itself.
  bool IsLookedAt(const Function& function, InstId load) const {
    const auto users = function.UsersOf(load);
    if (users.empty() || dataflow::OnlyFlowsInto(function, load, variable_) ||
        IsCollectedFor(function, load, StoresIn(function))) {
      return false;
    }
    return !std::ranges::all_of(users, [&](InstId user) {
      return dataflow::NilTestOf(function, user).has_value() &&
             std::ranges::all_of(function.UsersOf(user), [&](InstId branch) {
               return function.inst(branch).op == Op::kIf &&
                      OnlyGuardsStores(function, branch);
             });
    });
  }

  bool OnlyGuardsStores(const Function& function, InstId branch) const {
    return checks::OnlyGuardsStores(
        pass_, function, branch,
        [&](Value address) {
          return dataflow::VariableOf(function, address) == variable_;
        },
        [&](InstId call) {
          return dataflow::OnlyFlowsInto(function, call, variable_);
        });
  }

  Class ClassOf(const Function& function, Value raw, ssa::BlockId block,
                int depth) const {
    const Value value = dataflow::StripConversions(function, raw);
    if (dataflow::IsNilConst(function, value) ||
        IsKnownNil(function, value, block)) {
      return Class::kNil;
    }
    if (value.is_inst() && depth < 8 &&
        function.inst(value.inst()).op == Op::kPhi) {
      Class all = Class::kNil;
      for (const Value operand :
           function.Operands(function.inst(value.inst()))) {
        const Class one =
            operand == value
                ? Class::kNil
                : ClassOf(function, operand, function.inst(value.inst()).block,
                          depth + 1);
        all = std::max(all, one);
      }
      return all;
    }
    if (dataflow::IsLoadOf(function, value, cell_) ||
        dataflow::IsMadeOfVariable(function, value, variable_) ||
        IsStored(function, value)) {
      return Class::kSame;
    }
    if (IsNilByCallee(function, value)) {
      return Class::kNil;
    }
    return Class::kOther;
  }

  // The variable has this value too.
  bool IsStored(const Function& function, Value value) const {
    return std::ranges::any_of(accesses_, [&](const Access& access) {
      return access.kind == AccessKind::kStore &&
             access.function == &function &&
             dataflow::StripConversions(
                 function, function.Operands(function.inst(access.inst))[1]) ==
                 value;
    });
  }

  bool IsKnownNil(const Function& function, Value value,
                  ssa::BlockId block) const {
    const auto conditions = pass_.Get<FlowOrder>(function).ConditionsOf(block);
    return std::ranges::any_of(conditions, [&](const Condition& condition) {
      const auto test = dataflow::NilTestOf(function, condition.value);
      return test && test->is_equal == condition.holds && test->tested == value;
    });
  }

  // A call whose result is always nil.
  bool IsNilByCallee(const Function& function, Value value) const {
    if (!value.is_inst()) {
      return false;
    }
    uint32_t result = 0;
    const Inst* inst = &function.inst(value.inst());
    if (inst->op == Op::kExtract) {
      result = inst->aux;
      const Value tuple = function.Operands(*inst)[0];
      if (!tuple.is_inst()) {
        return false;
      }
      inst = &function.inst(tuple.inst());
    }
    if (inst->op != Op::kCall) {
      return false;
    }
    const dataflow::Summary summary =
        pass_.program().SummaryOfCall(function, *inst);
    return result < summary.results.size() &&
           summary.results[result].nilness == dataflow::kMayBeNil;
  }

  // On every way to `block` the variable was found to be an error.
  bool IsKnownNonNil(const Function& function, ssa::BlockId block) const {
    const auto conditions = pass_.Get<FlowOrder>(function).ConditionsOf(block);
    return std::ranges::any_of(conditions, [&](const Condition& condition) {
      if (!dataflow::IsMadeOfVariable(function, condition.value, variable_)) {
        return false;
      }
      const auto test = dataflow::NilTestOf(function, condition.value);
      return test ? test->is_equal != condition.holds : condition.holds;
    });
  }

  PackagePass& pass_;
  Origin cell_;
  Origin variable_;
  const DeferredCalls& deferred_;
  std::vector<Access> accesses_;
};

class FunctionCheck {
 public:
  FunctionCheck(PackagePass& pass, const Function& function)
      : pass_(pass), function_(function) {}

  void Run() {
    const Value cell = ErrorCell();
    if (!cell.has_value()) {
      return;
    }
    for (const DeferredCall& call :
         pass_.Get<DeferredCalls>(function_).calls()) {
      if (call.body == nullptr) {
        continue;
      }
      if (call.is_own_literal) {
        CheckLiteral(call, cell);
      }
      CheckArguments(call, cell);
    }
  }

 private:
  // The cell of the last error among the results.
  Value ErrorCell() const {
    Value cell;
    for (uint32_t i = 0; i < function_.result_cells().size(); ++i) {
      if (dataflow::IsErrorType(function_.result_types()[i])) {
        cell = function_.result_cells()[i];
      }
    }
    return cell;
  }

  bool IsCandidate(const Origin& variable) const {
    return variable.function != nullptr && variable.value.is_inst() &&
           variable.function->outermost() == &function_ &&
           !IsResult(variable) && VarOf(variable) != nullptr &&
           dataflow::IsErrorType(VarOf(variable)->type);
  }

  bool IsResult(const Origin& variable) const {
    return variable.function == &function_ &&
           std::ranges::count(function_.result_cells(), variable.value) > 0;
  }

  void CheckLiteral(const DeferredCall& call, Value cell) {
    for (uint32_t i = 0; i < call.body->free_vars().size(); ++i) {
      const Origin variable =
          dataflow::VariableOf(*call.body, Value(Value::Kind::kFreeVar, i));
      if (!IsCandidate(variable)) {
        continue;
      }
      const ErrorVariable error(pass_, function_, cell, variable);
      const std::optional<Site> read = error.FirstRead(call);
      const std::optional<Site> other = error.OtherReturn(call);
      if (read && other && error.IsMeant(call) &&
          !LooksAtResult(*call.body, cell)) {
        Report(variable, *read, SpanOfInst(pass_, *read->function, read->inst),
               *other);
      }
    }
  }

  // `if retErr != nil && cleanupErr == nil`: whoever looks at the result as
  // well knows of it, and means another error by the other variable.
  bool LooksAtResult(const Function& body, Value cell) const {
    return std::ranges::any_of(
        dataflow::AccessesOf({&function_, cell}), [&](const Access& access) {
          return access.kind == AccessKind::kLoad &&
                 dataflow::IsWithin(*access.function, body);
        });
  }

  // `defer finish(&err)`.
  void CheckArguments(const DeferredCall& call, Value cell) {
    const auto args = call.Args();
    for (uint32_t i = 0; i < args.size() && i < call.body->params().size();
         ++i) {
      const Origin variable = dataflow::VariableOf(*call.function, args[i]);
      if (!IsCandidate(variable) || !ReadsFirst(*call.body, i)) {
        continue;
      }
      const ErrorVariable error(pass_, function_, cell, variable);
      const std::optional<Site> other = error.OtherReturn(call);
      if (other && error.IsMeant(call)) {
        Report(variable, {call.function, call.inst},
               DeferSpanOf(pass_, *call.function, call.inst), *other);
      }
    }
  }

  // The function looks at what its parameter points to before it writes there.
  bool ReadsFirst(const Function& body, uint32_t param) {
    std::vector<InstId> stores;
    std::vector<InstId> loads;
    for (const Access& access :
         dataflow::AccessesOf(body, Value(Value::Kind::kParam, param))) {
      if (access.function != &body) {
        continue;
      }
      if (access.kind == AccessKind::kStore) {
        stores.push_back(access.inst);
      } else if (access.kind == AccessKind::kLoad &&
                 !OnlyDecidesStores(body, access.inst, param)) {
        loads.push_back(access.inst);
      }
    }
    std::erase_if(
        loads, [&](InstId load) { return IsCollectedFor(body, load, stores); });
    const FlowOrder& order = pass_.Get<FlowOrder>(body);
    return std::ranges::any_of(loads, [&](InstId load) {
      return order.MayReachWithout(load, stores);
    });
  }

  // `if *err == nil { *err = cerr }`
  bool OnlyDecidesStores(const Function& body, InstId load, uint32_t param) {
    const Value address(Value::Kind::kParam, param);
    return std::ranges::all_of(body.UsersOf(load), [&](InstId user) {
      return dataflow::NilTestOf(body, user).has_value() &&
             std::ranges::all_of(body.UsersOf(user), [&](InstId branch) {
               return body.inst(branch).op == Op::kIf &&
                      OnlyGuardsStores(
                          pass_, body, branch,
                          [&](Value target) { return target == address; },
                          [](InstId) { return false; });
             });
    });
  }

  void Report(const Origin& variable, const Site& read, source::Span span,
              const Site& other) {
    const std::string_view name = NameOf(VarOf(variable));
    const uint32_t line =
        LineOf(*other.function, other.function->inst(other.inst).pos);
    Finding finding = pass_.Report(
        *read.function, span,
        "this `{}` is not what the function returns: the return at line {} "
        "does not go through it, so that the deferred call takes that failure "
        "for a success; name the error result and look at that",
        name, line);
    finding.Note(SpanOfInst(pass_, *other.function, other.inst),
                 "returns another error than `{}`", name);
    finding.Note(source::Span{VarOf(variable)->place.pos,
                              VarOf(variable)->place.pos +
                                  static_cast<uint32_t>(name.size())},
                 "`{}` is a variable of its own", name);
  }

  PackagePass& pass_;
  const Function& function_;
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
A deferred call that looks at an error to decide what to do (roll back or commit, mark a span as failed, count a
failure), where that error is a variable of its own and not the function's result, and some `return` behind the
`defer` hands out an error that never was in that variable:

- the result has no name, and there is a `return f()` or a `return ErrSomething`;
- an inner `err :=` hides the variable that the deferred function captured;
- the deferred function captured an inner `err` while the result has a name;
- the address of such a variable goes to a deferred function that reads it.

The finding is at the first read in the deferred function.
)";

constexpr std::string_view kWhy = R"(
`return f()` stores what `f` returns into the result, and nowhere else. A deferred function that looks at a local
variable sees what was last assigned to it: nil, as a rule. So the transaction that failed is committed or left open
instead of being rolled back, the temporary file stays, the span says "ok". Nothing fails in tests, because the
way on which this happens is that of the error.
)";

constexpr std::string_view kNotFlagged = R"(
- the result is named, and the deferred function looks at the result;
- every return behind the `defer` returns the variable, nil, or an error made from the variable;
- returns of another error where the variable is known to hold an error too;
- a deferred function that assigns the variable before it reads it (`if err = f.Close(); err != nil`);
- reads that only decide what the variable is assigned, such as `if err == nil { err = cerr }`: that assignment is
  `result-lost`;
- variables with other names than `err` that nothing changes behind the `defer`;
- a deferred function that looks at the named result as well: `if retErr != nil && cleanupErr == nil { … }`.

A panic is seen by none of these checks, not even by that of a named result.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A deferred function that reads a local error does not see what "
              "`return f()` returns; one that reads the named result does.",
     .program = R"(package main

import (
	"errors"
	"fmt"
)

func step() error { return errors.New("failed") }

func local() error {
	var err error
	defer func() { fmt.Println("local:", err) }()
	return step()
}

func named() (err error) {
	defer func() { fmt.Println("named:", err) }()
	return step()
}

func main() {
	local()
	named()
}
)",
     .output = "local: <nil>\nnamed: failed\n"},
    {.claim =
         "An inner `err :=` hides the variable from the deferred function, "
         "but a named result still gets what is returned.",
     .program = R"(package main

import (
	"errors"
	"fmt"
)

func step() error { return errors.New("failed") }

func local() error {
	var err error
	defer func() { fmt.Println("local:", err) }()
	if err := step(); err != nil {
		return err
	}
	return err
}

func named() (err error) {
	defer func() { fmt.Println("named:", err) }()
	if err := step(); err != nil {
		return err
	}
	return nil
}

func main() {
	local()
	named()
}
)",
     .output = "local: <nil>\nnamed: failed\n"},
};

constexpr std::string_view kAka[] = {"undeferred"};

}  // namespace

extern const Check error_shadowed = {
    .name = "error-shadowed",
    .doc =
        {
            .summary = "a deferred check of an error that is not the one that "
                       "is returned",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "errors"

type tx struct{}

func (*tx) rollback() {}

func begin() (*tx, error)    { return &tx{}, nil }
func (*tx) exec(string) error { return errors.New("locked") }
func (*tx) commit() error    { return nil }

func book(name string) error {
	tx, err := begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.rollback()
		}
	}()
	if err := tx.exec(name); err != nil {
		return err
	}
	return tx.commit()
}

func main() { _ = book("x") }
)",
            .good = R"(package main

import "errors"

type tx struct{}

func (*tx) rollback() {}

func begin() (*tx, error)    { return &tx{}, nil }
func (*tx) exec(string) error { return errors.New("locked") }
func (*tx) commit() error    { return nil }

func book(name string) (err error) {
	tx, err := begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.rollback()
		}
	}()
	if err := tx.exec(name); err != nil {
		return err
	}
	return tx.commit()
}

func main() { _ = book("x") }
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.2",
            .aka = kAka,
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
