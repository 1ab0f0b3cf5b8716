#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/recovered_value.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_events.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"
#include "checks/resources/returned_error.h"
#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using resources::FunctionPlaces;
using resources::Held;
using resources::Known;
using resources::PlaceClash;
using resources::PlaceEvent;
using resources::PlaceExit;
using resources::PlaceOp;
using resources::PlacePaths;
using ssa::Function;
using ssa::Inst;
using ssa::Op;

bool IsHeld(const PlaceExit& exit) {
  return exit.held == Held::kWrite || exit.held == Held::kRead;
}

// Locks that some declared function releases for its caller: what another one
// leaves locked may be meant for it.
std::set<const types::Var*> ReleasedForCallers(PackagePass& pass) {
  std::set<const types::Var*> released;
  for (const Function* const function : pass.functions()) {
    if (function->kind() != ssa::FunctionKind::kDeclared ||
        function->unit() == nullptr) {
      continue;
    }
    const auto& places = pass.Get<FunctionPlaces>(*function);
    for (const PlacePaths& paths : places.all()) {
      if (paths.is_released_and_forgotten ||
          std::ranges::any_of(paths.exits, [](const PlaceExit& exit) {
            return exit.was_released_first && exit.held == Held::kFree;
          })) {
        if (const types::Var* const var =
                resources::VariableOf(*function, places.events(), paths.path)) {
          released.insert(var);
        }
      }
    }
  }
  return released;
}

bool LocksVariable(PackagePass& pass, const Function& function,
                   const types::Var* var) {
  const std::vector<PlaceEvent>& events =
      pass.Get<FunctionPlaces>(function).events();
  return std::ranges::any_of(events, [&](const PlaceEvent& event) {
    return (event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock) &&
           resources::VariableOf(function, events, event.path) == var;
  });
}

// What a function does with a lock by itself.
struct OwnEvents {
  bool locks = false;
  bool unlocks = false;
};

OwnEvents OwnEventsOn(PackagePass& pass, const Function& function,
                      const types::Var* var) {
  OwnEvents own;
  const std::vector<PlaceEvent>& events =
      pass.Get<FunctionPlaces>(function).events();
  for (const PlaceEvent& event : events) {
    if (event.is_by_helper ||
        resources::VariableOf(function, events, event.path) != var) {
      continue;
    }
    own.locks |= event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock;
    own.unlocks |=
        event.op == PlaceOp::kUnlock || event.op == PlaceOp::kRUnlock;
  }
  return own;
}

// `lock := func() { …; mu.Lock() }; lock(); defer mu.Unlock()`: the literal
// locks for the function around it, which only unlocks by itself, or by another
// literal that only does that.
bool IsUnlockedAround(PackagePass& pass, const Function& function,
                      const types::Var* var) {
  const Function* const around = function.parent();
  if (around == nullptr || var == nullptr) {
    return false;
  }
  const auto only_unlocks = [&](const Function& other) {
    const OwnEvents own = OwnEventsOn(pass, other, var);
    return own.unlocks && !own.locks;
  };
  return only_unlocks(*around) ||
         (!OwnEventsOn(pass, function, var).unlocks &&
          std::ranges::any_of(around->children(), [&](const auto& child) {
            return only_unlocks(*child);
          }));
}

// `mu.Lock(); defer func() { mu.Unlock() }()`: an enclosing function does.
bool IsLockedAround(PackagePass& pass, const Function& function,
                    const types::Var* var) {
  for (const Function* around = function.parent(); around != nullptr;
       around = around->parent()) {
    if (LocksVariable(pass, *around, var)) {
      return true;
    }
  }
  return false;
}

// `return f.mu.RUnlock`: whoever gets that unlocks.
void AddUnlockValues(const Function& function,
                     std::set<const types::Var*>& released) {
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kMakeClosure || function.Operands(inst).size() != 2) {
      continue;
    }
    const auto operands = function.Operands(inst);
    const types::Func* const method =
        operands[0].kind() == ssa::Value::Kind::kFunction
            ? function.callees()[operands[0].index()].key.func
            : nullptr;
    if (method == nullptr || method->recv == nullptr ||
        (method->name->text() != "Unlock" &&
         method->name->text() != "RUnlock")) {
      continue;
    }
    if (const types::Var* const var =
            resources::VariableAt(function, operands[1])) {
      released.insert(var);
    }
  }
}

// Locks that something in the package may unlock without having locked them
// itself, as far as can be told: more than ReleasedForCallers.
std::set<const types::Var*> PerhapsReleased(PackagePass& pass) {
  std::set<const types::Var*> released;
  for (const Function* const function : pass.functions()) {
    AddUnlockValues(*function, released);
    const auto& places = pass.Get<FunctionPlaces>(*function);
    for (const PlacePaths& paths : places.all()) {
      if (!paths.is_incomplete && !paths.is_released_and_forgotten &&
          std::ranges::none_of(paths.exits, [](const PlaceExit& exit) {
            return exit.was_released_first;
          })) {
        continue;
      }
      const types::Var* const var =
          resources::VariableOf(*function, places.events(), paths.path);
      if (var != nullptr && !IsLockedAround(pass, *function, var)) {
        released.insert(var);
      }
    }
  }
  return released;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return lower;
}

// The comment lines right above a declaration.
std::string_view CommentAbove(const Function& function) {
  const std::string_view text = function.unit()->file->source->text();
  const ast::NodeId node = function.syntax();
  if (!node.has_value()) {
    return {};
  }
  const size_t end = ast::SpanOf(*function.unit()->tree, node).begin.offset();
  size_t begin = end;
  while (begin > 0) {
    const size_t previous = begin < 2 ? 0 : text.rfind('\n', begin - 2) + 1;
    if (!text.substr(previous).starts_with("//")) {
      break;
    }
    begin = previous;
  }
  return text.substr(begin, end - begin);
}

// The comment speaks of a mistake, or is for another tool: it says nothing of
// what is meant.
bool SpeaksOfMistake(std::string_view lower) {
  static constexpr std::array<std::string_view, 13> kWords = {
      "bug",   "fixme",   "forg",    "leak", "lint", "miss", "mistake",
      "never", "not rel", "not-rel", "oops", "want", "wrong"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return lower.find(word) != std::string_view::npos;
  });
}

// A comment beside the Lock, or above it, says who unlocks, or that nobody
// does.
bool SaysWhoReleases(const Function& function, const PlacePaths& paths) {
  const std::string_view text = function.unit()->file->source->text();
  const auto line_at = [&](size_t begin) {
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  const auto begin_of = [&](size_t at) {
    return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  };
  return std::ranges::any_of(paths.exits, [&](const PlaceExit& exit) {
    if (!IsHeld(exit) || !exit.by.has_value()) {
      return false;
    }
    const size_t begin = begin_of(function.inst(exit.by).pos.offset());
    std::string said(line_at(begin));
    said.erase(0, std::min(said.find("//"), said.size()));
    for (size_t at = begin; at > 0;) {
      at = begin_of(at - 1);
      const std::string_view line = line_at(at);
      const size_t word = line.find_first_not_of(" \t");
      if (word == std::string_view::npos ||
          !line.substr(word).starts_with("//")) {
        break;
      }
      said += line;
    }
    said = Lower(said);
    if (SpeaksOfMistake(said)) {
      return false;
    }
    return said.find("unlock") != std::string::npos ||
           said.find("releas") != std::string::npos;
  });
}

// `lockAll`, `TryLock`, `acquire`; not `unlock`, `block`, `clock`.
bool IsNamedForLocks(std::string_view name) {
  const size_t word = name.rfind('.') + 1;
  return name.find("Lock") != std::string_view::npos ||
         name.substr(word).starts_with("lock") ||
         Lower(name).find("acquire") != std::string::npos;
}

// By its name or comment it is there to leave something locked.
enum class Meant : uint8_t { kNo, kPerhaps, kByComment, kSurely };
Meant IsMeantToHold(const Function& function) {
  const Function& outer = *function.outermost();
  static constexpr std::array<std::string_view, 11> kNames = {
      "begin",   "start",   "freeze", "enter", "hold",    "pause",
      "suspend", "reserve", "open",   "grab",  "checkout"};
  const std::string comment = Lower(CommentAbove(outer));
  static constexpr std::array<std::string_view, 5> kWords = {
      "unlock", "lock held", "locked", "mu held", "holding"};
  if (IsNamedForLocks(outer.name())) {
    return Meant::kSurely;
  }
  if (!SpeaksOfMistake(comment) &&
      std::ranges::any_of(kWords, [&](std::string_view part) {
        return comment.find(part) != std::string::npos;
      })) {
    return Meant::kByComment;
  }
  const std::string name = Lower(outer.name());
  return std::ranges::any_of(kNames,
                             [&](std::string_view part) {
                               return name.find(part) != std::string::npos;
                             })
             ? Meant::kPerhaps
             : Meant::kNo;
}

// A field says from here on that it is locked: `rs.isHeld = true`.
bool NotesThatItHolds(const Function& function) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    if (inst.op != Op::kStore) {
      return false;
    }
    const std::span<const ssa::Value> operands = function.Operands(inst);
    const auto constant = dataflow::ConstantOf(function, operands[1]);
    if (!constant || constant->kind() != types::ConstantKind::kBool ||
        !types::constant::BoolValue(*constant)) {
      return false;
    }
    const types::Var* const var = resources::VariableAt(function, operands[0]);
    const std::string name =
        var == nullptr || var->name == nullptr ? "" : Lower(var->name->text());
    return name.find("lock") != std::string::npos ||
           name.find("hold") != std::string::npos ||
           name.find("held") != std::string::npos;
  });
}

// Something that is not known to be another lock is unlocked here: it may be
// the same one under another name.
bool MayBeReleasedByOtherName(const FunctionPlaces& places,
                              const PlacePaths& paths) {
  return std::ranges::any_of(places.all(), [&](const PlacePaths& other) {
    return other.path != paths.path &&
           std::ranges::any_of(other.exits, [](const PlaceExit& exit) {
             return exit.was_released_first;
           });
  });
}

// Each turn of a loop locks another one and all stay locked, while a literal
// unlocks such locks: `defer func() { for … { p.mu.Unlock() } }()`.
bool AreAllReleasedByLiteral(PackagePass& pass, const Function& function,
                             const PlacePaths& paths) {
  const bool stays_in_loop =
      std::ranges::any_of(paths.exits, [&](const PlaceExit& exit) {
        const Op op = function.inst(exit.exit).op;
        return IsHeld(exit) && op != Op::kReturn && op != Op::kPanic;
      });
  const types::Var* const var = resources::VariableOf(
      function, pass.Get<FunctionPlaces>(function).events(), paths.path);
  if (!stays_in_loop || var == nullptr) {
    return false;
  }
  return std::ranges::any_of(function.children(), [&](const auto& literal) {
    const auto& places = pass.Get<FunctionPlaces>(*literal);
    return std::ranges::any_of(places.all(), [&](const PlacePaths& other) {
      return resources::VariableOf(*literal, places.events(), other.path) ==
                 var &&
             std::ranges::any_of(other.exits, [](const PlaceExit& exit) {
               return exit.was_released_first;
             });
    });
  });
}

bool IsPartOfPhi(const Function& function, const PlacePaths& paths) {
  if (paths.path.function != &function || !paths.path.root.is_inst()) {
    return false;
  }
  return std::ranges::any_of(
      function.UsersOf(paths.path.root),
      [&](ssa::InstId user) { return function.inst(user).op == Op::kPhi; });
}

bool ReturnsBool(const Function& function) {
  const auto types = function.result_types();
  const auto* const basic =
      types.empty() ? nullptr
                    : types::TryAs<types::Basic>(types::Under(types.back()));
  return basic != nullptr && basic->basic == types::BasicKind::kBool;
}

// Something but an error.
bool HasResult(const Function& function) {
  return std::ranges::any_of(
      function.result_types(),
      [](const types::Type* type) { return !dataflow::IsErrorType(type); });
}

// Locked where there is an error, free wherever all went well: whatever the
// comment says, nobody wants that.
bool IsHeldOnErrorAlone(PackagePass& pass, const Function& function,
                        const PlacePaths& paths) {
  bool is_held = false;
  bool is_free = false;
  for (const PlaceExit& exit : paths.exits) {
    if (function.inst(exit.exit).op != Op::kReturn) {
      continue;
    }
    const Known error =
        resources::ReturnedErrorAt(function, exit.exit, pass.analyses());
    if (IsHeld(exit) && error != Known::kNonNil) {
      return false;
    }
    is_held |= IsHeld(exit);
    is_free |= exit.held == Held::kFree && error == Known::kNil;
  }
  return is_held && is_free;
}

// Which locks of the package some function unlocks for others.
struct Releases {
  std::set<const types::Var*> surely;
  std::set<const types::Var*> perhaps;
};

// `lock`, `lockAll`, `TryLock`, `acquire`: a name that says nothing else.
bool IsCalledLock(std::string_view name) {
  const std::string word = Lower(name.substr(name.rfind('.') + 1));
  return word.starts_with("lock") || word.starts_with("trylock") ||
         word.starts_with("rlock") || word.starts_with("acquire");
}

// Whatever the name says, or a comment that speaks of it by the way: nobody
// could unlock it later, as only this package sees it, and nothing there does.
bool IsLeftForNobody(PackagePass& pass, const Function& function,
                     const PlacePaths& paths, const Releases& releases) {
  const types::Var* const var = resources::VariableOf(
      function, pass.Get<FunctionPlaces>(function).events(), paths.path);
  return var != nullptr && var->var_kind == types::VarKind::kFieldVar &&
         var->name != nullptr && !var->name->is_exported &&
         !releases.perhaps.contains(var) &&
         Lower(CommentAbove(*function.outermost())).find("lock held") ==
             std::string::npos &&
         !IsCalledLock(function.outermost()->name());
}

// It is left locked on purpose: something says so, and no way on which all went
// well unlocks it.
bool IsContract(PackagePass& pass, const Function& function,
                const PlacePaths& paths, const Releases& releases) {
  if (IsHeldOnErrorAlone(pass, function, paths)) {
    return false;
  }
  Meant meant = IsLeftForNobody(pass, function, paths, releases)
                    ? Meant::kNo
                    : IsMeantToHold(function);
  if (meant == Meant::kSurely || NotesThatItHolds(function)) {
    return true;
  }
  if (meant == Meant::kNo && SaysWhoReleases(function, paths)) {
    meant = Meant::kByComment;
  }
  // Callers of what a comment speaks of can tell by a result.
  const bool can_tell = meant == Meant::kByComment ? HasResult(function)
                        : meant == Meant::kPerhaps ? ReturnsBool(function)
                                                   : false;
  if (!can_tell && std::ranges::any_of(paths.exits, [&](const auto& exit) {
        return exit.held == Held::kFree &&
               function.inst(exit.exit).op == Op::kReturn &&
               resources::ReturnedErrorAt(function, exit.exit,
                                          pass.analyses()) != Known::kNonNil;
      })) {
    return false;
  }
  if (meant != Meant::kNo) {
    return true;
  }
  const types::Var* const var = resources::VariableOf(
      function, pass.Get<FunctionPlaces>(function).events(), paths.path);
  return var != nullptr && releases.surely.contains(var);
}

// Given to the caller with what is returned, which has the lock in it.
bool GoesWithResult(const Function& function, const PlaceExit& exit) {
  const Inst& inst = function.inst(exit.exit);
  if (inst.op != Op::kReturn) {
    return false;
  }
  const auto types = function.result_types();
  const auto returned = function.Operands(inst);
  for (size_t i = 0; i < types.size(); ++i) {
    if (types::Under(types[i])->kind == types::TypeKind::kSignature &&
        (i >= returned.size() ||
         !dataflow::IsNilConst(function, returned[i]))) {
      return true;
    }
  }
  return false;
}

// The helper that locks says that it has failed. If it leaves the lock locked
// then, that is its own mistake.
bool IsFailureOfHelper(PackagePass& pass, const Function& function,
                       const PlaceExit& exit) {
  const Inst& by = function.inst(exit.by);
  const types::Func* const helper =
      by.op == Op::kCall ? dataflow::NamedCallee(function, by) : nullptr;
  if (helper == nullptr || helper->signature()->results->params.empty() ||
      !dataflow::IsErrorType(
          helper->signature()->results->params.back().type)) {
    return false;
  }
  return pass.Get<dataflow::Dominance>(function).AnyCondition(
      function.inst(exit.exit).block, [&](ssa::Value condition, bool is_true) {
        const auto test = dataflow::NilTestOf(function, condition);
        if (!test || test->is_equal == is_true || !test->tested.is_inst()) {
          return false;
        }
        const Inst& error = function.inst(test->tested.inst());
        return function.IdOf(error) == exit.by ||
               (error.op == Op::kExtract &&
                function.Operands(error)[0] == ssa::Value(exit.by) &&
                dataflow::IsErrorType(error.type));
      });
}

// What is locked is part of what is returned, which gives it back.
bool IsPartOfResult(const Function& function, const PlacePaths& paths,
                    const PlaceExit& exit) {
  const Inst& inst = function.inst(exit.exit);
  if (inst.op != Op::kReturn || paths.path.function != &function ||
      !paths.path.root.is_inst() || !resources::GivesHolder(function)) {
    return false;
  }
  const MadeFrom made(function, paths.path.root.inst());
  return std::ranges::any_of(function.Operands(inst), [&](ssa::Value value) {
    return made.Contains(value);
  });
}

// The exit to speak of; null if all are as they should be.
const PlaceExit* FindLeft(PackagePass& pass, const Function& function,
                          const PlacePaths& paths, const Releases& releases) {
  const bool is_contract = IsContract(pass, function, paths, releases);
  const auto error_at = [&](const PlaceExit& exit) {
    return resources::ReturnedErrorAt(function, exit.exit, pass.analyses());
  };
  const bool gives_lock =
      is_contract || std::ranges::any_of(paths.exits, [&](const auto& exit) {
        return IsHeld(exit) && GoesWithResult(function, exit);
      });
  const PlaceExit* found = nullptr;
  for (const PlaceExit& exit : paths.exits) {
    if (!IsHeld(exit) || exit.was_released_first ||
        IsFailureOfHelper(pass, function, exit) ||
        IsPartOfResult(function, paths, exit)) {
      continue;
    }
    const Op op = function.inst(exit.exit).op;
    if (op == Op::kPanic) {
      if (found == nullptr) {
        found = &exit;
      }
      continue;
    }
    if (op != Op::kReturn &&
        !std::ranges::any_of(paths.exits, [](const PlaceExit& other) {
          return other.held == Held::kFree;
        })) {
      // All of them are locked one after the other.
      continue;
    }
    if (gives_lock && error_at(exit) != Known::kNonNil) {
      continue;
    }
    if (gives_lock &&
        std::ranges::none_of(paths.exits, [&](const PlaceExit& other) {
          // `return c.mu.Unlock, nil`: whoever has that may unlock it.
          const bool is_given =
              other.held == Held::kLost && GoesWithResult(function, other);
          return (IsHeld(other) || is_given) &&
                 error_at(other) != Known::kNonNil;
        })) {
      continue;
    }
    if (found == nullptr || function.inst(found->exit).op == Op::kPanic) {
      found = &exit;
    }
  }
  return found;
}

// A deferred literal that leaves it locked: that is said where the literal
// locks it.
bool IsByDeferredLiteral(const Function& function, const PlaceExit& left) {
  const Inst& by = function.inst(left.by);
  if (by.op != Op::kDefer || !function.Operands(by)[0].is_inst()) {
    return false;
  }
  const Inst& callee = function.inst(function.Operands(by)[0].inst());
  return callee.op == Op::kMakeClosure &&
         function.callees()[function.Operands(callee)[0].index()].child !=
             nullptr;
}

void Report(PackagePass& pass, const Function& function,
            const PlacePaths& paths, const PlaceExit& left) {
  const Inst& exit = function.inst(left.exit);
  const PlaceEvent* const event = resources::EventAt(
      pass.Get<FunctionPlaces>(function).events(), paths.path, left.by);
  const std::string_view place = resources::PlaceText(function, left.by);
  const std::string name = event != nullptr && event->is_by_helper
                               ? fmt::format("what `{}` locks", place)
                               : fmt::format("`{}`", place);
  const uint32_t line = LineOf(function, exit.pos);
  const bool is_panic = exit.op == Op::kPanic;
  std::string text;
  if (is_panic) {
    text = fmt::format(
        "{} stays locked if the `panic` at line {} is recovered further up; "
        "unlock it by `defer`",
        name, line);
  } else if (exit.op == Op::kReturn) {
    text = fmt::format(
        "{} may still be locked when {} returns at line {}: whoever locks it "
        "next waits for ever; unlock it on that way too, or by `defer`",
        name, resources::FunctionPhrase(function), line);
  } else {
    text = fmt::format(
        "{} may still be locked when the loop goes on to the next one; "
        "unlock it on each way through the loop",
        name);
  }
  Finding finding =
      pass.Report(function, SpanOfInst(pass, function, left.by), "{}", text);
  // The next iteration's Lock is reported where it stands, and so is one that
  // is deferred where an unlock was meant.
  const bool is_deferred = function.inst(left.by).op == Op::kDefer &&
                           (event == nullptr || !event->is_by_helper);
  const bool is_clash =
      std::ranges::any_of(paths.clashes, [&](const PlaceClash& clash) {
        const bool is_seen =
            clash.kind == PlaceClash::Kind::kLockedTwice ||
            (clash.kind == PlaceClash::Kind::kReadLockedTwice &&
             function.inst(clash.at).op == Op::kDefer);
        return is_seen && clash.before == left.by;
      });
  // A lock of its own, which ends with the function.
  const bool is_local = paths.path.function == &function &&
                        paths.path.root.is_inst() &&
                        function.inst(paths.path.root.inst()).op == Op::kAlloc;
  if (is_panic || is_clash || is_local || is_deferred) {
    finding.As(source::Severity::kInfo);
  }
  if (left.branch.has_value() && function.inst(left.branch).node.has_value()) {
    finding.Note(function.inst(left.branch).node,
                 "this decides whether it comes to that");
  }
  if (exit.op == Op::kReturn && exit.node.has_value() &&
      exit.node != function.syntax()) {
    finding.Note(exit.node, "it returns here");
  }
}

void Run(PackagePass& pass) {
  std::optional<Releases> releases;
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr ||
        function->kind() == ssa::FunctionKind::kRangeBody) {
      continue;
    }
    const auto& places = pass.Get<FunctionPlaces>(*function);
    for (const PlacePaths& paths : places.all()) {
      if (paths.is_incomplete || std::ranges::none_of(paths.exits, IsHeld) ||
          MayBeReleasedByOtherName(places, paths) ||
          IsPartOfPhi(*function, paths) ||
          AreAllReleasedByLiteral(pass, *function, paths) ||
          IsUnlockedAround(
              pass, *function,
              resources::VariableOf(*function, places.events(), paths.path))) {
        continue;
      }
      if (!releases) {
        releases = {.surely = ReleasedForCallers(pass),
                    .perhaps = PerhapsReleased(pass)};
      }
      if (const PlaceExit* const left =
              FindLeft(pass, *function, paths, *releases);
          left != nullptr && !IsByDeferredLiteral(*function, *left)) {
        Report(pass, *function, paths, *left);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A `sync.Mutex`, `sync.RWMutex`, `sync.Locker` or another interface with `Lock()` and `Unlock()` that some way out of the
function leaves locked: a return between `Lock` and `Unlock`, a branch that forgets it, a `continue` in a loop. The finding
says which return, and by which branch. Deferred calls, closures, helpers of the same package, `TryLock` and conditions that
decide both about `Lock` and `Unlock` are understood. For a way out by `panic` it is information.
)";

constexpr std::string_view kWhy = R"(
Whoever locks it next waits for ever: a request hangs, then all that need the same lock. It happens on the ways that tests
do not take, mostly an early return for an error.
)";

constexpr std::string_view kNotFlagged = R"(
- locks that are left for the caller: the function is named so (`lockAll`, `Begin`, `acquire`), its comment says so, another
  function of the package unlocks what it did not lock, or a function that unlocks is returned; an error return of such a
  function, on which the caller gets nothing, is a finding, and so is an unexported field that nothing in the package unlocks;
- locks that a goroutine, a stored function or a cleanup unlocks;
- `if useLock { mu.Lock() } … if useLock { mu.Unlock() }`;
- ways that end the process or the goroutine.
)";

constexpr GoFact kFacts[] = {
    {.claim = "A mutex that a function left locked stays locked.",
     .program = R"(package main

import (
	"fmt"
	"sync"
)

var mu sync.Mutex

func add(n int) bool {
	mu.Lock()
	if n < 0 {
		return false
	}
	mu.Unlock()
	return true
}

func main() {
	fmt.Println(add(1), mu.TryLock())
	mu.Unlock()
	fmt.Println(add(-1), mu.TryLock())
}
)",
     .output = "true true\nfalse false\n"},
};

}  // namespace

extern const Check lock_not_released = {
    .name = "lock-not-released",
    .doc = {.summary = "a lock that some way out of the function leaves locked",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"errors"
	"sync"
)

type Store struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Store) Take(key string) (int, error) {
	s.mu.Lock()
	n, ok := s.rows[key]
	if !ok {
		return 0, errors.New("no such row")
	}
	delete(s.rows, key)
	s.mu.Unlock()
	return n, nil
}
)",
            .good = R"(package p

import (
	"errors"
	"sync"
)

type Store struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Store) Take(key string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.rows[key]
	if !ok {
		return 0, errors.New("no such row")
	}
	delete(s.rows, key)
	return n, nil
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
