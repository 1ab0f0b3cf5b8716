#include "checks/resources/explorer.h"

#include <algorithm>
#include <string_view>

#include "checks/knowledge/package_path.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/method_set.h"
#include "types/package.h"

namespace gdlint::checks::resources {
namespace {

// So many states of one acquisition are followed.
constexpr size_t kMaxStates = 10'000;
// Entering a block costs as much as some instructions.
constexpr size_t kEntryWork = 8;

}  // namespace

Explorer::Explorer(const ssa::Function& function, Fates& fates,
                   ssa::InstId call, const Acquisition& what,
                   PathContext& context, const Watch* watch)
    : function_(function),
      fates_(fates),
      call_(call),
      what_(what),
      watch_(watch),
      context_(context),
      conditions_(context.conditions()) {}

Lifetime Explorer::Run() {
  type_ = function_.inst(call_).type;
  if (const auto* const tuple = types::TryAs<types::Tuple>(type_)) {
    type_ = what_.result < tuple->params.size()
                ? tuple->params[what_.result].type
                : nullptr;
  }
  if (what_.kind == ResourceKind::kHttpBody) {
    // It is released by its part.
    type_ = nullptr;
  }
  result_.acquisition = call_;
  result_.what = what_;
  State start;
  Acquire(start);
  AddEarlierDefers(start);
  result_.is_unused =
      IsTuple() && std::ranges::all_of(start.aliases, [this](uint32_t raw) {
        return function_.UsersOf(ssa::Value(ssa::InstId{raw & kIndexMask}))
                   .empty() &&
               std::ranges::none_of(function_.bindings(),
                                    [raw](const ssa::Binding& binding) {
                                      return RawOf(binding.value) == raw;
                                    });
      });
  Follow(std::move(start));
  return std::move(result_);
}

void Explorer::Follow(State start) {
  const ssa::BlockId block = function_.inst(call_).block;
  if (const std::vector<Values> before = context_.FactsAt(block);
      !before.empty()) {
    for (const Values& facts : before) {
      start.facts = facts;
      Walk(block, call_.index + 1, start);
    }
  } else {
    AddEarlierBranches(start);
    Walk(block, call_.index + 1, std::move(start));
  }
  while (!work_.empty() && !result_.is_incomplete) {
    auto [next, state] = std::move(work_.front());
    work_.pop_front();
    Walk(next, function_.block(next).insts_begin, std::move(state));
  }
}

Lifetime Explorer::RunByLiteral(const LiteralAcquisition& acquired) {
  result_.acquisition = call_;
  result_.what = what_;
  result_.literal = acquired.literal;
  result_.in_literal = acquired.call;
  result_.variable = acquired.cell;
  State start;
  const auto cell = CellOf(acquired.cell);
  if (!cell) {
    return std::move(result_);
  }
  Insert(start.cells, *cell);
  if (acquired.error_cell.has_value()) {
    if (const auto error = CellOf(acquired.error_cell)) {
      Insert(start.error_cells, *error);
    }
  }
  // What went wrong with it, whoever runs the literal says.
  const ssa::Inst& run = function_.inst(call_);
  if (dataflow::IsErrorType(run.type)) {
    Insert(start.errors, RawOf(ssa::Value(call_)));
  }
  for (const ssa::InstId user : function_.UsersOf(call_)) {
    if (function_.inst(user).op == ssa::Op::kExtract &&
        dataflow::IsErrorType(function_.inst(user).type)) {
      Insert(start.errors, RawOf(ssa::Value(user)));
    }
  }
  AddEarlierDefers(start);
  Follow(std::move(start));
  return std::move(result_);
}

bool Explorer::IsTuple() const {
  const types::Type* const type = function_.inst(call_).type;
  return type != nullptr && type->kind == types::TypeKind::kTuple;
}

void Explorer::Acquire(State& state) {
  if (!IsTuple()) {
    Insert(state.aliases, RawOf(ssa::Value(call_)));
    return;
  }
  for (const ssa::InstId user : function_.UsersOf(call_)) {
    const ssa::Inst& inst = function_.inst(user);
    if (inst.op == ssa::Op::kExtract) {
      if (inst.aux == what_.result ||
          static_cast<int32_t>(inst.aux) == what_.cleanup) {
        result_values_.push_back(RawOf(ssa::Value(user)));
      } else if (static_cast<int32_t>(inst.aux) == what_.error) {
        error_values_.push_back(RawOf(ssa::Value(user)));
      }
    }
  }
  // An extract stands anywhere behind the call; its value is known here.
  for (const uint32_t raw : result_values_) {
    Insert(state.aliases, raw);
  }
  for (const uint32_t raw : error_values_) {
    Insert(state.errors, raw);
  }
}

void Explorer::AddEarlierDefers(State& state) {
  if (!function_.has_defers()) {
    return;
  }
  const std::vector<bool> is_before = BlocksBefore();
  const ssa::BlockId block = function_.inst(call_).block;
  for (const ssa::Inst& inst : function_.insts()) {
    const ssa::Inst* closure = nullptr;
    if (inst.op != ssa::Op::kDefer || ModeOf(inst) != ssa::CallMode::kDynamic ||
        (!is_before[inst.block.index] &&
         (inst.block != block || function_.IdOf(inst).index > call_.index))) {
      continue;
    }
    const ssa::Function* const literal =
        LiteralOf(function_.Operands(inst)[0], &closure);
    if (literal != nullptr) {
      ForEachCapture(*closure, *literal,
                     [&](uint32_t cell, uint32_t index, Fate fate) {
                       if (fate != Fate::kBorrowed) {
                         Insert(state.deferred_cells, cell);
                         AddDeferral(function_.IdOf(inst), *closure, *literal,
                                     index, cell);
                       }
                     });
    }
  }
}

void Explorer::AddEarlierBranches(State& state) {
  ssa::BlockId block = function_.inst(call_).block;
  for (size_t i = 0; i < function_.blocks().size(); ++i) {
    const std::span<const ssa::BlockId> preds = function_.Preds(block);
    if (preds.size() != 1) {
      return;
    }
    const ssa::Inst& last = function_.Terminator(preds[0]);
    const std::span<const ssa::BlockId> succs = function_.Succs(preds[0]);
    if (last.op == ssa::Op::kIf && succs[0] != succs[1]) {
      static_cast<void>(conditions_.Refine(function_.Operands(last)[0],
                                           succs[0] == block, state.facts));
    }
    block = preds[0];
  }
}

std::vector<bool> Explorer::BlocksBefore() const {
  std::vector<bool> seen(function_.blocks().size());
  std::vector<ssa::BlockId> work = {function_.inst(call_).block};
  while (!work.empty()) {
    const ssa::BlockId block = work.back();
    work.pop_back();
    for (const ssa::BlockId pred : function_.Preds(block)) {
      if (!seen[pred.index]) {
        seen[pred.index] = true;
        work.push_back(pred);
      }
    }
  }
  return seen;
}

void Explorer::Walk(ssa::BlockId block, uint32_t from, State state) {
  const ssa::Block& b = function_.block(block);
  if (!context_.Spend(b.insts_end - from + kEntryWork)) {
    result_.is_incomplete = true;
    return;
  }
  for (uint32_t i = from; i < b.insts_end; ++i) {
    const ssa::InstId id{i};
    const ssa::Inst& inst = function_.inst(id);
    if (inst.op == ssa::Op::kPhi) {
      continue;
    }
    if (id == call_ && !AcquireAgain(state)) {
      return;
    }
    if (id == call_) {
      continue;
    }
    if (place_ && MayReplace(inst)) {
      return;
    }
    if (watch_ != nullptr) {
      NoteExit(id, inst, state);
    }
    if (inst.op == ssa::Op::kRecv && what_.kind == ResourceKind::kTimer &&
        IsItsChannel(function_.Operands(inst)[0], state)) {
      // It has fired.
      return;
    }
    const bool is_use = Touches(inst, state);
    AddHolding(id, inst, state);
    const bool goes_on = Step(id, inst, state);
    if (is_use) {
      AddUse(id, state);
      result_.is_handed_on |= !goes_on && i + 1 < b.insts_end;
    }
    if (!goes_on && !GoesOn(id, inst, state)) {
      return;
    }
  }
  const ssa::Inst& last = function_.Terminator(block);
  const std::span<const ssa::BlockId> succs = function_.Succs(block);
  for (uint32_t i = 0; i < succs.size(); ++i) {
    State next = state;
    if (last.op == ssa::Op::kIf) {
      if (!Refine(function_.Operands(last)[0], i == 0, next)) {
        continue;
      }
      next.branch = ssa::InstId{b.insts_end - 1};
    }
    Enter(block, succs[i], std::move(next));
  }
}

void Explorer::Enter(ssa::BlockId from, ssa::BlockId to, State state) {
  const size_t edge = EdgeOf(function_, from, to);
  std::vector<std::pair<uint32_t, ssa::Value>> phis;
  for (const ssa::Inst& inst : function_.InstsOf(to)) {
    if (inst.op != ssa::Op::kPhi) {
      break;
    }
    phis.emplace_back(RawOf(ssa::Value(function_.IdOf(inst))),
                      function_.Operands(inst)[edge]);
  }
  const State before = state;
  for (const auto& [phi, operand] : phis) {
    const uint32_t raw = RawOf(operand);
    const auto move = [&](const Values& old, Values& now) {
      Erase(now, phi);
      if (Has(old, raw)) {
        Insert(now, phi);
      }
    };
    move(before.aliases, state.aliases);
    move(before.holders, state.holders);
    move(before.errors, state.errors);
    conditions_.Enter(phi, operand, before.facts, state.facts);
  }
  conditions_.Forget(to, state.facts);
  context_.KeepLive(to, state.facts);
  conditions_.Count(from, to, before.facts, state.facts);
  if (!Matters(state)) {
    return;
  }
  if (++steps_ > kMaxStates) {
    result_.is_incomplete = true;
    return;
  }
  if (seen_.insert(state.KeyAt(to)).second) {
    work_.emplace_back(to, std::move(state));
  }
}

bool Explorer::Matters(const State& state) const {
  return !state.is_released || !state.aliases.empty() || !state.cells.empty();
}

bool Explorer::AcquireAgain(State& state) {
  if (result_.literal != nullptr) {
    return false;
  }
  for (const uint32_t raw : result_values_) {
    Erase(state.aliases, raw);
  }
  Erase(state.aliases, RawOf(ssa::Value(call_)));
  for (const uint32_t raw : error_values_) {
    Erase(state.errors, raw);
  }
  if (state.is_released || state.handed_by.has_value() || state.is_deferred ||
      !state.deferred_cells.empty() || !state.holders.empty() ||
      !state.holder_cells.empty()) {
    return false;
  }
  if (state.aliases.empty() && state.cells.empty()) {
    AddLeak(call_, state);
    return false;
  }
  return true;
}

bool Explorer::Refine(ssa::Value condition, bool is_true, State& state) {
  if (!conditions_.Refine(condition, is_true, state.facts)) {
    return false;
  }
  if (what_.kind == ResourceKind::kTicker && !is_true &&
      IsReceived(condition)) {
    // Nobody closes its channel.
    return false;
  }
  if (what_.kind == ResourceKind::kTimer) {
    const ssa::Value channel = ChosenChannel(condition, is_true);
    if (channel.has_value() && IsItsChannel(channel, state)) {
      return false;
    }
  }
  return RefineNil(condition, is_true, state);
}

ssa::Value Explorer::ChosenChannel(ssa::Value condition, bool is_true) const {
  if (!condition.is_inst() ||
      function_.inst(condition.inst()).op != ssa::Op::kBinOp) {
    return {};
  }
  const ssa::Inst& test = function_.inst(condition.inst());
  const std::span<const ssa::Value> sides = function_.Operands(test);
  const auto number = dataflow::ConstantOf(function_, sides[1]);
  const ssa::Inst* const chosen =
      sides[0].is_inst() ? &function_.inst(sides[0].inst()) : nullptr;
  if (!number || chosen == nullptr || chosen->op != ssa::Op::kExtract ||
      chosen->aux != 0 ||
      static_cast<lexer::TokenKind>(test.detail) != lexer::TokenKind::kEql) {
    return {};
  }
  const ssa::Value from = function_.Operands(*chosen)[0];
  const auto at = types::constant::Int64Value(*number);
  if (!at || *at < 0 || !from.is_inst() ||
      function_.inst(from.inst()).op != ssa::Op::kSelect) {
    return {};
  }
  const ssa::Inst& select = function_.inst(from.inst());
  const std::span<const ssa::Value> operands = function_.Operands(select);
  // Two operands a case; the last case is what remains.
  const auto tested = static_cast<size_t>(*at) * 2;
  const size_t last = operands.size() - 2;
  if (is_true) {
    return operands[tested];
  }
  return select.detail == ssa::kBlocking && tested + 2 == last ? operands[last]
                                                               : ssa::Value();
}

bool Explorer::IsItsChannel(ssa::Value channel, const State& state) const {
  const ssa::Inst* const load =
      channel.is_inst() ? &function_.inst(channel.inst()) : nullptr;
  if (load == nullptr || load->op != ssa::Op::kLoad) {
    return false;
  }
  const ssa::Value addr = function_.Operands(*load)[0];
  return addr.is_inst() &&
         function_.inst(addr.inst()).op == ssa::Op::kFieldAddr &&
         Has(state.aliases,
             RawOf(function_.Operands(function_.inst(addr.inst()))[0]));
}

bool Explorer::IsReceived(ssa::Value ok) const {
  if (!ok.is_inst() || function_.inst(ok.inst()).op != ssa::Op::kExtract ||
      function_.inst(ok.inst()).aux != 1) {
    return false;
  }
  const ssa::Value from = function_.Operands(function_.inst(ok.inst()))[0];
  return from.is_inst() && function_.inst(from.inst()).op == ssa::Op::kRecv;
}

bool Explorer::IsEndOfRows(const ssa::Inst& call, const State& state) {
  const auto method = [&](const ssa::Inst& inst) -> std::string_view {
    const types::Func* const named =
        inst.op == ssa::Op::kCall ? dataflow::NamedCallee(function_, inst)
                                  : nullptr;
    return named == nullptr || named->recv == nullptr ? "" : NameOf(named);
  };
  if (what_.kind != ResourceKind::kSqlRows || method(call) != "Next") {
    return false;
  }
  const size_t at = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
  if (!Has(state.aliases, RawOf(function_.Operands(call)[at]))) {
    return false;
  }
  if (!has_more_results_) {
    has_more_results_ = std::ranges::any_of(
        function_.insts(),
        [&](const ssa::Inst& inst) { return method(inst) == "NextResultSet"; });
  }
  return !*has_more_results_;
}

// `rows.Scan(&n)` of pgx, whose rows are closed when that fails.
bool Explorer::ClosesOnError(ssa::Value error, const State& state) const {
  if (what_.kind != ResourceKind::kSqlRows || !error.is_inst() ||
      function_.inst(error.inst()).op != ssa::Op::kCall) {
    return false;
  }
  const ssa::Inst& call = function_.inst(error.inst());
  const types::Func* const named = dataflow::NamedCallee(function_, call);
  const size_t at = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
  return named != nullptr && named->recv != nullptr &&
         NameOf(named) == "Scan" &&
         knowledge::UnversionedPath(named->package->path)
             .starts_with("github.com/jackc/pgx") &&
         Has(state.aliases, RawOf(function_.Operands(call)[at]));
}

namespace {

// The zero of a number that is an error: syscall.Errno.
bool IsNoErrno(const ssa::Function& function, ssa::Value value) {
  const auto constant = dataflow::ConstantOf(function, value);
  return constant && constant->is_int64() && constant->int64() == 0 &&
         std::ranges::any_of(types::MethodSetOf(function.TypeOf(value)),
                             [](const auto& entry) {
                               return entry.method->name->text() == "Error";
                             });
}

}  // namespace

bool Explorer::RefineNil(ssa::Value condition, bool is_true, State& state) {
  if (!condition.is_inst()) {
    return true;
  }
  const ssa::Inst& inst = function_.inst(condition.inst());
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  if (Has(state.errors, RawOf(condition))) {
    // An ok flag.
    return is_true;
  }
  switch (inst.op) {
    case ssa::Op::kUnOp:
      return RefineNil(operands[0], !is_true, state);
    case ssa::Op::kCall:
      // errors.Is(err, x), os.IsNotExist(err): true means an error.
      if (Conditions::IsBool(inst) && is_true) {
        for (const ssa::Value operand : operands.subspan(1)) {
          if (Has(state.errors, RawOf(operand))) {
            return SetError(Known::kNonNil, state);
          }
        }
      }
      if (!is_true && IsEndOfRows(inst, state)) {
        state.ended_by = condition.inst();
      }
      return true;
    case ssa::Op::kExtract:
      // `e, ok := err.(*T)`, `code, ok := codeOf(err)`.
      return !Conditions::IsBool(inst) || !is_true ||
             !(IsAssertedError(operands[0], state) ||
               IsGivenError(operands[0], state)) ||
             SetError(Known::kNonNil, state);
    case ssa::Op::kBinOp:
      break;
    default:
      return true;
  }
  const auto token = static_cast<lexer::TokenKind>(inst.detail);
  const bool is_equal = token == lexer::TokenKind::kEql;
  if (!is_equal && token != lexer::TokenKind::kNeq) {
    return true;
  }
  for (int side = 0; side < 2; ++side) {
    const ssa::Value x = operands[static_cast<size_t>(side)];
    const ssa::Value y = operands[static_cast<size_t>(1 - side)];
    const bool is_nil = dataflow::IsNilConst(function_, y);
    if (is_nil && is_true != is_equal && ClosesOnError(x, state)) {
      state.ended_by = x.inst();
    }
    if (Has(state.errors, RawOf(x))) {
      if (is_nil || IsNoErrno(function_, y)) {
        return SetError(is_true == is_equal ? Known::kNil : Known::kNonNil,
                        state);
      }
      // `err == io.EOF`.
      return is_true != is_equal || SetError(Known::kNonNil, state);
    }
    if (!Has(state.aliases, RawOf(x))) {
      continue;
    }
    if (is_nil) {
      return is_true != is_equal;
    }
    // `if f == os.Stdin`, `if got != want`: what is equal to something else is
    // that, and whoever has that releases it.
    if (is_true == is_equal && !Has(state.aliases, RawOf(y)) &&
        !state.is_released) {
      return GoesOn(condition.inst(), inst, state);
    }
  }
  return true;
}

bool Explorer::IsAssertedError(ssa::Value value, const State& state) const {
  return value.is_inst() &&
         function_.inst(value.inst()).op == ssa::Op::kTypeAssert &&
         Has(state.errors,
             RawOf(function_.Operands(function_.inst(value.inst()))[0]));
}

bool Explorer::SetError(Known known, State& state) {
  if (known == Known::kNonNil || state.error == Known::kNonNil) {
    return false;
  }
  state.error = known;
  return true;
}

std::vector<Lifetime> LifetimesOf(const ssa::Function& function, Fates& fates,
                                  const Watch* watch) {
  std::vector<Lifetime> lifetimes;
  std::optional<PathContext> context;
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kCall) {
      continue;
    }
    const auto follow = [&](const Acquisition& what) {
      if (!context) {
        context.emplace(function, fates.program());
      }
      lifetimes.push_back(
          Explorer(function, fates, function.IdOf(inst), what, *context, watch)
              .Run());
    };
    if (const auto what = fates.AcquiredBy(function, inst)) {
      follow(*what);
    }
    const types::Func* const named = dataflow::NamedCallee(function, inst);
    if (named == nullptr) {
      continue;
    }
    if (const auto second = knowledge::SecondAcquisitionOf(*named)) {
      follow(*second);
    }
  }
  return lifetimes;
}

std::vector<Lifetime> LifetimesByLiterals(const ssa::Function& function,
                                          Fates& fates) {
  std::vector<Lifetime> lifetimes;
  std::optional<PathContext> context;
  for (const LiteralAcquisition& acquired :
       AcquiredByLiterals(function, fates)) {
    if (!context) {
      context.emplace(function, fates.program());
    }
    lifetimes.push_back(Explorer(function, fates, acquired.run, acquired.what,
                                 *context, nullptr)
                            .RunByLiteral(acquired));
  }
  return lifetimes;
}

}  // namespace gdlint::checks::resources
