#include "checks/resources/explorer.h"
#include "checks/resources/held.h"

#include <algorithm>
#include <string_view>

#include "checks/resources/archives.h"
#include "checks/resources/captured.h"
#include "checks/resources/commands.h"
#include "checks/resources/plain_wrappers.h"
#include "checks/resources/sure_release.h"
#include "dataflow/dominance.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

// `span.SetTag("key", value).Finish()`: a method of a resource that gives the
// same type gives the same resource.
bool ReturnsReceiver(const types::Func& method) {
  const types::Signature* const signature = method.signature();
  if (signature == nullptr || method.recv == nullptr ||
      signature->results->params.size() != 1) {
    return false;
  }
  return types::Identical(signature->results->params[0].type, method.recv);
}

// `Cancel() error`, `Abort()`: it is given nothing, and tells at most that it
// has failed.
bool LooksLikeRelease(const types::Func& method) {
  const types::Signature* const signature = method.signature();
  if (signature == nullptr || !signature->params->params.empty()) {
    return false;
  }
  const auto results = signature->results->params;
  return results.empty() ||
         (results.size() == 1 && dataflow::IsErrorType(results[0].type));
}

// `db.Path()`, `e.Start()`: it is given nothing and cannot tell of failure. Of
// the standard library it is known what works.
bool IsGetter(const types::Func& method) {
  const types::Signature* const signature = method.signature();
  if (signature == nullptr || IsStandard(method) ||
      !signature->params->params.empty() ||
      signature->results->params.size() != 1) {
    return false;
  }
  const types::Type* const type = signature->results->params[0].type;
  return types::UnderAs<types::Basic>(type) != nullptr &&
         !types::IsBoolean(type);
}

// Flush of a bufio.Writer, Close of a gzip.Writer.
bool EndsWriting(const types::Func& method) {
  const std::string_view name = NameOf(&method);
  return (name == "Flush" || name == "Close") &&
         std::ranges::any_of(
             types::MethodSetOf(method.recv), [](const auto& entry) {
               const std::string_view other = entry.method->name->text();
               return other == "Write" || other == "Create";
             });
}

}  // namespace

void Explorer::Release(ssa::InstId id, bool is_deferred, State& state) {
  if (!is_deferred && !function_.UsersOf(id).empty()) {
    state.is_checked = true;
  }
  if (state.is_released) {
    AddLateUse({.use = id,
                .release = state.release,
                .is_release = true,
                .is_deferred = is_deferred});
    return;
  }
  state.is_released = true;
  state.release = id;
  state.release_was_deferred = is_deferred;
}

bool Explorer::Call(ssa::InstId id, const ssa::Inst& inst, State& state) {
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  const uint32_t self = RawOf(ssa::Value(id));
  Erase(state.aliases, self);
  Erase(state.holders, self);
  const auto holds = [&](ssa::Value value) {
    return Has(state.aliases, RawOf(value)) || Has(state.holders, RawOf(value));
  };
  if (ModeOf(inst) == ssa::CallMode::kBuiltin) {
    return std::ranges::none_of(operands.subspan(1), holds);
  }
  if (inst.op == ssa::Op::kCall) {
    for (const ssa::Value operand : operands.subspan(1)) {
      Erase(state.error_cells, RawOf(operand));
    }
  }
  if (ModeOf(inst) == ssa::CallMode::kDynamic) {
    if ((knowledge::IsReleasedByCall(what_.kind) || what_.cleanup >= 0) &&
        Has(state.aliases, RawOf(operands[0]))) {
      // What becomes of the error is the business of the cleanup function.
      state.is_checked |= what_.cleanup >= 0;
      return ReleaseBy(id, inst, state);
    }
    if (!CallClosure(id, inst, operands[0], state)) {
      return false;
    }
  }
  if (const ssa::Value archive = ArchiveOfEntry(function_, inst);
      archive.has_value() && Has(state.aliases, RawOf(archive))) {
    Insert(state.holders, self);
  }
  const types::Func* const named = dataflow::NamedCallee(function_, inst);
  if (named != nullptr && WantsFailure(inst, named, state)) {
    return false;
  }
  if (named != nullptr) {
    NoteDeferredUse(id, inst, *named, state);
  }
  if (!StepCommand(id, inst, state)) {
    return false;
  }
  const bool is_invoke = ModeOf(inst) == ssa::CallMode::kInvoke;
  if (is_invoke && Has(state.aliases, RawOf(operands[0]))) {
    if (!knowledge::Releases(what_.kind, NameOf(named)) &&
        IsReleasedByMethods(inst, *named)) {
      if (!ReleaseBy(id, inst, state)) {
        return false;
      }
    } else if (!Method(id, inst, named, state)) {
      return false;
    }
  }
  for (size_t i = 1; i < operands.size(); ++i) {
    const bool is_alias = Has(state.aliases, RawOf(operands[i]));
    if (!is_alias && !Has(state.holders, RawOf(operands[i]))) {
      if (const auto cell = CellOf(operands[i]); cell && HasAny(*cell, state)) {
        if (Has(state.cells, *cell) || Has(state.holder_cells, *cell) ||
            !CallOnWhole(id, inst, i, *cell, state)) {
          return false;
        }
      }
      continue;
    }
    const bool is_receiver =
        i == 1 && named != nullptr && named->recv != nullptr && !is_invoke;
    if (is_receiver && is_alias &&
        knowledge::StatedUseOf(*named, /*is_receiver=*/true) ==
            knowledge::ArgumentUse::kReturns) {
      Insert(state.aliases, RawOf(ssa::Value(id)));
      continue;
    }
    if (is_receiver && is_alias &&
        (knowledge::Releases(what_.kind, NameOf(named)) || !HasBody(inst))) {
      if (!Method(id, inst, named, state)) {
        return false;
      }
      continue;
    }
    if (is_receiver && !is_alias) {
      // A method of what only holds it.
      if (ReleasesPartOfValue(inst)) {
        if (!ReleaseBy(id, inst, state)) {
          return false;
        }
        continue;
      }
      if (IsPlainWrapper(function_.TypeOf(operands[i]), what_.kind) &&
          !IsOnlyUsedBy(inst)) {
        return false;
      }
      NoteMethod(id, NameOf(named), state);
      if (state.is_released && inst.op == ssa::Op::kCall &&
          EndsWriting(*named) && IsStandard(*named) &&
          !function_.UsersOf(id).empty()) {
        AddLateUse({.use = id, .release = state.release});
      } else if (NameOf(named) == "Reset") {
        // It begins anew, with something else.
        Erase(state.holders, RawOf(operands[i]));
      }
      continue;
    }
    state.is_written |= MayWrite(inst, named, i);
    if (!Argument(id, inst, named, i, is_alias, state)) {
      if (inst.op == ssa::Op::kGo) {
        AddOutlived(id, state);
      }
      return false;
    }
  }
  const dataflow::Summary summary =
      inst.op == ssa::Op::kCall
          ? fates_.program().SummaryOfCall(function_, inst)
          : dataflow::Summary();
  return inst.op != ssa::Op::kCall || !summary.never_returns();
}

// Start and Wait of the command that it is a pipe of.
bool Explorer::StepCommand(ssa::InstId id, const ssa::Inst& inst,
                           State& state) {
  if (what_.kind != ResourceKind::kProcessPipe) {
    return true;
  }
  switch (
      StepOf(function_, inst, function_.Operands(function_.inst(call_))[1])) {
    case CommandStep::kStarts:
      // One that does not start closes its pipes.
      Insert(state.errors, RawOf(ssa::Value(id)));
      state.is_started = true;
      return true;
    case CommandStep::kWaits:
      return ReleaseBy(id, inst, state);
    case CommandStep::kNone:
      return true;
  }
  return true;
}

namespace {

// The parameter is an `any`, of which a function can only make text or a key:
// `conns.Delete(c)`.
bool TakesAnything(const ssa::Inst& call, const types::Func& named,
                   size_t operand) {
  const auto params = named.signature()->params->params;
  const bool has_receiver =
      named.recv != nullptr && ModeOf(call) == ssa::CallMode::kStatic;
  const size_t at = operand - (has_receiver ? 2 : 1);
  const auto* const interface =
      at < params.size() ? types::UnderAs<types::Interface>(params[at].type)
                         : nullptr;
  return interface != nullptr && types::MethodSetOf(params[at].type).empty();
}

// The receiver of a call of a method; none of others.
ssa::Value ReceiverOf(const ssa::Function& function, const ssa::Inst& call,
                      const types::Func& named) {
  const size_t at = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
  return named.recv == nullptr || at >= function.Operands(call).size()
             ? ssa::Value()
             : function.Operands(call)[at];
}

}  // namespace

void Explorer::NoteDeferredUse(ssa::InstId id, const ssa::Inst& inst,
                               const types::Func& named, State& state) const {
  const ssa::Value receiver = ReceiverOf(function_, inst, named);
  if (inst.op == ssa::Op::kCall && receiver.has_value() &&
      !state.early_defers.empty() && EndsWriting(named)) {
    // Nothing is left for the deferred one.
    std::erase_if(state.early_defers, [&](uint32_t defer) {
      const ssa::Inst& other = function_.inst(ssa::InstId{defer});
      return dataflow::LooksSame(
          function_, receiver,
          ReceiverOf(function_, other,
                     *dataflow::NamedCallee(function_, other)));
    });
  }
  if (inst.op != ssa::Op::kDefer || state.is_released || state.is_deferred ||
      !state.deferred_cells.empty()) {
    return;
  }
  const std::string_view name = NameOf(&named);
  const auto is_alias = [&](ssa::Value value) {
    return Has(state.aliases, RawOf(value));
  };
  bool uses = false;
  if (receiver.has_value()) {
    uses = is_alias(receiver)
               ? !knowledge::Releases(what_.kind, name) &&
                     !knowledge::WorksAfterRelease(what_.kind, name) &&
                     !HasBody(inst)
               : Has(state.holders, RawOf(receiver)) && EndsWriting(named);
  } else if (IsStandard(named)) {
    uses = (name.starts_with("Fprint") || name.starts_with("Copy") ||
            name.starts_with("Write") || name.starts_with("Read")) &&
           std::ranges::any_of(function_.Operands(inst).subspan(1), is_alias);
  }
  if (uses) {
    Insert(state.early_defers, id.index);
  }
}

bool Explorer::CallOnWhole(ssa::InstId id, const ssa::Inst& inst,
                           size_t operand, uint32_t cell, State& state) {
  const dataflow::FunctionId target =
      fates_.program().TargetsOf(function_, inst).only();
  const ssa::Function* const body =
      target.has_value() ? fates_.program().node(target).body : nullptr;
  if (body == nullptr || inst.op == ssa::Op::kGo ||
      ModeOf(inst) != ssa::CallMode::kStatic) {
    return false;
  }
  const auto param = static_cast<uint32_t>(operand - 1);
  for (const auto& [part, number] : parts_) {
    if (part.first != cell || !Has(state.cells, number)) {
      continue;
    }
    switch (fates_.OfPart(*body, param, part.second, what_.kind)) {
      case Fate::kBorrowed:
        state.is_written |= Fates::WritesPart(*body, param, part.second);
        if (state.is_released && inst.op == ssa::Op::kCall &&
            fates_.UsesPart(*body, param, part.second, what_.kind)) {
          AddLateUse({.use = id, .release = state.release});
        }
        break;
      case Fate::kReleased:
        if (!ReleaseBy(id, inst, state)) {
          return false;
        }
        break;
      case Fate::kKept:
      case Fate::kReturned:
        return false;
    }
  }
  return true;
}

bool Explorer::ReleasesPartOfValue(const ssa::Inst& call) const {
  const types::Type* const type = function_.TypeOf(function_.Operands(call)[1]);
  if (types::UnderAs<types::Struct>(type) == nullptr) {
    return false;
  }
  const dataflow::FunctionId target =
      fates_.program().TargetsOf(function_, call).only();
  const ssa::Function* const body =
      target.has_value() ? fates_.program().node(target).body : nullptr;
  return body != nullptr && call.op != ssa::Op::kGo &&
         fates_.OfParam(*body, 0, what_.kind) == Fate::kReleased;
}

bool Explorer::IsOnlyUsedBy(const ssa::Inst& call) const {
  const dataflow::FunctionId target =
      fates_.program().TargetsOf(function_, call).only();
  const ssa::Function* const body =
      target.has_value() ? fates_.program().node(target).body : nullptr;
  return call.op != ssa::Op::kGo &&
         (body == nullptr ||
          fates_.OfParam(*body, 0, what_.kind) == Fate::kBorrowed);
}

bool Explorer::IsReleasedByMethods(const ssa::Inst& call,
                                   const types::Func& method) const {
  if (!LooksLikeRelease(method)) {
    return false;
  }
  bool is_known = false;
  for (const dataflow::FunctionId target :
       fates_.program().TargetsOf(function_, call).functions) {
    const ssa::Function* const body = fates_.program().node(target).body;
    if (body == nullptr || body->params().empty()) {
      continue;
    }
    if (fates_.OfParam(*body, 0, what_.kind) != Fate::kReleased) {
      return false;
    }
    is_known = true;
  }
  return is_known;
}

bool Explorer::HasBody(const ssa::Inst& call) const {
  const dataflow::FunctionId target =
      fates_.program().TargetsOf(function_, call).only();
  return target.has_value() && fates_.program().node(target).body != nullptr;
}

bool Explorer::ReleaseBy(ssa::InstId id, const ssa::Inst& inst, State& state) {
  switch (inst.op) {
    case ssa::Op::kDefer:
      if ((inst.detail & ssa::kOnDeferStack) != 0) {
        // The function around will.
        return false;
      }
      state.is_deferred = true;
      if (!state.deferred_by.has_value()) {
        state.deferred_by = id;
      }
      return true;
    case ssa::Op::kGo:
      return false;
    default:
      Release(id, /*is_deferred=*/false, state);
      return true;
  }
}

void Explorer::NoteMethod(ssa::InstId id, std::string_view name,
                          State& state) const {
  state.is_written |= name.starts_with("Write") || name == "ReadFrom" ||
                      name == "Truncate" || name.starts_with("Create");
  state.is_checked |= (name == "Sync" || name == "Flush") &&
                      !state.is_released && !function_.UsersOf(id).empty();
}

bool Explorer::Method(ssa::InstId id, const ssa::Inst& inst,
                      const types::Func* method, State& state) {
  const std::string_view name = NameOf(method);
  if (ModeOf(inst) == ssa::CallMode::kInvoke
          ? knowledge::MayRelease(what_.kind, name)
          : knowledge::Releases(what_.kind, name)) {
    return ReleaseBy(id, inst, state);
  }
  if (inst.op == ssa::Op::kGo ||
      (name == "Reset" && what_.kind == ResourceKind::kWriter)) {
    // Reset begins another stream: whether the last one was ended is no longer
    // the question.
    return false;
  }
  NoteMethod(id, name, state);
  if (inst.op == ssa::Op::kCall && ReturnsReceiver(*method)) {
    Insert(state.aliases, RawOf(ssa::Value(id)));
  } else if (inst.op == ssa::Op::kCall && MayReturnReceiver(inst)) {
    Insert(state.holders, RawOf(ssa::Value(id)));
  }
  if (state.is_released && inst.op == ssa::Op::kCall &&
      !knowledge::WorksAfterRelease(what_.kind, name) &&
      (knowledge::IsOfUser(what_.kind) || !IsGetter(*method))) {
    AddLateUse({.use = id, .release = state.release});
  }
  return true;
}

bool Explorer::MayReturnReceiver(const ssa::Inst& call) const {
  const types::Func* const method = dataflow::NamedCallee(function_, call);
  if (ModeOf(call) != ssa::CallMode::kInvoke || !MayHold(call.type) ||
      method == nullptr || method->package == nullptr || IsStandard(*method)) {
    return false;
  }
  // What must be released itself may well release this; a fact about it, which
  // it was asked for, holds nothing.
  const auto& results = method->signature()->results->params;
  if (!HasMethodToRelease(results[0].type, what_.kind)) {
    return false;
  }
  const dataflow::CallTargets targets =
      fates_.program().TargetsOf(function_, call);
  return targets.functions.empty() ||
         std::ranges::any_of(
             targets.functions, [&](dataflow::FunctionId target) {
               const ssa::Function* const body =
                   fates_.program().node(target).body;
               return body != nullptr && !body->params().empty() &&
                      fates_.OfParam(*body, 0, what_.kind) == Fate::kReturned;
             });
}

bool Explorer::Argument(ssa::InstId id, const ssa::Inst& inst,
                        const types::Func* named, size_t operand, bool is_alias,
                        State& state) {
  const dataflow::CallTargets targets =
      fates_.program().TargetsOf(function_, inst);
  if (inst.op == ssa::Op::kGo) {
    return false;
  }
  if (named != nullptr && knowledge::ReleasesArgument(what_.kind, *named)) {
    return ReleaseBy(id, inst, state);
  }
  const uint32_t self = RawOf(ssa::Value(id));
  const uint32_t param = ParamGiven(inst, operand);
  if (IsFolder() && !NameArgument(id, inst, named, operand, state)) {
    return false;
  }
  const bool is_receiver = operand == 1 && named != nullptr &&
                           named->recv != nullptr &&
                           ModeOf(inst) == ssa::CallMode::kStatic;
  const bool is_stated =
      named != nullptr &&
      knowledge::StatedUseOf(*named, is_receiver).has_value();
  const ssa::Function* const body =
      fates_.ArgumentBody(targets.only(), param, is_receiver, what_.kind);
  if (body != nullptr && !is_stated) {
    switch (fates_.OfParam(*body, param, what_.kind)) {
      case Fate::kBorrowed:
        return !state.is_released || inst.op != ssa::Op::kCall || !is_alias ||
               CallOnReleased(id, *body, param, state);
      case Fate::kReleased:
        // On some ways only: someone looks after it.
        return (inst.op != ssa::Op::kCall ||
                fates_.IsSurelyReleased(
                    *body, ssa::Value(ssa::Value::Kind::kParam, param))) &&
               ReleaseBy(id, inst, state);
      case Fate::kKept:
        return false;
      case Fate::kReturned:
        if (MayHold(inst.type)) {
          Insert(fates_.LeavesOpen(inst.type, what_.kind) ? state.holders
                                                          : state.aliases,
                 self);
        }
        return true;
    }
  }
  if (body == nullptr && !is_stated && is_alias && inst.op == ssa::Op::kCall &&
      (named == nullptr || !IsStandard(*named)) &&
      IsReleasedAfter(id, function_.Operands(inst)[operand])) {
    return true;
  }
  if (body == nullptr && !is_stated && !is_receiver &&
      IsOnlyStreamed(fates_, function_, inst, operand, what_.kind)) {
    return true;
  }
  if (named == nullptr || named->package == nullptr) {
    return false;
  }
  const knowledge::ArgumentUse use = knowledge::UseOfArgument(*named);
  if (state.is_released && is_alias && inst.op == ssa::Op::kCall &&
      IsStandard(*named) && !TakesAnything(inst, *named, operand) &&
      !knowledge::WorksAfterRelease(what_.kind, NameOf(named))) {
    AddLateUse({.use = id, .release = state.release});
  }
  switch (use) {
    case knowledge::ArgumentUse::kBorrows:
      return true;
    case knowledge::ArgumentUse::kTakes:
      return false;
    case knowledge::ArgumentUse::kWraps:
      if (MayHold(inst.type)) {
        Insert(state.holders, self);
      }
      return true;
    case knowledge::ArgumentUse::kWrapsAndOwns:
      if (!is_alias || !MayHold(inst.type) ||
          inst.type->kind == types::TypeKind::kTuple) {
        // Who looks after the result looks after it.
        return false;
      }
      Insert(state.aliases, self);
      return true;
    case knowledge::ArgumentUse::kReturns:
      Insert(is_alias ? state.aliases : state.holders, self);
      return true;
  }
  return true;
}

const ssa::Function* Explorer::LiteralOf(ssa::Value value,
                                         const ssa::Inst** closure) {
  if (value.is_inst() &&
      function_.inst(value.inst()).op == ssa::Op::kMakeClosure) {
    *closure = &function_.inst(value.inst());
    return function_.callees()[function_.Operands(**closure)[0].index()].child;
  }
  return nullptr;
}

bool Explorer::CallClosure(ssa::InstId id, const ssa::Inst& inst,
                           ssa::Value callee, State& state) {
  const ssa::Inst* closure = nullptr;
  const ssa::Function* const literal = LiteralOf(callee, &closure);
  if (closure == nullptr) {
    return true;
  }
  if (literal == nullptr) {
    // A method value.
    const ssa::Callee& method =
        function_.callees()[function_.Operands(*closure)[0].index()];
    const bool is_of_it = std::ranges::any_of(
        function_.Operands(*closure).subspan(1),
        [&](ssa::Value value) { return Has(state.aliases, RawOf(value)); });
    return !is_of_it ||
           !knowledge::MayRelease(what_.kind, NameOf(method.key.func)) ||
           ReleaseBy(id, inst, state);
  }
  bool goes_on = true;
  ForEachCapture(
      *closure, *literal, [&](uint32_t cell, uint32_t index, Fate fate) {
        const bool has_it = Has(state.cells, cell) || HasPart(cell, state);
        if (Has(state.holder_cells, cell) &&
            (fate == Fate::kKept || fate == Fate::kReturned ||
             inst.op == ssa::Op::kGo)) {
          goes_on = false;
        }
        if (inst.op == ssa::Op::kDefer && fate != Fate::kBorrowed) {
          // Whatever it holds then.
          Insert(state.deferred_cells, cell);
          AddDeferral(id, *closure, *literal, index, cell);
          if (fate == Fate::kKept && has_it) {
            goes_on = false;
          }
        } else if (has_it && fate != Fate::kBorrowed) {
          const ssa::Value var(ssa::Value::Kind::kFreeVar, index);
          if (fate == Fate::kReleased && inst.op == ssa::Op::kCall &&
              fates_.IsSurelyReleased(*literal, var)) {
            Release(id, false, state);
          } else {
            goes_on = false;
          }
        } else if (has_it && inst.op == ssa::Op::kGo) {
          AddOutlived(id, state);
          goes_on = false;
        } else if (has_it) {
          state.is_written |= IsWrittenBy(*literal, index);
        }
      });
  return goes_on;
}

void Explorer::AddDeferral(ssa::InstId defer, const ssa::Inst& closure,
                           const ssa::Function& literal, uint32_t index,
                           uint32_t cell) {
  if (fates_.IsSurelyReleased(literal,
                              ssa::Value(ssa::Value::Kind::kFreeVar, index))) {
    deferrals_.try_emplace(cell, defer);
  }
  const auto [at, is_new] = guarded_.try_emplace(cell, Guarded{defer, {}});
  if (is_new) {
    at->second.guards = GuardsOf(function_, closure, literal, index);
  } else if (at->second.by != defer) {
    at->second.guards.clear();
  }
}

bool Explorer::IsWrittenBy(const ssa::Function& literal, uint32_t index) const {
  if (what_.kind == ResourceKind::kWriter) {
    // What else is a compressor good for?
    return true;
  }
  const ssa::Value var(ssa::Value::Kind::kFreeVar, index);
  const auto writes = [](const auto& entry) {
    return entry.method->name->text() == "Write";
  };
  return std::ranges::any_of(literal.UsersOf(var), [&](ssa::InstId load) {
    return literal.inst(load).op == ssa::Op::kLoad &&
           std::ranges::any_of(literal.UsersOf(load), [&](ssa::InstId user) {
             const ssa::Inst& inst = literal.inst(user);
             if (inst.op == ssa::Op::kMakeInterface) {
               // `fmt.Fprintln(f, …)`.
               return std::ranges::any_of(types::MethodSetOf(inst.type),
                                          writes);
             }
             const types::Func* const named =
                 inst.op == ssa::Op::kCall
                     ? dataflow::NamedCallee(literal, inst)
                     : nullptr;
             return NameOf(named).starts_with("Write") ||
                    (named != nullptr && named->recv != nullptr &&
                     named->package != nullptr && !IsStandard(*named));
           });
  });
}

bool Explorer::Closure(ssa::InstId id, const ssa::Inst& inst, State& state) {
  if (IsOnlyCalled(id)) {
    return true;
  }
  const ssa::Function* const literal =
      function_.callees()[function_.Operands(inst)[0].index()].child;
  if (literal == nullptr) {
    return std::ranges::none_of(
        function_.Operands(inst).subspan(1),
        [&](ssa::Value value) { return Has(state.aliases, RawOf(value)); });
  }
  bool goes_on = true;
  ForEachCapture(inst, *literal, [&](uint32_t cell, uint32_t index, Fate fate) {
    const bool is_for_later = Has(state.holder_cells, cell) &&
                              !RunsAtOnce(function_, id, fates_.program());
    if (fate != Fate::kBorrowed && !HasAny(cell, state) &&
        !MayBeSetAfter(function_, id, function_.Operands(inst)[index + 1])) {
      // That variable has something else for good.
      return;
    }
    if (fate != Fate::kBorrowed || is_for_later) {
      // Someone may call it, now or later.
      goes_on = false;
    } else if (Has(state.cells, cell) || Has(state.holder_cells, cell)) {
      state.is_written |= IsWrittenBy(*literal, index);
    }
  });
  return goes_on;
}

bool Explorer::IsOnlyCalled(ssa::InstId closure) {
  const auto [at, is_new] =
      context_.is_only_called.try_emplace(closure.index, true);
  if (is_new) {
    at->second =
        std::ranges::all_of(function_.UsersOf(closure), [&](ssa::InstId user) {
          const ssa::Inst& inst = function_.inst(user);
          const bool is_call = inst.op == ssa::Op::kCall ||
                               inst.op == ssa::Op::kDefer ||
                               inst.op == ssa::Op::kGo;
          return is_call && ModeOf(inst) == ssa::CallMode::kDynamic &&
                 std::ranges::find(function_.Operands(inst).subspan(1),
                                   ssa::Value(closure)) ==
                     function_.Operands(inst).end();
        });
  }
  return at->second;
}

bool Explorer::MayWrite(const ssa::Inst& call, const types::Func* named,
                        size_t operand) const {
  const size_t receiver = named != nullptr && named->recv != nullptr &&
                                  ModeOf(call) == ssa::CallMode::kStatic
                              ? 1
                              : 0;
  if (named == nullptr) {
    return true;
  }
  if (operand < 1 + receiver) {
    return !knowledge::WorksAfterRelease(what_.kind, NameOf(named)) &&
           !NameOf(named).starts_with("Set");
  }
  const auto params = named->signature()->params->params;
  if (operand - 1 - receiver >= params.size()) {
    return true;
  }
  const types::Type* const type = params[operand - 1 - receiver].type;
  if (types::Under(type)->kind != types::TypeKind::kInterface) {
    return true;
  }
  return std::ranges::any_of(types::MethodSetOf(type), [](const auto& entry) {
    return entry.method->name->text().starts_with("Write");
  });
}

void Explorer::AddOutlived(ssa::InstId at, const State& state) {
  const ssa::Op op = function_.inst(at).op;
  const bool may_come = op == ssa::Op::kStore || op == ssa::Op::kMapUpdate;
  if ((state.deferred_by.has_value() || may_come) &&
      std::ranges::none_of(result_.outlived, [&](const Outlived& other) {
        return other.at == at;
      })) {
    result_.outlived.push_back({.at = at, .release = state.deferred_by});
  }
}

bool Explorer::IsMadeOfIt(ssa::Value value, const State& state) const {
  if (Has(state.aliases, RawOf(value))) {
    return true;
  }
  if (!Has(state.holders, RawOf(value)) || !value.is_inst()) {
    return false;
  }
  const ssa::Inst& inst = function_.inst(value.inst());
  switch (inst.op) {
    case ssa::Op::kChangeType:
    case ssa::Op::kChangeInterface:
    case ssa::Op::kMakeInterface:
    case ssa::Op::kExtract:
      return IsMadeOfIt(function_.Operands(inst)[0], state) ||
             inst.op == ssa::Op::kExtract;
    default:
      return inst.op == ssa::Op::kCall;
  }
}

void Explorer::AddLateUse(const LateUse& use) {
  if (type_ != nullptr && !IsSureRelease(fates_.program(), function_,
                                         function_.inst(use.release), type_)) {
    return;
  }
  if (std::ranges::none_of(result_.late_uses, [&](const LateUse& other) {
        return other.use == use.use && other.release == use.release &&
               other.exit == use.exit;
      })) {
    result_.late_uses.push_back(use);
  }
}

}  // namespace gdlint::checks::resources
