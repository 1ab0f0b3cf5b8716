#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/fixes/loop_copy.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/typed/loop_captures.h"
#include "dataflow/cycle.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using typed::Delay;
using typed::LoopCapture;
using typed::Source;

std::string_view Subject(const LoopCapture& capture) {
  switch (capture.delay) {
    case Delay::kDefer:
      return capture.literal.has_value() ? "this deferred function literal"
                                         : "this deferred call";
    case Delay::kGo:
      return "this goroutine";
    case Delay::kKept:
      break;
  }
  return "this function literal, which is kept for later,";
}

std::string_view Effect(Delay delay) {
  switch (delay) {
    case Delay::kDefer:
      return "it runs after the loop and sees the last value every time";
    case Delay::kGo:
      return "it may see the value of a later iteration";
    case Delay::kKept:
      break;
  }
  return "when it is called it sees the value of a later iteration";
}

// Why the iterations share the variable.
std::string Sharing(source::LangVersion lang, const LoopCapture& capture) {
  return capture.declared_by_loop
             ? fmt::format(
                   "which all iterations share in {} (each has its own from {} "
                   "on)",
                   lang.Name(), source::kPerIterationLoopVars.Name())
             : "which is declared outside the loop and so shared by all "
               "iterations";
}

source::Span Place(const Source& source, const LoopCapture& capture) {
  return capture.cause == capture.literal
             ? LiteralSpan(source.index, capture.literal)
             : StatementSpan(source.index, capture.cause);
}

// Cheap: most functions make no literal in a loop, and start and defer nothing
// there.
bool HasCandidates(const Function& function) {
  const auto may_run_again = [&](const ssa::Inst& inst) {
    const bool is_candidate = inst.op == ssa::Op::kMakeClosure ||
                              inst.op == ssa::Op::kGo ||
                              inst.op == ssa::Op::kDefer;
    return is_candidate && dataflow::MayRunAgain(function, inst.block);
  };
  return function.unit() != nullptr &&
         std::ranges::any_of(function.insts(), may_run_again);
}

void Run(PackagePass& pass) {
  for (const Function* function : pass.functions()) {
    if (!HasCandidates(*function)) {
      continue;
    }
    const Source source{*function->unit(), pass.IndexOf(*function)};
    std::set<ast::NodeId> causes;
    const std::vector<LoopCapture> captures =
        typed::FindLoopCaptures(source, *function, pass.analyses());
    for (const LoopCapture& capture : captures) {
      if (!causes.insert(capture.cause).second) {
        continue;
      }
      const std::string_view name = capture.variable->name->text();
      pass.Report(*function, Place(source, capture),
                  "{} uses `{}`, {}: {}; pass `{}` as an argument, or copy it "
                  "inside the loop",
                  Subject(capture), name,
                  Sharing(pass.LangOf(*function), capture),
                  Effect(capture.delay), name)
          .Note(capture.use, "`{}` is used here", name)
          .Note(typed::LoopHeader(source.tree(), capture.loop),
                "this loop changes `{}` for the next iteration", name)
          .Propose(fixes::CopyVariables(source, capture.cause, captures));
    }
  }
}

constexpr std::string_view kWhat = R"(
A function literal that is deferred, started with `go` or kept for later, and that uses a
variable which all iterations of the loop around it share. When it runs, the loop has gone on.

Before Go 1.22 the variables of `for i := …` and `for k, v := range …` are such variables. Since Go 1.22 each
iteration has its own. What counts is the language version of the file: the `go` line of go.mod, or a
`//go:build go1.N` line in the file. The rule follows it, and is silent about these variables from 1.22 on.

A variable that is declared outside the loop and assigned by its clause (`for i = 0; …`, `for k, v = range …`) is shared
in every version. So is one that each iteration sets before it makes the literal, and that nothing behind the loop reads.

A call that is deferred or started counts too if it is given the variable's address: `go f(&v)`, or `defer v.M()` of a method
with a pointer receiver.
)";

constexpr std::string_view kWhy = R"(
A deferred literal runs when the function returns and sees the value that the loop ended with: all of them
close the same file. A goroutine sees whatever the loop has got to by then: some values are
handled twice, others not at all, and reading them is a data race.

Pass the value as an argument, since arguments are evaluated at the statement; or copy it (`i := i`) in
the body of the loop; or move the module to Go 1.22 or later.
)";

constexpr std::string_view kNotFlagged = R"(
- files at language version 1.22 or later, for variables that the loop declares;
- `i := i`, parameters of the literal, and arguments: `defer f(i)` is right in every version;
- a literal that runs within its iteration: called where it stands, deferred in a literal that is, or awaited
  there by `Wait` or a receive;
- a goroutine whose iteration goes on with a variable of its own that the goroutine uses too, or with the other end of
  a pipe: it may wait by that;
- a loop that is always left behind the literal;
- handlers that a test registers (`mux.HandleFunc`): it makes the requests in the same iteration;
- a literal given to a function that is not known to keep it.

Known to start or keep: `go`, `defer`, `append`, assignment to what lies outside the loop, a send, functions whose bodies do
so, those of the standard library (`WaitGroup.Go`, `time.AfterFunc`, `http.HandleFunc`, …), methods called `Go`, `AfterFunc`,
`Cleanup` or `HandleFunc`, and `t.Run` behind `t.Parallel`.
)";

constexpr GoFact kFacts[] = {
    {.claim = "Before Go 1.22 the literals share one variable. (The "
              "`//go:build` line "
              "sets the language version of the file.)",
     .program = R"(//go:build go1.21

package main

import "fmt"

func main() {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Println(i) }()
	}
}
)",
     .output = "3\n3\n3\n"},
    {.claim = "Since Go 1.22 each iteration has its own.",
     .program = R"(//go:build go1.22

package main

import "fmt"

func main() {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Println(i) }()
	}
}
)",
     .output = "2\n1\n0\n"},
    {.claim =
         "Arguments are evaluated at the `defer` statement, in every version.",
     .program = R"(//go:build go1.21

package main

import "fmt"

func main() {
	for i := 0; i < 3; i++ {
		defer fmt.Println(i)
	}
}
)",
     .output = "2\n1\n0\n"},
    {.claim = "A variable from outside the loop is shared in every version.",
     .program = R"(package main

import "fmt"

func main() {
	var i int
	for i = range 3 {
		defer func() { fmt.Println(i) }()
	}
}
)",
     .output = "2\n2\n2\n"},
};

}  // namespace

extern const Check defer_loop_capture = {
    .name = "defer-loop-capture",
    .doc =
        {
            .summary = "a delayed function literal that sees a later "
                       "iteration's value",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(//go:build go1.21

package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println(name)
		}()
	}
	wg.Wait()
}
)",
            .good = R"(//go:build go1.21

package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			fmt.Println(name)
		}(name)
	}
	wg.Wait()
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
