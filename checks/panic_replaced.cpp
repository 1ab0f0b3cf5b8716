#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/recover_mistakes.h"
#include "checks/recovered_value.h"
#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/function_runs.h"
#include "dataflow/panic_points.h"
#include "dataflow/panic_reach.h"
#include "dataflow/program.h"
#include "dataflow/recover_calls.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "ssa/exits.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::FunctionRuns;
using dataflow::RecoverCall;
using dataflow::RecoverCalls;
using dataflow::RecoverVerdict;
using dataflow::RunKind;
using dataflow::RunSite;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

class Examiner {
 public:
  Examiner(PackagePass& pass, const ssa::Function& function)
      : pass_(pass), function_(function) {}

  void Run() {
    if (function_.unit() == nullptr ||
        function_.kind() == ssa::FunctionKind::kRangeBody ||
        !pass_.Get<FunctionRuns>(function_).is_deferred() || IsTestOfPanics()) {
      return;
    }
    for (const Inst& inst : function_.insts()) {
      if (Panics(inst) && !IsCaughtHere(inst)) {
        Examine(inst);
      }
    }
  }

 private:
  // A literal of a test that recovers: what panics do is what it is about.
  bool IsTestOfPanics() {
    return PackagePass::IsTest(function_) && HasRecover(*function_.outermost());
  }

  bool HasRecover(const ssa::Function& function) {
    return !pass_.Get<RecoverCalls>(function).all().empty() ||
           std::ranges::any_of(function.children(), [&](const auto& child) {
             return HasRecover(*child);
           });
  }

  // A `panic`, or a call that is there to panic if something is wrong.
  bool Panics(const Inst& inst) {
    if (inst.op == Op::kPanic) {
      return true;
    }
    if (inst.op != Op::kCall || ModeOf(inst) != CallMode::kStatic) {
      return false;
    }
    if (const types::Func* const named =
            dataflow::NamedCallee(function_, inst)) {
      if (const auto exit = ssa::ExitOf(named)) {
        return *exit == ssa::ExitKind::kNoReturn;
      }
    }
    const ssa::Function* const callee =
        dataflow::BodiesOf(function_, inst, pass_.analyses()).only();
    return (callee != nullptr && PanicsByParameter(*callee)) || IsTrap(inst);
  }

  // A call of `func (p *parser) errorf(…) { panic(…) }`.
  bool IsTrap(const Inst& inst) const {
    if (inst.op != Op::kCall || ModeOf(inst) != CallMode::kStatic) {
      return false;
    }
    const auto summary = pass_.program().SummaryOfCall(function_, inst);
    return summary.is_known && !summary.is_model &&
           (summary.ends & ~dataflow::kMayFail) == dataflow::kPanics;
  }

  // `func must(err error) { if err != nil { panic(err) } }`: it panics if what
  // it is given says so, and does nothing else.
  bool PanicsByParameter(const ssa::Function& callee) {
    if (!std::ranges::any_of(callee.insts(), [&](const Inst& inst) {
          return inst.op == Op::kPanic;
        })) {
      return false;
    }
    const auto& dominance = pass_.Get<dataflow::Dominance>(callee);
    return std::ranges::any_of(callee.insts(), [&](const Inst& inst) {
      return inst.op == Op::kPanic &&
             dominance.AnyCondition(
                 inst.block, [&](Value condition, bool is_true) {
                   return SaysWrong(callee, condition, is_true);
                 });
    });
  }

  // A parameter of `callee` that is a non-nil error or a false bool.
  static bool SaysWrong(const ssa::Function& callee, Value condition,
                        bool is_true) {
    const auto is_param = [](Value value) {
      return value.kind() == Value::Kind::kParam;
    };
    if (is_param(condition)) {
      return !is_true && types::IsBoolean(callee.TypeOf(condition));
    }
    if (!condition.is_inst() ||
        callee.inst(condition.inst()).op != Op::kBinOp) {
      return false;
    }
    const Inst& test = callee.inst(condition.inst());
    const auto not_nil =
        is_true ? lexer::TokenKind::kNeq : lexer::TokenKind::kEql;
    return static_cast<lexer::TokenKind>(test.detail) == not_nil &&
           std::ranges::any_of(callee.Operands(test), [&](Value value) {
             return is_param(value) && IsError(callee.TypeOf(value));
           });
  }

  static bool IsError(const types::Type* type) {
    const types::Named* const named =
        type == nullptr ? nullptr : types::AsNamed(type);
    return named != nullptr && named->obj->package == nullptr;
  }

  // By a deferred call of the deferred function itself.
  bool IsCaughtHere(const Inst& panic) {
    const auto& dominance = pass_.Get<dataflow::Dominance>(function_);
    return std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
      return inst.op == Op::kDefer &&
             dominance.Precedes(function_.IdOf(inst), function_.IdOf(panic)) &&
             dataflow::RecoversOf(function_, inst, pass_.analyses()) !=
                 dataflow::Recovers::kNot;
    });
  }

  void Examine(const Inst& panic) {
    const InstId id = function_.IdOf(panic);
    const auto& dominance = pass_.Get<dataflow::Dominance>(function_);
    bool is_recovered = false;
    for (const RecoverCall& call : pass_.Get<RecoverCalls>(function_).all()) {
      if (call.is_deferred || call.verdict == RecoverVerdict::kNever ||
          !dominance.Precedes(call.inst, id)) {
        continue;
      }
      is_recovered = true;
      const PanicIs state = PanicAt(function_, call.inst, id, pass_.analyses());
      if (state == PanicIs::kNot || Carries(panic, call.inst)) {
        return;
      }
      // What it raises may have been kept for it.
      if (IsTrap(panic) &&
          UseOfRecovered(function_, call.inst, pass_.analyses()) ==
              RecoveredUse::kUsed) {
        return;
      }
      if (state == PanicIs::kUnderWay && GuardsOnlyMake()) {
        return;
      }
      if (state == PanicIs::kUnderWay) {
        ReportDropped(panic, call.inst);
        return;
      }
    }
    if (RaisesRecovered(panic) || RaisesPanicType(panic) || IsTrap(panic)) {
      return;
    }
    if (!is_recovered && function_.kind() != ssa::FunctionKind::kLiteral &&
        !RaisesError(panic)) {
      // A function that checks its callers: it is deferred by chance.
      return;
    }
    ReportIfUnderWay(panic, is_recovered);
  }

  bool Carries(const Inst& panic, InstId recover) const {
    const MadeFrom made(function_, recover);
    return std::ranges::any_of(function_.Operands(panic), [&](Value value) {
      return made.Contains(value);
    });
  }

  // What a function around has recovered.
  bool RaisesRecovered(const Inst& panic) const {
    return std::ranges::any_of(function_.Operands(panic), [&](Value value) {
      return std::ranges::any_of(
          dataflow::OriginsOf(function_, value).values,
          [](const dataflow::Origin& origin) {
            return origin.value.is_inst() &&
                   dataflow::IsRecover(
                       *origin.function,
                       origin.function->inst(origin.value.inst()));
          });
    });
  }

  // A `*panicError`: someone has kept a panic to raise it here.
  bool RaisesPanicType(const Inst& panic) const {
    if (panic.op != Op::kPanic) {
      return false;
    }
    const Value value = function_.Operands(panic)[0];
    if (!value.is_inst() ||
        function_.inst(value.inst()).op != Op::kMakeInterface) {
      return false;
    }
    const types::Type* type = types::Unalias(
        function_.TypeOf(function_.Operands(function_.inst(value.inst()))[0]));
    if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
      type = pointer->elem;
    }
    const types::Named* const named = types::AsNamed(type);
    if (named == nullptr || named->obj->name == nullptr) {
      return false;
    }
    const std::string_view name = named->obj->name->text();
    return name.find("panic") != name.npos || name.find("Panic") != name.npos;
  }

  // It panics because an error was found: a check of how the function is called
  // makes its own.
  bool RaisesError(const Inst& panic) {
    const types::Func* const named =
        panic.op == Op::kCall ? dataflow::NamedCallee(function_, panic)
                              : nullptr;
    if (named != nullptr && !ssa::ExitOf(named)) {
      return std::ranges::any_of(
          function_.Operands(panic).subspan(1), [&](Value value) {
            return value.has_value() && IsError(function_.TypeOf(value));
          });
    }
    const auto& dominance = pass_.Get<dataflow::Dominance>(function_);
    return dominance.AnyCondition(
        panic.block, [&](Value condition, bool is_true) {
          const auto test = dataflow::NilTestOf(function_, condition);
          return test.has_value() && test->is_equal != is_true &&
                 IsError(function_.TypeOf(test->tested));
        });
  }

  // `defer func() { if recover() != nil { panic(ErrTooLarge) } }()` around a
  // `make`: there is only one thing that can have gone wrong.
  bool GuardsOnlyMake() {
    const auto sites = pass_.Get<FunctionRuns>(function_).sites();
    return std::ranges::all_of(sites, [](const RunSite& site) {
      bool makes = false;
      for (const Inst& inst : site.function->insts()) {
        if (inst.op == Op::kPanic ||
            (inst.op == Op::kCall && ModeOf(inst) != CallMode::kBuiltin)) {
          return false;
        }
        makes |= inst.op == Op::kMakeSlice;
      }
      return makes;
    });
  }

  void ReportDropped(const Inst& panic, InstId recover) {
    pass_
        .Report(
            function_, PlaceOf(panic),
            "{} drops the panic that was recovered, whose value and stack "
            "are lost to whoever recovers this one; carry it: "
            "`panic(fmt.Errorf(\"…: %w\", err))`, or `panic` the same value",
            Subject(panic))
        .Note(NodeOf(function_, recover), "the first panic is recovered here");
  }

  // While the deferred call is registered, something panics on purpose or calls
  // what is not known.
  void ReportIfUnderWay(const Inst& panic, bool is_recovered) {
    for (const RunSite& site : pass_.Get<FunctionRuns>(function_).sites()) {
      if (site.kind != RunKind::kDeferred ||
          (site.function->inst(site.inst).detail & ssa::kOnDeferStack) != 0) {
        continue;
      }
      const dataflow::Guarded guarded(*site.function, site.inst,
                                      pass_.analyses());
      const auto first =
          guarded.FirstOf(dataflow::kPanicStatement | dataflow::kCallback);
      if (!first) {
        continue;
      }
      pass_
          .Report(function_, PlaceOf(panic),
                  "{} in a deferred call replaces a panic that is under way, "
                  "{}; {}",
                  Subject(panic),
                  is_recovered ? "which was recovered and is dropped"
                               : "and hides the first one",
                  is_recovered ? "carry the recovered value"
                               : "log the error, or set a named result")
          .Note(PackagePass::FileOf(*site.function),
                StatementSpan(pass_.IndexOf(*site.function),
                              NodeOf(*site.function, *first)),
                "this may panic first");
      return;
    }
  }

  ast::NodeId PlaceOf(const Inst& panic) const { return panic.node; }

  std::string Subject(const Inst& panic) const {
    if (panic.op == Op::kPanic) {
      return "this `panic`";
    }
    const types::Func* const named = dataflow::NamedCallee(function_, panic);
    return named != nullptr && named->name != nullptr
               ? fmt::format("the panic of `{}`", named->name->text())
               : "the panic of this call";
  }

  PackagePass& pass_;
  const ssa::Function& function_;
};

void Run(PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    Examiner(pass, *function).Run();
  }
}

constexpr std::string_view kWhat = R"(
A panic in a deferred call that takes the place of another one:

- a `panic` after a `recover` whose value does not go into it, also in a function that does nothing but panic: a new
  message instead of what happened;
- a `panic` (also `log.Panic`, or a helper such as `must(err)`) in a deferred function, where what it is deferred around
  may be panicking already.
)";

constexpr std::string_view kWhy = R"(
Whoever recovers sees only the newest panic. The first one, which says what went wrong, is gone: a failed `Close` in
the log instead of the nil map that came before it. Without a `recover` both are printed, but nobody who
handles panics gets to see the first.
)";

constexpr std::string_view kNotFlagged = R"(
- `panic(r)` of the recovered value, and anything that is made from it: `fmt.Errorf("…: %w", err)`, `errors.Join`, its
  text;
- a `panic` where `recover` returned nil;
- a panic that the deferred function recovers itself;
- a deferred function around code that does not panic on purpose and calls nothing unknown;
- a kept panic that is raised again: `panic` of a type that is called so;
- functions that check how they are called (`panic("negative count")`, `panic(ErrClosed)`) and happen to be deferred;
- a clearer panic for that of a `make`: nothing else can have gone wrong;
- `t.Fatal`, `os.Exit`.
)";

constexpr GoFact kFacts[] = {
    {.claim = "An outer recover sees the newest panic alone.",
     .program = R"(package main

import "fmt"

func work() {
	defer func() {
		if r := recover(); r != nil {
			panic("work failed")
		}
	}()
	panic("index file is torn")
}

func main() {
	defer func() { fmt.Println(recover()) }()
	work()
}
)",
     .output = "work failed\n"},
    {.claim = "A panic of a deferred call replaces the one that is under way.",
     .program = R"(package main

import (
	"errors"
	"fmt"
)

func work() {
	defer func() {
		if err := errors.New("close failed"); err != nil {
			panic(err)
		}
	}()
	panic("first")
}

func main() {
	defer func() { fmt.Println(recover()) }()
	work()
}
)",
     .output = "close failed\n"},
};

}  // namespace

extern const Check panic_replaced = {
    .name = "panic-replaced",
    .doc =
        {
            .summary = "a panic in a deferred call that hides an earlier one",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "fmt"

func work(step func()) {
	defer func() {
		if r := recover(); r != nil {
			panic("work failed")
		}
	}()
	step()
}

func main() {
	defer func() { fmt.Println(recover()) }()
	work(func() { panic("disk full") })
}
)",
            .good = R"(package main

import "fmt"

func work(step func()) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Errorf("work failed: %v", r))
		}
	}()
	step()
}

func main() {
	defer func() { fmt.Println(recover()) }()
	work(func() { panic("disk full") })
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
