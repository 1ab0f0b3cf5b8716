#include <string_view>

#include "checks/check.h"
#include "checks/recover_mistakes.h"

namespace gdlint::checks {
namespace {

void Run(PackagePass& pass) {
  ReportRecoverMistakes(pass, RecoverRule::kNotDirect);
}

constexpr std::string_view kWhat = R"(
A call of `recover` that can never stop a panic, because the function that calls it is not the deferred one:

- `defer recover()`;
- a `recover` in a function literal that the deferred function calls, or that is called anywhere;
- a `recover` in a literal that is handed to a function which calls it, such as `once.Do`;
- a `recover` in a function that the program calls and never defers, or in `main`, `init` and tests; a
  method that another one only forwards to is such a function;
- a call of a function with a `recover` by a deferred function: at that call, if the function is
  rightly deferred elsewhere, or may be;
- a `recover` in the body of a range over a function, which the compiler makes a function of its own.
)";

constexpr std::string_view kWhy = R"(
`recover` returns a panic's value only to a function that was itself deferred. Called from anywhere
else it returns nil, and the panic goes on as if it were not there: the code looks safe, and the
program ends all the same.
)";

constexpr std::string_view kNotFlagged = R"(
- `defer helper()` where `helper` calls `recover`: that is direct;
- deferred methods, method values, methods of interfaces, promoted methods, functions from variables, and
  instances of generic functions: the wrappers that the compiler makes do not count;
- `defer func() { defer recover() }()`: the inner deferred call is made by the deferred function;
- `recover()` anywhere in an expression of the deferred function, as an argument of a deferred call too;
- exported functions of a library that nothing calls wrongly, and functions that are used as values: someone else may
  defer them;
- functions that nothing uses;
- a `recover` in a goroutine that a deferred function starts: that is `recover-wrong-goroutine`;
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
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
