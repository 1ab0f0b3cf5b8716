#include <string_view>

#include "checks/check.h"
#include "checks/phrases.h"
#include "checks/syntax/loops.h"
#include "checks/syntax/package_names.h"
#include "checks/syntax/released.h"
#include "checks/syntax/repeated_defers.h"

namespace gdlint::checks {
namespace {

using syntax::Held;
using syntax::RepeatedDefer;

// So few calls are no pile.
constexpr uint64_t kFew = 8;

// What the pile does, for a defer that repeats.
std::string_view Effect(const Pass& pass, const RepeatedDefer& repeated,
                        const syntax::Released& released) {
  switch (released.held) {
    case Held::kLock:
      return repeated.loop.has_value() &&
                     syntax::IsSameInEveryIteration(
                         pass.index(), pass.tree().Get(repeated.stmt), released,
                         repeated.loop)
                 ? "the next iteration finds the lock still held"
                 : "each lock stays held until then";
    case Held::kResource:
      return "what each iteration should give back stays held until then";
    case Held::kNothing:
      break;
  }
  return "the calls and what they refer to pile up in memory until then";
}

void AddPlace(const Pass& pass, const RepeatedDefer& repeated,
              Finding& finding) {
  if (repeated.loop.has_value()) {
    finding.Note(syntax::LoopHeader(pass.tree(), repeated.loop),
                 "this loop comes back to the `defer`");
  } else {
    finding.Note(repeated.jump, "this jump leads back to the `defer`");
  }
}

bool IsSilent(const Pass& pass, const RepeatedDefer& repeated,
              const syntax::Released& released) {
  if (repeated.times && *repeated.times <= kFew &&
      released.held != Held::kLock) {
    return true;
  }
  return repeated.loop.has_value() &&
         syntax::IsNeededAfterLoop(pass.index(), pass.tree().Get(repeated.stmt),
                                   released, repeated.loop);
}

source::Severity SeverityOf(const Pass& pass, const RepeatedDefer& repeated,
                            const syntax::Released& released) {
  const bool is_test_table =
      pass.file().is_test() && repeated.loop.has_value() &&
      (syntax::RangesOverTable(pass.index(), repeated.loop) ||
       syntax::RangesOverPackageTable(pass.package(), pass.index(),
                                      repeated.loop));
  return released.held == Held::kNothing || is_test_table
             ? source::Severity::kInfo
             : source::Severity::kWarning;
}

void Run(Pass& pass) {
  const syntax::RepeatedDefers defers =
      syntax::FindRepeatedDefers(pass.index());
  for (const RepeatedDefer& repeated : defers.found) {
    const ast::DeferStmt& stmt = pass.tree().Get(repeated.stmt);
    const syntax::Released released =
        syntax::DescribeDeferred(pass.index(), stmt);
    if (IsSilent(pass, repeated, released)) {
      continue;
    }
    Finding finding = pass.Report(
        StatementSpan(pass, repeated.stmt),
        "{} is deferred in a loop and runs only when {} returns: {}; "
        "move the body of the loop into a function of its own",
        CallPhrase(pass, stmt.call), FunctionPhrase(pass, repeated.stmt),
        Effect(pass, repeated, released));
    finding.As(SeverityOf(pass, repeated, released));
    AddPlace(pass, repeated, finding);
  }
  if (!defers.is_complete) {
    ReportIncomplete(pass);
  }
}

constexpr std::string_view kWhat = R"(
A `defer` statement that can run more than once in one call of its function: in a `for` or
`range` loop of any kind, or between a label and a `goto` that jumps back to it. Go runs deferred calls when the
*function* returns, so every iteration adds one more.

The finding is a warning where the deferred call gives something back, judged by its
name (`Close`, `Unlock`, `Release`, `Rollback`, `cancel`, …), and an information elsewhere, and for the
tables of tests.
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
- a loop that is always left behind the `defer`, by `return`, `break`, `goto`, `panic`, `os.Exit`, `log.Fatal`,
  `t.Fatal` or a function of the same file that never returns;
- loops that run at most 8 times by constants of the file, unless a lock is deferred;
- an `if` that only one iteration can pass: `if i == 0`, or `if f == nil` that sets `f`;
- what the code behind the loop still needs: a value that the iteration appends to a slice, stores in a map or
  variable from outside, sends, or hands to a goroutine; elements of a slice that were there before the loop;
- what the iteration sets up last, and has no variable of its own to use it by: `defer set(k, v)()` at the end of
  the body;
- a deferred function literal that does nothing but wait: `<-done`;
- a deferred function literal that does nothing but test a variable from outside the loop,
  such as `if err != nil { … }`.

Which values live on is judged by names and shapes. Where that is not clear the rule is silent.
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
    .needs = Needs::kSyntax,
    .on_by_default = true,
    .run = Run,
};

}  // namespace gdlint::checks
