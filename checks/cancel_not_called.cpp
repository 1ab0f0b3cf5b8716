#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/fixes/added_release.h"
#include "checks/package_pass.h"
#include "checks/resources/package_lifetimes.h"

namespace gdlint::checks {
namespace {

using resources::Leak;
using resources::Lifetime;

void Report(PackagePass& pass, const ssa::Function& function,
            const Lifetime& lifetime) {
  const ssa::Inst& call = function.inst(lifetime.acquisition);
  const std::string_view callee = resources::CalleeText(function, call);
  if (lifetime.is_unused) {
    pass.Report(
            function, call.node,
            "the cancel function of `{}` is dropped: what the context holds "
            "is released only when its parent ends; keep it and `defer` it",
            callee)
        .Propose(fixes::AddCancel(pass, function, lifetime));
    return;
  }
  const Leak& leak = lifetime.leaks.front();
  const ssa::Inst& exit = function.inst(leak.exit);
  Finding finding = pass.Report(
      function, call.node,
      "{}, the cancel function of `{}`, is not called when {} {} at line {}; "
      "`defer` it",
      resources::ResourcePhrase(function, lifetime), callee,
      leak.exit == lifetime.acquisition ? "the loop"
                                        : resources::FunctionPhrase(function),
      leak.exit == lifetime.acquisition ? "comes back" : "returns",
      resources::LineOf(function, exit));
  finding.Propose(fixes::AddCancel(pass, function, lifetime));
  if (exit.node.has_value() && leak.exit != lifetime.acquisition &&
      exit.node != function.syntax()) {
    finding.Note(exit.node, "it returns here");
  }
}

void Run(PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      if (lifetime.what.kind == knowledge::ResourceKind::kCancel &&
          !lifetime.is_incomplete &&
          (!lifetime.leaks.empty() || lifetime.is_unused)) {
        Report(pass, *function, lifetime);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A `context.CancelFunc` (of any of the `With…` functions of `context`, and of `signal.NotifyContext`) that some way out of
the function neither calls nor hands over, or that is dropped at once.
)";

constexpr std::string_view kWhy = R"(
Until it is called, or the parent ends, the context stays in its parent's list and its timer runs: under a parent that
lives as long as the process, each call adds to what is never freed.
)";

constexpr std::string_view kNotFlagged = R"(
- a cancel function that is returned, stored, passed to a function that calls or keeps it, or captured by a closure that
  does;
- ways that end in a panic or in the end of the process.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A context ends when its cancel function is called, not when the "
              "function that made it returns.",
     .program = R"(package main

import (
	"context"
	"fmt"
)

func derive(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(parent)
}

func main() {
	ctx, cancel := derive(context.Background())
	fmt.Println(ctx.Err())
	cancel()
	fmt.Println(ctx.Err())
}
)",
     .output = "<nil>\ncontext canceled\n"},
};

constexpr std::string_view kAka[] = {"lostcancel"};

}  // namespace

extern const Check cancel_not_called = {
    .name = "cancel-not-called",
    .doc = {.summary = "a cancel function that some way out does not call",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"context"
	"time"
)

func fetch(ctx context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	if err := get(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}
)",
            .good = R"(package p

import (
	"context"
	"time"
)

func fetch(ctx context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return get(ctx)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka},
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
