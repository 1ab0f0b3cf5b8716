#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/typed/source.h"
#include "dataflow/cycle.h"
#include "ssa/defer_class.h"

namespace gdlint::checks {
namespace {

using ast::NodeId;
using ast::NodeKind;
using ssa::DeferClass;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::Op;
using typed::Source;

// So few runs are not worth a word.
constexpr uint64_t kFew = 8;
// gc's limits for open-coded deferred calls.
constexpr size_t kMostDefers = 8;
constexpr size_t kMostProduct = 15;

using Classes = std::vector<DeferClass>;

// The DeferStmts of one function, itself a FuncDecl or FuncLit.
struct OfFunction {
  std::vector<ast::Ref<ast::DeferStmt>> defers;
  size_t heap = 0;
  size_t stack = 0;
};

OfFunction DefersOf(const Source& source, const Classes& classes,
                    NodeId function) {
  const ast::Tree& tree = source.tree();
  OfFunction all;
  for (const ast::DeferStmt& stmt : tree.All<ast::DeferStmt>()) {
    const auto ref = syntax::RefTo(tree, stmt);
    const DeferClass defer_class = classes[ref.index()];
    if (defer_class == DeferClass::kNone ||
        source.index.EnclosingFunction(ref) != function) {
      continue;
    }
    all.defers.push_back(ref);
    all.heap += defer_class == DeferClass::kHeapAllocated;
    all.stack += defer_class == DeferClass::kStackAllocated;
  }
  return all;
}

size_t ReturnsOf(const Source& source, NodeId function) {
  const ast::Tree& tree = source.tree();
  return static_cast<size_t>(std::ranges::count_if(
      tree.All<ast::ReturnStmt>(), [&](const ast::ReturnStmt& stmt) {
        return source.index.EnclosingFunction(syntax::RefTo(tree, stmt)) ==
               function;
      }));
}

std::string OthersPhrase(size_t others) {
  if (others == 0) {
    return "";
  }
  return others == 1 ? ", and the other deferred call of the function is no "
                       "longer open-coded"
                     : fmt::format(
                           ", and the other {} deferred calls of the "
                           "function are no longer open-coded",
                           others);
}

void ReportHeap(PackagePass& pass, const Function& function,
                const Source& source, ast::Ref<ast::DeferStmt> stmt,
                const OfFunction& all) {
  const std::vector<NodeId> loops = typed::EnclosingLoops(source, stmt);
  const auto times =
      loops.empty() ? std::nullopt : typed::TripCount(source, loops[0]);
  if (loops.size() == 1 && times && *times <= kFew) {
    return;
  }
  const std::string call =
      CallPhrase(source.index, source.tree().Get(stmt).call);
  const std::string others = OthersPhrase(all.stack);
  const source::Span place = StatementSpan(source.index, stmt);
  if (function.kind() == FunctionKind::kRangeBody) {
    pass.Report(function, place,
                "{} is deferred in the body of a range over a function: gc "
                "allocates a record for it on the heap each time it runs{}",
                call, others)
        .Note(typed::LoopHeader(source.tree(), function.syntax()),
              "the loop is here");
  } else if (!loops.empty()) {
    pass.Report(function, place,
                "{} is deferred in a loop: gc allocates a record for it on the "
                "heap each time it runs{}",
                call, others)
        .Note(typed::LoopHeader(source.tree(), loops[0]), "the loop is here");
  } else {
    pass.Report(function, place,
                "{} stands behind a label that a later `goto` jumps to, which "
                "gc takes for a loop: it allocates a record for it on the "
                "heap{}",
                call, others);
  }
}

// Some call of the function stands in a loop.
bool IsCalledInLoop(const PackagePass& pass, const Function& function) {
  const dataflow::FunctionId id = pass.program().Find(&function);
  if (!id.has_value()) {
    return false;
  }
  return std::ranges::any_of(
      pass.program().CallersOf(id), [&](const dataflow::CallSite& site) {
        const Function* const caller = pass.program().node(site.caller).body;
        return caller != nullptr && site.kind == dataflow::CallKind::kCall &&
               dataflow::MayRunAgain(*caller, caller->inst(site.inst).block);
      });
}

void ReportLost(PackagePass& pass, const Function& function,
                const Source& source, const OfFunction& all) {
  const size_t defers = all.defers.size();
  const size_t returns = ReturnsOf(source, function.syntax());
  std::string why;
  if (defers > kMostDefers) {
    why =
        fmt::format("there are {} of them, more than {}", defers, kMostDefers);
  } else if (defers * returns > kMostProduct) {
    why = fmt::format("{} of them times {} `return` statements is more than {}",
                      defers, returns, kMostProduct);
  } else {
    return;
  }
  pass.Report(function, StatementSpan(source.index, all.defers[0]),
              "the deferred calls of {}, which is called in a loop, are not "
              "open-coded: {}; each costs a record on the stack and a call "
              "through a list",
              FunctionPhrase(source.index, all.defers[0]), why);
}

void Run(PackagePass& pass) {
  std::map<const types::Unit*, Classes> classes;
  for (const Function* function : pass.functions()) {
    const types::Unit* const unit = function->unit();
    const bool has_syntax = function->syntax().has_value() && unit != nullptr;
    if (!has_syntax ||
        std::ranges::none_of(function->insts(), [](const Inst& inst) {
          return inst.op == Op::kDefer;
        })) {
      continue;
    }
    auto& of_unit = classes[unit];
    if (of_unit.empty()) {
      of_unit = ssa::ClassifyDefers(*unit, {});
    }
    const Source source{*unit, pass.IndexOf(*function)};
    const NodeId home = function->kind() == FunctionKind::kRangeBody
                            ? source.index.EnclosingFunction(function->syntax())
                            : function->syntax();
    const OfFunction all = DefersOf(source, of_unit, home);
    for (const Inst& inst : function->insts()) {
      const auto* stmt = unit->tree->TryGet<ast::DeferStmt>(inst.node);
      if (inst.op == Op::kDefer && stmt != nullptr &&
          of_unit[inst.node.index()] == DeferClass::kHeapAllocated) {
        ReportHeap(pass, *function, source,
                   ast::Ref<ast::DeferStmt>::FromNode(inst.node), all);
      }
    }
    if (all.heap == 0 && all.stack > 0 &&
        function->kind() != FunctionKind::kRangeBody &&
        IsCalledInLoop(pass, *function)) {
      ReportLost(pass, *function, source, all);
    }
  }
}

constexpr std::string_view kWhat = R"(
A `defer` statement for which the gc compiler cannot do what it usually does: compile the call into the ends
of the function ("open-coded"), where it costs next to nothing.

- In a loop, behind a label that a later `goto` jumps back to, or in the body of a range over a function, gc allocates a
  record on the heap each time the statement runs; and then no deferred call of the function is open-coded any more.
- In a function that is called in a loop: more than 8 deferred calls, or more than 15 as the product of deferred
  calls and `return` statements, are kept in records on the stack.

The classes are those of `go build -gcflags=-d=defer`; `gdlint debug defers` prints them for all statements.
)";

constexpr std::string_view kWhy = R"(
An open-coded deferred call costs one or two nanoseconds. One on a list costs many times that, and one on the heap gives
the garbage collector work as well. In a function that runs often it shows in profiles as
`runtime.deferproc` and `runtime.deferreturn`. Move the body of the loop into a function of its own.

An information, and off: most functions are not so hot.
)";

constexpr std::string_view kNotFlagged = R"(
- loops that run at most 8 times by constants;
- functions that nothing calls in a loop, as far as the analysed code tells, unless the loop is their own;
- the memory that a deferred literal captures, which is another matter.

Whether a result lives on the heap, which also takes open-coding away, is not looked at.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A `defer` in a loop allocates; one in a function that the loop "
              "calls does not.",
     .program = R"(package main

import (
	"fmt"
	"runtime"
)

func nothing() {}

func loop(n int) {
	for i := 0; i < n; i++ {
		defer nothing()
	}
}

func calls(n int) {
	for i := 0; i < n; i++ {
		func() { defer nothing() }()
	}
}

func mallocs(f func(int)) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f(10_000)
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

func main() {
	fmt.Println("in a loop, thousands:", mallocs(loop) > 9_000)
	fmt.Println("in a function, none to speak of:", mallocs(calls) < 1_000)
}
)",
     .output = "in a loop, thousands: true\n"
               "in a function, none to speak of: true\n"},
};

}  // namespace

extern const Check defer_heap = {
    .name = "defer-heap",
    .doc =
        {
            .summary = "a `defer` that gc must allocate, where it matters",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"sync"
)

func add(mus []*sync.Mutex, sums []int) {
	for i, mu := range mus {
		mu.Lock()
		defer mu.Unlock()
		sums[i]++
	}
}

func main() {
	sums := make([]int, 1)
	add([]*sync.Mutex{{}}, sums)
	fmt.Println(sums)
}
)",
            .good = R"(package main

import (
	"fmt"
	"sync"
)

func add(mus []*sync.Mutex, sums []int) {
	for i, mu := range mus {
		addOne(mu, &sums[i])
	}
}

func addOne(mu *sync.Mutex, sum *int) {
	mu.Lock()
	defer mu.Unlock()
	*sum++
}

func main() {
	sums := make([]int, 1)
	add([]*sync.Mutex{{}}, sums)
	fmt.Println(sums)
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
