#include "checks/resources/place_paths.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>

#include "checks/resources/conditions.h"
#include "checks/resources/path_state.h"
#include "lexer/token.h"

namespace gdlint::checks::resources {
namespace {

using dataflow::AccessPath;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// So many states of one place are followed.
constexpr size_t kMaxStates = 5000;
// Entering a block costs as much as some instructions.
constexpr size_t kEntryWork = 8;
// The same defer in a loop, beyond so many times, is not counted: the first two
// show what the rest does.
constexpr ptrdiff_t kMaxRepeats = 3;
// Read locks in one another beyond this are not counted.
constexpr uint8_t kMaxReads = 3;

struct State {
  Held held = Held::kEntry;
  // Read locks that are held.
  uint8_t reads = 0;
  bool was_touched = false;
  bool was_released_first = false;
  bool was_read_lock = false;
  // Since the release of the caller's lock others had the time to lock it.
  bool has_waited = false;
  InstId by;
  // Events that wait for the end, by their numbers.
  Values deferred;
  Values facts;
  InstId branch;
  // A TryLock whose result was not looked at yet.
  InstId trying;
  PlaceOp trying_op = PlaceOp::kTryLock;

  std::string KeyAt(ssa::BlockId block) const {
    std::string key(reinterpret_cast<const char*>(&block.index),
                    sizeof(block.index));
    for (const Values* values : {&deferred, &facts}) {
      const auto size = static_cast<uint32_t>(values->size());
      key.append(reinterpret_cast<const char*>(&size), sizeof(size));
      key.append(reinterpret_cast<const char*>(values->data()),
                 values->size() * sizeof(uint32_t));
    }
    key.push_back(static_cast<char>(held));
    key.push_back(static_cast<char>(reads | was_touched << 4 |
                                    was_released_first << 5 |
                                    was_read_lock << 6 | has_waited << 7));
    for (const InstId id : {by, trying}) {
      key.append(reinterpret_cast<const char*>(&id.index), sizeof(id.index));
    }
    return key;
  }
};

bool IsOnList(const Inst& inst) {
  return inst.op == Op::kDefer && (inst.detail & ssa::kOnDeferStack) != 0;
}

// The struct, or array, that the place is a part of is assigned as a whole.
bool Overwrites(const dataflow::AccessPath& prefix,
                const dataflow::AccessPath& path) {
  return prefix.function == path.function && prefix.global == path.global &&
         prefix.root == path.root && prefix.steps.size() < path.steps.size() &&
         std::equal(prefix.steps.begin(), prefix.steps.end(),
                    path.steps.begin()) &&
         std::find(path.steps.begin() +
                       static_cast<std::ptrdiff_t>(prefix.steps.size()),
                   path.steps.end(),
                   dataflow::AccessPath::kPointer) == path.steps.end();
}

// Of sync: it comes back when someone else has done something.
bool IsWait(std::string_view method) {
  return method == "Lock" || method == "RLock" || method == "Wait";
}

class Follower {
 public:
  Follower(const Function& function, const dataflow::Program& program,
           std::span<const PlaceEvent> events, const AccessPath& path,
           PathContext& context, const Watch* watch)
      : function_(function),
        program_(program),
        events_(events),
        watch_(watch),
        context_(context),
        conditions_(context.conditions()) {
    result_.path = path;
    for (uint32_t i = 0; i < events.size(); ++i) {
      if (events[i].path == path) {
        at_[events[i].inst.index].push_back(i);
      }
    }
  }

  PlacePaths Run() {
    Walk(ssa::BlockId{0}, State());
    while (!work_.empty() && !result_.is_incomplete) {
      auto [block, state] = std::move(work_.front());
      work_.pop_front();
      Walk(block, std::move(state));
    }
    return std::move(result_);
  }

 private:
  void Walk(ssa::BlockId block, State state);
  void Enter(ssa::BlockId from, ssa::BlockId to, State state);
  // Those below return false where the path ends.
  bool Step(InstId id, const Inst& inst, State& state);
  bool Apply(const PlaceEvent& event, State& state);
  bool Take(const PlaceEvent& event, bool is_write, State& state);
  bool Release(const PlaceEvent& event, bool is_write, State& state);
  bool Close(const PlaceEvent& event, State& state);
  static void LetOthersLock(State& state);
  bool IsGivenToUnknown(const Inst& inst) const;
  bool RunDefers(State& state);
  bool Refine(Value condition, bool is_true, State& state);
  bool IsReceiveFrom(Value condition) const;
  bool IsAskedAt(const Inst& select) const;
  void Remake(InstId id, State& state);
  // A local variable that nothing but methods of sync get.
  bool IsForLocksAlone(InstId variable) const;
  void AddExit(InstId id, const State& state);
  void NoteExit(InstId id, State state);
  void AddClash(PlaceClash::Kind kind, InstId at, InstId before);

  const Function& function_;
  const dataflow::Program& program_;
  const std::span<const PlaceEvent> events_;
  // Null: of no interest.
  const Watch* const watch_;
  PathContext& context_;
  Conditions& conditions_;
  PlacePaths result_;
  std::map<uint32_t, std::vector<uint32_t>> at_;
  std::deque<std::pair<ssa::BlockId, State>> work_;
  std::unordered_set<std::string> seen_;
};

void Follower::Walk(ssa::BlockId block, State state) {
  const ssa::Block& b = function_.block(block);
  if (!context_.Spend(b.insts_end - b.insts_begin + kEntryWork)) {
    result_.is_incomplete = true;
    return;
  }
  for (uint32_t i = b.insts_begin; i < b.insts_end; ++i) {
    const InstId id{i};
    const Inst& inst = function_.inst(id);
    if (IsMadeBy(result_.path, function_, id)) {
      Remake(id, state);
    }
    if (watch_ != nullptr) {
      NoteExit(id, state);
    }
    if (!Step(id, inst, state)) {
      return;
    }
  }
  const Inst& last = function_.Terminator(block);
  const std::span<const ssa::BlockId> succs = function_.Succs(block);
  for (uint32_t i = 0; i < succs.size(); ++i) {
    State next = state;
    if (last.op == Op::kIf) {
      if (!Refine(function_.Operands(last)[0], i == 0, next)) {
        continue;
      }
      next.branch = InstId{b.insts_end - 1};
    }
    Enter(block, succs[i], std::move(next));
  }
}

void Follower::Enter(ssa::BlockId from, ssa::BlockId to, State state) {
  context_.EnterFacts(from, to, state.facts);
  if (seen_.size() > kMaxStates) {
    result_.is_incomplete = true;
    return;
  }
  if (seen_.insert(state.KeyAt(to)).second) {
    work_.emplace_back(to, std::move(state));
  }
}

bool Follower::Step(InstId id, const Inst& inst, State& state) {
  switch (inst.op) {
    case Op::kRunDefers:
      return RunDefers(state);
    case Op::kReturn:
    case Op::kPanic:
      if (inst.op == Op::kPanic && !RunDefers(state)) {
        return false;
      }
      AddExit(id, state);
      return false;
    case Op::kExit:
    case Op::kRangePanic:
      return false;
    case Op::kStore: {
      const dataflow::AccessPath to =
          dataflow::PathOf(function_, function_.Operands(inst)[0]);
      if (ChangesMeaning(to, result_.path)) {
        Remake(id, state);
      } else if (Overwrites(to, result_.path)) {
        // `p.part = part{}`: whatever it was, it is another one now.
        state.held = Held::kLost;
      }
      break;
    }
    case Op::kRecv:
    case Op::kSend:
    case Op::kSelect:
      LetOthersLock(state);
      if (inst.op == Op::kSelect && state.held == Held::kWillClose &&
          IsAskedAt(inst)) {
        // What follows knows whether the goroutine has closed it.
        state.held = Held::kLost;
      }
      break;
    default:
      break;
  }
  if (const auto found = at_.find(id.index); found != at_.end()) {
    for (const uint32_t number : found->second) {
      const PlaceEvent& event = events_[number];
      if (inst.op == Op::kDefer && event.op != PlaceOp::kLost &&
          !IsOnList(inst)) {
        if (std::ranges::count(state.deferred, number) < kMaxRepeats) {
          state.deferred.push_back(number);
        }
      } else if (IsOnList(inst)) {
        state.held = Held::kLost;
      } else if (!Apply(event, state)) {
        return false;
      }
    }
  }
  if (const types::Func* const named =
          inst.op == Op::kCall ? dataflow::NamedCallee(function_, inst)
                               : nullptr;
      named != nullptr && named->package != nullptr &&
      named->package->path == "sync" && IsWait(named->name->text())) {
    LetOthersLock(state);
  }
  if (state.held != Held::kLost && IsGivenToUnknown(inst)) {
    state.held = Held::kLost;
  }
  return inst.op != Op::kCall ||
         !program_.SummaryOfCall(function_, inst).never_returns();
}

// A declared function that could not be read gets the place, or what it is a
// part of: `b.Unlock()`, where that has to do with a missing package.
bool Follower::IsGivenToUnknown(const Inst& inst) const {
  if ((inst.op != Op::kCall && inst.op != Op::kDefer) ||
      ModeOf(inst) != ssa::CallMode::kStatic) {
    return false;
  }
  const types::Func* const named = dataflow::NamedCallee(function_, inst);
  if (named == nullptr || named->package == nullptr ||
      named->package->is_standard || program_.SummaryOf(named).is_known) {
    return false;
  }
  const dataflow::FunctionId id = program_.TargetsOf(function_, inst).only();
  if (id.has_value() && program_.node(id).body != nullptr) {
    return false;
  }
  return std::ranges::any_of(
      function_.Operands(inst).subspan(1), [&](Value value) {
        if (!value.has_value()) {
          return false;
        }
        const dataflow::AccessPath path = dataflow::PathOf(function_, value);
        return path.function == result_.path.function &&
               path.global == result_.path.global &&
               path.root == result_.path.root &&
               path.steps.size() <= result_.path.steps.size() &&
               std::equal(path.steps.begin(), path.steps.end(),
                          result_.path.steps.begin());
      });
}

// What was locked for this function, and given back, may be locked for it
// again while it waits: a mutex that is a signal.
void Follower::LetOthersLock(State& state) {
  state.has_waited |= state.was_released_first && state.held == Held::kFree;
}

bool Follower::RunDefers(State& state) {
  while (!state.deferred.empty()) {
    const uint32_t number = state.deferred.back();
    state.deferred.pop_back();
    if (!Apply(events_[number], state)) {
      return false;
    }
  }
  return true;
}

bool Follower::Apply(const PlaceEvent& event, State& state) {
  if (state.held == Held::kLost) {
    return true;
  }
  switch (event.op) {
    case PlaceOp::kLock:
      return Take(event, true, state);
    case PlaceOp::kRLock:
      return Take(event, false, state);
    case PlaceOp::kTryLock:
    case PlaceOp::kTryRLock:
      state.trying = event.inst;
      state.trying_op = event.op;
      return true;
    case PlaceOp::kUnlock:
      return Release(event, true, state);
    case PlaceOp::kRUnlock:
      return Release(event, false, state);
    case PlaceOp::kBriefLock:
    case PlaceOp::kBriefRLock: {
      State during = state;
      const bool goes_on = Take(event, event.op == PlaceOp::kBriefLock, during);
      state.was_touched = true;
      return goes_on;
    }
    case PlaceOp::kClose:
      return Close(event, state);
    case PlaceOp::kSend:
      if (state.held == Held::kClosed) {
        AddClash(PlaceClash::Kind::kSendAfterClose, event.inst, state.by);
        return false;
      }
      return true;
    case PlaceOp::kAssign:
      Remake(event.inst, state);
      return true;
    case PlaceOp::kDone:
      if (state.held == Held::kDone) {
        AddClash(PlaceClash::Kind::kReleasedTwice, event.inst, state.by);
        return false;
      }
      state.held = Held::kDone;
      state.by = event.inst;
      return true;
    case PlaceOp::kLost:
      state.held = Held::kLost;
      return true;
  }
  return true;
}

bool Follower::Take(const PlaceEvent& event, bool is_write, State& state) {
  switch (state.held) {
    case Held::kWrite:
      AddClash(PlaceClash::Kind::kLockedTwice, event.inst, state.by);
      return false;
    case Held::kRead:
      AddClash(is_write ? PlaceClash::Kind::kLockedTwice
                        : PlaceClash::Kind::kReadLockedTwice,
               event.inst, state.by);
      if (is_write) {
        return false;
      }
      state.reads = std::min<uint8_t>(state.reads + 1, kMaxReads);
      return true;
    default:
      break;
  }
  if (!state.was_touched) {
    (is_write ? result_.takes_write : result_.takes_read) = true;
  }
  state.was_touched = true;
  state.has_waited = false;
  state.held = is_write ? Held::kWrite : Held::kRead;
  state.reads = is_write ? 0 : 1;
  state.by = event.inst;
  return true;
}

bool Follower::Release(const PlaceEvent& event, bool is_write, State& state) {
  switch (state.held) {
    case Held::kEntry:
      if (!state.was_touched) {
        state.was_released_first = true;
        state.was_read_lock = !is_write;
      }
      break;
    case Held::kFree:
      if (state.has_waited) {
        state.has_waited = false;
        state.by = event.inst;
        return true;
      }
      AddClash(state.by.has_value() ? PlaceClash::Kind::kReleasedTwice
                                    : PlaceClash::Kind::kNotLocked,
               event.inst, state.by);
      return false;
    case Held::kWrite:
    case Held::kRead:
      if ((state.held == Held::kWrite) != is_write) {
        AddClash(PlaceClash::Kind::kWrongUnlock, event.inst, state.by);
        return false;
      }
      if (state.reads > 1) {
        --state.reads;
        return true;
      }
      break;
    default:
      return true;
  }
  state.was_touched = true;
  state.held = Held::kFree;
  state.reads = 0;
  state.by = event.inst;
  return true;
}

bool Follower::Close(const PlaceEvent& event, State& state) {
  if (state.held == Held::kClosed || state.held == Held::kWillClose) {
    AddClash(PlaceClash::Kind::kReleasedTwice, event.inst, state.by);
    return false;
  }
  state.held = function_.inst(event.inst).op == Op::kGo ? Held::kWillClose
                                                        : Held::kClosed;
  state.by = event.inst;
  return true;
}

bool Follower::Refine(Value condition, bool is_true, State& state) {
  if (!conditions_.Refine(condition, is_true, state.facts) ||
      (!is_true && state.held == Held::kClosed && IsReceiveFrom(condition))) {
    return false;
  }
  if (!state.trying.has_value()) {
    return true;
  }
  while (condition.is_inst() &&
         function_.inst(condition.inst()).op == Op::kUnOp) {
    condition = function_.Operands(function_.inst(condition.inst()))[0];
    is_true = !is_true;
  }
  if (condition != Value(state.trying)) {
    return true;
  }
  if (is_true && state.held != Held::kLost) {
    if (state.held == Held::kWrite) {
      // It would have failed.
      return false;
    }
    // Another reader beside those that there are.
    const uint8_t reads = state.held == Held::kRead ? state.reads : 0;
    state.held =
        state.trying_op == PlaceOp::kTryLock ? Held::kWrite : Held::kRead;
    state.reads =
        state.held == Held::kRead ? std::min<uint8_t>(reads + 1, kMaxReads) : 0;
    state.by = state.trying;
    state.was_touched = true;
  }
  state.trying = {};
  return true;
}

// It is whether a select receives from the place, which is its only case but
// for `default`: from a closed channel it always does.
bool Follower::IsReceiveFrom(Value condition) const {
  if (!condition.is_inst() ||
      function_.inst(condition.inst()).op != Op::kBinOp) {
    return false;
  }
  const Inst& test = function_.inst(condition.inst());
  const Value chosen = function_.Operands(test)[0];
  if (static_cast<lexer::TokenKind>(test.detail) != lexer::TokenKind::kEql ||
      !chosen.is_inst() || function_.inst(chosen.inst()).op != Op::kExtract ||
      function_.inst(chosen.inst()).aux != 0) {
    return false;
  }
  const Value from = function_.Operands(function_.inst(chosen.inst()))[0];
  if (!from.is_inst() || function_.inst(from.inst()).op != Op::kSelect) {
    return false;
  }
  const std::span<const Value> cases =
      function_.Operands(function_.inst(from.inst()));
  return cases.size() == 2 && !cases[1].has_value() &&
         dataflow::PathOf(function_, cases[0]) == result_.path;
}

// A select that receives from the place or something else.
bool Follower::IsAskedAt(const Inst& select) const {
  return std::ranges::any_of(function_.Operands(select), [&](Value value) {
    return value.has_value() &&
           dataflow::PathOf(function_, value) == result_.path;
  });
}

void Follower::Remake(InstId id, State& state) {
  result_.is_released_and_forgotten |=
      state.was_released_first && state.held == Held::kFree;
  if (state.held == Held::kWrite || state.held == Held::kRead) {
    if (state.deferred.empty()) {
      AddExit(id, state);
    }
  }
  const Values facts = state.facts;
  const InstId branch = state.branch;
  state = State();
  state.facts = facts;
  state.branch = branch;
  if (function_.inst(id).op == Op::kAlloc && result_.path.steps.empty() &&
      IsForLocksAlone(id)) {
    state.held = Held::kFree;
    state.was_touched = true;
  }
}

bool Follower::IsForLocksAlone(InstId variable) const {
  return std::ranges::all_of(function_.UsersOf(variable), [&](InstId user) {
    const Inst& inst = function_.inst(user);
    if (inst.op != Op::kCall && inst.op != Op::kDefer) {
      return false;
    }
    const types::Func* const named = dataflow::NamedCallee(function_, inst);
    return named != nullptr && named->package != nullptr &&
           named->package->path == "sync" && named->recv != nullptr;
  });
}

void Follower::AddExit(InstId id, const State& state) {
  const PlaceExit exit{
      .exit = id,
      .held = state.trying.has_value() ? Held::kLost : state.held,
      .by = state.by,
      .branch = state.branch,
      .was_released_first = state.was_released_first,
      .was_read_lock = state.was_read_lock};
  if (std::ranges::none_of(result_.exits, [&](const PlaceExit& other) {
        return other.exit == exit.exit && other.held == exit.held &&
               other.by == exit.by &&
               other.was_released_first == exit.was_released_first;
      })) {
    result_.exits.push_back(exit);
  }
}

void Follower::NoteExit(InstId id, State state) {
  const auto watched = watch_->find(id.index);
  if (watched != watch_->end() && (!watched->second || RunDefers(state))) {
    AddExit(id, state);
  }
}

void Follower::AddClash(PlaceClash::Kind kind, InstId at, InstId before) {
  if (std::ranges::none_of(result_.clashes, [&](const PlaceClash& other) {
        return other.kind == kind && other.at == at;
      })) {
    result_.clashes.push_back({kind, at, before});
  }
}

bool IsOfInterest(PlaceOp op) {
  switch (op) {
    case PlaceOp::kBriefLock:
    case PlaceOp::kBriefRLock:
    case PlaceOp::kSend:
    case PlaceOp::kAssign:
    case PlaceOp::kLost:
      return false;
    default:
      return true;
  }
}

}  // namespace

PlacePaths FollowPlace(const Function& function,
                       const dataflow::Program& program,
                       std::span<const PlaceEvent> events,
                       const AccessPath& path, PathContext& context,
                       const Watch* watch) {
  return Follower(function, program, events, path, context, watch).Run();
}

FunctionPlaces::FunctionPlaces(const Function& function,
                               dataflow::Analyses& analyses) {
  auto& shared = analyses.Shared<PlaceEvents>();
  // Summaries of what calls it come first: calls of itself are among them.
  static_cast<void>(shared.EffectsOf(function));
  events_ = &shared.Of(function);
  std::optional<PathContext> context;
  for (const PlaceEvent& event : *events_) {
    if (IsOfInterest(event.op) &&
        !shared.IsUnlockedAround(function, event.path) &&
        std::ranges::none_of(all_, [&](const PlacePaths& other) {
          return other.path == event.path;
        })) {
      if (!context) {
        context.emplace(function, analyses.program());
      }
      all_.push_back(FollowPlace(function, analyses.program(), *events_,
                                 event.path, *context));
      if (all_.back().is_incomplete) {
        analyses.SetTooLarge(function);
      }
    }
  }
}

}  // namespace gdlint::checks::resources
