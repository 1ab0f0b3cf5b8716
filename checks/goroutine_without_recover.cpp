#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/recover_mistakes.h"
#include "dataflow/panic_points.h"
#include "dataflow/panic_reach.h"

namespace gdlint::checks {
namespace {

using ssa::Inst;
using ssa::Op;

constexpr uint16_t kSources =
    dataflow::kPanicStatement | dataflow::kCallback | dataflow::kRuntimeCheck;

std::string_view CauseOf(uint16_t panics) {
  if ((panics & dataflow::kPanicStatement) != 0) {
    return "it may `panic`";
  }
  return (panics & dataflow::kRuntimeCheck) != 0
             ? "a check of the run-time system may fail in it"
             : "it calls what is not known";
}

void Examine(PackagePass& pass, const ssa::Function& function, const Inst& go) {
  const ssa::Function* const body =
      dataflow::BodiesOf(function, go, pass.analyses()).only();
  if (body == nullptr || dataflow::MayRecoverItself(*body, pass.analyses())) {
    return;
  }
  const uint16_t panics = dataflow::LeavingPanics(*body, pass.analyses());
  if ((panics & kSources) == 0) {
    return;
  }
  const ast::NodeId node = NodeOf(function, function.IdOf(go));
  pass.Report(function, StatementSpan(pass.IndexOf(function), node),
              "this goroutine has no `recover`, and {}: a panic in it ends the "
              "program; defer a function that recovers and reports",
              CauseOf(panics));
}

void Run(PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    if (function->unit() == nullptr || PackagePass::IsTest(*function)) {
      continue;
    }
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kGo) {
        Examine(pass, *function, inst);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A `go` statement whose function may panic and defers nothing that recovers. Off by default: most programs want to end
where something is wrong that nobody reckoned with; servers that run the code of many users do not.
)";

constexpr std::string_view kWhy = R"(
A panic that leaves the function of a goroutine ends the whole program, whatever the goroutine that started it defers.
)";

constexpr std::string_view kNotFlagged = R"(
- goroutines that defer a function with `recover`, or one that may have it;
- functions that are not known, and those in which only a pointer, map or channel may be nil;
- tests.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A goroutine that recovers leaves the others alone.",
     .program = R"(package main

import "fmt"

func main() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("recovered:", recover()) }()
		panic("p")
	}()
	<-done
	fmt.Println("main goes on")
}
)",
     .output = "recovered: p\nmain goes on\n"},
};

}  // namespace

extern const Check goroutine_without_recover = {
    .name = "goroutine-without-recover",
    .doc =
        {
            .summary = "a goroutine that may panic and does not recover",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import "fmt"

func serve(jobs chan int, results chan string) {
	for n := range jobs {
		if n < 0 {
			panic("negative")
		}
		results <- fmt.Sprint(n)
	}
	close(results)
}

func main() {
	jobs, results := make(chan int), make(chan string)
	go serve(jobs, results)
	jobs <- 1
	fmt.Println(<-results)
}
)",
            .good = R"(package main

import "fmt"

func serve(jobs chan int, results chan string) {
	defer close(results)
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("serve:", r)
		}
	}()
	for n := range jobs {
		if n < 0 {
			panic("negative")
		}
		results <- fmt.Sprint(n)
	}
}

func main() {
	jobs, results := make(chan int), make(chan string)
	go serve(jobs, results)
	jobs <- 1
	fmt.Println(<-results)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {},
        },
    .severity = source::Severity::kInfo,
    .needs = Needs::kProgram,
    .on_by_default = false,
    .run_package = Run,
};

}  // namespace gdlint::checks
