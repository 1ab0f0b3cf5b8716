#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/fixes/added_release.h"
#include "checks/package_pass.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/unread_fields.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using resources::Leak;
using resources::Lifetime;

void Report(PackagePass& pass, const ssa::Function& function,
            const Lifetime& lifetime) {
  const ssa::Inst& call = function.inst(lifetime.acquisition);
  const std::string_view callee = resources::CalleeText(function, call);
  if (lifetime.is_unused) {
    Finding finding = pass.Report(
        function, call.node,
        "the cancel function of `{}` is dropped: what the context holds "
        "is released only when its parent ends; keep it and `defer` it",
        callee);
    finding.Propose(fixes::AddCancel(pass, function, lifetime));
    if (PackagePass::IsMain(function)) {
      finding.As(source::Severity::kInfo);
    }
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
  if (PackagePass::IsMain(function) && leak.exit != lifetime.acquisition) {
    finding.As(source::Severity::kInfo);
  }
  if (exit.node.has_value() && leak.exit != lifetime.acquisition &&
      exit.node != function.syntax()) {
    finding.Note(exit.node, "it returns here");
  }
}

// The store that puts the cancel function where nothing reads it, if it goes
// nowhere else.
ssa::InstId BuriedBy(const ssa::Function& function, const Lifetime& lifetime,
                     const UnreadFields& unread) {
  ssa::InstId store;
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kExtract || inst.aux != lifetime.what.result ||
        function.Operands(inst)[0] != ssa::Value(lifetime.acquisition)) {
      continue;
    }
    const ssa::Value cancel(function.IdOf(inst));
    std::vector<ssa::Value> copies = {cancel};
    for (size_t i = 0; i < copies.size(); ++i) {
      for (const ssa::InstId user : function.UsersOf(copies[i])) {
        const ssa::Inst& use = function.inst(user);
        if (use.op == ssa::Op::kChangeType) {
          copies.emplace_back(user);
        } else if (use.op == ssa::Op::kStore &&
                   function.Operands(use)[1] == copies[i] &&
                   unread.IsUnread(function, function.Operands(use)[0])) {
          store = user;
        } else {
          return {};
        }
      }
    }
  }
  return store;
}

void ReportBuried(PackagePass& pass, const ssa::Function& function,
                  const Lifetime& lifetime, ssa::InstId store) {
  const ssa::Inst& call = function.inst(lifetime.acquisition);
  const ssa::Inst& address =
      function.inst(function.Operands(function.inst(store))[0].inst());
  pass.Report(
      function, call.node,
      "{}, the cancel function of `{}`, is kept in the field `{}`, which "
      "nothing reads: nobody can call it; call it where the work ends",
      resources::ResourcePhrase(function, lifetime),
      resources::CalleeText(function, call),
      FieldOf(function, address)->name->text());
}

// Its parent is made here, too, and ends wherever the function does:
// `ctx, cancel := …; defer cancel(); ctx, _ = context.WithTimeout(ctx, d)`.
bool EndsWithParent(PackagePass& pass, const ssa::Function& function,
                    const Lifetime& lifetime) {
  const auto operands = function.Operands(function.inst(lifetime.acquisition));
  if (operands.size() < 2) {
    return false;
  }
  const auto origin = dataflow::OnlyOrigin(function, operands[1]);
  if (!origin || origin->function != &function || !origin->value.is_inst()) {
    return false;
  }
  const ssa::Inst& parent = function.inst(origin->value.inst());
  if (parent.op != ssa::Op::kExtract || parent.aux != 0) {
    return false;
  }
  return std::ranges::any_of(
      pass.Get<resources::FunctionLifetimes>(function).all(),
      [&](const Lifetime& other) {
        return other.what.kind == knowledge::ResourceKind::kCancel &&
               ssa::Value(other.acquisition) == function.Operands(parent)[0] &&
               other.acquisition != lifetime.acquisition &&
               !other.is_incomplete && !other.is_unused && other.leaks.empty();
      });
}

void Run(PackagePass& pass) {
  std::optional<UnreadFields> unread;
  for (const ssa::Function* const function : pass.functions()) {
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      if (lifetime.what.kind == knowledge::ResourceKind::kCancel &&
          !lifetime.is_incomplete &&
          !EndsWithParent(pass, *function, lifetime)) {
        if (!lifetime.leaks.empty() || lifetime.is_unused) {
          Report(pass, *function, lifetime);
          continue;
        }
        if (!unread) {
          unread.emplace(pass);
        }
        const ssa::InstId store = BuriedBy(*function, lifetime, *unread);
        if (store.has_value()) {
          ReportBuried(pass, *function, lifetime, store);
        }
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
  does (but for an unexported field that nothing in the package reads);
- a context whose parent is made in the same function and is cancelled on every way out;
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
