#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/typed/released.h"
#include "checks/typed/repeated_defers.h"
#include "dataflow/access_path.h"
#include "dataflow/cycle.h"
#include "dataflow/flow_order.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using typed::Held;
using typed::Released;
using typed::RepeatedDefer;
using typed::Source;

// So few calls are no pile.
constexpr uint64_t kFew = 8;

// What the pile does, for a defer that repeats.
std::string_view Effect(const RepeatedDefer& repeated,
                        const Released& released) {
  if (repeated.is_endless && released.held == Held::kResource) {
    return "what each iteration should give back stays held for ever";
  }
  switch (released.held) {
    case Held::kLock:
      return typed::IsSameInEveryIteration(repeated, released)
                 ? "the next iteration finds the lock still held"
                 : "each lock stays held until then";
    case Held::kResource:
      return "what each iteration should give back stays held until then";
    case Held::kNothing:
      break;
  }
  return repeated.is_endless
             ? "the calls and what they refer to pile up in memory"
             : "the calls and what they refer to pile up in memory until then";
}

void AddPlace(const Source& source, const RepeatedDefer& repeated,
              Finding& finding) {
  if (repeated.loop.has_value()) {
    finding.Note(typed::LoopHeader(source.tree(), repeated.loop),
                 "this loop comes back to the `defer`");
  } else {
    finding.Note(repeated.jump, "this jump leads back to the `defer`");
  }
}

bool IsSilent(PackagePass& pass, const Source& source,
              const RepeatedDefer& repeated, const Released& released) {
  return (repeated.times && *repeated.times <= kFew &&
          released.held != Held::kLock) ||
         typed::IsNeededAfterLoop(source, repeated, released, pass.program());
}

source::Severity SeverityOf(const Source& source, const RepeatedDefer& repeated,
                            const Released& released, bool is_test) {
  const bool is_test_table = is_test && repeated.loop.has_value() &&
                             typed::RangesOverTable(source, repeated.loop);
  const bool grows =
      repeated.is_endless || (released.held != Held::kNothing &&
                              !typed::IsEntryOutside(repeated, released));
  return !grows || is_test_table ? source::Severity::kInfo
                                 : source::Severity::kWarning;
}

// `defer f.Close()` as a safety net, and `f.Close()` before the next turn.
bool IsGivenBackInTurn(PackagePass& pass, const Function& function,
                       ssa::InstId defer) {
  const ssa::Inst& inst = function.inst(defer);
  const auto receiver_of = [&](const ssa::Inst& call) {
    const size_t at = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
    const auto operands = function.Operands(call);
    return operands.size() > at && operands[at].has_value()
               ? dataflow::PathOf(function, operands[at])
               : dataflow::AccessPath();
  };
  if (ModeOf(inst) == ssa::CallMode::kBuiltin ||
      ModeOf(inst) == ssa::CallMode::kDynamic) {
    return false;
  }
  const dataflow::AccessPath receiver = receiver_of(inst);
  const std::string_view name = CalleeNameOf(function, inst);
  std::vector<ssa::InstId> calls;
  for (const ssa::Inst& call : function.insts()) {
    if (call.op == ssa::Op::kCall && ModeOf(call) == ModeOf(inst) &&
        CalleeNameOf(function, call) == name && receiver_of(call) == receiver) {
      calls.push_back(function.IdOf(call));
    }
  }
  return !calls.empty() &&
         !pass.Get<dataflow::FlowOrder>(function).MayFollowWithout(defer, defer,
                                                                   calls);
}

void Examine(PackagePass& pass, const Function& function, ssa::InstId inst) {
  const Source source{*function.unit(), pass.IndexOf(function)};
  const auto repeated =
      typed::FindRepetition(source, function, inst, pass.analyses());
  if (!repeated) {
    return;
  }
  Released released =
      typed::DescribeDeferred(source, function, inst, pass.program());
  if (IsSilent(pass, source, *repeated, released)) {
    return;
  }
  if (released.held == Held::kResource &&
      IsGivenBackInTurn(pass, function, inst)) {
    released.held = Held::kNothing;
  }
  const std::string where =
      repeated->is_endless
          ? "that never ends"
          : fmt::format("and runs only when {} returns",
                        FunctionPhrase(source.index, repeated->stmt));
  Finding finding = pass.Report(
      function, StatementSpan(source.index, repeated->stmt),
      "{} is deferred in a loop {}: {}; "
      "move the body of the loop into a function of its own",
      CallPhrase(source.index, source.tree().Get(repeated->stmt).call), where,
      Effect(*repeated, released));
  finding.As(SeverityOf(source, *repeated, released, pass.IsTest(function)));
  AddPlace(source, *repeated, finding);
}

// Examining a statement costs about the size of its function: so much of that
// is spent on one function.
constexpr size_t kMaxWork = 400'000;

void ExamineFunction(PackagePass& pass, const Function& function) {
  size_t left = kMaxWork / std::max<size_t>(function.insts().size(), 1) + 1;
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kDefer) {
      continue;
    }
    if (left-- == 0) {
      pass.Report(function, inst.node,
                  "this function is too large to follow: its `defer` "
                  "statements from here on were not looked at")
          .As(source::Severity::kInfo);
      return;
    }
    if (dataflow::MayRunAgain(function, inst.block)) {
      Examine(pass, function, function.IdOf(inst));
    }
  }
}

void Run(PackagePass& pass) {
  for (const Function* function : pass.functions()) {
    if (function->unit() != nullptr) {
      ExamineFunction(pass, *function);
    }
  }
}

constexpr std::string_view kWhat = R"(
A `defer` statement that can run more than once in one call of its function: in a `for` or
`range` loop of any kind, or between a label and a `goto` that jumps back to it. Go runs deferred calls when the
*function* returns, so every iteration adds one more.

The finding is a warning where what piles up is still held: a lock, or a resource by its type (a `context.CancelFunc`) or
by the name of what is called (`Close`, `Release`, `Rollback`, …), also in a helper or literal. It is an information
elsewhere, for entries that are removed by name from something outside the loop, and for the tables of tests.
)";

constexpr std::string_view kWhy = R"(
What the calls hold piles up: open files until the process may open no more, connections until
the pool is empty, memory until it ends. A lock that is taken in every iteration is still held when
the next one asks for it, and the program stops. In a loop that never ends the calls
never run at all.

Braces do not help, since a `defer` belongs to the function and not to the block. A function does:
move the body of the loop into one, or release at the end of the iteration.
)";

constexpr std::string_view kNotFlagged = R"(
- a `defer` in a function literal that is called in each iteration;
- a loop that is always left behind the `defer`, by `return`, `break`, `goto`, `panic`, a function that never returns, or
  a condition that the `defer` stood under already;
- loops that run at most 8 times by constants, unless a lock is deferred;
- an `if` that only one iteration can pass: `if i == 0`, or `if f == nil` that sets `f`;
- what the code behind the loop still needs: a value that the iteration appends to a slice, stores in a map or
  variable from outside, sends, hands to a goroutine (but not in an endless loop behind which nothing waits), or gives to
  a function that does one of these; elements of a slice that were there before the loop, and that the iteration does not
  open or lock itself;
- what the iteration sets up last, and has no variable of its own to use it by: `defer set(k, v)()` at the end of
  the body;
- a deferred function literal that does nothing but wait: `<-done`;
- a deferred function literal that does nothing but test a variable from outside the loop,
  such as `if err != nil { … }`.

What functions without a body do with their arguments is judged by their names. Where it is not clear whether a value lives
on, the rule is silent.
)";

constexpr GoFact kFacts[] = {
    {.claim =
         "Deferred calls run when the function returns, not when the iteration "
         "ends; a block makes no difference.",
     .program = R"(package main

import "fmt"

func main() {
	for i := 0; i < 2; i++ {
		{
			defer fmt.Println("deferred", i)
		}
		fmt.Println("end of iteration", i)
	}
	fmt.Println("end of loop")
}
)",
     .output = "end of iteration 0\nend of iteration 1\nend of loop\n"
               "deferred 1\ndeferred 0\n"},
    {.claim = "The body of a range over a function is no function of its own "
              "here: its "
              "deferred calls belong to the function around it.",
     .program = R"(package main

import "fmt"

func two(yield func(int) bool) {
	_ = yield(0) && yield(1)
}

func main() {
	for i := range two {
		defer fmt.Println("deferred", i)
	}
	fmt.Println("end of loop")
}
)",
     .output = "end of loop\ndeferred 1\ndeferred 0\n"},
    {.claim = "A function literal that is called in each iteration runs its "
              "deferred "
              "calls in each.",
     .program = R"(package main

import "fmt"

func main() {
	for i := range 2 {
		func() {
			defer fmt.Println("deferred", i)
		}()
	}
	fmt.Println("end of loop")
}
)",
     .output = "deferred 0\ndeferred 1\nend of loop\n"},
};

}  // namespace

extern const Check defer_in_loop = {
    .name = "defer-in-loop",
    .doc =
        {
            .summary = "a deferred call that piles up in a loop",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"io"
	"os"
)

func total(names []string) (int64, error) {
	var sum int64
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func main() {
	total(os.Args[1:])
}
)",
            .good = R"(package main

import (
	"io"
	"os"
)

func total(names []string) (int64, error) {
	var sum int64
	for _, name := range names {
		n, err := size(name)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func size(name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.Copy(io.Discard, f)
}

func main() {
	total(os.Args[1:])
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
