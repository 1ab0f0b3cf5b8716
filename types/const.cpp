#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/checker.h"
#include "types/expr_internal.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// How an operation that may overflow is named, or nothing.
std::string_view OverflowingOperation(const Checker& checker,
                                      ast::ExprId expr) {
  if (const auto* const unary = checker.TryGet<ast::UnaryExpr>(expr)) {
    return unary->op == TokenKind::kXor ? "bitwise complement " : "";
  }
  const auto* const binary = checker.TryGet<ast::BinaryExpr>(expr);
  switch (binary == nullptr ? TokenKind::kIllegal : binary->op) {
    case TokenKind::kAdd:
      return "addition ";
    case TokenKind::kSub:
      return "subtraction ";
    case TokenKind::kXor:
      return "bitwise XOR ";
    case TokenKind::kMul:
      return "multiplication ";
    case TokenKind::kShl:
      return "shift ";
    default:
      return "";
  }
}

// The bits of an integer type; 0 for the untyped ones, which have no limit.
int IntegerBits(BasicKind kind, int word_bits) {
  switch (kind) {
    case BasicKind::kInt8:
    case BasicKind::kUint8:
      return 8;
    case BasicKind::kInt16:
    case BasicKind::kUint16:
      return 16;
    case BasicKind::kInt32:
    case BasicKind::kUint32:
      return 32;
    case BasicKind::kInt64:
    case BasicKind::kUint64:
      return 64;
    case BasicKind::kInt:
    case BasicKind::kUint:
    case BasicKind::kUintptr:
      return word_bits;
    default:
      return 0;
  }
}

// True if the integer `x` fits into `bits` bits.
bool FitsInteger(Value x, int bits, bool is_unsigned) {
  if (const std::optional<int64_t> small = constant::Int64Value(x)) {
    if (is_unsigned) {
      return *small >= 0 && (bits >= 64 || *small >> bits == 0);
    }
    // Shifting all but the sign out leaves copies of it.
    const int64_t rest = *small >> (bits - 1);
    return rest == 0 || rest == -1;
  }
  return is_unsigned && constant::Sign(x) >= 0 &&
         constant::BitLength(x) <= bits;
}

// The nearest value of a float of `bits` bits; none if it is infinite.
std::optional<Value> RoundFloat(Arena& arena, Value x, int bits) {
  const double nearest =
      bits == 32 ? constant::Float32Value(x) : constant::Float64Value(x);
  if (std::isinf(nearest)) {
    return std::nullopt;
  }
  return constant::MakeFloat64(arena, nearest);
}

bool RepresentableFloat(Arena& arena, Value x, BasicKind kind, Value* rounded) {
  x = constant::ToFloat(arena, x);
  if (x.kind() != ConstantKind::kFloat) {
    return false;
  }
  if (kind == BasicKind::kUntypedFloat) {
    return true;
  }
  const std::optional<Value> nearest =
      RoundFloat(arena, x, kind == BasicKind::kFloat32 ? 32 : 64);
  if (nearest && rounded != nullptr) {
    *rounded = *nearest;
  }
  return nearest.has_value();
}

bool RepresentableComplex(Arena& arena, Value x, BasicKind kind,
                          Value* rounded) {
  x = constant::ToComplex(arena, x);
  if (x.kind() != ConstantKind::kComplex) {
    return false;
  }
  if (kind == BasicKind::kUntypedComplex) {
    return true;
  }
  const int bits = kind == BasicKind::kComplex64 ? 32 : 64;
  const std::optional<Value> real = RoundFloat(arena, constant::Real(x), bits);
  const std::optional<Value> imag = RoundFloat(arena, constant::Imag(x), bits);
  if (!real || !imag) {
    return false;
  }
  if (rounded != nullptr) {
    *rounded = constant::BinaryOp(arena, *real, TokenKind::kAdd,
                                  constant::MakeImag(arena, *imag));
  }
  return true;
}

}  // namespace

void Checker::Overflow(Operand& x, source::Pos op_pos) {
  if (x.value.is_int64() && IsUntypedBasic(x.type)) [[likely]] {
    return;
  }
  if (x.value.is_unknown()) {
    if (IsString(x.type)) {
      return Error(AtPos(op_pos), Code::kTooComplex,
                   "constant string is too complex: more than 256 MB");
    }
    Error(AtPos(op_pos), Code::kInvalidConstVal,
          "constant result is not representable");
    return;
  }
  if (!IsUntypedBasic(x.type)) {
    if (const Basic* const basic = UnderAs<Basic>(x.type)) {
      Representable(x, basic);
    }
    return;
  }
  if (x.value.kind() == ConstantKind::kInt &&
      constant::BitLength(x.value) > kMaxConstantBits) {
    Error(AtPos(op_pos), Code::kInvalidConstVal,
          Concat("constant ", OverflowingOperation(*this, x.expr), "overflow"));
    x.value = Value();
  }
}

bool Checker::RepresentableConst(Value x, const Basic* type, Value* rounded) {
  if (x.is_unknown()) {
    return true;
  }
  if ((type->info & kIsInteger) != 0) {
    if (!x.is_int64()) {
      x = constant::ToInt(arena(), x);
      if (x.kind() != ConstantKind::kInt) {
        return false;
      }
    }
    if (rounded != nullptr) {
      *rounded = x;
    }
    const int bits =
        IntegerBits(type->basic, static_cast<int>(table.sizes().word_size * 8));
    return bits == 0 || FitsInteger(x, bits, (type->info & kIsUnsigned) != 0);
  }
  if ((type->info & kIsFloat) != 0) {
    return RepresentableFloat(arena(), x, type->basic, rounded);
  }
  if ((type->info & kIsComplex) != 0) {
    return RepresentableComplex(arena(), x, type->basic, rounded);
  }
  if ((type->info & kIsString) != 0) {
    return x.kind() == ConstantKind::kString;
  }
  return (type->info & kIsBoolean) != 0 && x.kind() == ConstantKind::kBool;
}

bool Representation(Checker& checker, const Operand& x, const Basic* basic,
                    Value& rounded, Code& code) {
  rounded = x.value;
  if (checker.RepresentableConst(x.value, basic, &rounded)) {
    return true;
  }
  if (!IsNumeric(x.type) || (basic->info & kIsNumeric) == 0) {
    code = Code::kInvalidConstVal;
  } else if (!IsInteger(x.type) && (basic->info & kIsInteger) != 0) {
    code = Code::kTruncatedFloat;
  } else {
    code = Code::kNumericOverflow;
  }
  return false;
}

void InvalidConversion(Checker& checker, Code code, Operand& x,
                       const Type* target) {
  const std::string operand = checker.Text(x);
  const std::string type = checker.Text(target);
  std::string message;
  switch (code) {
    case Code::kTruncatedFloat:
      message = Concat(operand, " truncated to ", type);
      break;
    case Code::kNumericOverflow:
      message = Concat(operand, " overflows ", type);
      break;
    default:
      message = Concat("cannot convert ", operand, " to type ", type);
      break;
  }
  checker.Error(checker.AtOperand(x), code, std::move(message));
  x.Invalidate();
}

void Checker::Representable(Operand& x, const Basic* type) {
  Value rounded;
  Code code = Code::kInvalidConstVal;
  if (!Representation(*this, x, type, rounded, code)) {
    InvalidConversion(*this, code, x, type);
    return;
  }
  x.value = rounded;
}

}  // namespace gdlint::types
