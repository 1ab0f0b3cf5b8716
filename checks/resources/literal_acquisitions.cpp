#include "checks/resources/literal_acquisitions.h"

#include <algorithm>
#include <optional>

#include "dataflow/summary.h"
#include "dataflow/values.h"

namespace gdlint::checks::resources {
namespace {

// What may be in the hands of others, or ends otherwise, is left alone.
bool IsFollowed(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kFile:
    case ResourceKind::kNetConn:
    case ResourceKind::kListener:
    case ResourceKind::kHttpBody:
    case ResourceKind::kSqlDb:
    case ResourceKind::kSqlConn:
    case ResourceKind::kSqlRows:
    case ResourceKind::kSqlStmt:
    case ResourceKind::kSqlTx:
    case ResourceKind::kGrpcConn:
    case ResourceKind::kClient:
    case ResourceKind::kObject:
    case ResourceKind::kCursor:
      return true;
    default:
      return false;
  }
}

// The only call that is given the closure, or calls it, under another type
// perhaps; none if there are other uses.
ssa::InstId RunOf(const ssa::Function& function, ssa::Value& closure) {
  for (;;) {
    const auto users = function.UsersOf(closure);
    if (users.size() != 1) {
      return {};
    }
    const ssa::Op op = function.inst(users[0]).op;
    if (op == ssa::Op::kCall) {
      return users[0];
    }
    if (op != ssa::Op::kChangeType) {
      return {};
    }
    closure = ssa::Value(users[0]);
  }
}

// Before `call` returns the closure was called, if anything is well.
bool Runs(const ssa::Function& function, const ssa::Inst& call,
          ssa::Value closure, const dataflow::Program& program) {
  const std::span<const ssa::Value> operands = function.Operands(call);
  if (operands[0] == closure) {
    return ModeOf(call) == ssa::CallMode::kDynamic;
  }
  if (std::ranges::count(operands, closure) != 1) {
    return false;
  }
  const auto at = std::ranges::find(operands, closure) - operands.begin();
  const size_t param =
      static_cast<size_t>(at) -
      (ModeOf(call) == ssa::CallMode::kInvoke ? size_t{0} : size_t{1});
  const dataflow::Summary summary = program.SummaryOfCall(function, call);
  constexpr uint16_t kLater =
      dataflow::kDeferred | dataflow::kSpawned | dataflow::kKept;
  return summary.is_known && param < summary.params.size() &&
         (summary.params[param].func_use & dataflow::kCalled) != 0 &&
         (summary.params[param].func_use & kLater) == 0;
}

bool IsResult(const ssa::Function& function, ssa::Value value, ssa::InstId call,
              uint32_t result) {
  if (!value.is_inst()) {
    return false;
  }
  const ssa::Inst& inst = function.inst(value.inst());
  const bool is_tuple =
      function.inst(call).type != nullptr &&
      function.inst(call).type->kind == types::TypeKind::kTuple;
  return is_tuple ? inst.op == ssa::Op::kExtract && inst.aux == result &&
                        function.Operands(inst)[0] == ssa::Value(call)
                  : value == ssa::Value(call);
}

// The free variable that a result is stored to, and nothing else.
std::optional<uint32_t> VariableOf(const ssa::Function& literal,
                                   ssa::InstId call, int32_t result) {
  if (result < 0) {
    return std::nullopt;
  }
  std::optional<uint32_t> variable;
  for (const ssa::Inst& inst : literal.insts()) {
    if (inst.op == ssa::Op::kStore &&
        literal.Operands(inst)[0].kind() == ssa::Value::Kind::kFreeVar &&
        IsResult(literal, literal.Operands(inst)[1], call,
                 static_cast<uint32_t>(result))) {
      if (variable) {
        return std::nullopt;
      }
      variable = literal.Operands(inst)[0].index();
    }
  }
  return variable;
}

// The literal gives it to nobody else, under the name that the result has.
bool IsOnlyStored(const ssa::Function& literal, ssa::InstId call,
                  uint32_t result) {
  for (const ssa::Inst& inst : literal.insts()) {
    const bool hands_on =
        inst.op == ssa::Op::kCall || inst.op == ssa::Op::kDefer ||
        inst.op == ssa::Op::kGo || inst.op == ssa::Op::kMapUpdate ||
        inst.op == ssa::Op::kSend || inst.op == ssa::Op::kMakeClosure ||
        inst.op == ssa::Op::kReturn || inst.op == ssa::Op::kPhi ||
        inst.op == ssa::Op::kMakeInterface;
    if (hands_on &&
        std::ranges::any_of(literal.Operands(inst), [&](ssa::Value value) {
          return IsResult(literal, value, call, result);
        })) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool RunsAtOnce(const ssa::Function& function, ssa::InstId closure,
                const dataflow::Program& program) {
  ssa::Value value(closure);
  const ssa::InstId call = RunOf(function, value);
  return call.has_value() &&
         Runs(function, function.inst(call), value, program);
}

std::vector<LiteralAcquisition> AcquiredByLiterals(
    const ssa::Function& function, Fates& fates) {
  std::vector<LiteralAcquisition> all;
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kMakeClosure) {
      continue;
    }
    const std::span<const ssa::Value> captured =
        function.Operands(inst).subspan(1);
    const ssa::Function* const literal =
        function.callees()[function.Operands(inst)[0].index()].child;
    ssa::Value closure(function.IdOf(inst));
    const ssa::InstId run =
        literal == nullptr ? ssa::InstId{} : RunOf(function, closure);
    if (!run.has_value() ||
        !Runs(function, function.inst(run), closure, fates.program())) {
      continue;
    }
    for (const ssa::Inst& call : literal->insts()) {
      const auto what = call.op == ssa::Op::kCall
                            ? fates.AcquiredBy(*literal, call)
                            : std::nullopt;
      if (!what || !IsFollowed(what->kind) || what->cleanup >= 0) {
        continue;
      }
      const ssa::InstId id = literal->IdOf(call);
      const auto variable =
          VariableOf(*literal, id, static_cast<int32_t>(what->result));
      if (!variable || !captured[*variable].is_inst() ||
          function.inst(captured[*variable].inst()).op != ssa::Op::kAlloc ||
          !IsOnlyStored(*literal, id, what->result) ||
          fates.OfFreeVar(*literal, *variable, what->kind) != Fate::kBorrowed) {
        continue;
      }
      const auto error = VariableOf(*literal, id, what->error);
      all.push_back({.run = run,
                     .cell = captured[*variable],
                     .error_cell = error ? captured[*error] : ssa::Value(),
                     .literal = literal,
                     .call = id,
                     .what = *what});
    }
  }
  return all;
}

// What a literal puts into a variable that is returned.
std::optional<Acquisition> Fates::ReturnedByLiteral(
    const ssa::Function& function) {
  for (const LiteralAcquisition& acquired :
       AcquiredByLiterals(function, *this)) {
    std::vector<ssa::Value> loads;
    for (const ssa::InstId user : function.UsersOf(acquired.cell)) {
      if (function.inst(user).op == ssa::Op::kLoad) {
        loads.emplace_back(user);
      }
    }
    std::optional<uint32_t> result;
    for (const ssa::Inst& inst : function.insts()) {
      const std::span<const ssa::Value> operands = function.Operands(inst);
      for (uint32_t i = 0; inst.op == ssa::Op::kReturn && i < operands.size();
           ++i) {
        if (std::ranges::find(loads, operands[i]) != loads.end()) {
          result = i;
        }
      }
    }
    if (!result ||
        IsReturnedReleased(function, function.inst(acquired.run).block, loads,
                           acquired.what.kind)) {
      continue;
    }
    const size_t count = function.result_types().size();
    Acquisition what = acquired.what;
    what.result = *result;
    what.error =
        *result + 1 < count ? static_cast<int32_t>(count - 1) : int32_t{-1};
    return what;
  }
  return std::nullopt;
}

}  // namespace gdlint::checks::resources
