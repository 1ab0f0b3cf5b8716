#include <algorithm>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/fixes/lines.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"
#include "dataflow/cycle.h"
#include "dataflow/panic_reach.h"

namespace gdlint::checks {
namespace {

using resources::FunctionPlaces;
using resources::PlaceClash;
using resources::PlaceEvent;
using resources::PlaceOp;
using resources::PlacePaths;
using resources::PlaceSite;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

Fix RenameUnlock(PackagePass& pass, const Function& function, InstId unlock,
                 std::string_view method) {
  const ast::NodeId stmt = StatementOf(pass, function, unlock);
  const ast::Tree& tree = PackagePass::TreeOf(function);
  if (const auto* defer = tree.TryGet<ast::DeferStmt>(stmt)) {
    return fixes::Rename(pass.IndexOf(function), defer->call, method);
  }
  const auto* expr = tree.TryGet<ast::ExprStmt>(stmt);
  return expr == nullptr
             ? Fix()
             : fixes::Rename(pass.IndexOf(function), expr->x, method);
}

// The unlock is deferred in the loop that comes back to the lock:
// defer-in-loop's finding.
bool IsUnlockDeferredInLoop(const Function& function,
                            std::span<const PlaceEvent> events,
                            const PlacePaths& paths) {
  return std::ranges::any_of(events, [&](const PlaceEvent& event) {
    const Inst& inst = function.inst(event.inst);
    return event.path == paths.path && inst.op == Op::kDefer &&
           (event.op == PlaceOp::kUnlock || event.op == PlaceOp::kRUnlock) &&
           dataflow::IsInCycle(function, inst.block);
  });
}

void ReportTwice(PackagePass& pass, const Function& function,
                 const PlacePaths& paths, const PlaceClash& clash) {
  const PlaceEvent* const event = resources::EventAt(
      pass.Get<FunctionPlaces>(function).events(), paths.path, clash.at);
  if (function.inst(clash.at).op == Op::kDefer &&
      (event == nullptr || !event->is_by_helper)) {
    // defer-lock's finding.
    return;
  }
  const auto& events = pass.Get<FunctionPlaces>(function).events();
  const PlaceEvent* const before =
      resources::EventAt(events, paths.path, clash.before);
  const std::string_view place = resources::PlaceText(function, clash.before);
  const std::string name = before != nullptr && before->is_by_helper
                               ? fmt::format("what `{}` locks", place)
                               : fmt::format("`{}`", place);
  const uint32_t line = LineOf(function, function.inst(clash.before).pos);
  const bool is_read = clash.kind == PlaceClash::Kind::kReadLockedTwice;
  const std::string_view waits =
      is_read ? "it waits for itself as soon as a writer waits in between"
              : "it waits for itself";
  std::string text;
  if (event != nullptr && event->is_by_helper) {
    text = fmt::format(
        "`{}` locks {}, which is locked here since line {}: {}; call it "
        "outside of the lock, or a variant that does not lock",
        resources::CalleeText(function, function.inst(clash.at)), name, line,
        waits);
  } else if (clash.at == clash.before) {
    if (IsUnlockDeferredInLoop(
            function, pass.Get<FunctionPlaces>(function).events(), paths)) {
      return;
    }
    text = fmt::format(
        "{} may still be locked from the iteration before: {}; unlock it on "
        "each way through the loop",
        name, waits);
  } else {
    text = fmt::format("{} is locked here though it is since line {}: {}", name,
                       line, waits);
  }
  Finding finding =
      pass.Report(function, SpanOfInst(pass, function, clash.at), "{}", text);
  if (is_read) {
    finding.As(source::Severity::kInfo);
  }
  if (clash.at != clash.before) {
    finding.Note(SpanOfInst(pass, function, clash.before), "it is locked here");
  }
}

// All that locks the place in the function locks it in the way that `unlock`
// does not undo, so that the other unlock is right on every way.
bool IsPlainSlip(std::span<const PlaceEvent> events, const PlacePaths& paths,
                 const PlaceEvent& unlock) {
  return !unlock.is_by_helper &&
         std::ranges::all_of(events, [&](const PlaceEvent& event) {
           if (event.path != paths.path) {
             return true;
           }
           switch (event.op) {
             case PlaceOp::kLock:
             case PlaceOp::kTryLock:
               return unlock.op == PlaceOp::kRUnlock;
             case PlaceOp::kRLock:
             case PlaceOp::kTryRLock:
               return unlock.op == PlaceOp::kUnlock;
             case PlaceOp::kUnlock:
             case PlaceOp::kRUnlock:
               return true;
             default:
               return false;
           }
         });
}

// Nobody else can come to this lock, so that it guards nothing: who writes such
// code is after the clash itself (a test of it).
bool IsUnshared(const Function& function, std::span<const PlaceEvent> events,
                const PlacePaths& paths) {
  const Value root = paths.path.root;
  return paths.path.function == &function && paths.path.steps.empty() &&
         root.is_inst() && function.inst(root.inst()).op == Op::kAlloc &&
         std::ranges::all_of(function.UsersOf(root.inst()), [&](InstId user) {
           return std::ranges::any_of(events, [&](const PlaceEvent& event) {
             return event.inst == user && event.path == paths.path &&
                    event.op != PlaceOp::kLost && !event.is_by_helper;
           });
         });
}

void ReportUnlock(PackagePass& pass, const Function& function,
                  const PlacePaths& paths, const PlaceClash& clash) {
  const PlaceSite site = resources::SiteOf(pass, function, paths, clash.at);
  const PlaceEvent* const event = resources::EventAt(
      pass.Get<FunctionPlaces>(function).events(), paths.path, clash.at);
  const bool is_write = event != nullptr && event->op == PlaceOp::kUnlock;
  const std::string_view name = resources::PlaceText(*site.function, site.inst);
  const source::Span span = SpanOfInst(pass, *site.function, site.inst);
  if (clash.kind == PlaceClash::Kind::kNotLocked) {
    pass.Report(function, span,
                "`{}` is unlocked, and nothing has locked it on this way: that "
                "ends the program",
                name);
    return;
  }
  Finding finding = pass.Report(
      function, span,
      "`{}` is locked by `{}` at line {} and unlocked by `{}`: that "
      "ends the program; use `{}`",
      name, is_write ? "RLock" : "Lock",
      LineOf(function, function.inst(clash.before).pos),
      is_write ? "Unlock" : "RUnlock", is_write ? "RUnlock" : "Unlock");
  finding.Note(SpanOfInst(pass, function, clash.before), "it is locked here");
  const auto& events = pass.Get<FunctionPlaces>(function).events();
  if (event != nullptr && IsPlainSlip(events, paths, *event) &&
      !IsUnshared(function, events, paths)) {
    finding.Propose(RenameUnlock(pass, *site.function, site.inst,
                                 is_write ? "RUnlock" : "Unlock"));
  }
}

// A sync.Mutex or sync.RWMutex is a part of values of the type.
bool HasLock(const types::Type* type, int depth = 0) {
  if (type == nullptr || depth > 20) {
    return false;
  }
  if (const types::Named* const named = types::AsNamed(type);
      named != nullptr && named->obj->package != nullptr &&
      named->obj->package->path == "sync") {
    const std::string_view name = named->obj->name->text();
    return name == "Mutex" || name == "RWMutex";
  }
  const types::Type* const under = types::Under(type);
  if (const auto* const array = types::TryAs<types::Array>(under)) {
    return array->length > 0 && HasLock(array->elem, depth + 1);
  }
  const auto* const record = types::TryAs<types::Struct>(under);
  return record != nullptr &&
         std::ranges::any_of(record->fields, [&](const types::Var* field) {
           return HasLock(field->type, depth + 1);
         });
}

// What is loaded is only looked at, or called by a method that has its own
// finding.
bool IsCopied(const Function& function, InstId load) {
  return std::ranges::any_of(function.UsersOf(load), [&](InstId user) {
    const Inst& inst = function.inst(user);
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kStore:
        return operands[1] == Value(load);
      case Op::kReturn:
      case Op::kMapUpdate:
      case Op::kSend:
        return true;
      default:
        return false;
    }
  });
}

// A variable of the function that nobody locks there: what a constructor makes.
bool IsFresh(const Function& function, Value addr,
             const FunctionPlaces& places) {
  if (!addr.is_inst()) {
    return false;
  }
  const Op op = function.inst(addr.inst()).op;
  if (op == Op::kExtract) {
    // Not what a map has, or a channel.
    const Value from = function.Operands(function.inst(addr.inst()))[0];
    return from.is_inst() && function.inst(from.inst()).op == Op::kCall;
  }
  if (op == Op::kCall) {
    // `*x.Clone()`.
    return true;
  }
  if (op != Op::kAlloc) {
    return false;
  }
  return function.inst(addr.inst()).aux == ssa::kNoAux ||
         std::ranges::none_of(places.all(), [&](const PlacePaths& paths) {
           return paths.path.function == &function && paths.path.root == addr;
         });
}

void ReportCopies(PackagePass& pass, const Function& function) {
  const auto& places = pass.Get<FunctionPlaces>(function);
  if (function.kind() != ssa::FunctionKind::kRangeBody) {
    for (const ssa::Param& param : function.params()) {
      if (param.var != nullptr && param.var->name != nullptr &&
          HasLock(param.type)) {
        const source::Pos pos = param.var->place.pos;
        pass.Report(function,
                    source::Span{pos, pos + param.var->name->text().size()},
                    "`{}` is a copy of the caller's value, and its lock one of "
                    "the caller's lock: it excludes nobody; pass a pointer",
                    param.var->name->text());
      }
    }
  }
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kLoad || !HasLock(inst.type)) {
      continue;
    }
    const InstId id = function.IdOf(inst);
    if (!inst.node.has_value() || !IsCopied(function, id) ||
        IsFresh(function, function.Operands(inst)[0], places)) {
      continue;
    }
    pass.Report(function, SpanOfInst(pass, function, id),
                "this copies a lock: the copy excludes nobody, and is locked "
                "for ever if the original was; use a pointer");
  }
}

// A test of a lock of one's own, whose panic it recovers.
bool IsTestOfPanic(PackagePass& pass, const Function& function) {
  return PackagePass::IsTest(function) &&
         std::ranges::any_of(function.insts(), [&](const Inst& inst) {
           return inst.op == Op::kDefer &&
                  dataflow::RecoversOf(function, inst, pass.analyses()) !=
                      dataflow::Recovers::kNot;
         });
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    ReportCopies(pass, *function);
    if (IsTestOfPanic(pass, *function)) {
      continue;
    }
    for (const PlacePaths& paths : pass.Get<FunctionPlaces>(*function).all()) {
      for (const PlaceClash& clash : paths.clashes) {
        if (paths.is_incomplete) {
          break;
        }
        switch (clash.kind) {
          case PlaceClash::Kind::kLockedTwice:
          case PlaceClash::Kind::kReadLockedTwice:
            ReportTwice(pass, *function, paths, clash);
            break;
          case PlaceClash::Kind::kWrongUnlock:
          case PlaceClash::Kind::kNotLocked:
            ReportUnlock(pass, *function, paths, clash);
            break;
          case PlaceClash::Kind::kReleasedTwice:
          case PlaceClash::Kind::kSendAfterClose:
            break;
        }
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
Locks that do not go together: `RLock` with `Unlock` and the other way round, an unlock of what nothing has locked, a lock that
is taken again on a way on which it is held (by a call of a function of the same package too, which is where it mostly
happens), and a lock that is copied. A read lock within a read lock is information.
)";

constexpr std::string_view kWhy = R"(
The wrong unlock ends the program with a fatal error that no recover stops. A goroutine that locks a mutex it holds waits
for itself for ever. A copy of a lock is another lock: it protects nothing.
)";

constexpr std::string_view kNotFlagged = R"(
- another value's lock of the same name; a lock that was unlocked in between;
- helpers that expect the lock to be held and do not lock;
- functions that unlock what their caller has locked, and lock it again;
- an unlock behind an unlock, which is `double-close`;
- a struct with a lock that is returned or assigned while nobody has used its lock.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A copied mutex is another mutex, in the state of the first.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func main() {
	var c counter
	c.mu.Lock()
	d := c
	c.mu.Unlock()
	fmt.Println(c.mu.TryLock(), d.mu.TryLock())
}
)",
     .output = "true false\n"},
};

}  // namespace

extern const Check lock_mismatch = {
    .name = "lock-mismatch",
    .doc = {.summary = "locks and unlocks that do not go together",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import "sync"

type Cache struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (c *Cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.rows)
}

func (c *Cache) Put(key string, n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[key] = n
	return c.Len()
}
)",
            .good = R"(package p

import "sync"

type Cache struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (c *Cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.rows)
}

func (c *Cache) Put(key string, n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[key] = n
	return len(c.rows)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
