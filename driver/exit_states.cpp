#include "driver/exit_states.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ast/tree.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/place_names.h"
#include "checks/resources/place_paths.h"
#include "driver/kept_values.h"
#include "types/package.h"

namespace gdlint::driver {
namespace {

namespace resources = checks::resources;
using checks::knowledge::ResourceKind;
using report::Holding;
using resources::Held;
using resources::PlaceOp;
using resources::ResourceAtExit;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

struct Words {
  const char* open;
  const char* released;
};

Words WordsOf(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kSqlTx:
      return {"neither committed nor rolled back", "ended"};
    case ResourceKind::kTicker:
    case ResourceKind::kTimer:
      return {"still running", "stopped"};
    case ResourceKind::kTempDir:
      return {"still there", "removed"};
    case ResourceKind::kCancel:
      return {"not called", "called"};
    default:
      return {"still open", "closed"};
  }
}

report::Place PlaceAt(const Function& function, InstId id) {
  const Inst& inst = function.inst(id);
  const bool has_node = inst.node.has_value() && inst.node != function.syntax();
  return report::MakePlace(has_node
                               ? ast::SpanOf(*function.unit()->tree, inst.node)
                               : source::Span{inst.pos, inst.pos + 1},
                           "", function.unit()->file->Lines());
}

bool IsLockOp(PlaceOp op) {
  switch (op) {
    case PlaceOp::kLock:
    case PlaceOp::kRLock:
    case PlaceOp::kTryLock:
    case PlaceOp::kTryRLock:
    case PlaceOp::kUnlock:
    case PlaceOp::kRUnlock:
      return true;
    default:
      return false;
  }
}

std::string NameOf(const types::Var* var) {
  return var == nullptr || var->name == nullptr
             ? std::string()
             : std::string(var->name->text());
}

// Of a path that begins at a variable, and its type.
std::pair<std::string, const types::Type*> RootOf(
    const dataflow::AccessPath& path) {
  if (path.global != nullptr) {
    return {NameOf(path.global), path.global->type};
  }
  const Function& function = *path.function;
  const types::Type* const type = function.TypeOf(path.root);
  switch (path.root.kind()) {
    case ssa::Value::Kind::kParam:
      return {NameOf(function.params()[path.root.index()].var), type};
    case ssa::Value::Kind::kFreeVar:
      return {NameOf(function.free_vars()[path.root.index()].var), type};
    case ssa::Value::Kind::kInst: {
      const Inst& inst = function.inst(path.root.inst());
      const bool is_variable = (inst.op == Op::kAlloc || inst.op == Op::kPhi) &&
                               inst.aux != ssa::kNoAux;
      return {is_variable ? NameOf(function.vars()[inst.aux]) : "", type};
    }
    default:
      return {"", type};
  }
}

// "s.state.mu"; "" if it has no name.
std::string PathText(const dataflow::AccessPath& path) {
  auto [text, type] = RootOf(path);
  if (text.empty()) {
    return text;
  }
  for (const uint32_t step : path.steps) {
    if (step == dataflow::AccessPath::kPointer) {
      continue;
    }
    if (const auto* const pointer =
            types::TryAs<types::Pointer>(types::Under(type))) {
      type = pointer->elem;
    }
    const auto* const fields = types::TryAs<types::Struct>(types::Under(type));
    if (fields == nullptr || step >= fields->fields.size()) {
      return "";
    }
    text += "." + NameOf(fields->fields[step]);
    type = fields->fields[step]->type;
    while (const auto* const pointer =
               types::TryAs<types::Pointer>(types::Under(type))) {
      type = pointer->elem;
    }
  }
  return text;
}

// One function whose exits are told, itself or a loop body.
class States {
 public:
  States(const Function& function, dataflow::Analyses& analyses,
         const NumberOfDefer& number_of, checks::FileIndexes& indexes,
         report::Explanation& explanation)
      : function_(function),
        analyses_(analyses),
        number_of_(number_of),
        indexes_(indexes),
        explanation_(explanation) {}

  void Add(std::span<const std::vector<ExitPoint>> points) {
    resources::Watch watch;
    for (size_t i = 0; i < points.size(); ++i) {
      for (const ExitPoint& point : points[i]) {
        if (point.function == &function_) {
          exits_at_[point.inst.index].push_back(i);
          watch[point.inst.index] |= point.runs_deferred;
        }
      }
    }
    AddLifetimes(watch);
    AddLocks(watch);
  }

 private:
  void AddLifetimes(const resources::Watch& watch) {
    auto& fates = analyses_.Shared<resources::Fates>();
    for (const resources::Lifetime& lifetime :
         resources::LifetimesOf(function_, fates, &watch)) {
      report::Resource resource;
      resource.place = PlaceAt(function_, lifetime.acquisition);
      resource.name = resources::ResourcePhrase(function_, lifetime);
      resource.kind = checks::knowledge::KindName(lifetime.what.kind);
      resource.is_known = !lifetime.is_incomplete;
      resource.is_left_in_loop = std::ranges::any_of(
          lifetime.leaks,
          [&](const auto& leak) { return leak.exit == lifetime.acquisition; });
      explanation_.resources.push_back(std::move(resource));
      if (!lifetime.is_incomplete) {
        const Words words = WordsOf(lifetime.what.kind);
        for (const ResourceAtExit& at : lifetime.at_exits) {
          AddState(at, words);
        }
      }
    }
  }

  void AddState(const ResourceAtExit& at, Words words) {
    report::ResourceState state;
    switch (at.state) {
      case ResourceAtExit::State::kOpen:
        state.holding = Holding::kOpen;
        state.words = words.open;
        break;
      case ResourceAtExit::State::kReleased:
        state.holding = Holding::kReleased;
        state.words = words.released;
        state.is_deferred = !at.by.has_value();
        break;
      case ResourceAtExit::State::kHandedOver:
        state.holding = Holding::kHandedOver;
        state.words = "handed over";
        break;
      case ResourceAtExit::State::kReturned:
        state.holding = Holding::kReturned;
        state.words = "returned to the caller";
        break;
    }
    AddBy(at.by, state);
    AddTo(at.exit, std::move(state));
  }

  void AddBy(InstId by, report::ResourceState& state) {
    if (!by.has_value()) {
      return;
    }
    const Inst& inst = function_.inst(by);
    state.place = PlaceAt(function_, by);
    state.text = StatementText(function_, inst, indexes_);
    if (inst.op == Op::kDefer) {
      state.by = number_of_(function_, by);
    }
  }

  void AddTo(InstId exit, report::ResourceState state) {
    state.resource = static_cast<uint32_t>(explanation_.resources.size());
    const auto found = exits_at_.find(exit.index);
    if (found == exits_at_.end()) {
      return;
    }
    for (const size_t i : found->second) {
      auto& states = explanation_.exits[i].resources;
      if (std::ranges::none_of(states, [&](const auto& other) {
            return other.resource == state.resource &&
                   other.holding == state.holding && other.by == state.by &&
                   other.place.begin == state.place.begin;
          })) {
        states.push_back(state);
      }
    }
  }

  void AddLocks(const resources::Watch& watch) {
    const auto& places = analyses_.Get<resources::FunctionPlaces>(function_);
    resources::PathContext context(function_, analyses_.program());
    for (const resources::PlacePaths& place : places.all()) {
      const auto first =
          std::ranges::find_if(places.events(), [&](const auto& event) {
            return event.path == place.path && IsLockOp(event.op);
          });
      if (first == places.events().end()) {
        continue;
      }
      const resources::PlacePaths paths =
          resources::FollowPlace(function_, analyses_.program(),
                                 places.events(), place.path, context, &watch);
      report::Resource lock;
      lock.place = PlaceAt(function_, first->inst);
      lock.name = fmt::format("`{}`", LockText(places, place.path));
      lock.kind = "lock";
      lock.is_known = !paths.is_incomplete;
      lock.is_left_in_loop =
          std::ranges::any_of(paths.exits, [&](const auto& exit) {
            return !exits_at_.contains(exit.exit.index) && IsHeld(exit.held);
          });
      explanation_.resources.push_back(std::move(lock));
      if (!paths.is_incomplete) {
        for (const resources::PlaceExit& exit : paths.exits) {
          AddLockState(exit);
        }
      }
    }
  }

  static bool IsHeld(Held held) {
    return held == Held::kWrite || held == Held::kRead;
  }

  // As the source writes it, if it does.
  std::string LockText(const resources::FunctionPlaces& places,
                       const dataflow::AccessPath& path) const {
    for (const resources::PlaceEvent& event : places.events()) {
      const Op op = function_.inst(event.inst).op;
      if (event.path == path && IsLockOp(event.op) && !event.is_by_helper &&
          (op == Op::kCall || op == Op::kDefer)) {
        return std::string(resources::PlaceText(function_, event.inst));
      }
    }
    const std::string text = PathText(path);
    return text.empty() ? "the lock" : text;
  }

  void AddLockState(const resources::PlaceExit& exit) {
    report::ResourceState state;
    switch (exit.held) {
      case Held::kWrite:
        state.holding = Holding::kLocked;
        state.words = "locked";
        break;
      case Held::kRead:
        state.holding = Holding::kReadLocked;
        state.words = "locked for reading";
        break;
      case Held::kFree:
        if (!exit.by.has_value()) {
          return;
        }
        state.holding = Holding::kUnlocked;
        state.words = "unlocked";
        break;
      case Held::kLost:
        state.holding = Holding::kHandedOver;
        state.words = "for others to unlock";
        break;
      default:
        return;
    }
    AddBy(exit.by, state);
    AddTo(exit.exit, std::move(state));
  }

  const Function& function_;
  dataflow::Analyses& analyses_;
  const NumberOfDefer& number_of_;
  checks::FileIndexes& indexes_;
  report::Explanation& explanation_;
  // By the numbers of their instructions.
  std::map<uint32_t, std::vector<size_t>> exits_at_;
};

}  // namespace

void AddExitStates(dataflow::Analyses& analyses,
                   std::span<const std::vector<ExitPoint>> points,
                   const NumberOfDefer& number_of, checks::FileIndexes& indexes,
                   report::Explanation& explanation) {
  // In the order of the exits, so that it is always the same.
  std::vector<const Function*> functions;
  for (const auto& of_exit : points) {
    for (const ExitPoint& point : of_exit) {
      if (std::ranges::find(functions, point.function) == functions.end()) {
        functions.push_back(point.function);
      }
    }
  }
  for (const Function* const function : functions) {
    States(*function, analyses, number_of, indexes, explanation).Add(points);
  }
}

}  // namespace gdlint::driver
