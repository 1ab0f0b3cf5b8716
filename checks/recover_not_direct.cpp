#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/phrases.h"
#include "checks/syntax/recover_calls.h"

namespace gdlint::checks {
namespace {

using syntax::RecoverCall;
using syntax::RecoverMistake;

constexpr std::string_view kRemedy =
    "call it in the deferred function itself: `defer func() { … recover() … "
    "}()`";

std::string Message(const Pass& pass, const RecoverCall& found) {
  switch (found.mistake) {
    case RecoverMistake::kDeferredItself:
      return fmt::format(
          "`recover` is deferred itself, so that it returns nil and the panic "
          "goes on; {}",
          kRemedy);
    case RecoverMistake::kInRangeOverFunc:
      return "`recover` is called in the body of a range over a function, "
             "which is a "
             "function of its own: it returns nil and the panic goes on; call "
             "it outside "
             "the loop";
    case RecoverMistake::kInCalledLiteral:
      return fmt::format(
          "`recover` is called in a function literal that is called and not "
          "deferred: it returns nil and the panic goes on; {}",
          kRemedy);
    case RecoverMistake::kInStartedLiteral:
      return fmt::format(
          "`recover` is called by the goroutine's function and not by a "
          "deferred one: it returns nil and a panic ends the program; {}",
          kRemedy);
    case RecoverMistake::kInCalledFunction:
      return fmt::format(
          "`recover` is called in {}, which is only ever called and never "
          "deferred: it returns nil and the panic goes on; defer {} itself",
          FunctionPhrase(pass, found.call), FunctionPhrase(pass, found.call));
    case RecoverMistake::kInEntryFunction:
      return fmt::format(
          "`recover` is called in {}, which is not deferred: it returns nil "
          "and stops no panic; {}",
          FunctionPhrase(pass, found.call), kRemedy);
    case RecoverMistake::kThroughHelper:
      break;
  }
  return fmt::format(
      "{} is called by the deferred function, one call too deep for its "
      "`recover`: that returns nil and the panic goes on; defer it directly",
      CallPhrase(pass, found.call));
}

std::string_view RelatedText(RecoverMistake mistake) {
  switch (mistake) {
    case RecoverMistake::kInRangeOverFunc:
      return "this range calls a function for its iterations";
    case RecoverMistake::kInStartedLiteral:
      return "the goroutine is started here";
    case RecoverMistake::kThroughHelper:
      return "the `recover` is here";
    default:
      return "it is called here";
  }
}

void Run(Pass& pass) {
  for (const RecoverCall& found : syntax::FindIneffectiveRecovers(
           pass.package(), pass.file(), pass.index())) {
    Finding finding = pass.Report(found.call, "{}", Message(pass, found));
    if (found.related.has_value()) {
      finding.Note(StatementSpan(pass, found.related), "{}",
                   RelatedText(found.mistake));
    }
  }
}

constexpr std::string_view kWhat = R"(
A call of `recover` that can never stop a panic, because the function that calls it is not the deferred one:

- `defer recover()`;
- a `recover` in a function literal that the deferred function calls, or that is called anywhere;
- a `recover` in a function that the package calls and never defers, or in `main`, `init` and tests;
- a deferred function literal that calls a function with the `recover` in it: at that call, if the function is
  rightly deferred elsewhere;
- a `recover` in the body of a range over a function, which the compiler makes a function of its own.
)";

constexpr std::string_view kWhy = R"(
`recover` returns a panic's value only to a function that was itself deferred. Called from anywhere
else it returns nil, and the panic goes on as if it were not there: the code looks safe, and the
program ends all the same.
)";

constexpr std::string_view kNotFlagged = R"(
- `defer helper()` where `helper` calls `recover`: that is direct;
- deferred methods, method values and functions from variables;
- `defer func() { defer recover() }()`: the inner deferred call is made by the deferred function;
- `recover()` anywhere in an expression of the deferred function, as an argument of a deferred call too;
- exported functions, and those used as values: someone else may defer them;
- packages that are not seen whole, for functions that another file may defer;
- a goroutine that is started by the deferred function: that is another mistake;
- a function called `recover` that the package declares.
)";

constexpr GoFact kFacts[] = {
    {.claim = "`defer recover()` stops nothing; in a deferred function literal "
              "it does.",
     .program = R"(package main

import "fmt"

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	try("deferred itself:", func() {
		defer recover()
		panic("still there")
	})
	try("in a deferred literal:", func() {
		defer func() { defer recover() }()
		panic("stopped")
	})
}
)",
     .output = "deferred itself: still there\nin a deferred literal: <nil>\n"},
    {.claim = "A helper recovers if it is deferred, not if the deferred "
              "function calls it.",
     .program = R"(package main

import "fmt"

func helper() { recover() }

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	try("called:", func() {
		defer func() { helper() }()
		panic("still there")
	})
	try("deferred:", func() {
		defer helper()
		panic("stopped")
	})
}
)",
     .output = "called: still there\ndeferred: <nil>\n"},
    {.claim = "The body of a range over a function is one call too deep; that "
              "of another "
              "range is not.",
     .program = R"(package main

import "fmt"

func once(yield func(int) bool) { yield(0) }

func report() {
	for range once {
		fmt.Println("over a function:", recover())
	}
	for range 1 {
		fmt.Println("over an integer:", recover())
	}
}

func main() {
	defer report()
	panic("p")
}
)",
     .output = "over a function: <nil>\nover an integer: p\n"},
};

constexpr std::string_view kAka[] = {"immediate-recover", "redundant-recover"};

}  // namespace

extern const Check recover_not_direct = {
    .name = "recover-not-direct",
    .doc =
        {
            .summary = "a call of recover that can never stop a panic",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "log"

func logPanic() {
	if v := recover(); v != nil {
		log.Println("recovered:", v)
	}
}

func run(job func()) {
	defer func() {
		logPanic()
	}()
	job()
}

func main() {
	run(func() { panic("boom") })
}
)",
            .good = R"(package main

import "log"

func logPanic() {
	if v := recover(); v != nil {
		log.Println("recovered:", v)
	}
}

func run(job func()) {
	defer logPanic()
	job()
}

func main() {
	run(func() { panic("boom") })
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kError,
    .needs = Needs::kSyntax,
    .on_by_default = true,
    .run = Run,
};

}  // namespace gdlint::checks
