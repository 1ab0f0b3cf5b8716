#include <string>
#include <utility>

#include "lexer/operator.h"
#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// The types that an operator is defined on, as Basic::info; 0 for an operator
// that is none.
uint16_t UnaryOperands(TokenKind op) {
  switch (op) {
    case TokenKind::kAdd:
    case TokenKind::kSub:
      return kIsNumeric;
    case TokenKind::kXor:
      return kIsInteger;
    case TokenKind::kNot:
      return kIsBoolean;
    default:
      return 0;
  }
}

uint16_t BinaryOperands(TokenKind op) {
  switch (op) {
    case TokenKind::kAdd:
      return kIsNumeric | kIsString;
    case TokenKind::kSub:
    case TokenKind::kMul:
    case TokenKind::kQuo:
      return kIsNumeric;
    case TokenKind::kRem:
    case TokenKind::kAnd:
    case TokenKind::kOr:
    case TokenKind::kXor:
    case TokenKind::kAndNot:
      return kIsInteger;
    case TokenKind::kLand:
    case TokenKind::kLor:
      return kIsBoolean;
    default:
      return 0;
  }
}

[[gnu::noinline, gnu::cold]] void ReportUndefined(Checker& checker, Operand& x,
                                                  TokenKind op,
                                                  uint16_t defined_on) {
  const std::string_view name = lexer::TokenKindName(op);
  if (defined_on == 0) {
    checker.Error(checker.AtOperand(x), Code::kInvalidSyntaxTree,
                  Concat("unknown operator ", name));
  } else {
    checker.Error(checker.AtOperand(x), Code::kUndefinedOp,
                  Concat("invalid operation: operator ", name,
                         " not defined on ", checker.Text(x)));
  }
  x.Invalidate();
}

// Reports an operand that `op` is not defined on.
void RequireDefined(Checker& checker, Operand& x, TokenKind op,
                    uint16_t defined_on) {
  const Basic* const basic = TryAs<Basic>(x.type);
  const bool is_defined = basic != nullptr ? (basic->info & defined_on) != 0
                                           : AllBasic(x.type, defined_on);
  if (defined_on == 0 || !is_defined) [[unlikely]] {
    ReportUndefined(checker, x, op, defined_on);
  }
}

[[gnu::noinline]] void TakeAddress(Checker& checker, Operand& x,
                                   ast::ExprId operand) {
  // Composite literals need not be addressable.
  if (x.mode != Mode::kVariable &&
      checker.Unparen(operand).kind() != ast::NodeKind::kCompositeLit) {
    checker.Error(
        checker.AtOperand(x), Code::kUnaddressableOperand,
        Concat("invalid operation: cannot take address of ", checker.Text(x)));
    x.Invalidate();
    return;
  }
  x.mode = Mode::kValue;
  x.type = checker.types.PointerTo(x.type);
}

[[gnu::noinline]] void Receive(Checker& checker, Operand& x) {
  const Type* const elem = checker.ChanElem(checker.AtOperand(x), x, true);
  if (elem == nullptr) {
    x.Invalidate();
    return;
  }
  x.mode = Mode::kCommaOk;
  x.type = elem;
  checker.env.has_call_or_recv = true;
}

// Why values cannot be sent to or received from a channel of type `type`, or
// nothing; `under` is its underlying type.
std::string ChanProblem(const Checker& checker, const Type* type,
                        const Type* under, bool is_receive) {
  if (under == nullptr) {
    return "no specific channel type";
  }
  const Chan* const chan = TryAs<Chan>(under);
  if (chan == nullptr) {
    return Concat("non-channel ", checker.Text(type));
  }
  if (is_receive && chan->direction == ChanDirection::kSendOnly) {
    return Concat("send-only channel ", checker.Text(type));
  }
  if (!is_receive && chan->direction == ChanDirection::kReceiveOnly) {
    return Concat("receive-only channel ", checker.Text(type));
  }
  return std::string();
}

[[gnu::noinline]] const Type* ChanElemOfTypeSet(Checker& checker,
                                                const Type* type,
                                                bool is_receive,
                                                std::string& cause) {
  const bool is_ok =
      ForEachInTypeSet(type, [&](const Type* term, const Type* under) {
        cause = ChanProblem(checker, term, under, is_receive);
        return cause.empty();
      });
  if (!is_ok) {
    return nullptr;
  }
  const Chan* const chan = TryAs<Chan>(checker.CommonUnder(type, &cause));
  return chan != nullptr ? chan->elem : nullptr;
}

// Both are numeric, boolean, strings or something else.
bool IsSameSort(const Basic* x, const Basic* y) {
  const auto is_same = [&](uint16_t info) {
    return ((x->info & info) != 0) == ((y->info & info) != 0);
  };
  return is_same(kIsNumeric) && is_same(kIsBoolean) && is_same(kIsString);
}

// True if `x` and `y` may get matching types by converting an untyped one to
// the type of the other. If so and that fails, it is the conversion that is
// reported, and else the mismatch.
bool MayConvert(const Operand& x, const Operand& y) {
  if (!IsUntypedBasic(x.type) && !IsUntypedBasic(y.type)) {
    return false;
  }
  // Almost always both are basic.
  const Basic* const x_basic = UnderAs<Basic>(x.type);
  const Basic* const y_basic = UnderAs<Basic>(y.type);
  if (x_basic != nullptr && y_basic != nullptr && !x.is_nil() && !y.is_nil()) {
    return IsSameSort(x_basic, y_basic);
  }
  if (AllNumeric(x.type) != AllNumeric(y.type)) {
    return false;
  }
  if (IsNonTypeParamInterface(x.type) || IsNonTypeParamInterface(y.type)) {
    return true;
  }
  if (AllBoolean(x.type) != AllBoolean(y.type) ||
      AllString(x.type) != AllString(y.type)) {
    return false;
  }
  if (x.is_nil()) {
    return HasNil(y.type);
  }
  if (y.is_nil()) {
    return HasNil(x.type);
  }
  return UnderAs<Pointer>(x.type) == nullptr &&
         UnderAs<Pointer>(y.type) == nullptr;
}

[[gnu::noinline, gnu::cold]] void ReportMismatch(
    Checker& checker, Operand& x, const Operand& y, ast::ExprId expr,
    ast::ExprId lhs, ast::ExprId rhs, TokenKind op) {
  // An operand of invalid type has been reported.
  if (IsValid(x.type) && IsValid(y.type)) {
    const std::string types =
        Concat(" (mismatched types ", checker.Text(x.type), " and ",
               checker.Text(y.type), ")");
    if (expr.has_value()) {
      checker.Error(checker.AtNode(expr), Code::kMismatchedTypes,
                    Concat("invalid operation: ", checker.Text(expr), types));
    } else {
      checker.Error(
          checker.AtOperand(x), Code::kMismatchedTypes,
          Concat("invalid operation: ", checker.Text(lhs), " ",
                 lexer::TokenKindName(op), "= ", checker.Text(rhs), types));
    }
  }
  x.Invalidate();
}

// True if `y` divides and is zero, or is complex and so small that its square
// is.
bool IsZeroDivisor(Checker& checker, const Operand& x, const Operand& y) {
  if (y.mode != Mode::kConstant) {
    return false;
  }
  if ((x.mode == Mode::kConstant || AllInteger(x.type)) &&
      constant::Sign(y.value) == 0) {
    return true;
  }
  if (x.mode != Mode::kConstant || !IsBasic(x.type, kIsComplex)) {
    return false;
  }
  const auto square_is_zero = [&](Value part) {
    return constant::Sign(constant::BinaryOp(checker.arena(), part,
                                             TokenKind::kMul, part)) == 0;
  };
  return square_is_zero(constant::Real(y.value)) &&
         square_is_zero(constant::Imag(y.value));
}

// Both operands are constants of the same type, which `op` is defined on.
void FoldBinary(Checker& checker, Operand& x, const Operand& y,
                ast::ExprId expr, TokenKind op, source::Pos op_pos) {
  if (x.value.is_unknown() || y.value.is_unknown()) {
    x.value = Value();
    return;
  }
  const bool integer_division = op == TokenKind::kQuo && IsInteger(x.type);
  x.value = constant::BinaryOp(checker.arena(), x.value, op, y.value,
                               integer_division);
  if (expr.has_value()) {
    x.expr = expr;
  }
  checker.Overflow(x, op_pos);
}

}  // namespace

source::Pos OperatorPos(const Checker& checker, ast::ExprId expr) {
  if (const auto* const binary = checker.TryGet<ast::BinaryExpr>(expr)) {
    return binary->op_pos;
  }
  return expr.has_value() ? ast::Begin(checker.tree(), expr) : source::Pos();
}

void Checker::Unary(Operand& x, ast::Ref<ast::UnaryExpr> expr) {
  const ast::UnaryExpr& node = Get(expr);
  Expr(nullptr, x, node.x);
  if (!x.is_valid()) {
    return;
  }
  TokenKind op = node.op;
  switch (op) {
    case TokenKind::kAnd:
      return TakeAddress(*this, x, node.x);
    case TokenKind::kArrow:
      return Receive(*this, x);
    case TokenKind::kTilde: {
      const bool is_integer = AllInteger(x.type);
      Error(AtNode(expr), Code::kUndefinedOp,
            Concat("cannot use ~ outside of interface or type constraint",
                   is_integer ? " (use ^ for bitwise complement)" : ""));
      if (!is_integer) {
        x.Invalidate();
        return;
      }
      op = TokenKind::kXor;
      break;
    }
    default:
      break;
  }

  RequireDefined(*this, x, op, UnaryOperands(op));
  if (!x.is_valid()) {
    return;
  }
  if (x.mode != Mode::kConstant) {
    x.mode = Mode::kValue;
    return;
  }
  if (x.value.is_unknown()) {
    return;
  }
  unsigned bits = 0;
  if (IsUnsigned(x.type)) {
    bits = static_cast<unsigned>(table.sizes().SizeOf(x.type).value_or(8) * 8);
  }
  x.value = constant::UnaryOp(arena(), op, x.value, bits);
  x.expr = expr;
  Overflow(x, node.op_pos);
}

const Type* Checker::ChanElem(At at, Operand& x, bool is_receive) {
  const bool is_type_param = IsTypeParam(x.type);
  std::string cause;
  if (is_type_param) {
    if (const Type* const elem =
            ChanElemOfTypeSet(*this, x.type, is_receive, cause)) {
      return elem;
    }
  } else {
    const Type* const under = Under(x.type);
    cause = ChanProblem(*this, x.type, under, is_receive);
    if (cause.empty()) {
      return As<Chan>(under)->elem;
    }
  }
  const std::string_view what = is_receive
                                    ? "invalid operation: cannot receive from "
                                    : "invalid operation: cannot send to ";
  Error(at, is_receive ? Code::kInvalidReceive : Code::kInvalidSend,
        is_type_param ? Concat(what, Text(x), ": ", cause)
                      : Concat(what, cause, " ", Text(x)));
  return nullptr;
}

void Checker::MatchTypes(Operand& x, Operand& y) {
  // By far the most frequent: nothing to convert.
  if (x.type == y.type || !MayConvert(x, y)) {
    return;
  }
  ConvertUntyped(x, y.type);
  if (!x.is_valid()) {
    return;
  }
  ConvertUntyped(y, x.type);
  if (!y.is_valid()) {
    x.Invalidate();
  }
}

void Checker::Binary(Operand& x, ast::ExprId expr, ast::ExprId lhs,
                     ast::ExprId rhs, TokenKind op, source::Pos op_pos) {
  Operand y;
  Expr(nullptr, x, lhs);
  Expr(nullptr, y, rhs);
  if (!x.is_valid()) {
    return;
  }
  if (!y.is_valid()) {
    x.Invalidate();
    x.expr = y.expr;
    return;
  }
  if (lexer::IsShift(op)) {
    return Shift(x, y, expr, op);
  }
  MatchTypes(x, y);
  if (!x.is_valid()) {
    return;
  }
  if (lexer::IsComparison(op)) {
    return Comparison(x, y, op);
  }
  if (!Identical(x.type, y.type)) {
    return ReportMismatch(*this, x, y, expr, lhs, rhs, op);
  }
  RequireDefined(*this, x, op, BinaryOperands(op));
  if (!x.is_valid()) {
    return;
  }
  if ((op == TokenKind::kQuo || op == TokenKind::kRem) &&
      IsZeroDivisor(*this, x, y)) {
    Error(AtOperand(y), Code::kDivByZero,
          "invalid operation: division by zero");
    x.Invalidate();
    return;
  }
  if (x.mode == Mode::kConstant && y.mode == Mode::kConstant) {
    return FoldBinary(*this, x, y, expr, op, op_pos);
  }
  x.mode = Mode::kValue;
}

}  // namespace gdlint::types
