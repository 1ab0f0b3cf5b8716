#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/guarded_accesses.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_names.h"
#include "checks/resources/waits.h"
#include "dataflow/accesses.h"
#include "dataflow/cycle.h"
#include "dataflow/values.h"
#include "support/arena.h"

namespace gdlint::checks {
namespace {

using knowledge::ResourceKind;
using resources::Holding;
using resources::Lifetime;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// What others wait for, or what there are only so many of. A database and a
// listener are there to be held.
bool IsScarce(ResourceKind kind) {
  return kind == ResourceKind::kFile || kind == ResourceKind::kNetConn ||
         kind == ResourceKind::kSqlConn || kind == ResourceKind::kSqlRows ||
         kind == ResourceKind::kSqlTx;
}

// The process or the test ends with it anyway.
bool IsShortLived(const Function& function) {
  const Function* outer = &function;
  while (outer->parent() != nullptr) {
    outer = outer->parent();
  }
  return PackagePass::IsTest(function) || PackagePass::IsMain(*outer) ||
         outer->kind() != ssa::FunctionKind::kDeclared;
}

bool SpeaksOf(std::string_view text, std::string_view word) {
  return std::ranges::search(text, word, [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         }).size() == word.size();
}

constexpr int64_t kExclusive = 0x80;  // os.O_EXCL of Linux

// Lock files, files that say that the process runs, locks within a database:
// they are held for the sake of holding them.
bool IsHeldOnPurpose(const Function& function, const Lifetime& lifetime) {
  const auto is_sign = [](std::string_view text) {
    return SpeaksOf(text, "lock") || SpeaksOf(text, "pid") ||
           SpeaksOf(text, "listen ") || SpeaksOf(text, "for update");
  };
  if (is_sign(resources::ResourcePhrase(function, lifetime))) {
    return true;
  }
  const auto tells = [&](const Inst& call) {
    const std::string_view name = CalleeNameOf(function, call);
    // A profile or trace goes on being written.
    if (is_sign(name) || name == "Fd" || name == "SyscallConn" ||
        name == "StartCPUProfile" || name == "Start") {
      return true;
    }
    return std::ranges::any_of(function.Operands(call), [&](Value operand) {
      const auto constant = dataflow::ConstantOf(function, operand);
      if (!constant) {
        return false;
      }
      if (constant->kind() == types::ConstantKind::kString) {
        Arena arena;
        return is_sign(types::constant::StringValue(arena, *constant));
      }
      const auto flags = constant->kind() == types::ConstantKind::kInt
                             ? types::constant::Int64Value(*constant)
                             : std::nullopt;
      return name == "OpenFile" && flags && *flags > 0 &&
             (*flags & kExclusive) != 0 && *flags != 0666 && *flags != 0644;
    });
  };
  return tells(function.inst(lifetime.acquisition)) ||
         std::ranges::any_of(lifetime.uses, [&](InstId use) {
           return function.inst(use).op == Op::kCall &&
                  tells(function.inst(use));
         });
}

// A deferred literal that does more than to release.
bool DoesMore(const Function& function, const Inst& defer) {
  const Value callee = function.Operands(defer)[0];
  if (!callee.is_inst() ||
      function.inst(callee.inst()).op != Op::kMakeClosure) {
    return false;
  }
  const Inst& closure = function.inst(callee.inst());
  const Function* const literal =
      function.callees()[function.Operands(closure)[0].index()].child;
  if (literal == nullptr) {
    return false;
  }
  // Logging an error is no use of the resource, and needs no great care: what
  // is called on what the literal captures is.
  return std::ranges::any_of(literal->insts(), [&](const Inst& inst) {
    if (inst.op != Op::kCall) {
      return false;
    }
    const std::string_view name = CalleeNameOf(*literal, inst);
    return name.starts_with("Write") || name.starts_with("Fprint") ||
           name == "Flush" || name == "Sync" || name == "Exec" ||
           name == "ExecContext" || name == "Remove" || name == "Rename";
  });
}

// The next `true` of `rows.Next()` is not taken for granted: rows that were
// read to their end are closed already. The blocks that control can get to
// without an end of rows.
dataflow::BlockSet WithoutEnds(const Function& function,
                               const Lifetime& lifetime) {
  dataflow::BlockSet seen(function.blocks().size());
  std::vector<ssa::BlockId> work = {function.inst(lifetime.acquisition).block};
  const auto is_next = [&](Value condition) {
    return condition.is_inst() &&
           std::ranges::find(lifetime.uses, condition.inst()) !=
               lifetime.uses.end() &&
           CalleeNameOf(function, function.inst(condition.inst())) == "Next";
  };
  while (!work.empty()) {
    const ssa::BlockId block = work.back();
    work.pop_back();
    if (seen[block.index]) {
      continue;
    }
    seen[block.index] = true;
    const Inst& last = function.Terminator(block);
    const bool ends = last.op == Op::kIf && is_next(function.Operands(last)[0]);
    for (const ssa::BlockId succ : function.Succs(block)) {
      if (!ends || succ == function.Succs(block)[0]) {
        work.push_back(succ);
      }
    }
  }
  return seen;
}

// `b` may run after `a`.
bool MayFollow(const dataflow::BlockSet& behind, const Function& function,
               InstId a, InstId b) {
  const ssa::BlockId block = function.inst(b).block;
  return behind[block.index] ||
         (block == function.inst(a).block && b.index > a.index);
}

InstId LastBefore(const Function& function, const Lifetime& lifetime,
                  InstId wait) {
  InstId last = lifetime.acquisition;
  for (const InstId use : lifetime.uses) {
    const Inst& inst = function.inst(use);
    if (inst.pos.offset() < function.inst(wait).pos.offset() &&
        inst.pos.offset() > function.inst(last).pos.offset()) {
      last = use;
    }
  }
  return last;
}

// The first wait that nothing follows that has to do with the resource.
std::optional<Holding> FindWait(PackagePass& pass, const Function& function,
                                const Lifetime& lifetime) {
  const auto& paths = pass.Get<dataflow::Paths>(function);
  const bool is_rows = lifetime.what.kind == ResourceKind::kSqlRows;
  const dataflow::BlockSet open =
      is_rows ? WithoutEnds(function, lifetime) : paths.AllBlocks();
  std::optional<Holding> first;
  for (const Holding& holding : lifetime.held) {
    if (!open[function.inst(holding.at).block.index] ||
        std::ranges::find(lifetime.uses, holding.at) != lifetime.uses.end() ||
        !resources::IsWait(function, holding.at, pass.program())) {
      continue;
    }
    const dataflow::BlockSet behind =
        paths.Behind(holding.at, paths.AllBlocks());
    const bool is_used = std::ranges::any_of(lifetime.uses, [&](InstId use) {
      return MayFollow(behind, function, holding.at, use);
    });
    if (!is_used && (!first || function.inst(holding.at).pos.offset() <
                                   function.inst(first->at).pos.offset())) {
      first = holding;
    }
  }
  return first;
}

void ExamineLifetime(PackagePass& pass, const Function& function,
                     const Lifetime& lifetime) {
  const bool has_late_defer =
      std::ranges::any_of(lifetime.uses, [&](InstId use) {
        return function.inst(use).op == Op::kDefer ||
               function.inst(use).op == Op::kGo;
      });
  if (lifetime.is_incomplete || lifetime.is_handed_on || has_late_defer ||
      lifetime.held.empty() || !lifetime.outlived.empty() ||
      !IsScarce(lifetime.what.kind) || lifetime.what.cleanup >= 0) {
    return;
  }
  const std::optional<Holding> wait = FindWait(pass, function, lifetime);
  if (!wait || IsHeldOnPurpose(function, lifetime) ||
      DoesMore(function, function.inst(wait->release))) {
    return;
  }
  const InstId last = LastBefore(function, lifetime, wait->at);
  pass.Report(function, DeferSpanOf(pass, function, wait->release),
              "{} stays open while {} at line {} waits, though nothing uses it "
              "after line {}; close it before, or let a function of its own do "
              "what needs it",
              resources::ResourcePhrase(function, lifetime),
              resources::WaitPhrase(function, wait->at),
              LineOf(function, function.inst(wait->at).pos),
              LineOf(function, function.inst(last).pos))
      .Note(SpanOfInst(pass, function, last), "the last use")
      .Note(SpanOfInst(pass, function, wait->at), "it waits here");
}

void ExamineLocks(PackagePass& pass, const Function& function) {
  const auto& places = pass.Get<resources::FunctionPlaces>(function);
  for (const resources::PlacePaths& paths : places.all()) {
    if (paths.is_incomplete) {
      continue;
    }
    const auto held = FindIdleHold(pass, function, places.events(), paths.path);
    if (!held) {
      continue;
    }
    pass.Report(function, DeferSpanOf(pass, function, held->release),
                "`{}` stays locked while {} at line {} waits, though what it "
                "guards is not touched after line {}: all others wait, too; "
                "unlock it before, or let a function of its own do what needs "
                "it",
                resources::PlaceText(function, held->release),
                resources::WaitPhrase(function, held->wait),
                LineOf(function, function.inst(held->wait).pos),
                LineOf(function, function.inst(held->last).pos))
        .Note(SpanOfInst(pass, function, held->wait), "it waits here");
  }
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr || !function->has_defers() ||
        IsShortLived(*function)) {
      continue;
    }
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      ExamineLifetime(pass, *function, lifetime);
    }
    ExamineLocks(pass, *function);
  }
}

constexpr std::string_view kWhat = R"(
A file, connection, transaction, set of unfinished rows or lock that a `defer` releases at the end of the function, although the
function waits long after its last use: it receives from a channel, sleeps, serves, or makes a request over the network.
)";

constexpr std::string_view kWhy = R"(
There are only so many files and connections, and a transaction or lock keeps others out: they are held for as long as something lasts that
does not need them. This is information: the program is not wrong, but slower under load, or out of connections.
)";

constexpr std::string_view kNotFlagged = R"(
- what is used again after the wait, by the wait, or by what is waited for (a goroutine, a server, a request that has it);
- what is handed on or kept; lock files and the like, which are held for the sake of it;
- databases, listeners, cancel functions, tickers; response bodies, which mostly were read to their end; rows that were, too;
- a lock that guards the wait itself, or what is read or written after it;
- `main` and tests.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A deferred call runs when the function ends, however long ago "
              "the last use was.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	wait := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		mu.Lock()
		defer mu.Unlock()
		wait <- struct{}{}
		<-wait
	}()
	<-wait
	fmt.Println(mu.TryLock())
	close(wait)
	<-done
	fmt.Println(mu.TryLock())
}
)",
     .output = "false\ntrue\n"},
};

}  // namespace

extern const Check release_delayed = {
    .name = "release-delayed",
    .doc = {.summary = "something held by `defer` through a wait that does not "
                       "need it",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"context"
	"encoding/json"
	"os"
)

func run(ctx context.Context, name string, start func(map[string]string)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var config map[string]string
	if err := json.NewDecoder(f).Decode(&config); err != nil {
		return err
	}
	start(config)
	<-ctx.Done()
	return nil
}
)",
            .good = R"(package p

import (
	"context"
	"encoding/json"
	"os"
)

func load(name string) (config map[string]string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	err = json.NewDecoder(f).Decode(&config)
	return config, err
}

func run(ctx context.Context, name string, start func(map[string]string)) error {
	config, err := load(name)
	if err != nil {
		return err
	}
	start(config)
	<-ctx.Done()
	return nil
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kInfo,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
