#include <optional>
#include <string>

#include "types/checker.h"
#include "types/expr_internal.h"

namespace gdlint::types {
namespace {

void Fail(Checker& checker, Operand& x, const Operand& at, Code code,
          std::string_view before, std::string_view behind) {
  checker.Error(
      checker.AtOperand(at), code,
      Concat("invalid operation: ", before, checker.Text(at), behind));
  x.Invalidate();
}

// Reports a shift count that is none, and invalidates `x`. A constant count
// keeps its type; `count` is set to its integer value.
void RequireShiftCount(Checker& checker, Operand& x, Operand& y, Value& count) {
  if (y.mode == Mode::kConstant) {
    count = constant::ToInt(checker.arena(), y.value);
    if (count.kind() == ConstantKind::kInt && constant::Sign(count) < 0) {
      return Fail(checker, x, y, Code::kInvalidShiftCount,
                  "negative shift count ", "");
    }
    // As in go/types, a typed one need not be of integer type.
    if (IsUntypedBasic(y.type)) {
      checker.Representable(y, BasicType(BasicKind::kUint));
      if (!y.is_valid()) {
        x.Invalidate();
      }
    }
    return;
  }
  if (AllInteger(y.type)) {
    if (!AllUnsigned(y.type) && !checker.AllowVersion(13)) {
      checker.VerifyVersion(
          checker.AtOperand(y), 13,
          Concat("invalid operation: signed shift count ", checker.Text(y)));
      x.Invalidate();
    }
    return;
  }
  if (IsUntypedBasic(y.type)) {
    checker.ConvertUntyped(y, BasicType(BasicKind::kUint));
    if (!y.is_valid()) {
      x.Invalidate();
    }
    return;
  }
  Fail(checker, x, y, Code::kInvalidShiftCount, "shift count ",
       " must be integer");
}

// Both are constants; `value` is that of `x` as an integer.
void FoldShift(Checker& checker, Operand& x, const Operand& y, Value value,
               Value count, ast::ExprId expr, lexer::TokenKind op) {
  const bool is_known = !x.value.is_unknown() && !y.value.is_unknown();
  if (is_known) {
    const std::optional<uint64_t> bits = count.kind() == ConstantKind::kInt
                                             ? constant::Uint64Value(count)
                                             : std::nullopt;
    if (!bits || *bits > kMaxConstantShift) {
      return Fail(checker, x, y, Code::kInvalidShiftCount,
                  "invalid shift count ", "");
    }
    x.value = constant::Shift(checker.arena(), value, op, *bits);
  } else {
    x.value = Value();
  }
  // An untyped 2.0 may be shifted; the result is an integer.
  if (!IsInteger(x.type)) {
    x.type = BasicType(BasicKind::kUntypedInt);
  }
  if (is_known) {
    if (expr.has_value()) {
      x.expr = expr;
    }
    checker.Overflow(x, OperatorPos(checker, x.expr));
  }
}

}  // namespace

void Checker::Shift(Operand& x, Operand& y, ast::ExprId expr,
                    lexer::TokenKind op) {
  Value value;
  if (x.mode == Mode::kConstant) {
    value = constant::ToInt(arena(), x.value);
  }
  const bool is_untyped = IsUntypedBasic(x.type);
  if (!AllInteger(x.type) &&
      !(is_untyped && value.kind() == ConstantKind::kInt)) {
    return Fail(*this, x, x, Code::kInvalidShiftOperand, "shifted operand ",
                " must be integer");
  }

  Value count;
  RequireShiftCount(*this, x, y, count);
  if (!x.is_valid()) {
    return;
  }

  if (x.mode == Mode::kConstant) {
    if (y.mode == Mode::kConstant) {
      return FoldShift(*this, x, y, value, count, expr, op);
    }
    if (is_untyped) {
      // What surrounds the shift decides its type, as if the left operand stood
      // there alone; that it is an integer type is checked then.
      if (IsUntypedBasic(info().TypeOf(x.expr).type())) {
        delayed_shifts.insert(x.expr.raw());
      }
      x.mode = Mode::kValue;
      return;
    }
  }

  if (!AllInteger(x.type)) {
    return Fail(*this, x, x, Code::kInvalidShiftOperand, "shifted operand ",
                " must be integer");
  }
  x.mode = Mode::kValue;
}

}  // namespace gdlint::types
