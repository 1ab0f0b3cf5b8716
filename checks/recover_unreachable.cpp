#include <string_view>

#include "checks/check.h"
#include "checks/recover_mistakes.h"

namespace gdlint::checks {
namespace {

void Run(PackagePass& pass) {
  ReportRecoverMistakes(pass, RecoverRule::kUnreachable);
}

constexpr std::string_view kWhat = R"(
A deferred `recover` that no panic gets to: what may panic comes before the `defer` statement, or nothing does, or
another deferred call recovers it first.
)";

constexpr std::string_view kWhy = R"(
A `defer` statement protects what comes after it. Registered too late, the `recover` looks like protection and is
none: the panic ends the program as if it were not there.
)";

constexpr std::string_view kNotFlagged = R"(
- anything that may panic after the `defer`: a `panic`, an index, a division, an assertion, a nil map or pointer, a
  channel that may be closed, a function or method that is not known, a callee that does one of these;
- helpers that are deferred in many places, where one of them needs them: the finding is at the `defer` that does not;
- that a method's receiver may be nil, or a function of the standard library panics for senseless arguments, is not
  counted as a panic.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A panic before the `defer` statement is not recovered by it.",
     .program = R"(package main

import "fmt"

func work(fail bool) {
	if fail {
		panic("early")
	}
	defer func() { fmt.Println("late:", recover()) }()
}

func main() {
	defer func() { fmt.Println("main:", recover()) }()
	work(true)
}
)",
     .output = "main: early\n"},
    {.claim = "The call that was deferred last recovers first, and leaves "
              "nothing.",
     .program = R"(package main

import "fmt"

func main() {
	defer func() { fmt.Println("first:", recover()) }()
	defer func() { fmt.Println("second:", recover()) }()
	panic("p")
}
)",
     .output = "second: p\nfirst: <nil>\n"},
};

}  // namespace

extern const Check recover_unreachable = {
    .name = "recover-unreachable",
    .doc =
        {
            .summary = "a deferred recover that no panic gets to",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "fmt"

func area(width, height int) (n int, err error) {
	if width < 0 || height < 0 {
		panic("negative size")
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("area: %v", r)
		}
	}()
	return width * height, nil
}

func main() { fmt.Println(area(2, 3)) }
)",
            .good = R"(package main

import "fmt"

func area(width, height int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("area: %v", r)
		}
	}()
	if width < 0 || height < 0 {
		panic("negative size")
	}
	return width * height, nil
}

func main() { fmt.Println(area(2, 3)) }
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
