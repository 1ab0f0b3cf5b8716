#include "checks/recover_mistakes.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "checks/fatal_operations.h"
#include "checks/phrases.h"
#include "checks/syntax/file_index.h"
#include "dataflow/flow_order.h"
#include "dataflow/function_runs.h"
#include "dataflow/panic_points.h"
#include "dataflow/panic_reach.h"
#include "dataflow/program.h"
#include "dataflow/recover_calls.h"
#include "dataflow/values.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::checks {
namespace {

using dataflow::Analyses;
using dataflow::FunctionRuns;
using dataflow::Guarded;
using dataflow::RecoverCall;
using dataflow::RecoverCalls;
using dataflow::RecoverFault;
using dataflow::RecoverVerdict;
using dataflow::RunKind;
using dataflow::RunSite;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr std::string_view kRemedy =
    "call it in the deferred function itself: `defer func() { … recover() … "
    "}()`";

// Callers of callers.
constexpr int kMaxCallers = 4;

bool IsOwnDefer(const Inst& inst) {
  return inst.op == Op::kDefer && (inst.detail & ssa::kOnDeferStack) == 0;
}

class Finder {
 public:
  Finder(const ssa::Function& function, Analyses& analyses)
      : function_(function), analyses_(analyses) {}

  std::vector<RecoverMistake> Run() {
    if (function_.unit() == nullptr) {
      return {};
    }
    AddIneffective();
    for (const Inst& inst : function_.insts()) {
      if (inst.op == Op::kCall) {
        ExamineHelperCall(inst);
      } else if (IsOwnDefer(inst)) {
        ExamineGuard(inst);
      }
    }
    return std::move(mistakes_);
  }

 private:
  // --- calls that never return a panic's value ---

  void AddIneffective() {
    for (const RecoverCall& call :
         analyses_.Get<RecoverCalls>(function_).all()) {
      if (call.verdict != RecoverVerdict::kNever) {
        AddArgument(call);
        AddDeferredItself(call);
        continue;
      }
      const bool is_elsewhere = IsInOtherGoroutine(call);
      RecoverMistake mistake{
          .rule = is_elsewhere ? RecoverRule::kWrongGoroutine
                               : RecoverRule::kNotDirect,
          .place = {&function_, call.inst, {}},
          .message = is_elsewhere ? ElsewhereMessage() : DirectMessage(call),
          .related = {},
          .note = {},
          .recover = call.inst};
      if (call.cause.function != nullptr) {
        mistake.related = {call.cause.function, call.cause.inst, {}};
        mistake.note = NoteOf(call.cause);
      } else if (call.fault == RecoverFault::kInRangeBody) {
        mistake.related = {&function_, {}, function_.syntax()};
        mistake.note = "this range calls a function for its iterations";
      }
      mistakes_.push_back(std::move(mistake));
    }
  }

  // `defer handle(recover())`, in a function that is not deferred as far as is
  // known: it is evaluated when nothing has panicked.
  void AddArgument(const RecoverCall& call) {
    if (function_.inst(call.inst).op != Op::kCall ||
        !IsArgumentOfDefer(call.inst) ||
        analyses_.Get<FunctionRuns>(function_).is_deferred()) {
      return;
    }
    mistakes_.push_back(
        {.rule = RecoverRule::kNotDirect,
         .place = {&function_, call.inst, {}},
         .message = fmt::format(
             "`recover` is an argument of the deferred call, evaluated by the "
             "`defer` statement: it returns nil and stops no panic; {}",
             kRemedy),
         .related = {},
         .note = {},
         .recover = call.inst});
  }

  // Nothing else has the value. Of a variadic parameter it is stored into an
  // array, a slice of which is the argument.
  bool IsArgumentOfDefer(InstId value) const {
    const auto users = function_.UsersOf(value);
    if (users.size() != 1) {
      return false;
    }
    const Inst& user = function_.inst(users[0]);
    if (user.op != Op::kStore) {
      return user.op == Op::kDefer;
    }
    const Value element = function_.Operands(user)[0];
    if (!element.is_inst() ||
        function_.inst(element.inst()).op != Op::kIndexAddr) {
      return false;
    }
    const Value array = function_.Operands(function_.inst(element.inst()))[0];
    const auto is_deferred = [&](InstId id) {
      return function_.inst(id).op == Op::kDefer;
    };
    return array.is_inst() &&
           std::ranges::any_of(function_.UsersOf(array.inst()), [&](InstId id) {
             return function_.inst(id).op == Op::kSlice &&
                    std::ranges::any_of(function_.UsersOf(id), is_deferred);
           });
  }

  // `defer recover()` ahead of calls, in a function that is not deferred as far
  // as is known: it is meant for what those raise.
  void AddDeferredItself(const RecoverCall& call) {
    if (!call.is_deferred ||
        analyses_.Get<FunctionRuns>(function_).is_deferred()) {
      return;
    }
    const auto insts = function_.insts();
    if (std::ranges::none_of(insts, [&](const Inst& inst) {
          return inst.op == Op::kCall && ModeOf(inst) != CallMode::kBuiltin &&
                 inst.pos > function_.inst(call.inst).pos;
        })) {
      return;
    }
    mistakes_.push_back({.rule = RecoverRule::kNotDirect,
                         .place = {&function_, call.inst, {}},
                         .message = DeferredItselfMessage(),
                         .related = {},
                         .note = {},
                         .recover = call.inst});
  }

  // It runs in a goroutine that a deferred function starts, or is in a helper
  // that only goroutines run.
  bool IsInOtherGoroutine(const RecoverCall& call) const {
    if (call.fault == RecoverFault::kInSpawned) {
      return function_.kind() != ssa::FunctionKind::kLiteral ||
             IsWithinDeferred(function_);
    }
    if (call.fault != RecoverFault::kInCalled) {
      return false;
    }
    // Only called, and that only by goroutines of a deferred function.
    const auto& sites = analyses_.Get<FunctionRuns>(function_).sites();
    return std::ranges::all_of(sites, [&](const RunSite& site) {
      const auto& runs = analyses_.Get<FunctionRuns>(*site.function);
      return site.function->kind() == ssa::FunctionKind::kLiteral &&
             !runs.may_be_more() && !runs.sites().empty() &&
             std::ranges::all_of(runs.sites(),
                                 [](const RunSite& run) {
                                   return run.kind == RunKind::kSpawned ||
                                          run.kind == RunKind::kPassedToSpawn;
                                 }) &&
             IsWithinDeferred(*site.function);
    });
  }

  bool IsWithinDeferred(const ssa::Function& function) const {
    for (const ssa::Function* around = function.parent(); around != nullptr;
         around = around->parent()) {
      if (analyses_.Get<FunctionRuns>(*around).is_deferred()) {
        return true;
      }
    }
    return false;
  }

  std::string ElsewhereMessage() const {
    return "`recover` runs in a goroutine of its own, where no panic is under "
           "way: it returns nil, and the panic of the goroutine that started "
           "it goes on; call it in the deferred function, not in a goroutine";
  }

  static std::string DeferredItselfMessage() {
    return fmt::format(
        "`recover` is deferred itself, so that it returns nil and the panic "
        "goes on; {}",
        kRemedy);
  }

  std::string DirectMessage(const RecoverCall& call) const {
    switch (call.fault) {
      case RecoverFault::kDeferredItself:
        return DeferredItselfMessage();
      case RecoverFault::kInRangeBody:
        return "`recover` is called in the body of a range over a function, "
               "which is a function of its own: it returns nil and the panic "
               "goes on; call it outside the loop";
      case RecoverFault::kInEntry:
        return fmt::format(
            "`recover` is called in {}, which is not deferred: it returns nil "
            "and stops no panic; {}",
            NameOf(function_), kRemedy);
      case RecoverFault::kInPassed:
        return fmt::format(
            "`recover` is called in {} that is handed to another function and "
            "called there, one call too deep: it returns nil and the panic "
            "goes on; {}",
            NameOf(function_), kRemedy);
      case RecoverFault::kInSpawned:
        return fmt::format(
            "`recover` is called by the goroutine's function and not by a "
            "deferred one: it returns nil and a panic ends the program; {}",
            kRemedy);
      default:
        break;
    }
    if (function_.kind() == ssa::FunctionKind::kLiteral) {
      return fmt::format(
          "`recover` is called in a function literal that is called and not "
          "deferred: it returns nil and the panic goes on; {}",
          kRemedy);
    }
    return fmt::format(
        "`recover` is called in {0}, which is only ever called and never "
        "deferred: it returns nil and the panic goes on; defer {0} itself",
        NameOf(function_));
  }

  static std::string NoteOf(const RunSite& cause) {
    switch (cause.kind) {
      case RunKind::kSpawned:
      case RunKind::kPassedToSpawn:
        return "the goroutine is started here";
      case RunKind::kPassed:
        return "it is handed over here";
      default:
        return "it is called here";
    }
  }

  // --- a helper that is deferred elsewhere, called by a deferred function ---

  void ExamineHelperCall(const Inst& call) {
    if (ModeOf(call) != CallMode::kStatic) {
      return;
    }
    const ssa::Function* const helper =
        dataflow::BodiesOf(function_, call, analyses_).only();
    if (!IsDeferredWithoutRecover()) {
      if (helper != nullptr) {
        ExamineIdleCall(call, *helper);
      }
      return;
    }
    SsaPlace related;
    if (helper != nullptr) {
      const auto& recovers = analyses_.Get<RecoverCalls>(*helper).all();
      const auto found =
          std::ranges::find_if(recovers, [](const RecoverCall& recover) {
            return recover.verdict != RecoverVerdict::kNever;
          });
      if (found == recovers.end()) {
        return;
      }
      related = {helper, found->inst, {}};
    } else {
      const types::Func* const named = dataflow::NamedCallee(function_, call);
      if (named == nullptr || named->package == nullptr ||
          named->package->is_standard) {
        return;
      }
      const dataflow::Summary& summary = analyses_.program().SummaryOf(named);
      if (!summary.is_known || !summary.calls_recover) {
        return;
      }
    }
    mistakes_.push_back(
        {.rule = RecoverRule::kNotDirect,
         .place = {&function_, function_.IdOf(call), {}},
         .message = fmt::format(
             "{} is called by the deferred function, one call too deep for "
             "its `recover`: that returns nil and the panic goes on; defer it "
             "directly",
             CallText(call)),
         .related = related,
         .note = "the `recover` is here",
         .recover = std::nullopt});
  }

  // A helper that does nothing but recover, called where it is no deferred
  // function that calls.
  void ExamineIdleCall(const Inst& call, const ssa::Function& helper) {
    const auto& runs = analyses_.Get<FunctionRuns>(function_);
    if (helper.kind() != ssa::FunctionKind::kDeclared ||
        PackagePass::IsTest(function_) || runs.is_deferred() ||
        !OnlyRecovers(helper)) {
      return;
    }
    const RecoverCall& recover =
        analyses_.Get<RecoverCalls>(helper).all().front();
    if (recover.verdict == RecoverVerdict::kNever) {
      return;
    }
    mistakes_.push_back(
        {.rule = RecoverRule::kNotDirect,
         .place = {&function_, function_.IdOf(call), {}},
         .message = fmt::format(
             "{} is called and not deferred: its `recover` returns nil, and "
             "the call does nothing; defer it",
             CallText(call)),
         .related = {&helper, recover.inst, {}},
         .note = "the `recover` is here",
         .recover = std::nullopt});
  }

  // `if v := recover(); v != nil { … }`, and nothing else.
  bool OnlyRecovers(const ssa::Function& helper) const {
    const auto& recovers = analyses_.Get<RecoverCalls>(helper).all();
    const Inst& last = helper.Terminator(ssa::BlockId{0});
    if (recovers.size() != 1 || recovers.front().is_deferred ||
        last.op != Op::kIf) {
      return false;
    }
    const InstId recover = recovers.front().inst;
    const auto test = dataflow::NilTestOf(helper, helper.Operands(last)[0]);
    if (!test || test->tested != Value(recover)) {
      return false;
    }
    const auto is_idle = [&](const Inst& inst) {
      switch (inst.op) {
        case Op::kAlloc:
        case Op::kLoad:
        case Op::kBinOp:
        case Op::kIf:
        case Op::kReturn:
        case Op::kJump:
          return true;
        case Op::kStore:
          // A parameter's own variable.
          return helper.Operands(inst)[1].kind() == Value::Kind::kParam;
        default:
          return helper.IdOf(inst) == recover;
      }
    };
    const ssa::BlockId no_panic =
        helper.Succs(ssa::BlockId{0})[test->is_equal ? 0 : 1];
    return std::ranges::all_of(helper.InstsOf(ssa::BlockId{0}), is_idle) &&
           std::ranges::all_of(helper.InstsOf(no_panic), is_idle) &&
           helper.Terminator(no_panic).op == Op::kReturn;
  }

  // Asked for by every call.
  bool IsDeferredWithoutRecover() {
    if (!is_deferred_without_recover_) {
      is_deferred_without_recover_ =
          IsRunDeferred() &&
          analyses_.Get<RecoverCalls>(function_).all().empty();
    }
    return *is_deferred_without_recover_;
  }

  // A deferred literal, or a function that is only ever deferred.
  bool IsRunDeferred() const {
    const auto& runs = analyses_.Get<FunctionRuns>(function_);
    return function_.kind() == ssa::FunctionKind::kLiteral
               ? runs.is_deferred() && runs.is_only_deferred()
               : runs.is_only_deferred() && !runs.is_entry();
  }

  // "`often()`".
  std::string CallText(const Inst& call) const {
    constexpr size_t kLongCall = 40;
    const source::Span span = ast::SpanOf(*function_.unit()->tree, call.node);
    const std::string_view text = function_.unit()->file->source->text().substr(
        span.begin.offset(), span.end.offset() - span.begin.offset());
    if (text.size() <= kLongCall && text.find('\n') == text.npos) {
      return fmt::format("`{}`", text);
    }
    const types::Func* const named = dataflow::NamedCallee(function_, call);
    return named != nullptr && named->name != nullptr
               ? fmt::format("`{}(…)`", named->name->text())
               : "the function";
  }

  // --- what a deferred recover guards ---

  void ExamineGuard(const Inst& defer) {
    const ssa::Function* const handler =
        dataflow::BodiesOf(function_, defer, analyses_).only();
    std::optional<InstId> recover;
    if (handler != nullptr) {
      for (const RecoverCall& call :
           analyses_.Get<RecoverCalls>(*handler).all()) {
        if (call.verdict != RecoverVerdict::kNever) {
          recover = call.inst;
          break;
        }
      }
      if (!recover) {
        return;
      }
    } else if (!SummaryRecovers(defer)) {
      return;
    }
    const InstId id = function_.IdOf(defer);
    const bool panics_again = PanicsAgain(handler);
    if (panics_again && !StopsSome(*handler)) {
      return;
    }
    constexpr uint16_t kStrong = dataflow::kAnyPanic & ~dataflow::kWeakPanic;
    const Guarded guarded(function_, id, analyses_, kStrong);
    const uint16_t panics = guarded.panics();
    if ((panics & kStrong) != 0) {
      return;
    }
    const SsaPlace at = PlaceOfRecover(handler, recover, id);
    // One that lets some go on is there for whatever may come, but for no
    // panic of its goroutines.
    const auto goroutine =
        UnguardedGoroutine(panics_again ? dataflow::kAnyPanic : panics);
    if (goroutine) {
      mistakes_.push_back(
          {.rule = RecoverRule::kWrongGoroutine,
           .place = at,
           .message =
               fmt::format("this `recover` does not stop a panic of the "
                           "goroutine that {} starts: that ends the program; "
                           "defer a function with `recover` in the goroutine",
                           NameOf(function_)),
           .related = {&function_, *goroutine, {}},
           .note = "this goroutine may panic, and has no recover of its own",
           .recover = recover});
      return;
    }
    if (panics_again) {
      return;
    }
    if (const auto fatal = PackagePass::IsTest(function_)
                               ? std::nullopt
                               : FindFatal(function_, guarded, analyses_)) {
      mistakes_.push_back({.rule = RecoverRule::kUnrecoverable,
                           .place = {fatal->function, fatal->inst, {}},
                           .message = fatal->message,
                           .related = at,
                           .note = "this `recover` cannot stop it",
                           .recover = recover});
      return;
    }
    if ((panics & ~dataflow::kFarFetched) == 0 &&
        !PackagePass::IsTest(function_)) {
      mistakes_.push_back({.rule = RecoverRule::kUnreachable,
                           .place = at,
                           .message = UnreachableMessage(id),
                           .related = {&function_, id, {}},
                           .note = "it is deferred here",
                           .recover = recover});
    }
  }

  // It cleans up and lets the panic go on: it is there for whatever may come.
  static bool PanicsAgain(const ssa::Function* handler) {
    return handler != nullptr &&
           std::ranges::any_of(handler->insts(), [](const Inst& inst) {
             return inst.op == Op::kPanic;
           });
  }

  // `if e, ok := r.(error); ok { *err = e; return }; panic(r)`: it returns
  // behind a panic.
  bool StopsSome(const ssa::Function& handler) const {
    const auto& order = analyses_.Get<dataflow::FlowOrder>(handler);
    return std::ranges::any_of(handler.insts(), [&](const Inst& inst) {
      return inst.op == Op::kReturn &&
             std::ranges::any_of(
                 order.ConditionsOf(inst.block),
                 [&](const dataflow::Condition& condition) {
                   const auto test =
                       dataflow::NilTestOf(handler, condition.value);
                   return test && test->is_equal != condition.holds &&
                          test->tested.is_inst() &&
                          dataflow::IsRecover(
                              handler, handler.inst(test->tested.inst()));
                 });
    });
  }

  bool SummaryRecovers(const Inst& defer) const {
    if (ModeOf(defer) == CallMode::kBuiltin) {
      return false;
    }
    const dataflow::Summary summary =
        analyses_.program().SummaryOfCall(function_, defer);
    return summary.is_known && summary.calls_recover;
  }

  // The call of `recover`, if this is all that defers it, else the `defer`.
  SsaPlace PlaceOfRecover(const ssa::Function* handler,
                          std::optional<InstId> recover, InstId defer) const {
    if (handler == nullptr || !recover) {
      return {&function_, defer, {}};
    }
    const auto& runs = analyses_.Get<FunctionRuns>(*handler);
    return runs.sites().size() == 1 && !runs.may_be_more()
               ? SsaPlace{handler, *recover, {}}
               : SsaPlace{&function_, defer, {}};
  }

  // A goroutine that this function starts whose panic nobody recovers.
  std::optional<InstId> UnguardedGoroutine(uint16_t panics) const {
    const bool is_idle = (panics & ~dataflow::kWeakPanic) == 0;
    for (const Inst& inst : function_.insts()) {
      const uint16_t theirs = PanicsOfGoroutine(inst);
      if ((theirs & dataflow::kPanicStatement) != 0 ||
          (is_idle && (theirs & (dataflow::kCallback |
                                 dataflow::kUnknownFunction)) != 0)) {
        return function_.IdOf(inst);
      }
    }
    return std::nullopt;
  }

  uint16_t PanicsOfGoroutine(const Inst& inst) const {
    if (inst.op == Op::kGo) {
      const ssa::Function* const body =
          dataflow::BodiesOf(function_, inst, analyses_).only();
      if (body == nullptr) {
        return ModeOf(inst) == CallMode::kDynamic
                   ? static_cast<uint16_t>(dataflow::kCallback)
                   : static_cast<uint16_t>(dataflow::kNoPanic);
      }
      return PanicsOfBody(*body);
    }
    return inst.op == Op::kCall && ModeOf(inst) == CallMode::kStatic
               ? PanicsOfSpawnedArguments(inst)
               : static_cast<uint16_t>(dataflow::kNoPanic);
  }

  // `wg.Go(func() { … })`.
  uint16_t PanicsOfSpawnedArguments(const Inst& call) const {
    const dataflow::Summary summary =
        analyses_.program().SummaryOfCall(function_, call);
    const auto arguments = function_.Operands(call).subspan(1);
    uint16_t panics = dataflow::kNoPanic;
    for (size_t n = 0; n < std::min(arguments.size(), summary.params.size());
         ++n) {
      const uint16_t use = summary.params[n].func_use;
      if (!summary.is_known || (use & dataflow::kSpawned) == 0 ||
          (use & dataflow::kGuarded) != 0) {
        continue;
      }
      const auto value = dataflow::FunctionOf(function_, arguments[n]);
      if (!value) {
        panics |= dataflow::kCallback;
      } else if (value->literal != nullptr) {
        panics |= PanicsOfBody(*value->literal);
      }
    }
    return panics;
  }

  uint16_t PanicsOfBody(const ssa::Function& body) const {
    if (!MayRecover(body, kMaxCallers)) {
      return dataflow::LeavingPanics(body, analyses_);
    }
    // What a callee recovers is its own.
    const bool panics_itself =
        !dataflow::MayRecoverItself(body, analyses_) &&
        std::ranges::any_of(body.insts(), [](const Inst& inst) {
          return inst.op == Op::kPanic;
        });
    return panics_itself ? static_cast<uint16_t>(dataflow::kPanicStatement)
                         : static_cast<uint16_t>(dataflow::kNoPanic);
  }

  // It, or what it calls with nothing around, recovers or may.
  bool MayRecover(const ssa::Function& body, int depth) const {
    if (dataflow::MayRecoverItself(body, analyses_)) {
      return true;
    }
    if (depth == 0) {
      return false;
    }
    return std::ranges::any_of(body.insts(), [&](const Inst& inst) {
      if (inst.op != Op::kCall) {
        return false;
      }
      const auto called = dataflow::BodiesOf(body, inst, analyses_);
      return std::ranges::any_of(
          called.bodies, [&](const ssa::Function* callee) {
            return callee != &body && MayRecover(*callee, depth - 1);
          });
    });
  }

  std::string UnreachableMessage(InstId defer) const {
    const auto explicit_before =
        std::ranges::any_of(function_.insts(), [&](const Inst& inst) {
          return function_.IdOf(inst) < defer &&
                 (dataflow::PanicsAt(function_, inst, analyses_) &
                  ~dataflow::kFarFetched) != 0;
        });
    return explicit_before
               ? fmt::format(
                     "no panic gets to this `recover`: what may panic in {} "
                     "comes before the `defer`; defer it first",
                     NameOf(function_))
               : fmt::format(
                     "no panic gets to this `recover`: nothing that "
                     "{} does while it is deferred can panic",
                     NameOf(function_));
  }

  const ssa::Function& function_;
  Analyses& analyses_;
  std::optional<bool> is_deferred_without_recover_;
  std::vector<RecoverMistake> mistakes_;
};

}  // namespace

RecoverMistakes::RecoverMistakes(const ssa::Function& function,
                                 Analyses& analyses)
    : mistakes_(Finder(function, analyses).Run()) {}

void ReportRecoverMistakes(PackagePass& pass, RecoverRule rule) {
  for (const ssa::Function* const function : pass.functions()) {
    for (const RecoverMistake& mistake :
         pass.Get<RecoverMistakes>(*function).all()) {
      if (mistake.rule != rule) {
        continue;
      }
      const SsaPlace& place = mistake.place;
      Finding finding =
          pass.Report(*place.function, NodeOf(place), "{}", mistake.message);
      const SsaPlace& related = mistake.related;
      if (related.function != nullptr && related.function->unit() != nullptr) {
        finding.Note(
            PackagePass::FileOf(*related.function),
            StatementSpan(pass.IndexOf(*related.function), NodeOf(related)),
            "{}", mistake.note);
      }
    }
  }
}

ast::NodeId NodeOf(const ssa::Function& function, InstId inst) {
  const ast::NodeId node = function.inst(inst).node;
  if (const auto* const defer =
          function.unit()->tree->TryGet<ast::DeferStmt>(node);
      defer != nullptr && dataflow::IsRecover(function, function.inst(inst))) {
    return defer->call;
  }
  return node;
}

ast::NodeId NodeOf(const SsaPlace& place) {
  return place.node.has_value() ? place.node
                                : NodeOf(*place.function, place.inst);
}

std::string NameOf(const ssa::Function& function) {
  const types::Func* const func = function.key().func;
  if (function.kind() == ssa::FunctionKind::kDeclared && func != nullptr &&
      func->name != nullptr) {
    return fmt::format("`{}`", func->name->text());
  }
  if (function.kind() == ssa::FunctionKind::kRangeBody &&
      function.outermost() != &function) {
    return NameOf(*function.outermost());
  }
  return "the function literal";
}

}  // namespace gdlint::checks
