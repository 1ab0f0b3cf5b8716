// Making values, and looking into them.

#include <bit>
#include <cmath>

#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types {

namespace constant {

Value MakeBool(bool value) {
  return ValueAccess::Make(Form::kBool, int64_t{value});
}

Value MakeInt64(int64_t value) {
  return ValueAccess::Make(Form::kInt64, value);
}

Value MakeUint64(Arena& arena, uint64_t value) {
  if (value >> 63 == 0) {
    return MakeInt64(static_cast<int64_t>(value));
  }
  return MakeInt(arena,
                 {arena.Copy(std::span<const uint64_t>(&value, 1)), false});
}

Value MakeInt(Arena& arena, BigInt x) {
  constexpr uint64_t kLeast = uint64_t{1} << 63;
  if (x.is_zero()) {
    return MakeInt64(0);
  }
  const uint64_t low = x.limbs[0];
  if (x.limbs.size() == 1 && (low < kLeast || (x.negative && low == kLeast))) {
    return MakeInt64(static_cast<int64_t>(x.negative ? -low : low));
  }
  return ValueAccess::Make(Form::kBigInt, arena.New<BigInt>(x));
}

Value MakeRational(Arena& arena, const BigRational& x) {
  return ValueAccess::Make(Form::kRational, arena.New<BigRational>(x));
}

Value MakeReal(Arena& arena, const BigReal& x) {
  if (const auto* const rational = std::get_if<BigRational>(&x)) {
    return MakeRational(arena, *rational);
  }
  if (const auto* const real = std::get_if<BigFloat>(&x)) {
    return ValueAccess::Make(Form::kBigFloat, arena.New<BigFloat>(*real));
  }
  return {};
}

Value MakeFloat64(Arena& arena, double value) {
  if (!std::isfinite(value)) {
    return {};
  }
  return MakeRational(arena, big::ToRational(arena, value));
}

Value MakeComplex(Arena& arena, Value real, Value imag) {
  if (real.is_unknown() || imag.is_unknown()) {
    return {};
  }
  return ValueAccess::Make(Form::kComplex, arena.New<ComplexParts>(real, imag));
}

Value MakeImag(Arena& arena, Value x) {
  return IsReal(x) ? MakeComplex(arena, MakeInt64(0), x) : Value();
}

bool BoolValue(Value x) {
  return FormOf(x) == Form::kBool && ValueAccess::Small(x) != 0;
}

std::optional<uint64_t> Uint64Value(Value x) {
  if (FormOf(x) == Form::kInt64 && ValueAccess::Small(x) >= 0) {
    return static_cast<uint64_t>(ValueAccess::Small(x));
  }
  if (FormOf(x) == Form::kBigInt) {
    const BigInt& big = ValueAccess::Big<BigInt>(x);
    if (!big.negative && big.limbs.size() == 1) {
      return big.limbs[0];
    }
  }
  return std::nullopt;
}

int Sign(Value x) {
  switch (FormOf(x)) {
    case Form::kInt64:
      return (ValueAccess::Small(x) > 0) - (ValueAccess::Small(x) < 0);
    case Form::kBigInt:
      return ValueAccess::Big<BigInt>(x).sign();
    case Form::kRational:
      return ValueAccess::Big<BigRational>(x).numerator.sign();
    case Form::kBigFloat:
      return ValueAccess::Big<BigFloat>(x).mantissa.sign();
    case Form::kComplex:
      return Sign(Real(x)) | Sign(Imag(x));
    default:
      return 1;
  }
}

int BitLength(Value x) {
  if (x.kind() != ConstantKind::kInt) {
    return 0;
  }
  return static_cast<int>(IntOperand(x).get().bit_length());
}

Value Real(Value x) {
  if (FormOf(x) == Form::kComplex) {
    return ValueAccess::Big<ComplexParts>(x).real;
  }
  return IsReal(x) ? x : Value();
}

Value Imag(Value x) {
  if (FormOf(x) == Form::kComplex) {
    return ValueAccess::Big<ComplexParts>(x).imag;
  }
  return IsReal(x) ? MakeInt64(0) : Value();
}

}  // namespace constant
}  // namespace gdlint::types
