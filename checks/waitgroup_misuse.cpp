#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/group_counts.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"
#include "checks/typed/source.h"
#include "dataflow/access_path.h"
#include "dataflow/cycle.h"
#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/function_runs.h"
#include "dataflow/panic_reach.h"

namespace gdlint::checks {
namespace {

using dataflow::AccessPath;
using resources::FunctionPlaces;
using resources::Held;
using resources::PlaceClash;
using resources::PlaceEvent;
using resources::PlaceExit;
using resources::PlaceOp;
using resources::PlacePaths;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// The wait group of a call of its method; none of other calls.
std::optional<AccessPath> GroupOf(const Function& function, const Inst& call,
                                  std::string_view method) {
  const bool is_call = call.op == Op::kCall || call.op == Op::kDefer;
  const types::Func* const named =
      is_call ? dataflow::NamedCallee(function, call) : nullptr;
  if (named == nullptr || named->recv == nullptr || named->package == nullptr ||
      named->package->path != "sync" || named->name->text() != method ||
      ModeOf(call) != ssa::CallMode::kStatic) {
    return std::nullopt;
  }
  const auto* const pointer = types::UnderAs<types::Pointer>(
      function.TypeOf(function.Operands(call)[1]));
  const types::Named* const type =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  if (type == nullptr || type->obj->name->text() != "WaitGroup") {
    return std::nullopt;
  }
  return dataflow::PathOf(function, function.Operands(call)[1]);
}

const Inst* FindCall(const Function& function, const AccessPath& group,
                     std::string_view method) {
  const auto found =
      std::ranges::find_if(function.insts(), [&](const Inst& inst) {
        return GroupOf(function, inst, method) == group;
      });
  return found == function.insts().end() ? nullptr : &*found;
}

bool Spawns(const Function& function) {
  return std::ranges::any_of(
      function.insts(), [](const Inst& inst) { return inst.op == Op::kGo; });
}

const Function* BodyOf(PackagePass& pass, const Function& function,
                       const Inst& call) {
  const dataflow::FunctionId target =
      pass.program().TargetsOf(function, call).only();
  const Function* const body =
      target.has_value() ? pass.program().node(target).body : nullptr;
  return body != nullptr && body->unit() != nullptr &&
                 body->package() == function.package()
             ? body
             : nullptr;
}

size_t CountCalls(const Function& function, const AccessPath& group,
                  std::string_view method) {
  return static_cast<size_t>(
      std::ranges::count_if(function.insts(), [&](const Inst& inst) {
        return GroupOf(function, inst, method) == group;
      }));
}

// Whoever starts the goroutine has counted it, or counts himself as long as he
// starts some: what the goroutine adds is for others.
bool IsCountedBefore(const Function& function, const Function& body,
                     const AccessPath& group) {
  if (FindCall(function, group, "Add") == nullptr) {
    return false;
  }
  const auto starts = std::ranges::count_if(
      function.insts(), [](const Inst& inst) { return inst.op == Op::kGo; });
  return starts < 2 || FindCall(function, group, "Done") != nullptr ||
         CountCalls(body, group, "Done") != CountCalls(body, group, "Add");
}

// Some way on from `add` calls Done nowhere, as where something else that was
// started does so.
bool IsForOthers(PackagePass& pass, const Function& body, const Inst& add,
                 const AccessPath& group) {
  std::vector<InstId> dones;
  for (const Inst& inst : body.insts()) {
    if (GroupOf(body, inst, "Done") == group) {
      if (inst.op == Op::kDefer) {
        return false;
      }
      dones.push_back(body.IdOf(inst));
    }
  }
  const auto& order = pass.Get<dataflow::FlowOrder>(body);
  return std::ranges::any_of(body.insts(), [&](const Inst& inst) {
    return inst.op == Op::kReturn &&
           order.MayFollowWithout(body.IdOf(add), body.IdOf(inst), dones);
  });
}

// The goroutine counts itself, perhaps after somebody has waited for it.
void ExamineAdds(PackagePass& pass, const Function& function,
                 const Function& body) {
  if (Spawns(body)) {
    return;
  }
  for (const Inst& inst : body.insts()) {
    const auto group = GroupOf(body, inst, "Add");
    if (!group || FindCall(body, *group, "Done") == nullptr ||
        (group->function == &body && group->root.is_inst()) ||
        IsCountedBefore(function, body, *group) ||
        IsForOthers(pass, body, inst, *group)) {
      continue;
    }
    pass.Report(
        body, SpanOfInst(pass, body, body.IdOf(inst)),
        "the goroutine adds itself to `{}`: whoever waits may have "
        "gone on before it gets here; call `Add` before the `go` "
        "statement, or use `Go`",
        resources::VariableAt(body, body.Operands(inst)[1]) == nullptr
            ? "the wait group"
            : NameOf(resources::VariableAt(body, body.Operands(inst)[1])));
  }
}

// A Done that a return statement of the goroutine leaves out.
void ExamineSkipped(PackagePass& pass, const Function& body) {
  for (const PlacePaths& paths : pass.Get<FunctionPlaces>(body).all()) {
    if (paths.is_incomplete) {
      continue;
    }
    const auto done =
        std::ranges::find_if(paths.exits, [&](const PlaceExit& exit) {
          return exit.held == Held::kDone && body.inst(exit.by).op == Op::kCall;
        });
    const auto skipped =
        std::ranges::find_if(paths.exits, [&](const PlaceExit& exit) {
          return exit.held == Held::kEntry &&
                 body.inst(exit.exit).node.kind() == ast::NodeKind::kReturnStmt;
        });
    // A worker counts jobs, not itself.
    if (done == paths.exits.end() || skipped == paths.exits.end() ||
        dataflow::IsInCycle(body, body.inst(done->by).block)) {
      continue;
    }
    pass.Report(body, SpanOfInst(pass, body, done->by),
                "the goroutine may return at line {} without this `Done`: "
                "`Wait` waits for ever; defer it at the beginning",
                LineOf(body, body.inst(skipped->exit).pos));
  }
}

// A goroutine, which is counted once; what only ends those that others have
// started may have many to end.
bool IsStarted(PackagePass& pass, const Function& function) {
  return std::ranges::any_of(
      pass.Get<dataflow::FunctionRuns>(function).sites(),
      [](const dataflow::RunSite& site) {
        return site.kind == dataflow::RunKind::kSpawned ||
               site.kind == dataflow::RunKind::kPassedToSpawn;
      });
}

// The function around counts something else too: an Add that no `go` statement
// follows.
bool CountsMore(const Function& function, const AccessPath& group) {
  const Function* const parent = function.parent();
  if (parent == nullptr) {
    return false;
  }
  ssa::BlockId block;
  bool is_open = false;
  for (const Inst& inst : parent->insts()) {
    // `wg.Add(n)` is for the goroutines of a loop.
    const bool is_add =
        GroupOf(*parent, inst, "Add") == group &&
        dataflow::ConstantOf(*parent, parent->Operands(inst)[2]);
    if (is_open && (is_add || inst.block != block)) {
      return true;
    }
    if (is_add) {
      is_open = true;
      block = inst.block;
    } else if (inst.op == Op::kGo) {
      is_open = false;
    }
  }
  return is_open;
}

// `wg.Add(1); go serve(&wg); wg.Wait(); wg.Add(1)`: the first Done says that
// the goroutine is ready, and the second one is for what is counted behind
// that.
bool IsCountedAgain(PackagePass& pass, const Function& body) {
  const auto adds_behind = [&](const Function& function, InstId go) {
    const auto& order = pass.Get<dataflow::FlowOrder>(function);
    return std::ranges::any_of(function.insts(), [&](const Inst& wait) {
      const auto group = GroupOf(function, wait, "Wait");
      return group && order.MayFollow(go, function.IdOf(wait)) &&
             std::ranges::any_of(function.insts(), [&](const Inst& add) {
               return GroupOf(function, add, "Add") == group &&
                      order.MayFollow(function.IdOf(wait), function.IdOf(add));
             });
    });
  };
  return std::ranges::any_of(pass.Get<dataflow::FunctionRuns>(body).sites(),
                             [&](const dataflow::RunSite& site) {
                               return site.function != nullptr &&
                                      adds_behind(*site.function, site.inst);
                             });
}

// Done more than once on one way, or in what `Go` counts by itself.
void ExamineTwice(PackagePass& pass, const Function& function) {
  const auto& places = pass.Get<FunctionPlaces>(function);
  for (const PlacePaths& paths : places.all()) {
    for (const PlaceClash& clash : paths.clashes) {
      const PlaceEvent* const event =
          resources::EventAt(places.events(), paths.path, clash.at);
      if (clash.kind != PlaceClash::Kind::kReleasedTwice ||
          paths.is_incomplete || event == nullptr ||
          event->op != PlaceOp::kDone || clash.at == clash.before ||
          dataflow::IsInCycle(function, function.inst(clash.at).block) ||
          dataflow::IsInCycle(function, function.inst(clash.before).block) ||
          FindCall(function, paths.path, "Add") != nullptr ||
          CountsMore(function, paths.path) || IsCountedAgain(pass, function)) {
        continue;
      }
      const bool is_deferred = function.inst(clash.at).op == Op::kDefer ||
                               function.inst(clash.before).op == Op::kDefer;
      if (!is_deferred && !IsStarted(pass, function)) {
        continue;
      }
      const InstId at =
          function.inst(clash.at).op == Op::kDefer ? clash.before : clash.at;
      pass.Report(function, SpanOfInst(pass, function, at),
                  "`Done` is called twice on one way: the counter gets "
                  "negative, which panics; keep the deferred one");
    }
  }
}

void ExamineGo(PackagePass& pass, const Function& function, const Inst& call) {
  const auto group = GroupOf(function, call, "Go");
  if (!group || function.Operands(call).size() < 3 ||
      !function.Operands(call)[2].is_inst()) {
    return;
  }
  const Inst& closure = function.inst(function.Operands(call)[2].inst());
  const Function* const literal =
      closure.op != Op::kMakeClosure
          ? nullptr
          : function.callees()[function.Operands(closure)[0].index()].child;
  const Inst* const done =
      literal == nullptr ? nullptr : FindCall(*literal, *group, "Done");
  if (done != nullptr && FindCall(*literal, *group, "Add") == nullptr) {
    pass.Report(*literal, SpanOfInst(pass, *literal, literal->IdOf(*done)),
                "`Go` calls `Done` by itself: with this one the counter gets "
                "negative, which panics; remove it");
  }
}

// A method of a wait group that is a copy.
void ExamineCopies(PackagePass& pass, const Function& function) {
  for (const Inst& inst : function.insts()) {
    const auto group = GroupOf(function, inst, "Done");
    if (!group || group->function != &function || !group->steps.empty() ||
        !group->root.is_inst() ||
        function.inst(group->root.inst()).op != Op::kAlloc) {
      continue;
    }
    const bool is_copy =
        std::ranges::any_of(function.UsersOf(group->root), [&](InstId user) {
          const Inst& store = function.inst(user);
          if (store.op != Op::kStore ||
              function.Operands(store)[0] != group->root) {
            return false;
          }
          const Value value = function.Operands(store)[1];
          return value.kind() == Value::Kind::kParam ||
                 (value.is_inst() &&
                  function.inst(value.inst()).op == Op::kLoad);
        });
    if (is_copy) {
      pass.Report(function, SpanOfInst(pass, function, function.IdOf(inst)),
                  "this is the `Done` of a copy: whoever waits for the "
                  "original waits for ever; pass a pointer");
    }
  }
}

// The first Done of the goroutine, if that is a literal that stands here; else
// the Go.
void ReportDone(PackagePass& pass, const Function& function, InstId go,
                std::string_view message) {
  const Function* const body = BodyOf(pass, function, function.inst(go));
  if (body != nullptr && body->parent() == &function) {
    for (const PlaceEvent& event : pass.Get<FunctionPlaces>(*body).events()) {
      if (event.op == PlaceOp::kDone && !event.is_by_helper) {
        pass.Report(*body, SpanOfInst(pass, *body, event.inst), "{}", message);
        return;
      }
    }
  }
  pass.Report(function, SpanOfInst(pass, function, go), "{}", message);
}

constexpr std::string_view kNegative =
    "the counter gets negative, which panics, or `Wait` does not wait for all";

// What is counted where no loop is: up and down must come to the same.
void ExamineSums(PackagePass& pass, const Function& function,
                 const GroupUse& use) {
  int64_t up = 0;
  int64_t down = 0;
  for (const GroupStep& step : use.steps) {
    (step.change > 0 ? up : down) += step.change;
  }
  const std::vector<int64_t> counters = CountersAtWait(function, use);
  if (counters.size() != 1 || counters[0] == 0 || counters[0] != up + down) {
    return;
  }
  const std::string_view name = NameOf(VarOf({&function, use.group}));
  if (up == 0) {
    ReportDone(pass, function, use.steps[0].at,
               fmt::format("`Done` without any `Add` of `{}`: the counter gets "
                           "negative, which panics; `Add` before the `go` "
                           "statement",
                           name));
    return;
  }
  const auto last = std::ranges::find_if(
      use.steps.rbegin(), use.steps.rend(),
      [](const GroupStep& step) { return step.change > 0; });
  pass.Report(function, SpanOfInst(pass, function, last->at),
              "`{}` is counted up by {} in all, but down by {}{}; count "
              "each goroutine where it is started, or use `Go`",
              name, up, -down,
              counters[0] > 0
                  ? ": `Wait` waits for ever"
                  : fmt::format(" before `Wait` returns: {}", kNegative));
}

// Each turn of the only loop around it comes to the instruction.
bool IsInEachTurn(PackagePass& pass, const Function& function, InstId id) {
  const auto& paths = pass.Get<dataflow::Paths>(function);
  const dataflow::BlockSet cycle = paths.CycleOf(id, paths.AllBlocks());
  const ssa::BlockId header =
      cycle.empty() ? ssa::BlockId{} : dataflow::HeaderOf(function, cycle);
  if (!header.has_value()) {
    return false;
  }
  const auto& dominance = pass.Get<dataflow::Dominance>(function);
  return std::ranges::all_of(function.Preds(header), [&](ssa::BlockId pred) {
    return !cycle[pred.index] ||
           dominance.Dominates(function.inst(id).block, pred);
  });
}

// Counted up once, and down in each turn of a loop.
void ExamineLoop(PackagePass& pass, const Function& function,
                 const GroupUse& use, const GroupStep& go) {
  const Inst& inst = function.inst(go.at);
  if (inst.op != Op::kGo || !IsInEachTurn(pass, function, go.at)) {
    return;
  }
  int64_t up = 0;
  InstId add;
  for (const GroupStep& step : use.steps) {
    if (step.at != go.at && step.change < 0) {
      return;
    }
    if (step.change > 0) {
      up += step.change;
      add = step.at;
    }
  }
  const typed::Source source{*function.unit(), pass.IndexOf(function)};
  const std::vector<ast::NodeId> loops =
      typed::EnclosingLoops(source, inst.node);
  if (loops.size() != 1) {
    return;
  }
  const std::string_view name = NameOf(VarOf({&function, use.group}));
  const auto turns = typed::TripCount(source, loops[0]);
  if (up == 0) {
    ReportDone(pass, function, go.at,
               fmt::format("`Done` without any `Add` of `{}`: the counter gets "
                           "negative, which panics; `Add` before the `go` "
                           "statement",
                           name));
    return;
  }
  const auto counted = static_cast<uint64_t>(up);
  // A larger number is taken for the number of turns, by whatever reason.
  if (turns ? counted == *turns : counted != 1) {
    return;
  }
  pass.Report(
      function, SpanOfInst(pass, function, add),
      "`{}` is counted up by {} in all, but each {} the loop at line {} starts "
      "a goroutine that calls `Done`: {}; call `Add` in the loop, or use `Go`",
      name, up, turns ? fmt::format("of the {} turns of", *turns) : "turn of",
      LineOf(function, ast::Begin(pass.TreeOf(function), loops[0])),
      turns && *turns < counted ? "`Wait` waits for ever" : kNegative);
}

// `Wait` has returned, so the counter is zero, and nothing counts up again.
void ExamineDoneAfterWait(PackagePass& pass, const Function& function,
                          const GroupUse& use) {
  const auto& order = pass.Get<dataflow::FlowOrder>(function);
  const auto& dominance = pass.Get<dataflow::Dominance>(function);
  const auto comes_before = [&](InstId wait, InstId done) {
    const ssa::BlockId first = function.inst(wait).block;
    const ssa::BlockId second = function.inst(done).block;
    return first == second ? wait < done : dominance.Dominates(first, second);
  };
  for (const GroupStep& done : use.steps) {
    if (done.change >= 0 || function.inst(done.at).op != Op::kCall) {
      continue;
    }
    for (const InstId wait : use.waits) {
      if (comes_before(wait, done.at) &&
          std::ranges::none_of(use.steps, [&](const GroupStep& step) {
            return step.change > 0 && order.MayFollow(wait, step.at) &&
                   order.MayFollow(step.at, done.at);
          })) {
        pass.Report(function, SpanOfInst(pass, function, done.at),
                    "`Done` of `{}` comes after `Wait` has returned at line "
                    "{}: the counter is zero by then and gets negative, which "
                    "panics; call it where the work ends, before that",
                    NameOf(VarOf({&function, use.group})),
                    LineOf(function, function.inst(wait).pos));
        break;
      }
    }
  }
}

void ExamineCounts(PackagePass& pass, const Function& function,
                   const Inst& alloc) {
  const auto use = GroupUseOf(pass, function, function.IdOf(alloc));
  if (!use || use->steps.empty() ||
      (use->waits.empty() && !use->is_waited_for_elsewhere)) {
    return;
  }
  const auto is_repeated = [&](const GroupStep& step) {
    return dataflow::IsInCycle(function, function.inst(step.at).block);
  };
  ExamineDoneAfterWait(pass, function, *use);
  const auto repeated = std::ranges::count_if(use->steps, is_repeated);
  if (repeated == 0) {
    ExamineSums(pass, function, *use);
  } else if (repeated == 1) {
    ExamineLoop(pass, function, *use,
                *std::ranges::find_if(use->steps, is_repeated));
  }
}

// A panic that the goroutine itself recovers leaves out its Done.
void ExamineRecovered(PackagePass& pass, const Function& body) {
  const auto recovers =
      std::ranges::find_if(body.insts(), [&](const Inst& inst) {
        return inst.op == Op::kDefer &&
               dataflow::RecoversOf(body, inst, pass.analyses()) !=
                   dataflow::Recovers::kNot;
      });
  if (recovers == body.insts().end()) {
    return;
  }
  const auto& places = pass.Get<FunctionPlaces>(body);
  for (const PlacePaths& paths : places.all()) {
    const auto done =
        std::ranges::find_if(places.events(), [&](const PlaceEvent& event) {
          return event.path == paths.path && event.op == PlaceOp::kDone;
        });
    const bool is_plain =
        std::ranges::all_of(places.events(), [&](const PlaceEvent& event) {
          return event.path != paths.path ||
                 (event.op == PlaceOp::kDone && !event.is_by_helper &&
                  body.inst(event.inst).op == Op::kCall);
        });
    if (done == places.events().end() || !is_plain || paths.is_incomplete ||
        dataflow::IsInCycle(body, body.inst(done->inst).block)) {
      continue;
    }
    const dataflow::Guarded guarded(body, body.IdOf(*recovers),
                                    pass.analyses());
    const auto panic =
        guarded.FirstOf(dataflow::kPanicStatement | dataflow::kCallback |
                        dataflow::kUnknownFunction);
    if (!panic ||
        !pass.Get<dataflow::Dominance>(body).Precedes(*panic, done->inst)) {
      continue;
    }
    pass.Report(body, SpanOfInst(pass, body, done->inst),
                "a panic at line {}, which is recovered, leaves out this "
                "`Done`: `Wait` waits for ever; defer it at the beginning",
                LineOf(body, body.inst(*panic).pos));
  }
}

void Run(PackagePass& pass) {
  std::set<const Function*> seen;
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    ExamineTwice(pass, *function);
    ExamineCopies(pass, *function);
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kCall) {
        ExamineGo(pass, *function, inst);
      } else if (inst.op == Op::kAlloc) {
        ExamineCounts(pass, *function, inst);
      }
      if (inst.op != Op::kGo) {
        continue;
      }
      const Function* const body = BodyOf(pass, *function, inst);
      if (body != nullptr && seen.insert(body).second) {
        ExamineAdds(pass, *function, *body);
        ExamineSkipped(pass, *body);
        ExamineRecovered(pass, *body);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
Mistakes in counting with a `sync.WaitGroup`: `Add` within the goroutine that it counts, a `Done` that some return of the
goroutine leaves out, or a panic that the goroutine recovers; a `Done` of a copy, a `Done` too many (also within what `Go`
runs, which calls it by itself). Of a wait group that is a local variable the sums are held against each other: `Add(1)` before
a loop of many goroutines, `Add(3)` for two.
)";

constexpr std::string_view kWhy = R"(
`Wait` returns before the goroutines have begun, or never; a counter below zero panics.
)";

constexpr std::string_view kNotFlagged = R"(
- a goroutine that adds others before it starts them;
- `Done` that is deferred, or called on every way;
- `Go`, which counts by itself;
- sums of which a part is not known: `Add(n)`, a goroutine that calls `Done` under a condition, a wait group that others have.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A `Done` too many panics.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

func main() {
	defer func() { fmt.Println(recover()) }()
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Done()
}
)",
     .output = "sync: negative WaitGroup counter\n"},
};

}  // namespace

extern const Check waitgroup_misuse = {
    .name = "waitgroup-misuse",
    .doc = {.summary = "a wait group that is counted wrongly",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import "sync"

func each(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		go func() {
			wg.Add(1)
			defer wg.Done()
			do(name)
		}()
	}
	wg.Wait()
}
)",
            .good = R"(package p

import "sync"

func each(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			do(name)
		}()
	}
	wg.Wait()
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
