#include <string_view>

#include "checks/check.h"
#include "checks/recover_mistakes.h"

namespace gdlint::checks {
namespace {

void Run(PackagePass& pass) {
  ReportRecoverMistakes(pass, RecoverRule::kWrongGoroutine);
}

constexpr std::string_view kWhat = R"(
A `recover` that sits in another goroutine than the panic it is meant for:

- in a goroutine that the deferred function starts, or in a function that is only ever started with `go`;
- deferred by a function that itself does nothing which may panic, but starts a goroutine that may and that has no
  `recover` of its own.
)";

constexpr std::string_view kWhy = R"(
A panic unwinds its own goroutine alone. Nobody else can recover it, neither the function that started the goroutine
nor a goroutine that is started for it: the whole program ends, and the deferred calls of other goroutines do not even
run.
)";

constexpr std::string_view kNotFlagged = R"(
- a goroutine that defers a function with `recover`, itself or in the function that it calls;
- functions that have something else to recover from;
- a goroutine of which nothing is known to panic: then the `recover` is for nothing, which is `recover-unreachable`.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A goroutine that the deferred function starts has no panic to "
              "recover.",
     .program = R"(package main

import "fmt"

func work() {
	defer func() { fmt.Println("still there:", recover()) }()
	defer func() {
		done := make(chan bool)
		go func() {
			fmt.Println("in the goroutine:", recover())
			close(done)
		}()
		<-done
	}()
	panic("p")
}

func main() { work() }
)",
     .output = "in the goroutine: <nil>\nstill there: p\n"},
    {.claim = "A goroutine recovers its own panic.",
     .program = R"(package main

import "fmt"

func main() {
	defer func() { fmt.Println("main:", recover()) }()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("goroutine:", recover()) }()
		panic("p")
	}()
	<-done
}
)",
     .output = "goroutine: p\nmain: <nil>\n"},
};

}  // namespace

extern const Check recover_wrong_goroutine = {
    .name = "recover-wrong-goroutine",
    .doc =
        {
            .summary = "a recover in another goroutine than the panic",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"log"
	"sync"
)

func check(n int) {
	if n < 0 {
		panic("negative")
	}
}

func checkAll(numbers []int) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("check:", r)
		}
	}()
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check(n)
		}()
	}
	wg.Wait()
}

func main() { checkAll([]int{1, 2}) }
)",
            .good = R"(package main

import (
	"log"
	"sync"
)

func check(n int) {
	if n < 0 {
		panic("negative")
	}
}

func checkAll(numbers []int) {
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					log.Println("check:", r)
				}
			}()
			check(n)
		}()
	}
	wg.Wait()
}

func main() { checkAll([]int{1, 2}) }
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
