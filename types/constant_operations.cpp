// Operators.

#include <algorithm>
#include <limits>

#include "lexer/operator.h"
#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types::constant {
namespace {

using lexer::TokenKind;

// Nothing if the result may not fit. A quotient is truncated.
std::optional<int64_t> SmallResult(int64_t x, TokenKind op, int64_t y) {
  int64_t result = 0;
  switch (op) {
    case TokenKind::kAdd:
      return __builtin_add_overflow(x, y, &result) ? std::nullopt
                                                   : std::optional(result);
    case TokenKind::kSub:
      return __builtin_sub_overflow(x, y, &result) ? std::nullopt
                                                   : std::optional(result);
    case TokenKind::kMul:
      return __builtin_mul_overflow(x, y, &result) ? std::nullopt
                                                   : std::optional(result);
    case TokenKind::kQuo:
      // The least int64 by -1 is that int64 again, as go/constant has it.
      return y == -1 ? static_cast<int64_t>(-static_cast<uint64_t>(x)) : x / y;
    case TokenKind::kRem:
      return y == -1 ? 0 : x % y;
    case TokenKind::kAnd:
      return x & y;
    case TokenKind::kOr:
      return x | y;
    case TokenKind::kXor:
      return x ^ y;
    case TokenKind::kAndNot:
      return x & ~y;
    default:
      return std::nullopt;
  }
}

Value IntOp(Arena& arena, Value x, TokenKind op, Value y,
            bool integer_division) {
  if (!lexer::IsArithmetic(op) && !lexer::IsIntegerArithmetic(op)) {
    return {};
  }
  if ((op == TokenKind::kQuo || op == TokenKind::kRem) && Sign(y) == 0) {
    return {};
  }
  if (op == TokenKind::kQuo && !integer_division) {
    return MakeReal(
        arena, big::Quotient(arena, IntOperand(x).get(), IntOperand(y).get()));
  }
  if (FormOf(x) == Form::kInt64 && FormOf(y) == Form::kInt64) {
    if (const auto small =
            SmallResult(ValueAccess::Small(x), op, ValueAccess::Small(y))) {
      return MakeInt64(*small);
    }
  }
  return MakeInt(
      arena, big::Compute(arena, IntOperand(x).get(), op, IntOperand(y).get()));
}

Value ComplexOp(Arena& arena, ComplexParts x, TokenKind op, ComplexParts y) {
  const auto compute = [&](Value a, TokenKind o, Value b) {
    return BinaryOp(arena, a, o, b);
  };
  const auto [a, b] = x;
  const auto [c, d] = y;
  if (op == TokenKind::kAdd || op == TokenKind::kSub) {
    return MakeComplex(arena, compute(a, op, c), compute(b, op, d));
  }
  constexpr TokenKind kMul = TokenKind::kMul;
  const Value ac = compute(a, kMul, c);
  const Value bd = compute(b, kMul, d);
  const Value bc = compute(b, kMul, c);
  const Value ad = compute(a, kMul, d);
  if (op == kMul) {
    return MakeComplex(arena, compute(ac, TokenKind::kSub, bd),
                       compute(bc, TokenKind::kAdd, ad));
  }
  const Value square =
      compute(compute(c, kMul, c), TokenKind::kAdd, compute(d, kMul, d));
  return MakeComplex(
      arena, compute(compute(ac, TokenKind::kAdd, bd), TokenKind::kQuo, square),
      compute(compute(bc, TokenKind::kSub, ad), TokenKind::kQuo, square));
}

bool Holds(int order, TokenKind op) {
  switch (op) {
    case TokenKind::kEql:
      return order == 0;
    case TokenKind::kNeq:
      return order != 0;
    case TokenKind::kLss:
      return order < 0;
    case TokenKind::kLeq:
      return order <= 0;
    case TokenKind::kGtr:
      return order > 0;
    case TokenKind::kGeq:
      return order >= 0;
    default:
      return false;
  }
}

// As negative, zero or positive. Real numbers are ordered as the greater of
// their two forms.
int Order(Value x, Value y) {
  switch (std::max(FormOf(x), FormOf(y))) {
    case Form::kInt64:
      return (ValueAccess::Small(x) > ValueAccess::Small(y)) -
             (ValueAccess::Small(x) < ValueAccess::Small(y));
    case Form::kBigInt:
      return big::Compare(IntOperand(x).get(), IntOperand(y).get());
    case Form::kRational:
      return big::Compare(RationalOperand(x).get(), RationalOperand(y).get());
    default: {
      Arena scratch;
      return big::Compare(FloatOperand(scratch, x), FloatOperand(scratch, y));
    }
  }
}

bool CompareStrings(Arena& arena, Value x, TokenKind op, Value y) {
  const bool only_equality = op == TokenKind::kEql || op == TokenKind::kNeq;
  if (only_equality && StringSize(x) != StringSize(y)) {
    return op == TokenKind::kNeq;
  }
  return Holds(StringValue(arena, x).compare(StringValue(arena, y)), op);
}

}  // namespace

Value UnaryOp(Arena& arena, TokenKind op, Value x, unsigned unsigned_bits) {
  const bool is_number = IsReal(x) || FormOf(x) == Form::kComplex;
  if (op == TokenKind::kNot && FormOf(x) == Form::kBool) {
    return MakeBool(!BoolValue(x));
  }
  if (op == TokenKind::kAdd && is_number) {
    return x;
  }
  if (op == TokenKind::kXor && x.kind() == ConstantKind::kInt) {
    if (unsigned_bits == 0 && FormOf(x) == Form::kInt64) {
      return MakeInt64(~ValueAccess::Small(x));
    }
    return MakeInt(arena,
                   big::Complement(arena, IntOperand(x).get(), unsigned_bits));
  }
  if (op != TokenKind::kSub) {
    return {};
  }
  switch (FormOf(x)) {
    case Form::kInt64:
      return BinaryOp(arena, MakeInt64(0), TokenKind::kSub, x);
    case Form::kBigInt:
      return MakeInt(arena, ValueAccess::Big<BigInt>(x).Negated());
    case Form::kRational: {
      BigRational negated = ValueAccess::Big<BigRational>(x);
      negated.numerator = negated.numerator.Negated();
      return MakeReal(arena, big::Limited(arena, negated));
    }
    case Form::kBigFloat: {
      BigFloat negated = ValueAccess::Big<BigFloat>(x);
      negated.mantissa = negated.mantissa.Negated();
      return MakeReal(arena, negated);
    }
    case Form::kComplex:
      return MakeComplex(arena, UnaryOp(arena, op, Real(x), 0),
                         UnaryOp(arena, op, Imag(x), 0));
    default:
      return {};
  }
}

Value BinaryOp(Arena& arena, Value x, TokenKind op, Value y,
               bool integer_division) {
  const Form form = std::max(FormOf(x), FormOf(y));
  if (x.kind() == ConstantKind::kString && y.kind() == x.kind()) {
    return op == TokenKind::kAdd ? Concatenate(arena, x, y) : Value();
  }
  if (FormOf(x) == Form::kBool && FormOf(y) == Form::kBool) {
    switch (op) {
      case TokenKind::kLand:
        return MakeBool(BoolValue(x) && BoolValue(y));
      case TokenKind::kLor:
        return MakeBool(BoolValue(x) || BoolValue(y));
      default:
        return {};
    }
  }
  if (std::min(FormOf(x), FormOf(y)) < Form::kInt64) {
    return {};
  }
  if (form <= Form::kBigInt) {
    return IntOp(arena, x, op, y, integer_division);
  }
  if (!lexer::IsArithmetic(op)) {
    return {};
  }
  switch (form) {
    case Form::kRational:
      return MakeReal(arena, big::Compute(arena, RationalOperand(x).get(), op,
                                          RationalOperand(y).get()));
    case Form::kBigFloat:
      return MakeReal(arena, big::Compute(arena, FloatOperand(arena, x), op,
                                          FloatOperand(arena, y)));
    default:
      return ComplexOp(arena, ComplexOperand(x), op, ComplexOperand(y));
  }
}

Value Shift(Arena& arena, Value x, TokenKind op, uint64_t count) {
  if (x.kind() != ConstantKind::kInt) {
    return {};
  }
  if (count == 0 || Sign(x) == 0) {
    return x;
  }
  if (op == TokenKind::kShr) {
    if (FormOf(x) == Form::kInt64) {
      return MakeInt64(ValueAccess::Small(x) >> std::min(count, uint64_t{63}));
    }
    return MakeInt(arena, big::ShiftRight(arena, IntOperand(x).get(), count));
  }
  if (op != TokenKind::kShl || count > kMaxConstantShift) {
    return {};
  }
  if (FormOf(x) == Form::kInt64 && BitLength(x) + count < 64) {
    return MakeInt64(ValueAccess::Small(x) * (int64_t{1} << count));
  }
  return MakeInt(arena, big::ShiftLeft(arena, IntOperand(x).get(),
                                       static_cast<uint32_t>(count)));
}

bool Compare(Arena& arena, Value x, TokenKind op, Value y) {
  if (x.is_unknown() || y.is_unknown()) {
    return false;
  }
  if (x.kind() == ConstantKind::kString && y.kind() == x.kind()) {
    return CompareStrings(arena, x, op, y);
  }
  const bool is_equality = op == TokenKind::kEql || op == TokenKind::kNeq;
  if (FormOf(x) == Form::kBool && FormOf(y) == Form::kBool) {
    return is_equality && Holds(BoolValue(x) != BoolValue(y) ? 1 : 0, op);
  }
  if (IsReal(x) && IsReal(y)) {
    return Holds(Order(x, y), op);
  }
  if (std::min(FormOf(x), FormOf(y)) < Form::kInt64 || !is_equality) {
    return false;
  }
  const ComplexParts a = ComplexOperand(x);
  const ComplexParts b = ComplexOperand(y);
  const bool equal = Order(a.real, b.real) == 0 && Order(a.imag, b.imag) == 0;
  return equal == (op == TokenKind::kEql);
}

}  // namespace gdlint::types::constant
