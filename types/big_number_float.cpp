// Floating point, in the manner of math/big: what it rounds, and when, shows in
// the last bits.

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "support/invariant.h"
#include "types/big_number.h"
#include "types/big_number_boost.h"

namespace gdlint::types::big {
namespace {

using lexer::TokenKind;

constexpr int64_t kMinExponent = std::numeric_limits<int32_t>::min();
constexpr int64_t kMaxExponent = std::numeric_limits<int32_t>::max();

enum class Rounding { kNearestEven, kTowardsZero, kAwayFromZero };

// As BigFloat, but perhaps infinite, and the mantissa is a magnitude.
struct Float {
  Integer mantissa;
  int64_t exponent = 0;
  bool negative = false;
  bool infinite = false;

  bool is_zero() const { return !infinite && mantissa.is_zero(); }
};

// A result before it is rounded: a mantissa of any length, and whether there is
// more to it, between 0 and 1 of its last place. If so, it is longer than what
// it will be rounded to.
struct Unrounded {
  Integer mantissa;
  bool inexact = false;
  int64_t exponent = 0;
  bool negative = false;
};

Float Infinite(bool negative) { return {{}, 0, negative, true}; }

bool BitTest(const Integer& x, int64_t at) {
  return bit_test(x, static_cast<unsigned>(at));
}

Integer Left(const Integer& x, int64_t count) {
  return x << static_cast<unsigned>(count);
}

Float Round(Unrounded x, int64_t precision,
            Rounding rounding = Rounding::kNearestEven) {
  if (x.mantissa.is_zero() || x.exponent < kMinExponent) {
    return {};
  }
  if (x.exponent > kMaxExponent) {
    return Infinite(x.negative);
  }
  const int64_t extra = BitLength(x.mantissa) - precision;
  if (extra > 0) {
    const bool half = BitTest(x.mantissa, extra - 1);
    const bool rest = x.inexact || lsb(x.mantissa) < extra - 1;
    x.mantissa >>= static_cast<unsigned>(extra);
    const bool up = rounding == Rounding::kNearestEven
                        ? half && (rest || BitTest(x.mantissa, 0))
                        : rounding == Rounding::kAwayFromZero && (half || rest);
    if (up) {
      ++x.mantissa;
      if (BitLength(x.mantissa) > precision) {
        ++x.exponent;
      }
    }
    if (x.exponent > kMaxExponent) {
      return Infinite(x.negative);
    }
  }
  x.mantissa >>= lsb(x.mantissa);
  return {std::move(x.mantissa), x.exponent, x.negative, false};
}

Unrounded FromInteger(const Integer& x) {
  return {abs(x), false, BitLength(x), x.sign() < 0};
}

// The operands are finite and not zero, and have a mantissa of at most 512
// bits.
Unrounded Sum(const Float& x, const Float& y) {
  if (x.exponent < y.exponent) {
    return Sum(y, x);
  }
  const bool subtract = x.negative != y.negative;
  // Beyond this distance `y` is nothing but a remainder.
  constexpr int64_t kLength = 2 * kFloatPrecision + 8;
  if (x.exponent - y.exponent >= kLength) {
    Integer mantissa = Left(x.mantissa, kLength - BitLength(x.mantissa));
    if (subtract) {
      --mantissa;
    }
    const int64_t shorter = kLength - BitLength(mantissa);
    return {std::move(mantissa), true, x.exponent - shorter, x.negative};
  }
  // The places of the last bits.
  const int64_t x_end = x.exponent - BitLength(x.mantissa);
  const int64_t y_end = y.exponent - BitLength(y.mantissa);
  const int64_t end = std::min(x_end, y_end);
  const Integer a = Left(x.mantissa, x_end - end);
  const Integer b = Left(y.mantissa, y_end - end);
  Integer sum = subtract ? Integer(a - b) : Integer(a + b);
  const bool turned = sum.sign() < 0;
  if (turned) {
    sum.backend().negate();
  }
  const int64_t exponent = end + BitLength(sum);
  return {std::move(sum), false, exponent, x.negative != turned};
}

Unrounded Product(const Float& x, const Float& y) {
  Integer product = x.mantissa * y.mantissa;
  const int64_t exponent = x.exponent + y.exponent + BitLength(product) -
                           BitLength(x.mantissa) - BitLength(y.mantissa);
  return {std::move(product), false, exponent, x.negative != y.negative};
}

// `y` is not zero, and both are finite. To be rounded to `precision`.
Unrounded Ratio(const Float& x, const Float& y, int64_t precision) {
  const int64_t lengths = BitLength(x.mantissa) - BitLength(y.mantissa);
  const int64_t shift = std::max(int64_t{0}, precision + 2 - lengths);
  Integer quotient;
  Integer remainder;
  divide_qr(Left(x.mantissa, shift), y.mantissa, quotient, remainder);
  const int64_t exponent =
      x.exponent - y.exponent - lengths - shift + BitLength(quotient);
  return {std::move(quotient), !remainder.is_zero(), exponent,
          x.negative != y.negative};
}

Float Multiply(const Float& x, const Float& y, int64_t precision) {
  if (x.infinite || y.infinite) {
    return Infinite(x.negative != y.negative);
  }
  return Round(Product(x, y), precision);
}

// 5^n, rounded as often as math/big does it.
Float PowerOfFive(uint64_t n) {
  constexpr int64_t kPrecision = kFloatPrecision + 64;
  constexpr unsigned kExact = 27;  // The greatest power below 2^64.
  const auto exact = [](unsigned exponent) {
    return Round(FromInteger(pow(Integer(5), exponent)), kPrecision);
  };
  if (n <= kExact) {
    return exact(static_cast<unsigned>(n));
  }
  Float result = exact(kExact);
  Float factor = exact(1);
  for (n -= kExact; n > 0; n >>= 1) {
    if ((n & 1) != 0) {
      result = Multiply(result, factor, kPrecision);
    }
    factor = Multiply(factor, factor, kPrecision + 64);
  }
  return result;
}

Float LoadFloat(const BigFloat& x) {
  const BigInt magnitude{x.mantissa.limbs, false};
  return {Load(magnitude), x.exponent, x.mantissa.negative, false};
}

// `x` is finite.
BigFloat StoreFloat(Arena& arena, const Float& x) {
  if (x.is_zero()) {
    return {};
  }
  const BigInt magnitude = Store(arena, x.mantissa);
  return {{magnitude.limbs, x.negative}, x.exponent};
}

BigReal StoreReal(Arena& arena, const Float& x) {
  if (x.infinite) {
    return {};
  }
  return StoreFloat(arena, x);
}

template <typename T>
T NearestNative(const Unrounded& x) {
  using Limits = std::numeric_limits<T>;
  const T sign = x.negative ? T{-1} : T{1};
  if (x.mantissa.is_zero()) {
    return sign * T{0};
  }
  // Of the least normal number, as `exponent` counts.
  constexpr int64_t kLeastNormal = Limits::min_exponent;
  const int64_t precision =
      Limits::digits - std::max(int64_t{0}, kLeastNormal - x.exponent);
  if (precision <= 0) {
    // Below the least of all numbers; more than half of it rounds up.
    const bool is_half =
        !x.inexact && lsb(x.mantissa) == BitLength(x.mantissa) - 1;
    return sign * (precision < 0 || is_half ? T{0} : Limits::denorm_min());
  }
  const Float rounded = Round(x, precision);
  if (rounded.infinite || rounded.exponent > Limits::max_exponent) {
    return sign * Limits::infinity();
  }
  const int64_t end = rounded.exponent - BitLength(rounded.mantissa);
  return sign *
         std::ldexp(static_cast<T>(static_cast<uint64_t>(rounded.mantissa)),
                    static_cast<int>(end));
}

Float AsFloat(const Integer& magnitude) {
  return {magnitude, BitLength(magnitude), false, false};
}

// The exact quotient, ready to be rounded.
Unrounded Ratio(const Integer& numerator, const Integer& denominator,
                int64_t precision) {
  Unrounded result =
      Ratio(AsFloat(abs(numerator)), AsFloat(denominator), precision);
  result.negative = numerator.sign() < 0;
  return result;
}

}  // namespace

BigFloat FloatQuotient(Arena& arena, const Integer& numerator,
                       const Integer& denominator) {
  return StoreFloat(arena, Round(Ratio(numerator, denominator, kFloatPrecision),
                                 kFloatPrecision));
}

BigFloat ToFloat(Arena& arena, BigInt x) {
  return StoreFloat(arena, Round(FromInteger(Load(x)), kFloatPrecision));
}

BigFloat ToFloat(Arena& arena, const BigRational& x) {
  return FloatQuotient(arena, Load(x.numerator), Load(x.denominator));
}

template <typename T>
T ToNative(const BigRational& x) {
  return NearestNative<T>(Ratio(Load(x.numerator), Load(x.denominator),
                                std::numeric_limits<T>::digits));
}
template float ToNative(const BigRational& x);
template double ToNative(const BigRational& x);

template <typename T>
T ToNative(const BigFloat& x) {
  const Float loaded = LoadFloat(x);
  return NearestNative<T>(
      {loaded.mantissa, false, loaded.exponent, loaded.negative});
}
template float ToNative(const BigFloat& x);
template double ToNative(const BigFloat& x);

BigReal Compute(Arena& arena, const BigFloat& x, TokenKind op,
                const BigFloat& y) {
  const Float a = LoadFloat(x);
  Float b = LoadFloat(y);
  switch (op) {
    case TokenKind::kAdd:
    case TokenKind::kSub:
      b.negative ^= op == TokenKind::kSub && !b.is_zero();
      if (a.is_zero() || b.is_zero()) {
        return StoreReal(arena, a.is_zero() ? b : a);
      }
      return StoreReal(arena, Round(Sum(a, b), kFloatPrecision));
    case TokenKind::kMul:
      return StoreReal(arena, Round(Product(a, b), kFloatPrecision));
    case TokenKind::kQuo:
      if (b.is_zero()) {
        return {};
      }
      return StoreReal(arena,
                       Round(Ratio(a, b, kFloatPrecision), kFloatPrecision));
    default:
      GDLINT_ASSERT(!"an operation on floats");
      return {};
  }
}

int Compare(const BigFloat& x, const BigFloat& y) {
  const int sign = x.mantissa.sign();
  if (sign != y.mantissa.sign()) {
    return sign < y.mantissa.sign() ? -1 : 1;
  }
  if (x.exponent != y.exponent) {
    return x.exponent < y.exponent ? -sign : sign;
  }
  const Integer a = Load(x.mantissa);
  const Integer b = Load(y.mantissa);
  const int64_t longer = BitLength(a) - BitLength(b);
  const int order = Left(a, std::max(int64_t{0}, -longer))
                        .compare(Left(b, std::max(int64_t{0}, longer)));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::optional<BigInt> ToInteger(Arena& arena, const BigFloat& x) {
  if (x.exponent <= -kMaxRationalBits || x.exponent >= kMaxRationalBits) {
    return std::nullopt;
  }
  const auto integer = [&](const Float& value) -> std::optional<BigInt> {
    const int64_t zeros = value.exponent - BitLength(value.mantissa);
    if (zeros < 0) {
      return std::nullopt;
    }
    const BigInt magnitude = Store(arena, Left(value.mantissa, zeros));
    return BigInt{magnitude.limbs, value.negative && !magnitude.is_zero()};
  };
  const Float value = LoadFloat(x);
  if (const auto exact = integer(value)) {
    return exact;
  }
  constexpr int64_t kFewerBits = kFloatPrecision - 4;
  const Unrounded unrounded{value.mantissa, false, value.exponent,
                            value.negative};
  if (const auto down =
          integer(Round(unrounded, kFewerBits, Rounding::kTowardsZero))) {
    return down;
  }
  return integer(Round(unrounded, kFewerBits, Rounding::kAwayFromZero));
}

BigReal ParseReal(Arena& arena, std::string_view digits, int base,
                  int64_t exponent2, int64_t exponent5) {
  const Integer mantissa = FromDigits(digits, base);
  const BigRational zero{{}, Store(arena, 1)};
  if (mantissa.is_zero()) {
    return zero;
  }
  const int64_t exponent = exponent2 + BitLength(mantissa);
  if (exponent < kMinExponent || exponent > kMaxExponent) {
    return {};
  }
  // Not rounded before it is multiplied, however long.
  Unrounded value{mantissa, false, exponent, false};
  Float rounded;
  if (exponent5 == 0) {
    rounded = Round(value, kFloatPrecision);
  } else {
    const Float factor =
        PowerOfFive(static_cast<uint64_t>(std::abs(exponent5)));
    const Float exact{mantissa, exponent, false, false};
    if (exponent5 > 0) {
      rounded = Multiply(exact, factor, kFloatPrecision);
    } else if (!factor.infinite) {
      rounded = Round(Ratio(exact, factor, kFloatPrecision), kFloatPrecision);
    }
  }
  if (rounded.infinite) {
    return {};
  }
  if (rounded.is_zero()) {
    return zero;
  }
  if (rounded.exponent <= -kMaxRationalBits ||
      rounded.exponent >= kMaxRationalBits) {
    return StoreFloat(arena, rounded);
  }
  const auto factor = [&](int64_t sign) {
    return Left(pow(Integer(5), static_cast<unsigned>(
                                    std::max(int64_t{0}, sign * exponent5))),
                std::max(int64_t{0}, sign * exponent2));
  };
  return StoreReduced(arena, mantissa * factor(1), factor(-1));
}

}  // namespace gdlint::types::big
