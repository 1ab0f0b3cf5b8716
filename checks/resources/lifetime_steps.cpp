#include "checks/resources/explorer.h"

#include <algorithm>
#include <string_view>

#include "checks/resources/held.h"
#include "checks/resources/lists.h"
#include "checks/resources/plain_wrappers.h"
#include "dataflow/accesses.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/package.h"

namespace gdlint::checks::resources {

bool Explorer::Step(ssa::InstId id, const ssa::Inst& inst, State& state) {
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  const uint32_t self = RawOf(ssa::Value(id));
  const auto is_alias = [&](ssa::Value value) {
    return Has(state.aliases, RawOf(value));
  };
  const auto holds = [&](ssa::Value value) {
    return Has(state.aliases, RawOf(value)) || Has(state.holders, RawOf(value));
  };
  switch (inst.op) {
    case ssa::Op::kChangeType:
    case ssa::Op::kChangeInterface:
    case ssa::Op::kMakeInterface:
    case ssa::Op::kTypeAssert:
    case ssa::Op::kConvert:
      Copy(operands[0], self, state);
      return true;
    case ssa::Op::kExtract:
      if (operands[0] != ssa::Value(call_)) {
        Copy(operands[0], self, state);
        if (!MayKeep(inst.type)) {
          Erase(state.aliases, self);
          Erase(state.holders, self);
        }
        if (IsAssertedError(operands[0], state) && inst.aux == 1) {
          // What says so of the error is no error.
          Erase(state.errors, self);
        }
        if (dataflow::IsErrorType(inst.type) &&
            IsGivenError(operands[0], state)) {
          // What became of the error: `retry, err := shouldRetry(ctx, err)`.
          Insert(state.errors, self);
        }
      }
      return true;
    case ssa::Op::kAlloc:
      if (Has(state.cells, self) && Has(state.deferred_cells, self)) {
        // In a loop: a deferred literal has the variable of this turn.
        state.is_deferred = true;
        Erase(state.deferred_cells, self);
      }
      Erase(state.cells, self);
      Erase(state.holder_cells, self);
      Erase(state.error_cells, self);
      return true;
    case ssa::Op::kLoad:
      return Load(id, operands[0], state);
    case ssa::Op::kStore:
      if (StoreName(operands[0], operands[1], state)) {
        return true;
      }
      if (is_alias(operands[1]) && IsKnownToOthers(id, operands[0])) {
        return false;
      }
      if (!Store(operands[0], operands[1], state)) {
        AddOutlived(id, state);
        return false;
      }
      return true;
    case ssa::Op::kField:
      if (holds(operands[0])) {
        Insert(state.holders, self);
      }
      return true;
    case ssa::Op::kFieldAddr:
      // Promoted methods are called on what is embedded.
      Erase(state.aliases, self);
      if (is_alias(operands[0]) && IsField(id, "")) {
        Insert(state.aliases, self);
      }
      return true;
    case ssa::Op::kIndexAddr:
      return true;
    case ssa::Op::kCall:
    case ssa::Op::kDefer:
    case ssa::Op::kGo:
      return Call(id, inst, state);
    case ssa::Op::kMakeClosure:
      return Closure(id, inst, state);
    case ssa::Op::kRunDefers:
      RunDefers(id, state);
      return true;
    case ssa::Op::kReturn:
      return Return(id, inst, state);
    case ssa::Op::kPanic:
    case ssa::Op::kExit:
    case ssa::Op::kRangePanic:
      return false;
    case ssa::Op::kSend:
    case ssa::Op::kMapUpdate:
    case ssa::Op::kSelect:
      if (std::ranges::any_of(operands, holds)) {
        AddOutlived(id, state);
        return false;
      }
      return true;
    case ssa::Op::kBinOp:
      if (IsFolder() && MayKeep(inst.type) &&
          std::ranges::any_of(operands, holds)) {
        // The path of a file in it.
        Insert(state.holders, self);
      }
      return true;
    case ssa::Op::kIf:
      return true;
    case ssa::Op::kSlice:
      if (IsFolder() && Has(state.holders, RawOf(operands[0]))) {
        Insert(state.holders, self);
        return true;
      }
      [[fallthrough]];
    default:
      // What is received or looked up is another one each time.
      Erase(state.aliases, self);
      // What else may hold on to it: slices of it, lookups by it.
      return std::ranges::none_of(operands, is_alias);
  }
}

void Explorer::Copy(ssa::Value from, uint32_t to, State& state) {
  const auto copy = [&](Values& values) {
    if (Has(values, RawOf(from))) {
      Insert(values, to);
    } else {
      Erase(values, to);
    }
  };
  copy(state.aliases);
  copy(state.holders);
  copy(state.errors);
}

bool Explorer::IsGivenError(ssa::Value call, const State& state) const {
  if (!call.is_inst() || function_.inst(call.inst()).op != ssa::Op::kCall) {
    return false;
  }
  return std::ranges::any_of(
      function_.Operands(function_.inst(call.inst())).subspan(1),
      [&](ssa::Value operand) { return Has(state.errors, RawOf(operand)); });
}

// All that is done with the literal is to defer it.
bool Explorer::IsOnlyDeferred(const ssa::Function& literal) const {
  if (literal.parent() != &function_) {
    return false;
  }
  return std::ranges::all_of(function_.insts(), [&](const ssa::Inst& inst) {
    if (inst.op != ssa::Op::kMakeClosure ||
        function_.Operands(inst)[0].kind() != ssa::Value::Kind::kFunction ||
        function_.callees()[function_.Operands(inst)[0].index()].child !=
            &literal) {
      return true;
    }
    const ssa::Value closure(function_.IdOf(inst));
    return std::ranges::all_of(
        function_.UsersOf(closure), [&](ssa::InstId user) {
          const ssa::Inst& defer = function_.inst(user);
          return defer.op == ssa::Op::kDefer &&
                 std::ranges::count(function_.Operands(defer), closure) == 1 &&
                 function_.Operands(defer)[0] == closure;
        });
  });
}

// What deferred calls are given the address of nobody else changes before the
// function ends: `defer closeInto(f, &err)`, also from a literal that is
// deferred.
bool Explorer::IsLocal(ssa::Value alloc) const {
  if (!dataflow::UsesOf({&function_, alloc}).escapes) {
    return true;
  }
  const auto* const pointer =
      types::UnderAs<types::Pointer>(function_.TypeOf(alloc));
  const bool is_struct =
      pointer != nullptr &&
      types::Under(pointer->elem)->kind == types::TypeKind::kStruct;
  const std::vector<dataflow::Access> accesses =
      dataflow::AccessesOf(function_, alloc);
  return std::ranges::all_of(accesses, [&](const dataflow::Access& access) {
    return access.kind != dataflow::AccessKind::kEscape &&
           (access.kind != dataflow::AccessKind::kPassed ||
            access.function->inst(access.inst).op == ssa::Op::kDefer ||
            IsOnlyDeferred(*access.function) ||
            (is_struct && IsOnlyLent(access)));
  });
}

bool Explorer::IsOnlyLent(const dataflow::Access& access) const {
  const dataflow::PassedTo to = dataflow::ParamOf(access, fates_.program());
  if (to.body == nullptr || access.is_part || access.in_list ||
      to.param.kind() != ssa::Value::Kind::kParam ||
      access.function->inst(access.inst).op != ssa::Op::kCall) {
    return false;
  }
  const Fate fate = fates_.OfParam(*to.body, to.param.index(), what_.kind);
  return fate == Fate::kBorrowed || fate == Fate::kReleased;
}

std::optional<uint32_t> Explorer::CellOf(ssa::Value addr) {
  if (addr.kind() == ssa::Value::Kind::kFreeVar) {
    return RawOf(addr);
  }
  if (!addr.is_inst()) {
    return std::nullopt;
  }
  const ssa::Inst& inst = function_.inst(addr.inst());
  if (inst.op == ssa::Op::kAlloc) {
    const auto [at, is_new] = context_.is_local.try_emplace(addr.inst().index);
    if (is_new) {
      at->second = IsLocal(addr);
    }
    return at->second ? std::optional(RawOf(addr)) : std::nullopt;
  }
  if (inst.op == ssa::Op::kFieldAddr) {
    const ssa::Value base = function_.Operands(inst)[0];
    if (const auto cell = CellOf(base)) {
      // A part of a variable: numbered behind all values.
      const auto [at, is_new] = parts_.try_emplace(
          std::pair(*cell, inst.aux),
          0xf000'0000 + static_cast<uint32_t>(parts_.size()));
      return at->second;
    }
  }
  return std::nullopt;
}

std::optional<uint32_t> Explorer::LentError(ssa::Value addr) const {
  if (!addr.is_inst() || function_.inst(addr.inst()).op != ssa::Op::kAlloc) {
    return std::nullopt;
  }
  const auto* const pointer =
      types::UnderAs<types::Pointer>(function_.TypeOf(addr));
  return pointer != nullptr && dataflow::IsErrorType(pointer->elem)
             ? std::optional(RawOf(addr))
             : std::nullopt;
}

bool Explorer::Load(ssa::InstId id, ssa::Value addr, State& state) {
  const uint32_t self = RawOf(ssa::Value(id));
  Erase(state.aliases, self);
  Erase(state.holders, self);
  Erase(state.errors, self);
  if (place_ && IsReleasedPlace(ssa::Value(id))) {
    Insert(state.aliases, self);
    return true;
  }
  if (const auto cell = CellOf(addr)) {
    if (Has(state.cells, *cell)) {
      Insert(state.aliases, self);
    }
    if (Has(state.error_cells, *cell)) {
      Insert(state.errors, self);
    }
    if (HasPart(*cell, state) || Has(state.holder_cells, *cell)) {
      Insert(state.holders, self);
    }
    return true;
  }
  if (const auto lent = LentError(addr);
      lent && Has(state.error_cells, *lent)) {
    Insert(state.errors, self);
    return true;
  }
  // A part of the resource: the body of a response.
  if (MayHold(function_.inst(id).type) && addr.is_inst() &&
      function_.inst(addr.inst()).op == ssa::Op::kFieldAddr) {
    const ssa::Value base = function_.Operands(function_.inst(addr.inst()))[0];
    if (Has(state.holders, RawOf(base)) &&
        IsPlainWrapper(function_.TypeOf(base), what_.kind) &&
        HasMethodToRelease(function_.inst(id).type, what_.kind)) {
      // Taken out again.
      return false;
    }
    if (Has(state.aliases, RawOf(base))) {
      Insert((what_.kind == ResourceKind::kHttpBody &&
              IsField(addr.inst(), "Body")) ||
                     IsField(addr.inst(), "")
                 ? state.aliases
                 : state.holders,
             self);
    } else if (Has(state.holders, RawOf(base))) {
      Insert(state.holders, self);
    }
  }
  return true;
}

bool Explorer::IsField(ssa::InstId field_addr, std::string_view name) const {
  return resources::IsField(function_, field_addr, name);
}

bool IsField(const ssa::Function& function, ssa::InstId field_addr,
             std::string_view name) {
  const ssa::Inst& inst = function.inst(field_addr);
  const auto* const pointer = types::TryAs<types::Pointer>(
      types::Under(function.TypeOf(function.Operands(inst)[0])));
  const auto* const type =
      pointer == nullptr
          ? nullptr
          : types::TryAs<types::Struct>(types::Under(pointer->elem));
  if (type == nullptr || inst.aux >= type->fields.size()) {
    return false;
  }
  const types::Var& field = *type->fields[inst.aux];
  return name.empty() ? field.is_embedded
                      : field.name != nullptr && field.name->text() == name;
}

bool Explorer::HasAny(uint32_t cell, const State& state) const {
  return Has(state.cells, cell) || Has(state.holder_cells, cell) ||
         HasPart(cell, state);
}

bool Explorer::HasPart(uint32_t cell, const State& state) const {
  return std::ranges::any_of(parts_, [&](const auto& part) {
    return part.first.first == cell && Has(state.cells, part.second);
  });
}

namespace {

// The literal runs beside the function, or somebody else may call it.
bool IsGivenAway(const ssa::Function& function, ssa::InstId user,
                 ssa::Value closure) {
  const ssa::Inst& inst = function.inst(user);
  return inst.op == ssa::Op::kGo ||
         (inst.op == ssa::Op::kCall && function.Operands(inst)[0] != closure);
}

}  // namespace

// A goroutine was started before, or a literal given to somebody, which
// releases, or keeps, what is in the variable at that time.
bool Explorer::IsKnownToOthers(ssa::InstId store, ssa::Value addr) {
  if (!addr.is_inst() || function_.inst(addr.inst()).op != ssa::Op::kAlloc) {
    return false;
  }
  return std::ranges::any_of(function_.UsersOf(addr), [&](ssa::InstId user) {
    const ssa::Inst& closure = function_.inst(user);
    const ssa::Function* const literal =
        closure.op == ssa::Op::kMakeClosure
            ? function_.callees()[function_.Operands(closure)[0].index()].child
            : nullptr;
    if (literal == nullptr ||
        std::ranges::none_of(
            function_.UsersOf(ssa::Value(user)), [&](ssa::InstId given) {
              return IsGivenAway(function_, given, ssa::Value(user)) &&
                     function_.inst(given).pos.offset() <
                         function_.inst(store).pos.offset();
            })) {
      return false;
    }
    const std::span<const ssa::Value> captured = function_.Operands(closure);
    const auto at = std::ranges::find(captured, addr) - captured.begin();
    return fates_.OfFreeVar(*literal, static_cast<uint32_t>(at - 1),
                            what_.kind) != Fate::kBorrowed;
  });
}

// One of this function's own, and none of its results.
bool Explorer::IsVariable(ssa::Value addr) const {
  return addr.is_inst() && function_.inst(addr.inst()).op == ssa::Op::kAlloc &&
         std::ranges::find(function_.result_cells(), addr) ==
             function_.result_cells().end();
}

bool Explorer::Store(ssa::Value addr, ssa::Value value, State& state) {
  const uint32_t raw = RawOf(value);
  const bool is_alias = Has(state.aliases, raw);
  const auto cell = CellOf(addr);
  if (!cell && IsLentToCommand(function_, addr, value)) {
    state.is_written |= is_alias && !IsField(addr.inst(), "Stdin");
    return true;
  }
  if (const auto lent = cell ? std::nullopt : LentError(addr)) {
    Erase(state.error_cells, *lent);
    if (Has(state.errors, raw)) {
      Insert(state.error_cells, *lent);
    }
    return true;
  }
  const ssa::Value list = cell ? ssa::Value() : WrappedListOf(function_, addr);
  if (list.has_value() && (is_alias || Has(state.holders, raw))) {
    Insert(state.holders, RawOf(list));
    return true;
  }
  if (IsSetAnew(addr, state)) {
    return false;
  }
  const ssa::Value wrapper = cell && IsVariable(addr)
                                 ? ssa::Value()
                                 : PlainWrapperOf(function_, addr, what_.kind);
  if (wrapper.has_value() && (Has(state.holders, raw) || (is_alias && !cell))) {
    Insert(state.holders, RawOf(wrapper));
    return true;
  }
  if (!cell) {
    return (!is_alias && !Has(state.holders, raw)) ||
           (what_.kind != ResourceKind::kTempDir &&
            IsOnlyFormatted(function_, addr));
  }
  if (cell && addr.kind() == ssa::Value::Kind::kFreeVar && is_alias) {
    // The function around goes on with it.
    return false;
  }
  Erase(state.cells, *cell);
  Erase(state.holder_cells, *cell);
  Erase(state.error_cells, *cell);
  if (is_alias) {
    Insert(state.cells, *cell);
  } else if (Has(state.holders, raw)) {
    if (!IsVariable(addr)) {
      // Copied as a part of something.
      return false;
    }
    Insert(state.holder_cells, *cell);
  }
  if (Has(state.errors, raw)) {
    Insert(state.error_cells, *cell);
  }
  return true;
}

void Explorer::RunDefers(ssa::InstId id, State& state) {
  bool has_it = state.is_deferred;
  for (const uint32_t cell : state.deferred_cells) {
    if (!Has(state.cells, cell) && !HasPart(cell, state)) {
      continue;
    }
    if (const auto found = guarded_.find(cell);
        found != guarded_.end() &&
        KeepsFromRelease(function_, id, found->second.guards)) {
      kept_at_[function_.inst(id).block.index] = found->second.by;
      continue;
    }
    has_it = true;
    if (const auto found = deferrals_.find(cell);
        found != deferrals_.end() && !state.deferred_by.has_value()) {
      state.deferred_by = found->second;
    }
  }
  if (has_it) {
    Release(id, /*is_deferred=*/true, state);
  }
}

bool Explorer::IsReturned(const ssa::Inst& inst, const State& state) {
  return std::ranges::any_of(function_.Operands(inst), [&](ssa::Value value) {
    if (Has(state.aliases, RawOf(value)) || Has(state.holders, RawOf(value))) {
      return true;
    }
    const auto cell = CellOf(value);
    return cell && HasAny(*cell, state);
  });
}

bool Explorer::Return(ssa::InstId id, const ssa::Inst& inst, State& state) {
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  const bool is_returned = IsReturned(inst, state);
  if (!is_returned && !state.is_released) {
    AddLeak(id, state);
  }
  if (!state.is_released) {
    return false;
  }
  const ssa::InstId release =
      state.release_was_deferred ? state.deferred_by : state.release;
  for (const uint32_t defer : state.early_defers) {
    AddLateUse({.use = ssa::InstId{defer},
                .release = release.has_value() ? release : state.release,
                .exit = id});
  }
  if (release.has_value() && !state.is_checked) {
    result_.unchecked.push_back(
        {.release = release, .exit = id, .is_written = state.is_written});
  }
  if (state.release_was_deferred &&
      std::ranges::any_of(operands, [&](ssa::Value value) {
        // An error tells of it: nobody works with what is in there.
        return !dataflow::IsErrorType(function_.TypeOf(value)) &&
               IsMadeOfIt(value, state);
      })) {
    AddOutlived(id, state);
  }
  return false;
}

void Explorer::NoteExit(ssa::InstId id, const ssa::Inst& inst, State state) {
  const bool is_return = inst.op == ssa::Op::kReturn;
  if (!is_return) {
    const auto watched = watch_->find(id.index);
    if (watched == watch_->end()) {
      return;
    }
    if (watched->second) {
      RunDefers(id, state);
    }
  }
  using AtExit = ResourceAtExit::State;
  ResourceAtExit noted{.exit = id, .state = AtExit::kOpen};
  if (state.is_released) {
    noted.state = AtExit::kReleased;
    noted.by = state.release_was_deferred ? state.deferred_by : state.release;
  } else if (state.ended_by.has_value()) {
    noted.state = AtExit::kReleased;
    noted.by = state.ended_by;
  } else if (is_return && IsReturned(inst, state)) {
    noted.state = AtExit::kReturned;
  } else if (state.handed_by.has_value()) {
    noted.state = AtExit::kHandedOver;
    noted.by = state.handed_by;
  }
  if (std::ranges::find(result_.at_exits, noted) == result_.at_exits.end()) {
    result_.at_exits.push_back(noted);
  }
}

bool Explorer::GoesOn(ssa::InstId id, const ssa::Inst& inst,
                      State& state) const {
  const bool is_end =
      (ssa::InfoOf(inst.op).traits & ssa::kTerminator) != 0 ||
      (inst.op == ssa::Op::kCall &&
       fates_.program().SummaryOfCall(function_, inst).never_returns());
  if (watch_ == nullptr || is_end) {
    return false;
  }
  if (!state.handed_by.has_value()) {
    state.handed_by = id;
  }
  return true;
}

void Explorer::AddLeak(ssa::InstId exit, const State& state) {
  if (what_.kind == ResourceKind::kWriter && !state.is_written) {
    // There is nothing in it that could be lost.
    return;
  }
  if (what_.kind == ResourceKind::kProcessPipe && !state.is_started) {
    return;
  }
  // A result cell of a function around, or a captured variable, still has it.
  const bool is_elsewhere = std::ranges::any_of(state.cells, [](uint32_t cell) {
    return cell >> 29 == static_cast<uint32_t>(ssa::Value::Kind::kFreeVar);
  });
  if (!is_elsewhere) {
    const auto kept = kept_at_.find(function_.inst(exit).block.index);
    result_.leaks.push_back(
        {.exit = exit,
         .branch = state.branch,
         .has_ended = state.ended_by.has_value(),
         .kept_by = kept == kept_at_.end() ? ssa::InstId() : kept->second});
  }
}

}  // namespace gdlint::checks::resources
