#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/defer_registration.h"
#include "dataflow/flow_order.h"
#include "dataflow/program.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/object.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::DeferExit;
using dataflow::DeferRegistration;
using dataflow::DeferSite;
using dataflow::FlowOrder;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool CallsRecover(const Function& function) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    return inst.op == Op::kCall &&
           function.Operands(inst)[0] ==
               Value(Value::Kind::kBuiltin,
                     static_cast<uint32_t>(types::BuiltinId::kRecover));
  });
}

// It is there for panics, which may come at any time.
bool IsForPanics(PackagePass& pass, const DeferSite& site) {
  const Function& function = *site.function;
  const Value callee = function.Operands(site.defer())[0];
  if (callee.kind() == Value::Kind::kBuiltin) {
    return callee.index() == static_cast<uint32_t>(types::BuiltinId::kRecover);
  }
  const auto& program = pass.program();
  if (program.SummaryOfCall(function, site.defer()).calls_recover) {
    return true;
  }
  const auto targets = program.TargetsOf(function, site.defer());
  if (std::ranges::any_of(targets.functions, [&](const auto id) {
        const Function* const body = program.node(id).body;
        return body != nullptr && CallsRecover(*body);
      })) {
    return true;
  }
  const auto target = dataflow::FunctionOf(function, callee);
  return target.has_value() && target->literal != nullptr &&
         CallsRecover(*target->literal);
}

// Of an exit that is no call.
bool MayRun(const DeferExit& exit) {
  return (exit.ends &
          (dataflow::kReturns | dataflow::kPanics | dataflow::kGoexits)) != 0;
}

bool Follows(const FlowOrder& order, const DeferSite& site,
             const DeferExit& exit) {
  if (exit.inst.has_value()) {
    return order.MayFollow(site.inst, exit.inst);
  }
  const ssa::BlockId block = site.defer().block;
  return block == exit.loop || order.Reaches(block, exit.loop);
}

// The channel of a ticker, which nothing closes: not even Stop does.
bool IsOfTicker(const Function& function, Value channel) {
  channel = dataflow::StripConversions(function, channel);
  if (!channel.is_inst()) {
    return false;
  }
  const Inst* inst = &function.inst(channel.inst());
  if (inst->op == Op::kCall) {
    const types::Func* const callee = dataflow::NamedCallee(function, *inst);
    return callee != nullptr && dataflow::FullName(*callee) == "time.Tick";
  }
  if (inst->op == Op::kLoad && function.Operands(*inst)[0].is_inst()) {
    inst = &function.inst(function.Operands(*inst)[0].inst());
  }
  if (inst->op != Op::kFieldAddr && inst->op != Op::kField) {
    return false;
  }
  const types::Type* type =
      types::Unalias(function.TypeOf(function.Operands(*inst)[0]));
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = pointer->elem;
  }
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "time" &&
         named->obj->name->text() == "Ticker";
}

// A ticker that is wanted for ever need not be stopped.
bool StopsTicker(const DeferSite& site) {
  const types::Func* const callee =
      dataflow::NamedCallee(*site.function, site.defer());
  return callee != nullptr &&
         dataflow::FullName(*callee) == "(*time.Ticker).Stop";
}

// `for range ticker.C` behind the `defer`, which the exit is behind.
InstId TickerLoopBefore(const FlowOrder& order, const DeferSite& site,
                        InstId exit) {
  const Function& function = *site.function;
  for (const dataflow::Condition& condition :
       order.ConditionsOf(function.inst(exit).block)) {
    if (condition.holds || !condition.value.is_inst() ||
        !order.MayFollow(site.inst, condition.test)) {
      continue;
    }
    const Inst& is_open = function.inst(condition.value.inst());
    if (is_open.op != Op::kExtract) {
      continue;
    }
    const Value received = function.Operands(is_open)[0];
    if (received.is_inst() && function.inst(received.inst()).op == Op::kRecv &&
        IsOfTicker(function,
                   function.Operands(function.inst(received.inst()))[0])) {
      return received.inst();
    }
  }
  return {};
}

// Where it goes on for ever: a place to show; nothing if some way runs the
// deferred call, or none goes on for ever.
InstId EndlessAfter(PackagePass& pass, const DeferRegistration& registration,
                    const DeferSite& site) {
  const FlowOrder& order = pass.Get<FlowOrder>(*site.function);
  InstId endless;
  for (const DeferExit& exit : registration.exits()) {
    const bool is_call =
        exit.inst.has_value() && exit.function->inst(exit.inst).op == Op::kCall;
    // What a loop body does may come at any time.
    if (exit.function == site.function && !Follows(order, site, exit)) {
      continue;
    }
    if (exit.function == site.function && exit.inst.has_value() &&
        !StopsTicker(site)) {
      const InstId ticks = TickerLoopBefore(order, site, exit.inst);
      if (ticks.has_value()) {
        endless = ticks;
        continue;
      }
    }
    if (is_call) {
      const auto summary = pass.program().SummaryOfCall(
          *exit.function, exit.function->inst(exit.inst));
      if (!summary.is_known) {
        // It returns, as far as anyone knows.
        continue;
      }
      // A panic in a callee is not counted on, unless it does nothing else.
      if ((summary.ends & dataflow::kGoexits) != 0 ||
          (summary.never_returns() &&
           (summary.ends & dataflow::kPanics) != 0)) {
        return {};
      }
      if (!summary.never_returns()) {
        continue;
      }
    } else if (MayRun(exit)) {
      return {};
    }
    if ((exit.ends & dataflow::kEndless) != 0 &&
        exit.function == site.function) {
      endless = exit.inst.has_value()
                    ? exit.inst
                    : InstId{site.function->block(exit.loop).insts_begin};
    }
  }
  return endless;
}

void Look(PackagePass& pass, const Function& function) {
  const DeferRegistration& registration = pass.Get<DeferRegistration>(function);
  if (!registration.is_complete()) {
    return;
  }
  for (const DeferSite& site : registration.sites()) {
    if (site.function != &function) {
      continue;
    }
    const InstId place = EndlessAfter(pass, registration, site);
    if (!place.has_value() || IsForPanics(pass, site)) {
      continue;
    }
    const auto stmt = DeferStmtOf(pass, function, site.inst);
    if (!stmt.has_value()) {
      continue;
    }
    const syntax::FileIndex& index = pass.IndexOf(function);
    Finding finding = pass.Report(
        function, DeferSpanOf(pass, function, site.inst),
        "{} never runs: behind this `defer` no way leads to a return, as "
        "control goes on for ever at line {}; leave the loop some time, or "
        "call it where the work is done",
        CallPhrase(index, index.tree().Get(stmt).call),
        LineOf(function, function.inst(place).pos));
    finding.Note(SpanOfInst(pass, function, place), "there is no end to this");
  }
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->kind() != ssa::FunctionKind::kRangeBody &&
        function->has_defers()) {
      Look(pass, *function);
    }
  }
}

constexpr std::string_view kWhat = R"(
A `defer` behind which no path leads to an exit that runs the deferred call: the function goes on for ever, in a loop
without a way out or in `select {}`, or calls a function that does.
)";

constexpr std::string_view kWhy = R"(
Deferred calls run when the function ends. One that never does keeps what the deferred call would release, and whoever
waits for it (`wg.Done()`, `close(done)`) waits for ever.
)";

constexpr std::string_view kNotFlagged = R"(
- a path that returns, panics or calls `runtime.Goexit` (or `t.Fatal`), be it rare: `case <-ctx.Done(): return`;
- a loop over a channel, which ends when the channel is closed (but that of a `time.Ticker` never is);
- a deferred call that recovers: it is there for the panics that may come from anywhere.

A panic in a callee, or one at run time, does not count as a way out, nor does the end of the process.
)";

constexpr GoFact kFacts[] = {
    {.claim = "What an endless function has deferred does not run, not even "
              "when `main` returns.",
     .program = R"(package main

import (
	"fmt"
	"time"
)

func work(tick chan<- int) {
	defer fmt.Println("not printed")
	for i := 0; ; i++ {
		tick <- i
	}
}

func main() {
	tick := make(chan int)
	go work(tick)
	<-tick
	<-tick
	time.Sleep(time.Millisecond)
	fmt.Println("main returns")
}
)",
     .output = "main returns\n"},
};

constexpr std::string_view kAka[] = {"SA5003"};

}  // namespace

extern const Check defer_never_runs = {
    .name = "defer-never-runs",
    .doc =
        {
            .summary = "a deferred call in a function that never ends",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"time"
)

func poll(done chan<- bool) {
	defer close(done)
	for {
		fmt.Println("tick")
		time.Sleep(time.Second)
	}
}

func main() {
	done := make(chan bool)
	go poll(done)
	<-done
}
)",
            .good = R"(package main

import (
	"fmt"
	"time"
)

func poll(done chan<- bool, times int) {
	defer close(done)
	for range times {
		fmt.Println("tick")
		time.Sleep(time.Second)
	}
}

func main() {
	done := make(chan bool)
	go poll(done, 3)
	<-done
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
