#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/deferred_work.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/defer_registration.h"
#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"

namespace gdlint::checks {
namespace {

using dataflow::DeferRegistration;
using dataflow::DeferSite;
using dataflow::DeferState;
using dataflow::FlowOrder;
using dataflow::Summary;
using knowledge::Undone;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Whatever way it ends, that ends the process: not by a panic, which somebody
// may recover, where only something below may exit.
bool EndsSurely(const Summary& summary) {
  return summary.never_returns() &&
         (summary.ends & (dataflow::kPanics | dataflow::kGoexits)) == 0;
}

// A call by which the process may end, and what is registered then.
struct ProcessExit {
  const Function* function = nullptr;
  InstId call;
  bool is_sure = false;
  DeferState state;
};

class Finder {
 public:
  explicit Finder(PackagePass& pass) : pass_(pass), work_(pass.program()) {}

  void Look(const Function& function) {
    const DeferRegistration& registration =
        pass_.Get<DeferRegistration>(function);
    for (const dataflow::DeferExit& exit : registration.exits()) {
      if ((exit.ends & dataflow::kExitsProcess) != 0 && exit.inst.has_value()) {
        LookAtExit(registration, *exit.function, exit.inst, *exit.state);
      }
    }
    // A deferred call that ends the process leaves out what was registered
    // before it.
    for (const DeferSite& site : registration.sites()) {
      LookAtDeferredExit(registration, site);
    }
  }

 private:
  static constexpr int kMaxDepth = 3;

  // Where a path that ends the process goes on by a call; the builder's Exit
  // stands behind it.
  static InstId CallOf(const Function& function, InstId exit) {
    while (function.inst(exit).op == Op::kExit && exit.index > 0) {
      exit = InstId{exit.index - 1};
    }
    return exit;
  }

  void LookAtExit(const DeferRegistration& registration,
                  const Function& function, InstId inst,
                  const DeferState& state) {
    const InstId call = CallOf(function, inst);
    if (function.inst(call).op != Op::kCall) {
      return;
    }
    const bool is_exit = function.inst(inst).op == Op::kExit;
    const Summary summary =
        pass_.program().SummaryOfCall(function, function.inst(call));
    if (is_exit || MayEnd(function, function.inst(call), summary)) {
      Report(registration, {.function = &function,
                            .call = call,
                            .is_sure = is_exit || EndsSurely(summary),
                            .state = state});
    }
  }

  // True if it is known that the call may end the process: always, under a
  // condition that the caller gives, or, for helpers such as `mustLoad`, under
  // one that they find themselves. That some function far below may end it, as
  // all that log can in some programs, is not enough.
  bool MayEnd(const Function& function, const Inst& call,
              const Summary& summary) {
    if (!summary.is_known || (summary.ends & dataflow::kExitsProcess) == 0) {
      return false;
    }
    const dataflow::FunctionId only =
        pass_.program().TargetsOf(function, call).only();
    if (EndsSurely(summary)) {
      return true;
    }
    if (!only.has_value()) {
      return false;
    }
    if (const auto ends = EndsForConstants(function, call, only)) {
      return *ends;
    }
    if (HasCondition(only)) {
      return EndsNear(only, kMaxDepth);
    }
    const dataflow::Node& node = pass_.program().node(only);
    if (!node.is_root || node.body == nullptr) {
      return false;
    }
    const bool is_must =
        node.func != nullptr && IsMust(node.func->name->text());
    if (is_must || !pass_.is_program()) {
      return is_must && EndsNear(only, kMaxDepth);
    }
    // Of other packages, what ends it with its own hands.
    const bool is_own = node.body->package() == function.package();
    return EndsNear(only, is_own ? kMaxDepth : 1);
  }

  // `report("fatal", err)`, where report exits if its first argument is that:
  // whether the constants of this call decide. Nothing if they do not.
  std::optional<bool> EndsForConstants(const Function& caller, const Inst& call,
                                       dataflow::FunctionId id) {
    const Function* const body = pass_.program().node(id).body;
    if (body == nullptr || ModeOf(call) != ssa::CallMode::kStatic) {
      return {};
    }
    bool is_asked = false;
    bool is_possible = false;
    for (const Inst& inst : body->insts()) {
      if (inst.op != Op::kCall) {
        continue;
      }
      const Summary inner = pass_.program().SummaryOfCall(*body, inst);
      if (!inner.is_known || (inner.ends & dataflow::kExitsProcess) == 0) {
        continue;
      }
      bool is_met = EndsSurely(inner);
      bool is_excluded = false;
      for (const dataflow::Condition& condition :
           pass_.Get<FlowOrder>(*body).ConditionsOf(inst.block)) {
        const auto holds = Evaluate(caller, call, *body, condition.value);
        is_asked |= holds.has_value();
        is_met &= holds == std::optional(condition.holds);
        is_excluded |= holds.has_value() && *holds != condition.holds;
      }
      if (is_met && is_asked) {
        return true;
      }
      is_possible |= !is_excluded;
    }
    return is_asked && !is_possible ? std::optional(false) : std::nullopt;
  }

  // `param == constant` in a callee, where the argument is a constant.
  static std::optional<bool> Evaluate(const Function& caller, const Inst& call,
                                      const Function& body, Value condition) {
    if (!condition.is_inst()) {
      return {};
    }
    const Inst& test = body.inst(condition.inst());
    const auto op = static_cast<lexer::TokenKind>(test.detail);
    if (test.op != Op::kBinOp ||
        (op != lexer::TokenKind::kEql && op != lexer::TokenKind::kNeq)) {
      return {};
    }
    auto operands = body.Operands(test);
    Value param = operands[0];
    Value other = operands[1];
    if (param.kind() != Value::Kind::kParam) {
      std::swap(param, other);
    }
    const auto arguments = caller.Operands(call).subspan(1);
    const auto wanted = dataflow::ConstantOf(body, other);
    if (param.kind() != Value::Kind::kParam || !wanted.has_value() ||
        param.index() >= arguments.size()) {
      return {};
    }
    const auto given = dataflow::ConstantOf(caller, arguments[param.index()]);
    if (!given.has_value()) {
      return {};
    }
    const bool is_equal = types::constant::ExactString(*given) ==
                          types::constant::ExactString(*wanted);
    return is_equal == (op == lexer::TokenKind::kEql);
  }

  static bool IsMust(std::string_view name) {
    return name.starts_with("Must") || name.starts_with("must");
  }

  // Not that a pointer that is used in any case must not be nil: that decides
  // nothing.
  bool HasCondition(dataflow::FunctionId id) const {
    const Summary& summary = pass_.program().SummaryOf(id);
    return std::ranges::any_of(
        summary.conditional_ends, [&](const auto& condition) {
          const bool is_used =
              condition.condition == dataflow::ArgumentIs::kNonNil &&
              condition.param < summary.params.size() &&
              summary.params[condition.param].nil_may_panic;
          return condition.end == dataflow::kExitsProcess && !is_used;
        });
  }

  // The function itself calls what ends the process for certain, or what does
  // so under a condition of an argument.
  bool EndsNear(dataflow::FunctionId id, int depth) const {
    const auto& program = pass_.program();
    const Function* const body = program.node(id).body;
    if (body == nullptr) {
      return program.SummaryOf(id).is_model;
    }
    return depth > 0 &&
           std::ranges::any_of(body->insts(), [&](const Inst& inst) {
             if (inst.op != Op::kCall) {
               return false;
             }
             const Summary summary = program.SummaryOfCall(*body, inst);
             if (!summary.is_known ||
                 (summary.ends & dataflow::kExitsProcess) == 0) {
               return false;
             }
             const dataflow::FunctionId callee =
                 program.TargetsOf(*body, inst).only();
             return EndsSurely(summary) ||
                    (callee.has_value() && HasCondition(callee) &&
                     EndsNear(callee, depth - 1));
           });
  }

  void LookAtDeferredExit(const DeferRegistration& registration,
                          const DeferSite& site) {
    const Inst& defer = site.defer();
    const Summary summary =
        pass_.program().SummaryOfCall(*site.function, defer);
    if (!MayEnd(*site.function, defer, summary)) {
      return;
    }
    const DeferState before =
        registration.StateBefore(*site.function, site.inst);
    if (before.Possible().empty()) {
      return;
    }
    // Where the literal that is deferred does it itself, there.
    if (const Function* const literal = LiteralOf(*site.function, defer)) {
      bool is_found = false;
      for (const Inst& inst : literal->insts()) {
        if (inst.op != Op::kCall) {
          continue;
        }
        const Summary inner = pass_.program().SummaryOfCall(*literal, inst);
        if (MayEnd(*literal, inst, inner)) {
          is_found = true;
          Report(registration, {.function = literal,
                                .call = literal->IdOf(inst),
                                .is_sure = EndsSurely(inner),
                                .state = before});
        }
      }
      if (is_found) {
        return;
      }
    }
    Report(registration, {.function = site.function,
                          .call = site.inst,
                          .is_sure = EndsSurely(summary),
                          .state = before});
  }

  static const Function* LiteralOf(const Function& function, const Inst& call) {
    const Value callee = function.Operands(call)[0];
    if (callee.kind() == Value::Kind::kFunction &&
        function.callees()[callee.index()].child != nullptr) {
      return function.callees()[callee.index()].child;
    }
    const auto target = dataflow::FunctionOf(function, callee);
    return target.has_value() ? target->literal : nullptr;
  }

  void Report(const DeferRegistration& registration, const ProcessExit& exit) {
    std::optional<uint16_t> gravest;
    Work work;
    for (const uint16_t site : exit.state.Possible()) {
      const DeferSite& at = registration.sites()[site];
      Work found = work_.Of(*at.function, at.defer());
      if (found.undone == Undone::kNothing || IsDoneBefore(at, found, exit) ||
          Excludes(at, exit)) {
        continue;
      }
      if (!gravest.has_value() || found.undone >= work.undone) {
        gravest = site;
        work = std::move(found);
      }
    }
    if (gravest.has_value()) {
      Write(registration.sites()[*gravest], work, exit);
    }
  }

  // `if x { defer … }` and `if !x { os.Exit(1) }`: not on one way.
  bool Excludes(const DeferSite& site, const ProcessExit& exit) {
    const Function& function = *exit.function;
    if (site.function != &function) {
      return false;
    }
    const FlowOrder& order = pass_.Get<FlowOrder>(function);
    const auto at_exit = order.ConditionsOf(function.inst(exit.call).block);
    for (const dataflow::Condition& a :
         order.ConditionsOf(site.defer().block)) {
      for (const dataflow::Condition& b : at_exit) {
        if (a.test != b.test && AreOpposite(function, a, b)) {
          return true;
        }
      }
    }
    return false;
  }

  bool AreOpposite(const Function& function, const dataflow::Condition& a,
                   const dataflow::Condition& b) {
    const auto nil_a = dataflow::NilTestOf(function, a.value);
    const auto nil_b = dataflow::NilTestOf(function, b.value);
    if (nil_a.has_value() && nil_b.has_value()) {
      return (nil_a->is_equal == a.holds) != (nil_b->is_equal == b.holds) &&
             IsUnchanged(function, nil_a->tested, nil_b->tested);
    }
    return a.holds != b.holds && IsUnchanged(function, a.value, b.value);
  }

  // The same value or, of memory, with no store to it or call that may write it
  // known between.
  bool IsUnchanged(const Function& function, Value first, Value then) {
    if (first == then) {
      return true;
    }
    if (!dataflow::LooksSame(function, first, then) || !first.is_inst() ||
        !then.is_inst()) {
      return false;
    }
    const FlowOrder& order = pass_.Get<FlowOrder>(function);
    return std::ranges::none_of(function.insts(), [&](const Inst& inst) {
      const InstId id = function.IdOf(inst);
      return inst.op == Op::kStore &&
             dataflow::IsMadeOf(function, then,
                                [&](Value part) {
                                  return part.is_inst() &&
                                         IsLoadFrom(function, part, inst);
                                }) &&
             order.MayFollow(first.inst(), id) &&
             order.MayFollow(id, then.inst());
    });
  }

  static bool IsLoadFrom(const Function& function, Value part,
                         const Inst& store) {
    const Inst& load = function.inst(part.inst());
    return load.op == Op::kLoad &&
           dataflow::LooksSame(function, function.Operands(load)[0],
                               function.Operands(store)[0]);
  }

  // The work was done by hand on every way to the exit, or is done by what
  // exits.
  bool IsDoneBefore(const DeferSite& site, const Work& work,
                    const ProcessExit& exit) {
    const Function& function = *exit.function;
    const Inst& last = function.inst(exit.call);
    if (last.op == Op::kCall && Covers(work_.Of(function, last), work)) {
      return true;
    }
    if (site.function != exit.function) {
      return false;
    }
    const FlowOrder& order = pass_.Get<FlowOrder>(function);
    for (const Inst& inst : function.insts()) {
      const InstId id = function.IdOf(inst);
      if (inst.op == Op::kCall && id != exit.call &&
          order.Dominates(id, exit.call) && order.MayFollow(site.inst, id) &&
          (IsSameCall(function, site.defer(), inst) ||
           (LiteralOf(function, site.defer()) != nullptr &&
            Covers(work_.Of(function, inst), work)))) {
        return true;
      }
    }
    return false;
  }

  static bool Covers(const Work& done, const Work& needed) {
    return !needed.names.empty() &&
           std::ranges::includes(done.names, needed.names);
  }

  static bool IsSameCall(const Function& function, const Inst& a,
                         const Inst& b) {
    if ((a.detail & ssa::kCallModeMask) != (b.detail & ssa::kCallModeMask) ||
        a.aux != b.aux) {
      return false;
    }
    auto of_a = function.Operands(a);
    const auto of_b = function.Operands(b);
    if ((a.detail & ssa::kOnDeferStack) != 0 && a.op == Op::kDefer) {
      of_a = of_a.first(of_a.size() - 1);
    }
    return std::ranges::equal(of_a, of_b, [&](Value x, Value y) {
      return x == y || IsSameValue(function, x, y);
    });
  }

  static bool IsSameValue(const Function& function, Value x, Value y) {
    const auto a = dataflow::ConstantOf(function, x);
    const auto b = dataflow::ConstantOf(function, y);
    if (a.has_value() || b.has_value()) {
      return a.has_value() && b.has_value() &&
             types::constant::ExactString(*a) ==
                 types::constant::ExactString(*b);
    }
    const auto origin = dataflow::OnlyOrigin(function, x);
    if (origin.has_value() && origin == dataflow::OnlyOrigin(function, y)) {
      return true;
    }
    // `f.Name()` twice.
    if (!x.is_inst() || !y.is_inst()) {
      return false;
    }
    const Inst& made_x = function.inst(x.inst());
    const Inst& made_y = function.inst(y.inst());
    return made_x.op == made_y.op && made_x.detail == made_y.detail &&
           made_x.aux == made_y.aux &&
           (made_x.op == Op::kCall || made_x.op == Op::kLoad ||
            made_x.op == Op::kFieldAddr || made_x.op == Op::kField) &&
           std::ranges::equal(function.Operands(made_x),
                              function.Operands(made_y), [&](Value p, Value q) {
                                return p == q || IsSameValue(function, p, q);
                              });
  }

  void Write(const DeferSite& site, const Work& work, const ProcessExit& exit) {
    const Function& function = *exit.function;
    const Inst& call = function.inst(exit.call);
    const auto deferred = ast::ExprId::FromNode(
        TreeOf(site).Get(DeferStmtOf(pass_, *site.function, site.inst)).call);
    const std::string skipped =
        CallPhrase(pass_.IndexOf(*site.function), deferred);
    const uint32_t line = LineOf(*site.function, site.defer().pos);
    const std::string_view ends =
        exit.is_sure ? "ends the process" : "may end the process";
    const bool is_deferred = call.op == Op::kDefer;
    const ast::NodeId node = call.node;
    const std::string what =
        is_deferred
            ? CallPhrase(pass_.IndexOf(function),
                         TreeOf(function)
                             .Get(DeferStmtOf(pass_, function, exit.call))
                             .call)
            : CallPhrase(pass_.IndexOf(function), ast::ExprId::FromNode(node));
    const bool is_lost = work.undone >= Undone::kMessage;
    Finding finding =
        is_lost
            ? pass_.Report(
                  function, SpanOfInst(pass_, function, exit.call),
                  "{} {}, and {}, deferred at line {}, does not run: return "
                  "and exit where nothing is deferred, or do that before",
                  what, ends, skipped, line)
            : pass_.Report(
                  function, SpanOfInst(pass_, function, exit.call),
                  "{} {}, and {}, deferred at line {}, does not run; what it "
                  "releases is gone then all the same",
                  what, ends, skipped, line);
    if (!is_lost) {
      finding.As(source::Severity::kInfo);
    }
    finding.Note(PackagePass::FileOf(*site.function),
                 DeferSpanOf(pass_, *site.function, site.inst),
                 "deferred here");
  }

  static const ast::Tree& TreeOf(const DeferSite& site) {
    return PackagePass::TreeOf(*site.function);
  }
  static const ast::Tree& TreeOf(const Function& function) {
    return PackagePass::TreeOf(function);
  }

  PackagePass& pass_;
  DeferredWork work_;
};

void Run(PackagePass& pass) {
  Finder finder(pass);
  for (const Function* const function : pass.functions()) {
    if (function->kind() != ssa::FunctionKind::kRangeBody &&
        function->has_defers()) {
      finder.Look(*function);
    }
  }
}

constexpr std::string_view kWhat = R"(
A call that ends the process (`os.Exit`, `syscall.Exit`, `log.Fatal` and the like of other loggers), or a function
that does so at whatever depth, on a path on which this function has deferred something: the deferred call does not
run. Reported at the call that exits.

Functions that exit under a condition of an argument, such as `check(err)`, count where the condition can hold. A
deferred function that exits leaves out what was deferred before it.

It is a warning if something outlives the process: files that stay, buffers that are not written, a profile that is
not complete, a lock that is held outside, a message that is not printed. Where the work ends with the process anyway
(closing a file or a connection, cancelling a context) it is an information.
)";

constexpr std::string_view kWhy = R"(
Deferred calls run when a function returns or panics, and when the goroutine ends by `runtime.Goexit`. `os.Exit` ends
the process at once: temporary directories stay, buffered output is lost, lock files block the next run. It is easily
overlooked, as the deferred call is far from the exit, which only happens in the case of an error.
)";

constexpr std::string_view kNotFlagged = R"(
- `os.Exit(run())`: what `run` defers has run by then;
- an exit where nothing is deferred yet, or under a condition that excludes the one of the `defer`;
- a helper that exits for some arguments, called with constants for which it does not;
- work that was done by hand before the exit, or that the function that exits does itself: `cleanup(); os.Exit(1)`;
- a deferred function that exits and was deferred first: `defer func() { os.Exit(code) }()` runs last;
- `t.Fatal`, `runtime.Goexit` and panics: deferred calls do run;
- an exit in another goroutine;
- functions that exit under a condition of their own, in other modules or many calls away.
)";

constexpr GoFact kFacts[] = {
    {.claim = "`os.Exit` runs no deferred call, also when a function that is "
              "called does it.",
     .program = R"(package main

import (
	"fmt"
	"os"
)

func fail() {
	defer fmt.Println("deferred in fail")
	os.Exit(0)
}

func main() {
	defer fmt.Println("deferred in main")
	fmt.Println("begin")
	fail()
}
)",
     .output = "begin\n"},
    {.claim = "A panic, and `runtime.Goexit`, do run deferred calls.",
     .program = R"(package main

import (
	"fmt"
	"runtime"
)

func try(name string, f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { recover() }()
		defer fmt.Println(name, "deferred call runs")
		f()
	}()
	<-done
}

func main() {
	try("panic:", func() { panic("p") })
	try("Goexit:", runtime.Goexit)
}
)",
     .output = "panic: deferred call runs\nGoexit: deferred call runs\n"},
    {.claim = "What was deferred first runs last: a deferred function that "
              "exits must be the first.",
     .program = R"(package main

import (
	"fmt"
	"os"
)

func main() {
	code := 1
	defer func() { os.Exit(code) }()
	defer fmt.Println("cleaned up")
	code = 0
}
)",
     .output = "cleaned up\n"},
};

constexpr std::string_view kAka[] = {"exitAfterDefer"};

}  // namespace

extern const Check defer_skipped_by_exit = {
    .name = "defer-skipped-by-exit",
    .doc =
        {
            .summary = "a process that ends while deferred work is pending",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"log"
	"os"
	"path/filepath"
)

func main() {
	dir, err := os.MkdirTemp("", "job")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "input"), []byte("x"), 0o600); err != nil {
		log.Fatal(err)
	}
}
)",
            .good = R"(package main

import (
	"log"
	"os"
	"path/filepath"
)

func run() error {
	dir, err := os.MkdirTemp("", "job")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return os.WriteFile(filepath.Join(dir, "input"), []byte("x"), 0o600)
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
