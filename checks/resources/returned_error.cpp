#include "checks/resources/returned_error.h"

#include <algorithm>

#include "dataflow/dominance.h"
#include "dataflow/flow_order.h"
#include "dataflow/values.h"
#include "lexer/token.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// Blocks of a straight way back that are searched for what a cell holds.
constexpr int kMaxBlocks = 20;

// The cell that a value was loaded from; none for others.
Value CellOf(const Function& function, Value value) {
  return value.is_inst() && function.inst(value.inst()).op == Op::kLoad
             ? function.Operands(function.inst(value.inst()))[0]
             : Value();
}

bool IsSameError(const Function& function, Value a, Value b) {
  return a == b || (CellOf(function, a).has_value() &&
                    CellOf(function, a) == CellOf(function, b));
}

Known ByBranches(const Function& function, ssa::BlockId block, Value error,
                 dataflow::Analyses& analyses) {
  Known known = Known::kUnknown;
  analyses.Get<dataflow::Dominance>(function).AnyCondition(
      block, [&](Value condition, bool is_true) {
        if (!condition.is_inst()) {
          return false;
        }
        const Inst& inst = function.inst(condition.inst());
        const std::span<const Value> operands = function.Operands(inst);
        if (inst.op == Op::kCall) {
          // errors.Is(err, x): there is one.
          if (is_true &&
              std::ranges::any_of(operands.subspan(1), [&](Value operand) {
                return IsSameError(function, operand, error);
              })) {
            known = Known::kNonNil;
          }
          return known != Known::kUnknown;
        }
        const auto token = static_cast<lexer::TokenKind>(inst.detail);
        if (inst.op != Op::kBinOp || (token != lexer::TokenKind::kEql &&
                                      token != lexer::TokenKind::kNeq)) {
          return false;
        }
        const bool is_equal = (token == lexer::TokenKind::kEql) == is_true;
        for (size_t side = 0; side < 2; ++side) {
          if (!IsSameError(function, operands[side], error)) {
            continue;
          }
          if (dataflow::IsNilConst(function, operands[1 - side])) {
            known = is_equal ? Known::kNil : Known::kNonNil;
          } else if (is_equal) {
            // `err == io.EOF`.
            known = Known::kNonNil;
          }
        }
        return known != Known::kUnknown;
      });
  return known;
}

}  // namespace

Value LastStored(const Function& function, ssa::InstId before, Value cell) {
  ssa::BlockId block = function.inst(before).block;
  uint32_t end = before.index;
  for (int i = 0; i < kMaxBlocks; ++i) {
    for (uint32_t at = end; at-- > function.block(block).insts_begin;) {
      const Inst& inst = function.inst(ssa::InstId{at});
      if (inst.op == Op::kStore && function.Operands(inst)[0] == cell) {
        return function.Operands(inst)[1];
      }
    }
    const std::span<const ssa::BlockId> preds = function.Preds(block);
    if (preds.size() != 1) {
      break;
    }
    block = preds[0];
    end = function.block(block).insts_end;
  }
  return {};
}

bool ReturnsError(const Function& function) {
  const std::span<const types::Type* const> types = function.result_types();
  if (types.empty()) {
    return false;
  }
  const auto* const named = types::AsNamed(types.back());
  return named != nullptr && named->obj->package == nullptr &&
         named->obj->name->text() == "error";
}

bool ReturnsFoundError(const Function& function, const Inst& exit) {
  const std::span<const Value> operands = function.Operands(exit);
  if (!ReturnsError(function) || operands.empty()) {
    return false;
  }
  const Value error = StoredBefore(function, operands.back());
  constexpr int kMaxBlocks = 8;
  ssa::BlockId block = exit.block;
  for (int i = 0; i < kMaxBlocks && function.Preds(block).size() == 1; ++i) {
    const ssa::BlockId before = function.Preds(block)[0];
    const Inst& last = function.Terminator(before);
    const auto test =
        last.op == Op::kIf
            ? dataflow::NilTestOf(function, function.Operands(last)[0])
            : std::nullopt;
    if (test && test->tested == error) {
      return test->is_equal != (function.Succs(before)[0] == block);
    }
    block = before;
  }
  return false;
}

Value StoredBefore(const Function& function, Value operand) {
  if (!operand.is_inst() || function.inst(operand.inst()).op != Op::kLoad) {
    return operand;
  }
  const Value stored =
      LastStored(function, operand.inst(),
                 function.Operands(function.inst(operand.inst()))[0]);
  return stored.has_value() ? stored : operand;
}

Known ReturnedErrorAt(const Function& function, ssa::InstId exit,
                      dataflow::Analyses& analyses) {
  const Inst& inst = function.inst(exit);
  const std::span<const Value> operands = function.Operands(inst);
  if (inst.op != Op::kReturn || operands.empty() || !ReturnsError(function)) {
    return Known::kUnknown;
  }
  Value error = operands.back();
  if (const Value cell = CellOf(function, error); cell.has_value()) {
    if (const Value stored = LastStored(function, exit, cell);
        stored.has_value()) {
      error = stored;
    }
  }
  if (dataflow::IsNilConst(function, error)) {
    return Known::kNil;
  }
  if (!error.is_inst()) {
    return ByBranches(function, inst.block, error, analyses);
  }
  const Inst& made = function.inst(error.inst());
  switch (made.op) {
    case Op::kMakeInterface:
      return Known::kNonNil;
    case Op::kLoad:
      if (function.Operands(made)[0].kind() == Value::Kind::kGlobal) {
        // `return ErrClosed`.
        return Known::kNonNil;
      }
      break;
    case Op::kCall: {
      const dataflow::Summary summary =
          analyses.program().SummaryOfCall(function, made);
      if (summary.results.size() == 1 &&
          summary.results[0].nilness == dataflow::kMayBeNonNil) {
        return Known::kNonNil;
      }
      break;
    }
    default:
      break;
  }
  return ByBranches(function, inst.block, error, analyses);
}

}  // namespace gdlint::checks::resources
