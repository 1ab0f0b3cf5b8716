#include "tests/soundness/checker.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "dataflow/panic_reach.h"
#include "dataflow/recover_calls.h"
#include "dataflow/summary.h"
#include "interp/machine.h"
#include "interp/program.h"
#include "types/predicates.h"

namespace gdlint::soundness {

using dataflow::Summary;
using interp::DeferReason;
using interp::EventPlace;
using ssa::Op;

namespace {

std::string NameOf(const ssa::Function& function) {
  return std::string(function.name());
}

// Values of these are nil if their first word is zero.
bool CanBeNil(const types::Type* type) {
  switch (types::Under(type)->kind) {
    case types::TypeKind::kPointer:
    case types::TypeKind::kInterface:
    case types::TypeKind::kSignature:
    case types::TypeKind::kMap:
    case types::TypeKind::kChan:
    case types::TypeKind::kSlice:
      return true;
    default:
      return false;
  }
}

}  // namespace

Checker::Point Checker::PointOf(const EventPlace& place) {
  if (place.callable == nullptr || place.callable->is_wrapper) {
    return {};
  }
  const ssa::Function* const running = place.callable->function;
  const Match* const match = analysed_.MatchOf(running);
  if (match == nullptr || place.inst == nullptr) {
    return {.match = match, .inst = nullptr};
  }
  return {.match = match,
          .inst = match->insts[running->IdOf(*place.inst).index]};
}

Checker::Activation* Checker::ActivationAt(const EventPlace& place) {
  const auto found = activations_.find({place.goroutine, place.depth});
  return found == activations_.end() ? nullptr : &found->second;
}

void Checker::Forget(Activation& activation) {
  for (const uint8_t* const cell : activation.cells) {
    cells_.erase(cell);
  }
  activation.cells.clear();
}

void Checker::Contradict(const EventPlace& place, std::string_view pass,
                         const std::string& what) {
  std::string text = fmt::format(
      "{}: {}: in {}: {}",
      place.callable == nullptr
          ? std::string("?")
          : interp::Machine::PlaceText(*place.callable, place.pos),
      pass, place.callable == nullptr ? "?" : place.callable->name, what);
  if (told_.insert(text).second) {
    report_(text);
  }
}

void Checker::OnEnter(const EventPlace& place, interp::EnteredBy by,
                      const EventPlace& caller) {
  Activation& activation = activations_[{place.goroutine, place.depth}];
  Forget(activation);
  activation = {};
  activation.match = PointOf(place).match;
  if (activation.match == nullptr) {
    return;
  }
  ++counts_.activations;
  activation.cells.resize(activation.match->function->result_cells().size());
  if (by == interp::EnteredBy::kCall) {
    CheckTargets(caller, *activation.match);
  }
}

// The call graph has who was called.
void Checker::CheckTargets(const EventPlace& caller, const Match& callee) {
  const Point point = PointOf(caller);
  if (!point.is_known() || point.inst->op != Op::kCall ||
      !callee.node.has_value()) {
    return;
  }
  ++counts_.calls;
  const dataflow::CallTargets targets =
      analysed_.program().TargetsOf(*point.match->function, *point.inst);
  if (targets.is_complete &&
      std::ranges::find(targets.functions, callee.node) ==
          targets.functions.end()) {
    Contradict(caller, "call graph",
               "calls " + NameOf(*callee.function) + ", which is no target");
  }
}

void Checker::OnStep(const EventPlace& place, const void* memory) {
  const Point point = PointOf(place);
  if (place.inst == nullptr || place.callable->function == nullptr) {
    return;
  }
  const auto* const address = static_cast<const uint8_t*>(memory);
  switch (place.inst->op) {
    case Op::kAlloc: {
      Activation* const activation = ActivationAt(place);
      if (point.match == nullptr || activation == nullptr) {
        return;
      }
      const ssa::Function& running = *place.callable->function;
      const auto cells = running.result_cells();
      const auto found =
          std::ranges::find(cells, ssa::Value(running.IdOf(*place.inst)));
      if (found != cells.end()) {
        const size_t result = static_cast<size_t>(found - cells.begin());
        activation->cells[result] = address;
        cells_[address] = {.type = running.result_types()[result],
                           .stores = {}};
      }
      return;
    }
    case Op::kStore: {
      if (blindness_ == Blindness::kStores) {
        return;
      }
      const auto after = cells_.upper_bound(address);
      if (after == cells_.begin()) {
        return;
      }
      auto& [begin, cell] = *std::prev(after);
      const ssa::Function& running = *place.callable->function;
      const types::Type* const type =
          running.TypeOf(running.Operands(*place.inst)[1]);
      // Cells are no larger than this: values of results.
      if (address == begin && types::Identical(type, cell.type)) {
        cell.stores.clear();
        cell.is_zero = false;
        cell.stores.push_back(
            {point.match == nullptr ? nullptr : point.match->function,
             point.inst, true});
      }
      return;
    }
    case Op::kCall:
      if (point.is_known()) {
        const Summary summary = analysed_.program().SummaryOfCall(
            *point.match->function, *point.inst);
        if ((summary.ends & dataflow::kReturns) == 0) {
          Contradict(place, "summary of call", "a call that never returns did");
        }
      }
      return;
    case Op::kRunDefers:
      if (Activation* const activation = ActivationAt(place);
          point.is_known() && activation != nullptr) {
        CheckStack(place, point, *activation, false);
        activation->is_exiting = true;
      }
      return;
    default:
      return;
  }
}

// What is registered is among what is possible at this instruction of `owner`'s
// function, or of a loop body in it.
void Checker::CheckStack(const EventPlace& place, const Point& point,
                         const Activation& owner, bool is_unwinding) {
  const ssa::Function& function = *point.match->function;
  const dataflow::DeferRegistration& registration =
      analysed_.analyses().Get<dataflow::DeferRegistration>(
          *function.outermost());
  if (!registration.is_complete()) {
    return;
  }
  std::vector<uint16_t> sites;
  for (const uint64_t id : owner.pending) {
    const Deferred& deferred = deferred_[id];
    if (deferred.inst == nullptr) {
      return;
    }
    const ssa::Function& of = *deferred.match->function;
    const auto number = registration.NumberOf(of, of.IdOf(*deferred.inst));
    if (!number) {
      Contradict(place, "defer registration", "a defer statement is missing");
      return;
    }
    sites.push_back(*number);
  }
  ++counts_.exits;
  const ssa::InstId inst = function.IdOf(*point.inst);
  // Of what is called, exits alone say what it registered: a loop's body.
  const bool is_during = is_unwinding && (point.inst->op == Op::kCall ||
                                          point.inst->op == Op::kRangePanic);
  if (!is_during && !registration.StateBefore(function, inst).Allows(sites)) {
    Contradict(place, "defer registration",
               fmt::format("[{}] is registered, which is not possible",
                           fmt::join(sites, " ")));
  }
  if (registration.sites().empty()) {
    return;
  }
  // The exit is known too, and says the same.
  bool is_found = false;
  bool is_allowed = false;
  for (const dataflow::DeferExit& exit : registration.exits()) {
    if (exit.function != &function || !exit.inst.has_value()) {
      continue;
    }
    const ssa::Inst& at = function.inst(exit.inst);
    const bool is_here =
        is_unwinding ? exit.inst == inst
                     : at.op == Op::kReturn && at.block == point.inst->block;
    if (is_here) {
      is_found = true;
      is_allowed |= exit.state != nullptr && exit.state->Allows(sites);
    }
  }
  const bool is_listed = !is_unwinding || point.inst->op == Op::kPanic ||
                         (point.inst->op == Op::kCall &&
                          (point.inst->detail & ssa::kCallModeMask) !=
                              static_cast<uint8_t>(ssa::CallMode::kBuiltin));
  if (is_found ? !is_allowed : is_listed) {
    Contradict(place, "defer registration",
               is_found ? fmt::format("at this exit [{}] is not possible",
                                      fmt::join(sites, " "))
                        : "left by an exit that is not named");
  }
}

void Checker::OnLeaveByReturn(const EventPlace& place,
                              std::span<const interp::EventValue> values) {
  const Point point = PointOf(place);
  Activation* const activation = ActivationAt(place);
  if (point.match == nullptr || activation == nullptr) {
    return;
  }
  CheckEnd(place, *point.match, dataflow::kReturns, "returns");
  if (point.match->node.has_value()) {
    const Summary& summary = analysed_.program().SummaryOf(point.match->node);
    const auto types = place.callable->function->result_types();
    for (size_t i = 0; summary.is_known && i < summary.results.size() &&
                       i < values.size() && i < types.size();
         ++i) {
      if (!CanBeNil(types[i])) {
        continue;
      }
      uint64_t word = 0;
      std::memcpy(&word, values[i].memory, sizeof(word));
      if ((summary.results[i].nilness &
           (word == 0 ? dataflow::kMayBeNil : dataflow::kMayBeNonNil)) == 0) {
        Contradict(
            place, "summary",
            fmt::format("result {} is {}nil", i, word == 0 ? "" : "not "));
      }
    }
  }
  if (point.inst != nullptr) {
    CheckResults(place, point, *activation);
  }
  Forget(*activation);
  activations_.erase({place.goroutine, place.depth});
}

// What the caller gets was stored where the pass says.
void Checker::CheckResults(const EventPlace& place, const Point& point,
                           const Activation& activation) {
  const ssa::Function& function = *point.match->function;
  if (std::ranges::none_of(activation.cells, [](const uint8_t* cell) {
        return cell != nullptr;
      })) {
    return;
  }
  const dataflow::NamedResults& results =
      analysed_.analyses().Get<dataflow::NamedResults>(function);
  const dataflow::ResultExit* exit = nullptr;
  for (const dataflow::ResultExit& candidate : results.exits()) {
    if (function.inst(candidate.inst).block == point.inst->block) {
      exit = &candidate;
    }
  }
  if (exit == nullptr) {
    Contradict(place, "named results", "returns by an exit that is not named");
    return;
  }
  for (uint32_t i = 0; i < activation.cells.size(); ++i) {
    const auto found = cells_.find(activation.cells[i]);
    if (found == cells_.end() || !results.IsKnown(i)) {
      continue;
    }
    ++counts_.results;
    const Cell& cell = found->second;
    if (cell.is_zero) {
      if (!exit->may_be_zero[i]) {
        // An opaque write may leave it as it was.
        Contradict(place, "named results",
                   fmt::format("result {} was never stored to", i));
      }
      continue;
    }
    const Store& store = cell.stores.back();
    const bool is_named =
        store.inst == nullptr ||
        std::ranges::any_of(exit->seen[i], [&](uint32_t index) {
          const dataflow::ResultWrite& write = results.writes()[index];
          return write.function == store.function
                     ? &write.function->inst(write.inst) == store.inst
                     : !write.is_store;
        });
    if (!is_named) {
      Contradict(
          place, "named results",
          fmt::format("result {} was stored in {} at offset {}, which "
                      "the caller cannot see",
                      i, NameOf(*store.function), store.inst->pos.offset()));
    }
  }
}

void Checker::CheckEnd(const EventPlace& place, const Match& match,
                       uint8_t wanted, std::string_view what) {
  if (!match.node.has_value()) {
    return;
  }
  const Summary& summary = analysed_.program().SummaryOf(match.node);
  if (summary.is_known && (summary.ends & wanted) == 0) {
    Contradict(place, "summary",
               fmt::format("{}, but its ends are {:#x}", what, summary.ends));
  }
}

void Checker::OnDeferPushed(const EventPlace& place, const EventPlace& owner,
                            uint64_t id) {
  if (blindness_ == Blindness::kDefers && id % 2 == 0) {
    return;
  }
  const Point point = PointOf(place);
  deferred_[id] = {.owner = {owner.goroutine, owner.depth},
                   .match = point.match,
                   .inst = point.inst};
  if (Activation* const activation = ActivationAt(owner)) {
    activation->pending.push_back(id);
  }
}

void Checker::OnDeferredCallBegins(const EventPlace& place, uint64_t id,
                                   std::string_view /*function*/,
                                   DeferReason reason) {
  Deferred& deferred = deferred_[id];
  deferred.reason = reason;
  if (const auto owner = activations_.find(deferred.owner);
      owner != activations_.end()) {
    std::erase(owner->second.pending, id);
  }
  running_[place.goroutine].push_back(id);
  if (reason != DeferReason::kPanic || deferred.inst == nullptr ||
      (deferred.inst->detail & ssa::kOnDeferStack) != 0) {
    return;
  }
  const ssa::Function& function = *deferred.match->function;
  const dataflow::Guarded guarded(function, function.IdOf(*deferred.inst),
                                  analysed_.analyses());
  if (guarded.panics() == dataflow::kNoPanic) {
    Contradict(place, "panic reach",
               fmt::format("no panic gets to the call deferred at offset {}, "
                           "but it is run by one",
                           deferred.inst->pos.offset()));
  }
}

void Checker::OnDeferredCallEnds(const EventPlace& place, uint64_t id,
                                 bool is_normal) {
  std::vector<uint64_t>& running = running_[place.goroutine];
  // A deferred panic is said to end twice: when it begins, and when the next
  // one takes its place.
  const auto at = std::ranges::find(running, id);
  running.erase(at, running.end());
  const Deferred deferred = deferred_[id];
  deferred_.erase(id);
  if (deferred.inst == nullptr || deferred.reason != DeferReason::kPanic ||
      deferred.recovered || !is_normal) {
    return;
  }
  const ssa::Function& function = *deferred.match->function;
  if (dataflow::RecoversOf(function, *deferred.inst, analysed_.analyses()) ==
      dataflow::Recovers::kAlways) {
    Contradict(place, "panic reach", "a panic passes what always recovers");
  }
  // Summaries of what was called.
  const dataflow::CallTargets targets =
      analysed_.program().TargetsOf(function, *deferred.inst);
  if (const dataflow::FunctionId only = targets.only(); only.has_value()) {
    const Summary& summary = analysed_.program().SummaryOf(only);
    if (summary.is_known && summary.recovers_always) {
      Contradict(place, "summary", "a panic passes what always recovers");
    }
  }
}

void Checker::OnRecovered(const EventPlace& place, uint64_t /*id*/,
                          const interp::EventValue& /*value*/) {
  if (blindness_ == Blindness::kRecovers) {
    return;
  }
  ++counts_.recovers;
  std::vector<uint64_t>& running = running_[place.goroutine];
  // The call that the panic runs.
  for (auto id = running.rbegin(); id != running.rend(); ++id) {
    Deferred& deferred = deferred_[*id];
    if (deferred.reason != DeferReason::kPanic) {
      continue;
    }
    deferred.recovered = true;
    if (deferred.inst != nullptr &&
        dataflow::RecoversOf(*deferred.match->function, *deferred.inst,
                             analysed_.analyses()) ==
            dataflow::Recovers::kNot) {
      Contradict(place, "panic reach",
                 fmt::format("the call deferred at offset {} recovers",
                             deferred.inst->pos.offset()));
    }
    break;
  }
  // The call of recover: of a deferred one the Defer.
  Point point = PointOf(place);
  if (place.callable != nullptr && place.callable->is_wrapper &&
      !running.empty()) {
    const Deferred& deferred = deferred_[running.back()];
    point = {.match = deferred.match, .inst = deferred.inst};
  }
  if (!point.is_known()) {
    return;
  }
  const ssa::Function& function = *point.match->function;
  const ssa::InstId inst = function.IdOf(*point.inst);
  const auto& calls =
      analysed_.analyses().Get<dataflow::RecoverCalls>(function).all();
  const auto call =
      std::ranges::find(calls, inst, &dataflow::RecoverCall::inst);
  if (call == calls.end()) {
    Contradict(place, "recover calls", "a call of recover is missing");
  } else if (call->verdict == dataflow::RecoverVerdict::kNever) {
    Contradict(place, "recover calls", "recovers, but never should");
  }
  if (point.inst->op == Op::kCall && point.match->node.has_value()) {
    const Summary& summary = analysed_.program().SummaryOf(point.match->node);
    if (summary.is_known && !summary.calls_recover) {
      Contradict(place, "summary", "calls recover");
    }
  }
}

void Checker::OnUnwindingReaches(const EventPlace& place, bool is_goexit) {
  Activation* const activation = ActivationAt(place);
  if (activation == nullptr || activation->is_exiting) {
    return;
  }
  activation->is_exiting = true;
  const Point point = PointOf(place);
  if (!point.is_known()) {
    return;
  }
  const ssa::Function& function = *point.match->function;
  if (!is_goexit) {
    ++counts_.panics;
    if (dataflow::PanicsAt(function, *point.inst, analysed_.analyses()) ==
        dataflow::kNoPanic) {
      Contradict(place, "panic points", "panics where nothing may");
    }
  }
  if (point.inst->op == Op::kCall) {
    const Summary summary =
        analysed_.program().SummaryOfCall(function, *point.inst);
    const int wanted = is_goexit ? dataflow::kGoexits : dataflow::kPanics;
    if (summary.is_known &&
        (summary.ends & (wanted | dataflow::kMayFail)) == 0) {
      Contradict(place, "summary of call",
                 fmt::format("left by a {}, but its ends are {:#x}",
                             is_goexit ? "Goexit" : "panic", summary.ends));
    }
  }
  // On whose list it registers: of a loop body, further out.
  const Activation* owner = nullptr;
  if (function.outermost() == &function) {
    owner = activation;
  } else {
    for (uint32_t depth = place.depth; depth-- > 0 && owner == nullptr;) {
      const auto below = activations_.find({place.goroutine, depth});
      if (below != activations_.end() && below->second.match != nullptr &&
          below->second.match->function == function.outermost()) {
        owner = &below->second;
      }
    }
  }
  if (owner != nullptr && !(owner != activation && owner->is_exiting)) {
    CheckStack(place, point, *owner, true);
  }
}

void Checker::OnUnwindingLeaves(const EventPlace& place, bool is_goexit) {
  Activation* const activation = ActivationAt(place);
  if (activation == nullptr || activation->match == nullptr) {
    activations_.erase({place.goroutine, place.depth});
    return;
  }
  const Match& match = *activation->match;
  if (is_goexit) {
    // Who calls what is not known recovers what that may raise, but it may be
    // left so: summaries say it of what they have seen alone.
    const Point point = PointOf(place);
    const bool is_unknown =
        point.is_known() && point.inst->op == Op::kCall &&
        (analysed_.program()
             .SummaryOfCall(*point.match->function, *point.inst)
             .ends &
         dataflow::kMayFail) != 0;
    if (!is_unknown) {
      CheckEnd(place, match, dataflow::kGoexits | dataflow::kMayFail,
               "left by a Goexit");
    }
  } else {
    CheckEnd(place, match, dataflow::kPanics | dataflow::kMayFail,
             "left by a panic");
    if (dataflow::LeavingPanics(*match.function, analysed_.analyses()) ==
        dataflow::kNoPanic) {
      Contradict(place, "panic reach", "a panic leaves what none may leave");
    }
  }
  Forget(*activation);
  activations_.erase({place.goroutine, place.depth});
}

void Checker::OnProcessEnds(const EventPlace& place, std::string_view why) {
  if (why != "os.Exit") {
    return;
  }
  for (const auto& [key, activation] : activations_) {
    if (key.first == place.goroutine && activation.match != nullptr &&
        !activation.is_exiting) {
      CheckEnd(place, *activation.match,
               dataflow::kExitsProcess | dataflow::kMayFail,
               "ends the process");
    }
  }
}

}  // namespace gdlint::soundness
