#include <string_view>

#include "checks/check.h"
#include "checks/recover_mistakes.h"

namespace gdlint::checks {
namespace {

void Run(PackagePass& pass) {
  ReportRecoverMistakes(pass, RecoverRule::kUnrecoverable);
}

constexpr std::string_view kWhat = R"(
An operation that ends the program, in a function whose deferred `recover` has nothing else to be there for:

- `os.Exit`, `log.Fatal` and functions that end in one;
- `Unlock` of a mutex that this function does not lock, or has unlocked already; a second `Lock`;
- goroutines of a loop that write to the same map without a lock;
- waiting on a channel that nobody else has;
- a function that calls itself without an end.
)";

constexpr std::string_view kWhy = R"(
These are no panics but fatal errors of the run-time system, or the end of the process. No `recover` sees them, no
deferred call runs, and the program ends at the place that was thought to be safe.
)";

constexpr std::string_view kNotFlagged = R"(
- run-time panics, which are recovered: nil dereference, index, division, assignment to a nil map, failed assertion,
  send on a closed channel, negative `WaitGroup` counter;
- functions that do anything else that may panic: the `recover` is for that;
- a lock that the function takes before.
)";

constexpr GoFact kFacts[] = {
    {.claim = "`os.Exit` ends the process: nothing recovers, nothing deferred "
              "runs.",
     .program = R"(package main

import (
	"fmt"
	"os"
)

func main() {
	defer func() { fmt.Println("never printed", recover()) }()
	fmt.Println("leaving")
	os.Exit(0)
}
)",
     .output = "leaving\n"},
    {.claim = "An assignment to a nil map is a panic like others.",
     .program = R"(package main

import "fmt"

func main() {
	defer func() { fmt.Println(recover()) }()
	var m map[string]int
	m["a"] = 1
}
)",
     .output = "assignment to entry in nil map\n"},
};

}  // namespace

extern const Check panic_unrecoverable = {
    .name = "panic-unrecoverable",
    .doc =
        {
            .summary = "a recover around what nothing recovers",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"sync"
)

type cache struct{ mu sync.Mutex }

func (c *cache) release() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("not locked: %v", r)
		}
	}()
	c.mu.Unlock()
	return nil
}

func main() {
	var c cache
	c.mu.Lock()
	fmt.Println(c.release())
}
)",
            .good = R"(package main

import (
	"errors"
	"fmt"
	"sync"
)

type cache struct {
	mu   sync.Mutex
	held bool
}

func (c *cache) release() error {
	if !c.held {
		return errors.New("not locked")
	}
	c.held = false
	c.mu.Unlock()
	return nil
}

func main() {
	var c cache
	c.mu.Lock()
	c.held = true
	fmt.Println(c.release())
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
