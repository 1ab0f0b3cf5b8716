#include "checks/resources/place_events.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "checks/knowledge/release_names.h"
#include "checks/resources/net_effects.h"
#include "checks/resources/place_paths.h"
#include "checks/resources/ways.h"
#include "dataflow/flow_order.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

using dataflow::AccessPath;
using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// Chains of calls are followed so far.
constexpr int kMaxDepth = 64;

// Packages whose locks do what those of sync do.
bool HasLocks(std::string_view package) {
  return package == "sync" || package == "github.com/sasha-s/go-deadlock";
}

bool HasMethod(const types::Type* type, std::string_view name) {
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    const types::Signature* const signature = entry.method->signature();
    return entry.method->name->text() == name && signature != nullptr &&
           signature->params->params.empty() &&
           signature->results->params.empty();
  });
}

// An interface, or a type of another package than `caller`, that is locked and
// unlocked as those of sync are: `interface { Lock(); Unlock() }`.
bool IsLikeLock(const types::Func& method, const Function& caller) {
  const std::string_view name = method.name->text();
  const bool is_read = name == "RLock" || name == "RUnlock";
  if (!is_read && name != "Lock" && name != "Unlock") {
    return false;
  }
  const bool is_interface =
      types::Under(method.recv)->kind == types::TypeKind::kInterface;
  return (is_interface || method.package != caller.package()) &&
         HasMethod(method.recv, is_read ? "RLock" : "Lock") &&
         HasMethod(method.recv, is_read ? "RUnlock" : "Unlock");
}

std::optional<PlaceOp> OpOf(const types::Func* method, const Function& caller) {
  if (method == nullptr || method->recv == nullptr ||
      method->package == nullptr || method->name == nullptr ||
      (!HasLocks(method->package->path) && !IsLikeLock(*method, caller))) {
    return std::nullopt;
  }
  struct Row {
    std::string_view name;
    PlaceOp op;
  };
  static constexpr Row kRows[] = {
      {"Lock", PlaceOp::kLock},       {"RLock", PlaceOp::kRLock},
      {"TryLock", PlaceOp::kTryLock}, {"TryRLock", PlaceOp::kTryRLock},
      {"Unlock", PlaceOp::kUnlock},   {"RUnlock", PlaceOp::kRUnlock},
      {"Done", PlaceOp::kDone},
  };
  const auto* const row =
      std::ranges::find(kRows, method->name->text(), &Row::name);
  return row == std::end(kRows) ? std::nullopt : std::optional(row->op);
}

// The closure that a Call, Defer or Go calls where it is made or named.
const Inst* ClosureOf(const Function& function, const Inst& call) {
  if (ModeOf(call) != ssa::CallMode::kDynamic) {
    return nullptr;
  }
  const Value callee = function.Operands(call)[0];
  if (!callee.is_inst()) {
    return nullptr;
  }
  const Inst& inst = function.inst(callee.inst());
  return inst.op == Op::kMakeClosure ? &inst : nullptr;
}

const ssa::Callee& CalleeOf(const Function& function, const Inst& closure) {
  return function.callees()[function.Operands(closure)[0].index()];
}

bool IsCall(const Inst& inst) {
  return inst.op == Op::kCall || inst.op == Op::kDefer || inst.op == Op::kGo;
}

// A variable that no closure sees and that is no result.
bool IsLocalVariable(const Function& function, Value addr) {
  return addr.is_inst() && function.inst(addr.inst()).op == Op::kAlloc &&
         std::ranges::find(function.result_cells(), addr) ==
             function.result_cells().end() &&
         std::ranges::none_of(function.UsersOf(addr), [&](ssa::InstId user) {
           return function.inst(user).op == Op::kMakeClosure;
         });
}

// It is called where it stands or, a literal, through a local variable, and
// nobody else gets it.
bool IsOnlyCalled(const Function& function, ssa::InstId closure) {
  const bool is_literal =
      CalleeOf(function, function.inst(closure)).child != nullptr;
  return std::ranges::all_of(function.UsersOf(closure), [&](ssa::InstId user) {
    const Inst& inst = function.inst(user);
    const std::span<const Value> operands = function.Operands(inst);
    if (IsCall(inst)) {
      return std::ranges::find(operands.subspan(1), Value(closure)) ==
             operands.end();
    }
    return inst.op == Op::kStore && is_literal &&
           IsLocalVariable(function, operands[0]);
  });
}

// The parameter that a value is; none if it is something else.
std::optional<uint32_t> ParamOf(const Function& function, Value value) {
  if (value.is_inst() && function.inst(value.inst()).op == Op::kLoad) {
    if (const auto origin = dataflow::OnlyOrigin(function, value);
        origin && origin->function == &function) {
      value = origin->value;
    }
  }
  return value.kind() == Value::Kind::kParam ? std::optional(value.index())
                                             : std::nullopt;
}

// Parameters that branches compare with constants: what it does depends on
// what it is given.
std::vector<uint32_t> DecidingParams(const Function& function) {
  std::vector<uint32_t> params;
  const auto add = [&](Value value) {
    if (const auto param = ParamOf(function, value)) {
      params.push_back(*param);
    }
  };
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kIf) {
      continue;
    }
    Value condition = function.Operands(inst)[0];
    if (condition.is_inst() &&
        function.inst(condition.inst()).op == Op::kUnOp) {
      condition = function.Operands(function.inst(condition.inst()))[0];
    }
    add(condition);
    if (condition.is_inst() &&
        function.inst(condition.inst()).op == Op::kBinOp) {
      for (const Value side :
           function.Operands(function.inst(condition.inst()))) {
        add(side);
      }
    }
  }
  return params;
}

// What all ways back have in common.
std::optional<PlaceOp> NetOf(const Function& function,
                             const PlacePaths& paths) {
  if (paths.is_incomplete) {
    return PlaceOp::kLost;
  }
  std::optional<Held> common;
  bool is_release = false;
  bool is_read_lock = false;
  bool is_mixed = false;
  for (const PlaceExit& exit : paths.exits) {
    if (function.inst(exit.exit).op != Op::kReturn) {
      continue;
    }
    Held held = exit.held;
    if (exit.was_released_first) {
      is_release |= held == Held::kFree;
      is_read_lock |= exit.was_read_lock;
      held = held == Held::kFree ? Held::kFree : Held::kEntry;
    } else if (held == Held::kFree) {
      held = Held::kEntry;
    }
    is_mixed |= common && *common != held;
    common = held;
  }
  if (!common) {
    return std::nullopt;
  }
  if (is_mixed) {
    // A channel that is closed on some ways only is one that is looked after.
    const bool is_lock =
        std::ranges::any_of(paths.exits, [](const PlaceExit& exit) {
          return exit.held == Held::kWrite || exit.held == Held::kRead ||
                 exit.held == Held::kFree || exit.held == Held::kDone ||
                 exit.held == Held::kLost;
        });
    return is_lock ? std::optional(PlaceOp::kLost) : std::nullopt;
  }
  switch (*common) {
    case Held::kWrite:
      return PlaceOp::kLock;
    case Held::kRead:
      return PlaceOp::kRLock;
    case Held::kFree:
      return !is_release    ? std::nullopt
             : is_read_lock ? std::optional(PlaceOp::kRUnlock)
                            : std::optional(PlaceOp::kUnlock);
    case Held::kClosed:
      return PlaceOp::kClose;
    case Held::kDone:
      return PlaceOp::kDone;
    case Held::kLost:
      return PlaceOp::kLost;
    case Held::kEntry:
    case Held::kWillClose:
      break;
  }
  return std::nullopt;
}

// The argument that a parameter gets; none if it is not known.
Value ArgumentOf(const Function& function, const Inst& call, uint32_t param,
                 const Function& body) {
  const std::span<const Value> operands = function.Operands(call);
  size_t at = param + 1;
  if (const Inst* const closure = ClosureOf(function, call);
      closure != nullptr && CalleeOf(function, *closure).child == nullptr) {
    // A method value: the receiver is in it.
    if (param == 0) {
      return function.Operands(*closure).size() == 2
                 ? function.Operands(*closure)[1]
                 : Value();
    }
    at = param;
  } else if (ModeOf(call) == ssa::CallMode::kInvoke) {
    at = param;
  } else if (operands.size() <= body.params().size() ||
             ModeOf(call) == ssa::CallMode::kBuiltin) {
    return {};
  }
  return at < operands.size() ? operands[at] : Value();
}

// The caller's choice: a flag, or a constant.
bool Decides(const Function& function, Value argument) {
  const types::Type* const type = function.TypeOf(argument);
  const auto* const basic =
      type == nullptr ? nullptr
                      : types::TryAs<types::Basic>(types::Under(type));
  return argument.kind() == Value::Kind::kConst ||
         (basic != nullptr && basic->basic == types::BasicKind::kBool);
}

// `mu.RLocker()`: its Lock is RLock.
bool IsReadLocker(const Function& function, Value receiver) {
  if (!receiver.is_inst() || function.inst(receiver.inst()).op != Op::kCall) {
    return false;
  }
  const types::Func* const named =
      dataflow::NamedCallee(function, function.inst(receiver.inst()));
  return named != nullptr && named->name->text() == "RLocker";
}

// `cur := current; current = next; cur.Close()`: what `value` names is another
// thing than what its path leads to at `at`.
bool IsOutdated(const Function& function, Value value, const Inst& at) {
  while (value.is_inst()) {
    const Inst& inst = function.inst(value.inst());
    if (inst.op != Op::kLoad && inst.op != Op::kFieldAddr &&
        inst.op != Op::kField) {
      return false;
    }
    value = function.Operands(inst)[0];
    const uint32_t load = function.IdOf(inst).index;
    const uint32_t use = function.IdOf(at).index;
    if (inst.op != Op::kLoad) {
      continue;
    }
    const AccessPath path = dataflow::PathOf(function, value);
    for (const Inst& store : function.InstsOf(inst.block)) {
      const uint32_t id = function.IdOf(store).index;
      if (store.op == Op::kStore && id > load &&
          (at.block != inst.block || id < use) &&
          dataflow::PathOf(function, function.Operands(store)[0]) == path) {
        return true;
      }
    }
  }
  return false;
}

bool IsLockRelease(PlaceOp op) {
  return op == PlaceOp::kUnlock || op == PlaceOp::kRUnlock ||
         op == PlaceOp::kLost;
}

}  // namespace

bool GivesHolder(const Function& body) {
  return std::ranges::any_of(body.result_types(), [&](const types::Type* type) {
    const types::Named* const named =
        types::AsNamed(types::Deref(types::Unalias(type)));
    return named != nullptr && named->obj->package != nullptr &&
           named->obj->package == body.package() &&
           std::ranges::any_of(types::MethodSetOf(type), [](const auto& entry) {
             return knowledge::NamesRelease(entry.method->name->text());
           });
  });
}

bool IsMadeBy(const AccessPath& path, const Function& function,
              ssa::InstId inst) {
  return path.function == &function && path.root == Value(inst);
}

bool ChangesMeaning(const AccessPath& prefix, const AccessPath& path) {
  return prefix.function == path.function && prefix.global == path.global &&
         prefix.root == path.root && prefix.steps.size() < path.steps.size() &&
         std::equal(prefix.steps.begin(), prefix.steps.end(),
                    path.steps.begin()) &&
         path.steps[prefix.steps.size()] == AccessPath::kPointer;
}

const std::vector<PlaceEvent>& PlaceEvents::Of(const Function& function) {
  if (const auto found = events_.find(&function); found != events_.end()) {
    return found->second;
  }
  std::vector<PlaceEvent> events;
  Collect(function, events);
  return events_[&function] = std::move(events);
}

const std::vector<PlaceEffect>& PlaceEvents::EffectsOf(
    const Function& function) {
  const auto [at, is_new] = effects_.try_emplace(&function);
  if (!is_new || depth_ >= kMaxDepth) {
    // Of a function that is being looked at: nothing yet.
    return at->second;
  }
  ++depth_;
  std::vector<PlaceEffect> effects = Summarise(function);
  --depth_;
  return effects_[&function] = std::move(effects);
}

void PlaceEvents::Collect(const Function& function,
                          std::vector<PlaceEvent>& events) {
  for (const Inst& inst : function.insts()) {
    const std::span<const Value> operands = function.Operands(inst);
    switch (inst.op) {
      case Op::kCall:
      case Op::kDefer:
      case Op::kGo:
        AddCall(function, inst, events);
        break;
      case Op::kSend:
        events.push_back({.path = dataflow::PathOf(function, operands[0]),
                          .op = PlaceOp::kSend,
                          .inst = function.IdOf(inst)});
        break;
      case Op::kStore: {
        const types::Type* const type = function.TypeOf(operands[1]);
        if (type != nullptr &&
            types::Under(type)->kind == types::TypeKind::kChan) {
          AccessPath path = dataflow::PathOf(function, operands[0]);
          path.steps.push_back(AccessPath::kPointer);
          events.push_back({.path = std::move(path),
                            .op = PlaceOp::kAssign,
                            .inst = function.IdOf(inst)});
        }
        break;
      }
      case Op::kMakeClosure:
        AddClosure(function, inst, events);
        break;
      default:
        break;
    }
  }
}

void PlaceEvents::AddCall(const Function& function, const Inst& call,
                          std::vector<PlaceEvent>& events) {
  const std::span<const Value> operands = function.Operands(call);
  const ssa::InstId id = function.IdOf(call);
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    if (static_cast<types::BuiltinId>(operands[0].index()) ==
        types::BuiltinId::kClose) {
      events.push_back({.path = dataflow::PathOf(function, operands[1]),
                        .op = IsOutdated(function, operands[1], call)
                                  ? PlaceOp::kLost
                                  : PlaceOp::kClose,
                        .inst = id});
    }
    return;
  }
  const Inst* const closure = ClosureOf(function, call);
  const bool is_bound = closure != nullptr &&
                        CalleeOf(function, *closure).child == nullptr &&
                        function.Operands(*closure).size() == 2;
  const types::Func* const named = is_bound
                                       ? CalleeOf(function, *closure).key.func
                                       : dataflow::NamedCallee(function, call);
  const auto op = OpOf(named, function);
  if (!op) {
    AddCallee(function, call, events);
    return;
  }
  const Value receiver = is_bound ? function.Operands(*closure)[1]
                         : ModeOf(call) == ssa::CallMode::kInvoke ? operands[0]
                         : operands.size() > 1                    ? operands[1]
                                                                  : Value();
  if (!receiver.has_value() || IsReadLocker(function, receiver)) {
    return;
  }
  events.push_back(
      {.path = dataflow::PathOf(function, receiver),
       .op = call.op == Op::kGo || IsOutdated(function, receiver, call)
                 ? PlaceOp::kLost
                 : *op,
       .inst = id});
}

void PlaceEvents::AddCallee(const Function& function, const Inst& call,
                            std::vector<PlaceEvent>& events) {
  if (ModeOf(call) == ssa::CallMode::kInvoke) {
    return;
  }
  const dataflow::FunctionId target = program_.TargetsOf(function, call).only();
  const Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  if (body == nullptr || body->package() != function.package()) {
    return;
  }
  if (call.op == Op::kGo && body->parent() == &function) {
    AddShared(*body, function.IdOf(call), events);
  }
  for (const PlaceEffect& effect : EffectsOf(*body)) {
    PlaceEvent event{.path = effect.path,
                     .op = effect.op,
                     .inst = function.IdOf(call),
                     .is_by_helper = true};
    if (std::ranges::any_of(effect.deciding, [&](uint32_t param) {
          return Decides(function, ArgumentOf(function, call, param, *body));
        })) {
      continue;
    }
    if (effect.path.function == body) {
      const Value argument =
          ArgumentOf(function, call, effect.path.root.index(), *body);
      if (!argument.has_value()) {
        continue;
      }
      event.path = dataflow::PathOf(function, argument);
      const bool is_kept =
          event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock;
      if (IsOutdated(function, argument, call) ||
          (is_kept && GivesHolder(*body))) {
        event.op = PlaceOp::kLost;
      }
      event.path.steps.insert(event.path.steps.end(), effect.path.steps.begin(),
                              effect.path.steps.end());
    }
    if (call.op != Op::kCall && event.op == PlaceOp::kSend) {
      continue;
    }
    if (call.op == Op::kGo) {
      if (IsLockRelease(event.op)) {
        event.op = PlaceOp::kLost;
      } else if (event.op != PlaceOp::kClose) {
        continue;
      }
    }
    events.push_back(std::move(event));
  }
}

namespace {

bool IsUnlock(PlaceOp op) {
  return op == PlaceOp::kUnlock || op == PlaceOp::kRUnlock;
}

}  // namespace

void PlaceEvents::AddShared(const Function& body, ssa::InstId at,
                            std::vector<PlaceEvent>& events) {
  std::vector<const AccessPath*> seen;
  const std::vector<PlaceEvent>& inner = Of(body);
  for (const PlaceEvent& event : inner) {
    const auto is_about_it = [&](const AccessPath* other) {
      return *other == event.path;
    };
    if (event.path.function == &body ||
        std::ranges::any_of(seen, is_about_it)) {
      continue;
    }
    seen.push_back(&event.path);
    const bool is_unlocked_first =
        IsUnlock(event.op) && body.inst(event.inst).op == Op::kCall;
    const bool is_only_locked =
        (event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock) &&
        std::ranges::none_of(inner, [&](const PlaceEvent& other) {
          return IsUnlock(other.op) && other.path == event.path;
        });
    if (is_unlocked_first || is_only_locked) {
      events.push_back({.path = event.path,
                        .op = PlaceOp::kLost,
                        .inst = at,
                        .is_by_helper = true});
    }
  }
}

bool PlaceEvents::IsUnlockedAround(const Function& function,
                                   const AccessPath& path) {
  const auto is_release = [&](const PlaceEvent& event) {
    return IsUnlock(event.op) && event.path == path;
  };
  return function.parent() != nullptr && path.function != &function &&
         std::ranges::none_of(Of(function), is_release) &&
         std::ranges::any_of(Of(*function.parent()), is_release);
}

void PlaceEvents::AddClosure(const Function& function, const Inst& closure,
                             std::vector<PlaceEvent>& events) {
  const ssa::InstId id = function.IdOf(closure);
  const ssa::Callee& callee = CalleeOf(function, closure);
  if (IsOnlyCalled(function, id)) {
    return;
  }
  if (callee.child == nullptr) {
    if (const auto op = OpOf(callee.key.func, function);
        op && function.Operands(closure).size() == 2 &&
        (IsLockRelease(*op) || *op == PlaceOp::kDone)) {
      events.push_back(
          {.path = dataflow::PathOf(function, function.Operands(closure)[1]),
           .op = PlaceOp::kLost,
           .inst = id});
    }
    return;
  }
  const bool is_loop = callee.child->kind() == ssa::FunctionKind::kRangeBody;
  if (!is_loop) {
    AddShared(*callee.child, id, events);
  }
  for (const PlaceEffect& effect : EffectsOf(*callee.child)) {
    const bool is_brief =
        effect.op == PlaceOp::kBriefLock || effect.op == PlaceOp::kBriefRLock;
    if (effect.path.function == callee.child || (is_brief && !is_loop) ||
        effect.op == PlaceOp::kSend) {
      continue;
    }
    if (is_loop || IsLockRelease(effect.op) || effect.op == PlaceOp::kDone) {
      events.push_back({.path = effect.path,
                        .op = is_brief ? effect.op : PlaceOp::kLost,
                        .inst = id,
                        .is_by_helper = true});
    }
  }
}

namespace {

// Whether a call takes a lock, whatever the state of what it works on: its
// callers choose the arguments.
class Taking {
 public:
  Taking(const Function& function, const std::vector<PlaceEvent>& events,
         const AccessPath& path)
      : function_(function), takes_(function.blocks().size(), State::kNew) {
    for (const PlaceEvent& event : events) {
      const bool takes =
          event.op == PlaceOp::kLock || event.op == PlaceOp::kRLock ||
          event.op == PlaceOp::kBriefLock || event.op == PlaceOp::kBriefRLock;
      if (takes && event.path == path) {
        takes_[function.inst(event.inst).block.index] = State::kYes;
      }
    }
  }

  bool IsSure() { return From(ssa::BlockId{0}); }

 private:
  // kOpen: it is being looked at; a loop comes to an end.
  enum class State : uint8_t { kNew, kOpen, kYes, kNo };
  // Blocks in a row; functions of more are not for anyone's call by hand.
  static constexpr int kMaxDepth = 1000;

  bool From(ssa::BlockId block) {
    State& state = takes_[block.index];
    if (state != State::kNew) {
      return state != State::kNo;
    }
    const Inst& last = function_.Terminator(block);
    if (last.op == Op::kReturn || depth_ == kMaxDepth) {
      state = State::kNo;
      return false;
    }
    state = State::kOpen;
    ++depth_;
    const bool is_choice =
        last.op == Op::kIf &&
        (IsOfArguments(function_.Operands(last)[0], 0) || MayFail(block));
    bool any = false;
    bool all = true;
    for (const ssa::BlockId succ : function_.Succs(block)) {
      const bool takes = From(succ);
      any |= takes;
      all &= takes;
    }
    --depth_;
    const bool takes = is_choice ? any : all;
    takes_[block.index] = takes ? State::kYes : State::kNo;
    return takes;
  }

  // `conn, err := dial(); if err != nil { return err }`: it does not always
  // fail.
  bool MayFail(ssa::BlockId block) const {
    const auto test = dataflow::NilTestOf(
        function_, function_.Operands(function_.Terminator(block))[0]);
    if (!test || !test->tested.is_inst() ||
        !dataflow::IsErrorType(function_.TypeOf(test->tested))) {
      return false;
    }
    const Op op = function_.inst(test->tested.inst()).op;
    const ssa::BlockId failed = function_.Succs(block)[test->is_equal ? 1 : 0];
    return (op == Op::kCall || op == Op::kExtract) &&
           function_.Terminator(failed).op == Op::kReturn;
  }

  bool IsOfArguments(Value value, int depth) const {
    if (!value.is_inst()) {
      return value.kind() == Value::Kind::kParam ||
             value.kind() == Value::Kind::kConst;
    }
    const Inst& inst = function_.inst(value.inst());
    return depth < 8 && (inst.op == Op::kBinOp || inst.op == Op::kUnOp) &&
           std::ranges::all_of(
               function_.Operands(inst),
               [&](Value operand) {
                 return IsOfArguments(operand, depth + 1);
               });
  }

  const Function& function_;
  std::vector<State> takes_;
  int depth_ = 0;
};

}  // namespace

namespace {

// A deferred call that may recover: all but those of package sync.
bool MayRecover(const Function& function, const Inst& inst) {
  if (inst.op != Op::kDefer) {
    return false;
  }
  const types::Func* const named = dataflow::NamedCallee(function, inst);
  return named == nullptr || named->package == nullptr ||
         named->package->path != "sync";
}

// On every way, to a channel that its caller may know and that it leaves alone
// otherwise.
bool SurelySends(const Function& function,
                 const std::vector<PlaceEvent>& events,
                 const PlaceEvent& send) {
  std::vector<ssa::BlockId> blocks;
  for (const PlaceEvent& event : events) {
    if (event.path != send.path) {
      // Nor may it be another channel by then.
      if (event.op == PlaceOp::kAssign &&
          ChangesMeaning(event.path, send.path)) {
        return false;
      }
      continue;
    }
    if (event.op != PlaceOp::kSend ||
        function.inst(event.inst).op == Op::kDefer) {
      return false;
    }
    blocks.push_back(function.inst(event.inst).block);
  }
  if (std::ranges::any_of(function.insts(), [&](const Inst& inst) {
        return MayRecover(function, inst);
      })) {
    return false;
  }
  const bool is_of_caller = send.path.global != nullptr ||
                            send.path.root.kind() == Value::Kind::kParam;
  return is_of_caller && AreOnAllWays(function, blocks, {});
}

}  // namespace

std::vector<PlaceEffect> PlaceEvents::Summarise(const Function& function) {
  std::vector<PlaceEffect> effects;
  // Not kept: calls of what is being looked at count for nothing in it.
  std::vector<PlaceEvent> events;
  Collect(function, events);
  std::vector<const AccessPath*> done;
  PathContext context(function, program_);
  const std::vector<uint32_t> deciding = DecidingParams(function);
  for (const PlaceEvent& event : events) {
    const AccessPath& path = event.path;
    const bool is_seen_outside = path.global != nullptr ||
                                 path.function != &function ||
                                 path.root.kind() == Value::Kind::kParam;
    if (!is_seen_outside || event.op == PlaceOp::kSend ||
        std::ranges::any_of(
            done, [&](const AccessPath* other) { return *other == path; })) {
      continue;
    }
    done.push_back(&path);
    if (event.op == PlaceOp::kAssign) {
      effects.push_back({path, PlaceOp::kAssign, {}});
      continue;
    }
    const PlacePaths paths =
        FollowPlace(function, program_, events, path, context);
    const auto net = NetOf(function, paths);
    const bool is_left = (net == PlaceOp::kLock || net == PlaceOp::kRLock) &&
                         !IsDeferredForUnlock(function, events, path);
    const bool is_lock = net == PlaceOp::kLock || net == PlaceOp::kRLock;
    if (net && is_left == is_lock &&
        !(net == PlaceOp::kDone && CountsItself(function, path))) {
      effects.push_back({path, *net, {}});
    }
    // A lock that is taken only sometimes may be so when it is free.
    if (is_left || !Taking(function, events, path).IsSure()) {
      continue;
    }
    if (paths.takes_write) {
      effects.push_back({path, PlaceOp::kBriefLock, deciding});
    } else if (paths.takes_read) {
      effects.push_back({path, PlaceOp::kBriefRLock, deciding});
    }
  }
  for (const PlaceEvent& event : events) {
    if (event.op == PlaceOp::kSend && SurelySends(function, events, event)) {
      effects.push_back({event.path, PlaceOp::kSend, {}});
    }
  }
  // What it takes comes before what it leaves.
  std::ranges::stable_sort(effects, {}, [](const PlaceEffect& effect) {
    return effect.op != PlaceOp::kBriefLock &&
           effect.op != PlaceOp::kBriefRLock;
  });
  return effects;
}

}  // namespace gdlint::checks::resources
