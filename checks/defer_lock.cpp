#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/fixes/lines.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/places.h"
#include "checks/syntax/file_index.h"
#include "dataflow/access_path.h"
#include "types/method_set.h"

namespace gdlint::checks {
namespace {

using dataflow::AccessPath;
using ssa::BlockId;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// A call of a lock's method.
struct LockCall {
  const types::Func* method = nullptr;
  Value receiver;
};

std::optional<LockCall> LockCallOf(const Function& function, const Inst& call) {
  const types::Func* const method = dataflow::NamedCallee(function, call);
  if (method == nullptr || !method->is_method()) {
    return {};
  }
  const auto mode = ModeOf(call);
  const auto operands = function.Operands(call);
  const size_t at = mode == CallMode::kInvoke ? 0 : 1;
  if (mode == CallMode::kDynamic || at >= operands.size()) {
    return {};
  }
  return LockCall{method, operands[at]};
}

bool Locks(std::string_view method) {
  return method == "Lock" || method == "RLock";
}
bool Unlocks(std::string_view method) {
  return method == "Unlock" || method == "RUnlock";
}

std::string_view Opposite(std::string_view lock) {
  return lock == "Lock" ? "Unlock" : "RUnlock";
}

bool HasMethod(const types::Type* type, std::string_view name) {
  return type != nullptr &&
         std::ranges::any_of(types::MethodSetOf(type),
                             [&](const types::MethodSetEntry& entry) {
                               return entry.method->name->text() == name;
                             });
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  return lower;
}

// Whether a lock is less often locked than unlocked where a function ends.
class Balance {
 public:
  Balance(const Function& function, AccessPath path, const Inst& except)
      : function_(function), path_(std::move(path)), except_(&except) {}

  // True if on some way to a return the function gives the lock back that its
  // caller holds, or if a call may do so.
  bool MayGiveBack() {
    if (LiteralsUnlock(function_)) {
      return true;
    }
    // The least balance before each block.
    std::vector<int> least(function_.blocks().size(), kUnknown);
    std::vector<BlockId> work = {BlockId{0}};
    least[0] = 0;
    while (!work.empty()) {
      const BlockId block = work.back();
      work.pop_back();
      int balance = least[block.index];
      for (const Inst& inst : function_.InstsOf(block)) {
        balance = std::clamp(balance + Change(inst), -kBound, kBound);
      }
      if (function_.Terminator(block).op == Op::kReturn && balance < 0) {
        return true;
      }
      for (const BlockId next : function_.Succs(block)) {
        if (balance < least[next.index]) {
          least[next.index] = balance;
          work.push_back(next);
        }
      }
    }
    return false;
  }

  bool touches() const { return touches_; }

 private:
  static constexpr int kBound = 3;
  static constexpr int kUnknown = kBound + 1;

  int Change(const Inst& inst) {
    if ((inst.op != Op::kCall && inst.op != Op::kDefer) || &inst == except_) {
      return 0;
    }
    const auto call = LockCallOf(function_, inst);
    if (call && (Locks(call->method->name->text()) ||
                 Unlocks(call->method->name->text()))) {
      if (dataflow::PathOf(function_, call->receiver) != path_) {
        return 0;
      }
      touches_ = true;
      return Locks(call->method->name->text()) ? 1 : -1;
    }
    // A helper such as `s.unlockAll()`.
    const types::Func* const callee = dataflow::NamedCallee(function_, inst);
    return callee != nullptr && Lower(callee->name->text()).find("unlock") !=
                                    std::string::npos
               ? -1
               : 0;
  }

  // A literal within unlocks it, wherever it is called.
  bool LiteralsUnlock(const Function& function) const {
    return std::ranges::any_of(function.children(), [&](const auto& child) {
      return LiteralsUnlock(*child) ||
             std::ranges::any_of(child->insts(), [&](const Inst& inst) {
               const bool is_call =
                   inst.op == Op::kCall || inst.op == Op::kDefer;
               const auto call =
                   is_call ? LockCallOf(*child, inst) : std::nullopt;
               return call && Unlocks(call->method->name->text()) &&
                      dataflow::PathOf(*child, call->receiver) == path_;
             });
    });
  }

  const Function& function_;
  AccessPath path_;
  const Inst* except_;
  bool touches_ = false;
};

// The Lock of the same lock before the statement, to be shown.
const Inst* LockBefore(const Function& function, const AccessPath& path,
                       const Inst& defer) {
  const Inst* found = nullptr;
  for (const Inst& inst : function.insts()) {
    const auto call =
        inst.op == Op::kCall ? LockCallOf(function, inst) : std::nullopt;
    if (call && Locks(call->method->name->text()) && inst.pos < defer.pos &&
        dataflow::PathOf(function, call->receiver) == path &&
        (found == nullptr || found->pos < inst.pos)) {
      found = &inst;
    }
  }
  return found;
}

// The function locks the lock once, before, in the same way, and never unlocks
// it.
bool IsPlainSlip(const Function& function, const AccessPath& path,
                 const Inst& defer, const Inst& before) {
  return std::ranges::all_of(
             function.insts(),
             [&](const Inst& inst) {
               const bool is_call =
                   inst.op == Op::kCall || inst.op == Op::kDefer;
               const auto call =
                   is_call ? LockCallOf(function, inst) : std::nullopt;
               return !call || &inst == &defer || &inst == &before ||
                      dataflow::PathOf(function, call->receiver) != path;
             }) &&
         CalleeNameOf(function, before) == CalleeNameOf(function, defer);
}

void Examine(PackagePass& pass, const Function& function, const Inst& inst) {
  const auto call = LockCallOf(function, inst);
  if (!call || !Locks(call->method->name->text())) {
    return;
  }
  const std::string_view name = call->method->name->text();
  if (!HasMethod(function.TypeOf(call->receiver), Opposite(name))) {
    return;
  }
  const AccessPath path = dataflow::PathOf(function, call->receiver);
  Balance balance(function, path, inst);
  if (balance.MayGiveBack()) {
    return;
  }
  const syntax::FileIndex& index = pass.IndexOf(function);
  const std::string function_name = FunctionPhrase(index, inst.node);
  if (!balance.touches() &&
      Lower(function_name).find("lock") != std::string::npos) {
    // `func (s *set) lockAtEnd()`: what it is for.
    return;
  }
  const auto* stmt = index.tree().TryGet<ast::DeferStmt>(inst.node);
  if (stmt == nullptr) {
    return;
  }
  const Inst* const before = LockBefore(function, path, inst);
  Finding finding = pass.Report(
      function, StatementSpan(index, inst.node),
      "{} locks when {} returns, and nothing unlocks before: {}; did you mean "
      "`{}`?",
      CallPhrase(index, stmt->call), function_name,
      before != nullptr ? "it waits for a lock that the function holds itself"
                        : "whoever asks for the lock next waits for ever",
      Opposite(name));
  if (before != nullptr) {
    finding.Note(before->node, "locked here");
    if (IsPlainSlip(function, path, inst, *before)) {
      finding.Propose(fixes::Rename(index, stmt->call, Opposite(name)));
    }
  }
}

void Run(PackagePass& pass) {
  for (const Function* function : pass.functions()) {
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kDefer && function->unit() != nullptr) {
        Examine(pass, *function, inst);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
`defer mu.Lock()` or `defer mu.RLock()` where `Unlock` or `RUnlock` was meant: a slip of the keyboard, or of
completion. The rule knows `sync.Mutex`, `sync.RWMutex`, `sync.Locker` and every type with a method `Lock` that has
`Unlock` too, embedded ones included.
)";

constexpr std::string_view kWhy = R"(
The deferred call locks when the function returns. If the function holds the lock, it waits for itself, and for ever.
If it does not, it leaves the lock locked behind it, and the next one who asks waits.
)";

constexpr std::string_view kNotFlagged = R"(
- a lock that is handed back: the function unlocks it on some way, itself, in a literal or by a helper
  with `unlock` in its name, and locks it again at the end;
- a function whose name says that it locks, and that does nothing else with the lock;
- types without the other method.
)";

constexpr std::string_view kAka[] = {"SA2003"};

constexpr GoFact kFacts[] = {
    {.claim = "A deferred `Lock` runs at the end, when the lock is free again "
              "only if something unlocked it.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

var mu sync.Mutex

func update() {
	defer mu.Lock()
	fmt.Println("update")
}

func main() {
	update()
	fmt.Println("still locked:", !mu.TryLock())
}
)",
     .output = "update\nstill locked: true\n"},
    {.claim = "Unlocking and a deferred `Lock` hand the lock back to the "
              "caller.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

func without(l sync.Locker, f func()) {
	l.Unlock()
	defer l.Lock()
	f()
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	without(&mu, func() { fmt.Println("free:", mu.TryLock()); mu.Unlock() })
	fmt.Println("held again:", !mu.TryLock())
}
)",
     .output = "free: true\nheld again: true\n"},
};

}  // namespace

extern const Check defer_lock = {
    .name = "defer-lock",
    .doc =
        {
            .summary = "a deferred `Lock` where `Unlock` was meant",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Lock()
	c.n++
}

func main() {
	var c counter
	c.add()
	fmt.Println(c.n)
}
)",
            .good = R"(package main

import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func main() {
	var c counter
	c.add()
	fmt.Println(c.n)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
