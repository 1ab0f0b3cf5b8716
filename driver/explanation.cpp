#include "driver/explanation.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/tree.h"
#include "checks/package_pass.h"
#include "checks/syntax/file_index.h"
#include "dataflow/defer_registration.h"
#include "dataflow/flow_order.h"
#include "dataflow/function_exits.h"
#include "dataflow/named_results.h"
#include "dataflow/panic_points.h"
#include "dataflow/panic_reach.h"
#include "dataflow/print.h"
#include "dataflow/recover_calls.h"
#include "dataflow/values.h"
#include "driver/exit_states.h"
#include "driver/kept_values.h"
#include "driver/panic_text.h"
#include "types/package.h"

namespace gdlint::driver {
namespace {

using dataflow::DeferExit;
using dataflow::DeferRegistration;
using dataflow::DeferState;
using dataflow::NamedResults;
using dataflow::PanicPoint;
using report::ExitKind;
using report::Stops;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

// The extent of an instruction's node; its position where that is the whole
// function.
report::Place PlaceOf(const Function& function, const Inst& inst,
                      std::string message = {}) {
  const bool has_node = inst.node.has_value() && inst.node != function.syntax();
  const source::Span span = has_node
                                ? ast::SpanOf(*function.unit()->tree, inst.node)
                                : source::Span{inst.pos, inst.pos + 1};
  return report::MakePlace(span, std::move(message),
                           function.unit()->file->Lines());
}

// `stack` is `general` where each of its calls was deferred once.
bool IsSpecialCase(const report::Stack& stack, const report::Stack& general) {
  return std::ranges::equal(
      stack, general,
      [](const report::StackGroup& one, const report::StackGroup& other) {
        return one.calls == other.calls && (!one.repeats || other.repeats);
      });
}

void DropSpecialCases(std::vector<report::Stack>& stacks) {
  const std::vector<report::Stack> all = stacks;
  std::erase_if(stacks, [&](const report::Stack& stack) {
    return std::ranges::any_of(all, [&](const report::Stack& general) {
      return IsSpecialCase(stack, general) && !IsSpecialCase(general, stack);
    });
  });
}

Stops StopsOf(dataflow::Recovers recovers) {
  switch (recovers) {
    case dataflow::Recovers::kNot:
      return Stops::kNever;
    case dataflow::Recovers::kMaybe:
      return Stops::kPerhaps;
    case dataflow::Recovers::kAlways:
      return Stops::kAlways;
  }
  return Stops::kPerhaps;
}

std::string RecoverMessage(const dataflow::RecoverCall& call) {
  switch (call.verdict) {
    case dataflow::RecoverVerdict::kEffective:
      return "stops a panic of the function that defers it";
    case dataflow::RecoverVerdict::kMayBe:
      return "stops a panic if something defers this function";
    case dataflow::RecoverVerdict::kNever:
      break;
  }
  switch (call.fault) {
    case dataflow::RecoverFault::kDeferredItself:
      return "always nil: it is deferred itself, and no deferred function "
             "calls it";
    case dataflow::RecoverFault::kInRangeBody:
      return "always nil: the body of a range over a function is called, and "
             "not deferred";
    case dataflow::RecoverFault::kInEntry:
      return "always nil: nothing defers this function";
    case dataflow::RecoverFault::kInCalled:
      return "always nil: its function is called, and not deferred";
    case dataflow::RecoverFault::kInPassed:
      return "always nil: its function is called by another one, and not "
             "deferred";
    case dataflow::RecoverFault::kInSpawned:
      return "always nil: its function is a goroutine, and not deferred";
    case dataflow::RecoverFault::kNone:
      break;
  }
  return "always nil";
}

// A way out, and where the function is left.
struct Way {
  report::Exit exit;
  std::vector<ExitPoint> points;
};

class Explainer {
 public:
  Explainer(dataflow::FunctionId id, dataflow::Analyses& analyses)
      : id_(id),
        analyses_(analyses),
        function_(*analyses.program().node(id).body),
        file_(function_.unit()->file->source->name()),
        registration_(analyses.Get<DeferRegistration>(function_)),
        panics_(dataflow::PanicPointsOf(function_, analyses)) {
    // Numbers go by the source, not by the flow of control.
    by_source_.resize(registration_.sites().size());
    std::iota(by_source_.begin(), by_source_.end(), uint16_t{0});
    std::ranges::stable_sort(by_source_, {}, [&](uint16_t site) {
      return registration_.sites()[site].defer().pos;
    });
    numbers_.resize(by_source_.size());
    for (uint32_t i = 0; i < by_source_.size(); ++i) {
      numbers_[by_source_[i]] = i + 1;
      const auto& site = registration_.sites()[by_source_[i]];
      deferred_.push_back(
          dataflow::RecoversOf(*site.function, site.defer(), analyses_));
    }
  }

  report::Explanation Explain(std::vector<std::vector<ExitPoint>>& points) {
    explanation_.name = dataflow::NameOf(analyses_.program(), id_);
    explanation_.file = file_;
    explanation_.place = PlaceOfFunction();
    explanation_.is_cut = !registration_.is_complete();
    for (const uint16_t site : by_source_) {
      AddDeferred(site);
    }
    AddRecovers(function_);
    AddExits();
    AddPanics();
    AddRecovered();
    for (Way& way : ways_) {
      explanation_.exits.push_back(std::move(way.exit));
      points.push_back(std::move(way.points));
    }
    AddExitStates(
        analyses_, points,
        [this](const Function& function, InstId defer) {
          const auto site = registration_.NumberOf(function, defer);
          return site ? numbers_[*site] : 0;
        },
        indexes_, explanation_);
    AddNilUses();
    explanation_.ends = EndTexts();
    return std::move(explanation_);
  }

 private:
  report::Place PlaceOfFunction() const {
    const ast::Tree& tree = *function_.unit()->tree;
    source::Span span{function_.pos(), function_.pos() + 1};
    if (const auto* const decl =
            tree.TryGet<ast::FuncDecl>(function_.syntax())) {
      span = ast::SpanOf(tree, decl->name);
    }
    return report::MakePlace(span, "", function_.unit()->file->Lines());
  }

  // As the exits tell it; they must be complete.
  std::vector<std::string> EndTexts() const {
    const uint8_t ends = analyses_.program().SummaryOf(id_).ends;
    const bool returns = (ends & dataflow::kReturns) != 0;
    const auto is_left_by = [&](ExitKind kind) {
      return std::ranges::any_of(
          explanation_.exits, [&](const report::Exit& exit) {
            return exit.kind == kind && exit.stops != Stops::kAlways;
          });
    };
    std::vector<std::string> texts;
    const auto add = [&](bool holds, const char* text) {
      if (holds) {
        texts.emplace_back(text);
      }
    };
    add(returns, "returns");
    add(is_left_by(ExitKind::kPanic), returns ? "may panic" : "panics");
    add(is_left_by(ExitKind::kPossiblePanics),
        "may be left by a panic that cannot be excluded");
    add(std::ranges::any_of(explanation_.deferred,
                            [](const report::DeferredCall& call) {
                              return !call.panics.empty();
                            }),
        "may be left by a panic of a deferred call");
    add((ends & dataflow::kExitsProcess) != 0, "may end the process");
    add((ends & dataflow::kGoexits) != 0, "may end the goroutine");
    add((ends & dataflow::kEndless) != 0, "may run for ever");
    if (texts.empty()) {
      texts.emplace_back("never ends");
    }
    return texts;
  }

  void AddDeferred(uint16_t number) {
    const dataflow::DeferSite& site = registration_.sites()[number];
    report::DeferredCall call;
    call.place = PlaceOf(*site.function, site.defer());
    call.values = KeptValuesOf(site);
    for (const dataflow::CapturedUse& use : registration_.CapturedBy(number)) {
      if (use.var == nullptr || use.var->name == nullptr) {
        continue;
      }
      const std::string name(use.var->name->text());
      if (use.is_read) {
        call.reads.push_back(name);
      }
      if (use.is_written) {
        call.writes.push_back(name);
      }
    }
    call.stops = StopsOf(deferred_[numbers_[number] - 1]);
    call.panics = PanicSourceTexts(PanicsOf(*site.function, site.defer()));
    explanation_.deferred.push_back(std::move(call));
  }

  uint16_t PanicsOf(const Function& function, const Inst& defer) const {
    return dataflow::PanicsOfCall(function, defer, analyses_) &
           ~dataflow::kNilPanics;
  }

  // Of the function and all literals within.
  void AddRecovers(const Function& function) {
    for (const dataflow::RecoverCall& call :
         analyses_.Get<dataflow::RecoverCalls>(function).all()) {
      report::RecoverCall recover;
      recover.place =
          PlaceOf(function, function.inst(call.inst), RecoverMessage(call));
      recover.stops =
          call.verdict == dataflow::RecoverVerdict::kEffective ? Stops::kAlways
          : call.verdict == dataflow::RecoverVerdict::kMayBe   ? Stops::kPerhaps
                                                               : Stops::kNever;
      explanation_.recovers.push_back(std::move(recover));
    }
    for (const auto& child : function.children()) {
      AddRecovers(*child);
    }
  }

  report::PossibleStacks StacksOf(const DeferState& state) const {
    report::PossibleStacks possible;
    if (state.is_exact()) {
      for (const dataflow::DeferStack& stack : state.stacks()) {
        possible.stacks.push_back(StackOf(stack));
      }
      DropSpecialCases(possible.stacks);
      return possible;
    }
    // Last registered first, as far as the source tells.
    std::vector<uint16_t> sites = state.Possible();
    std::ranges::sort(sites, std::greater(),
                      [&](uint16_t site) { return numbers_[site]; });
    for (const uint16_t site : sites) {
      possible.calls.push_back({.call = numbers_[site],
                                .is_certain = state.Must(site),
                                .repeats = state.Many(site)});
    }
    return possible;
  }

  report::Stack StackOf(const dataflow::DeferStack& stack) const {
    report::Stack groups;
    for (size_t i = stack.size(); i-- > 0;) {
      report::StackGroup group;
      group.calls.push_back(numbers_[stack[i].site]);
      group.repeats = stack[i].repeats;
      for (; stack[i].joined && i > 0; --i) {
        group.calls.push_back(numbers_[stack[i - 1].site]);
        group.repeats |= stack[i - 1].repeats;
      }
      groups.push_back(std::move(group));
    }
    return groups;
  }

  dataflow::Recovers RecoversAt(uint32_t number) const {
    return deferred_[number - 1];
  }

  // Whether what runs at an exit stops a panic, and which calls may.
  void AddStops(report::Exit& exit) const {
    bool ever = false;
    bool always = true;
    const auto note = [&](uint32_t number) {
      if (RecoversAt(number) == dataflow::Recovers::kNot) {
        return false;
      }
      ever = true;
      if (std::ranges::find(exit.stopped_by, number) == exit.stopped_by.end()) {
        exit.stopped_by.push_back(number);
      }
      return RecoversAt(number) == dataflow::Recovers::kAlways;
    };
    for (const report::Stack& stack : exit.stacks.stacks) {
      bool is_stopped = false;
      for (size_t i = 0; i < stack.size() && !is_stopped; ++i) {
        for (const uint32_t number : stack[i].calls) {
          is_stopped |= note(number);
        }
      }
      always &= is_stopped;
    }
    if (!exit.stacks.calls.empty()) {
      always = false;
      for (const report::PossibleCall& call : exit.stacks.calls) {
        always |= note(call.call) && call.is_certain;
      }
    }
    exit.stops =
        ever ? (always ? Stops::kAlways : Stops::kPerhaps) : Stops::kNever;
  }

  void AddExits() {
    const auto& exits = analyses_.Get<dataflow::FunctionExits>(function_);
    for (const DeferExit& exit : exits.all()) {
      constexpr std::pair<dataflow::Ends, ExitKind> kKinds[] = {
          {dataflow::kReturns, ExitKind::kReturn},
          {dataflow::kExitsProcess, ExitKind::kProcessEnd},
          {dataflow::kGoexits, ExitKind::kGoexit},
          {dataflow::kEndless, ExitKind::kEndless}};
      for (const auto& [end, kind] : kKinds) {
        if ((exit.ends & end) != 0) {
          AddExit(exit, kind);
        }
      }
    }
  }

  void AddExit(const DeferExit& exit, ExitKind kind) {
    const Function& function = *exit.function;
    const InstId at = exit.inst.has_value()
                          ? exit.inst
                          : InstId{function.block(exit.loop).insts_begin};
    const Inst& inst = function.inst(at);
    report::Exit added;
    added.kind = kind;
    added.is_perhaps = exit.inst.has_value() && inst.op == Op::kCall &&
                       MayEndOtherwise(function, inst, kind);
    added.places.push_back(PlaceOf(function, inst));
    added.stacks = StacksOf(*exit.state);
    if (kind == ExitKind::kReturn) {
      added.results = ResultsAt(at, added.places.front());
    }
    const bool runs_deferred = added.runs_deferred();
    ways_.push_back({std::move(added), {{&function, at, runs_deferred}}});
  }

  bool MayEndOtherwise(const Function& function, const Inst& call,
                       ExitKind kind) const {
    const uint8_t ends = analyses_.program().SummaryOfCall(function, call).ends;
    const uint8_t own = kind == ExitKind::kProcessEnd ? dataflow::kExitsProcess
                        : kind == ExitKind::kGoexit   ? dataflow::kGoexits
                                                      : dataflow::kEndless;
    return (ends & ~(own | dataflow::kMayFail)) != 0;
  }

  // Panics that someone wrote are ways out of their own; all that cannot be
  // excluded where the same is deferred is one.
  void AddPanics() {
    std::vector<std::pair<DeferState, Way>> possible;
    for (const PanicPoint& point : panics_) {
      const Inst& inst = point.function->inst(point.inst);
      const DeferState state =
          registration_.StateBefore(*point.function, point.inst);
      if ((point.sources & dataflow::kPanicStatement) != 0) {
        const bool is_call = inst.op == Op::kCall;
        report::Exit exit = PanicExit(ExitKind::kPanic, state);
        exit.is_perhaps = is_call;
        exit.places.push_back(
            PlaceOf(*point.function, inst, is_call ? CalleeText(point) : ""));
        ways_.push_back({std::move(exit), {PointOf(point)}});
        continue;
      }
      auto group = std::ranges::find(
          possible, state, [](const auto& pair) { return pair.first; });
      if (group == possible.end()) {
        possible.emplace_back(
            state, Way{PanicExit(ExitKind::kPossiblePanics, state), {}});
        group = possible.end() - 1;
      }
      group->second.exit.places.push_back(
          PlaceOf(*point.function, inst, PanicText(point)));
      group->second.points.push_back(PointOf(point));
    }
    std::ranges::stable_sort(ways_, {}, [](const Way& way) {
      return way.exit.places.front().begin;
    });
    for (auto& [state, way] : possible) {
      std::ranges::stable_sort(way.exit.places, {}, &report::Place::begin);
      ways_.push_back(std::move(way));
    }
  }

  static ExitPoint PointOf(const PanicPoint& point) {
    return {point.function, point.inst, /*runs_deferred=*/true};
  }

  // What is left out of the panics that cannot be excluded.
  void AddNilUses() {
    for (const PanicPoint& point :
         dataflow::NilPanicPointsOf(function_, analyses_)) {
      const Inst& inst = point.function->inst(point.inst);
      explanation_.nil_uses.push_back(PlaceOf(*point.function, inst));
    }
    std::ranges::stable_sort(explanation_.nil_uses, {}, &report::Place::begin);
  }

  report::Exit PanicExit(ExitKind kind, const DeferState& state) const {
    report::Exit exit;
    exit.kind = kind;
    exit.stacks = StacksOf(state);
    AddStops(exit);
    return exit;
  }

  void AddRecovered() {
    std::vector<ExitPoint> stopped;
    for (const Way& way : ways_) {
      if (way.exit.stops != Stops::kNever) {
        stopped.insert(stopped.end(), way.points.begin(), way.points.end());
      }
    }
    if (stopped.empty()) {
      return;
    }
    const auto& exits = analyses_.Get<NamedResults>(function_).exits();
    const auto recovery =
        std::ranges::find_if(exits, &dataflow::ResultExit::is_recovery);
    report::Exit exit;
    exit.kind = ExitKind::kRecovered;
    for (uint32_t i = 0; i < function_.result_types().size(); ++i) {
      if (recovery != exits.end() && IsCell(i)) {
        exit.results.push_back(CellAt(*recovery, i));
      }
    }
    ways_.push_back({std::move(exit), std::move(stopped)});
  }

  bool IsCell(uint32_t result) const {
    return result < function_.result_cells().size() &&
           function_.result_cells()[result].has_value();
  }

  const types::Name* NameOfResult(uint32_t result) const {
    const auto& params = function_.signature()->results->params;
    return result < params.size() ? params[result].name : nullptr;
  }

  std::string ResultName(uint32_t result) const {
    const types::Name* const name = NameOfResult(result);
    if (name != nullptr && !name->text().empty() && name->text() != "_") {
      return std::string(name->text());
    }
    return function_.result_types().size() == 1
               ? "result"
               : fmt::format("result {}", result + 1);
  }

  std::vector<report::ResultSeen> ResultsAt(InstId returned,
                                            const report::Place& place) const {
    const ssa::BlockId block = function_.inst(returned).block;
    const auto& exits = analyses_.Get<NamedResults>(function_).exits();
    const auto exit =
        std::ranges::find_if(exits, [&](const dataflow::ResultExit& candidate) {
          return !candidate.is_recovery &&
                 function_.inst(candidate.inst).block == block;
        });
    std::vector<report::ResultSeen> results;
    for (uint32_t i = 0; i < function_.result_types().size(); ++i) {
      results.push_back(IsCell(i) && exit != exits.end()
                            ? CellAt(*exit, i)
                            : PlainAt(returned, i, place));
    }
    return results;
  }

  // A result that lies in memory, so that deferred calls can change it.
  report::ResultSeen CellAt(const dataflow::ResultExit& exit,
                            uint32_t result) const {
    const auto& results = analyses_.Get<NamedResults>(function_);
    const auto& deferred = analyses_.Get<dataflow::DeferredCalls>(function_);
    report::ResultSeen seen;
    seen.name = ResultName(result);
    seen.may_be_zero = exit.may_be_zero[result];
    seen.is_known = results.IsKnown(result);
    for (const uint32_t write : exit.seen[result]) {
      const dataflow::ResultWrite& by = results.writes()[write];
      if (!MayReach(by, exit)) {
        continue;
      }
      report::ResultStore store;
      store.place = PlaceOf(*by.function, by.function->inst(by.inst));
      store.text =
          StatementText(*by.function, by.function->inst(by.inst), indexes_);
      if (const std::string& file = by.function->unit()->file->source->name();
          file != file_) {
        store.place.file = file;
      }
      if (by.by != dataflow::kNoDeferredCall) {
        const dataflow::DeferredCall& call = deferred.calls()[by.by];
        const auto site = registration_.NumberOf(*call.function, call.inst);
        store.by = site ? numbers_[*site] : 0;
      }
      store.is_part = by.is_part;
      store.is_perhaps = !by.is_store;
      seen.stores.push_back(std::move(store));
    }
    return seen;
  }

  // Passes say more than can be where a path is needed: what a deferred call
  // does with a recovered value it does after panics alone, and after a panic
  // the caller sees only what was stored before some panic.
  bool MayReach(const dataflow::ResultWrite& write,
                const dataflow::ResultExit& exit) const {
    if (!exit.is_recovery) {
      return write.by == dataflow::kNoDeferredCall ||
             !NeedsPanic(*write.function, write.inst);
    }
    if (write.by != dataflow::kNoDeferredCall || write.function != &function_ ||
        MayDeferredPanic()) {
      return true;
    }
    const auto& order = analyses_.Get<dataflow::FlowOrder>(function_);
    return std::ranges::any_of(panics_, [&](const PanicPoint& point) {
      return point.function != &function_ ||
             order.MayFollow(write.inst, point.inst);
    });
  }

  bool MayDeferredPanic() const {
    return std::ranges::any_of(
        explanation_.deferred,
        [](const report::DeferredCall& call) { return !call.panics.empty(); });
  }

  // It runs only if `recover` gave something.
  bool NeedsPanic(const Function& function, InstId inst) const {
    const auto& order = analyses_.Get<dataflow::FlowOrder>(function);
    const auto conditions = order.ConditionsOf(function.inst(inst).block);
    return std::ranges::any_of(
        conditions, [&](const dataflow::Condition& condition) {
          const auto test = dataflow::NilTestOf(function, condition.value);
          return test && test->is_equal != condition.holds &&
                 test->tested.is_inst() &&
                 dataflow::IsRecover(function,
                                     function.inst(test->tested.inst()));
        });
  }

  // What a return statement says, or assignments to a variable that no other
  // function can reach.
  report::ResultSeen PlainAt(InstId returned, uint32_t result,
                             const report::Place& place) const {
    report::ResultSeen seen;
    seen.name = ResultName(result);
    const Inst& inst = function_.inst(returned);
    const auto* const stmt =
        function_.unit()->tree->TryGet<ast::ReturnStmt>(inst.node);
    if (stmt != nullptr && stmt->results.size > 0) {
      seen.stores.push_back(
          {.place = place, .text = StatementText(function_, inst, indexes_)});
      return seen;
    }
    const auto operands = function_.Operands(inst);
    if (result >= operands.size()) {
      return seen;
    }
    const dataflow::Origins origins =
        dataflow::OriginsOf(function_, operands[result]);
    seen.may_be_zero = origins.may_be_zero;
    for (const ssa::Binding& binding : function_.bindings()) {
      const dataflow::Origin bound{&function_, binding.value};
      if (binding.var != nullptr && binding.var->name == NameOfResult(result) &&
          std::ranges::find(origins.values, bound) != origins.values.end()) {
        report::Place at = report::MakePlace({binding.pos, binding.pos + 1}, "",
                                             function_.unit()->file->Lines());
        std::string text = LineText(function_, at.begin.line);
        seen.stores.push_back(
            {.place = std::move(at), .text = std::move(text)});
      }
    }
    if (seen.stores.empty()) {
      seen.may_be_zero = true;
    }
    return seen;
  }

  const dataflow::FunctionId id_;
  dataflow::Analyses& analyses_;
  const Function& function_;
  const std::string file_;
  const DeferRegistration& registration_;
  std::vector<uint16_t> by_source_;
  std::vector<uint32_t> numbers_;
  std::vector<dataflow::Recovers> deferred_;
  const std::vector<PanicPoint> panics_;
  mutable checks::FileIndexes indexes_;
  std::vector<Way> ways_;
  report::Explanation explanation_;
};

}  // namespace

report::Explanation Explain(dataflow::FunctionId id,
                            dataflow::Analyses& analyses,
                            std::vector<std::vector<ExitPoint>>* points) {
  std::vector<std::vector<ExitPoint>> of_exits;
  report::Explanation explanation = Explainer(id, analyses).Explain(of_exits);
  if (points != nullptr) {
    *points = std::move(of_exits);
  }
  return explanation;
}

}  // namespace gdlint::driver
