// Numbers of any size, for constants: integers, fractions, and binary floating
// point with 512 bits of mantissa. They are plain data whose limbs lie in an
// arena; the arithmetic behind them is Boost.Multiprecision's.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "lexer/token.h"
#include "support/arena.h"

namespace gdlint::types {

struct BigInt {
  // The magnitude, least significant limb first. The last one is not 0: zero
  // has none, and is not negative.
  std::span<const uint64_t> limbs;
  bool negative = false;

  bool is_zero() const { return limbs.empty(); }
  int sign() const { return is_zero() ? 0 : negative ? -1 : 1; }
  // Of the magnitude.
  int64_t bit_length() const;
  BigInt Negated() const { return {limbs, !negative && !is_zero()}; }
};

// An int64 that can be looked at as a BigInt while this lives.
class Int64AsBig {
 public:
  explicit Int64AsBig(int64_t value)
      : limb_(value < 0 ? -static_cast<uint64_t>(value)
                        : static_cast<uint64_t>(value)),
        negative_(value < 0) {}
  Int64AsBig(const Int64AsBig&) = delete;
  Int64AsBig& operator=(const Int64AsBig&) = delete;

  BigInt view() const { return {{&limb_, limb_ != 0 ? 1U : 0U}, negative_}; }

 private:
  uint64_t limb_;
  bool negative_;
};

// In lowest terms, the denominator positive.
struct BigRational {
  BigInt numerator;
  BigInt denominator;

  bool is_integer() const {
    return denominator.limbs.size() == 1 && denominator.limbs[0] == 1;
  }
};

// `mantissa` / 2^(its bit length) * 2^`exponent`, so that the mantissa stands
// for a number in [0.5, 1). It is odd and has at most 512 bits; zero has
// exponent 0.
struct BigFloat {
  BigInt mantissa;
  int64_t exponent = 0;

  bool is_integer() const {
    return mantissa.is_zero() || exponent >= mantissa.bit_length();
  }
};

// What an operation on fractions or floats gives. A fraction whose terms have
// kMaxRationalBits or more becomes a float. Nothing (monostate) stands for an
// infinity, and for what division by zero gives.
using BigReal = std::variant<std::monostate, BigRational, BigFloat>;

inline constexpr int64_t kMaxRationalBits = 4096;
inline constexpr int kFloatPrecision = 512;

namespace big {

// `x op y` for + - * / % & | ^ &^. Division truncates, `y` not being zero; the
// operations on bits take two's complement of unlimited length.
BigInt Compute(Arena& arena, BigInt x, lexer::TokenKind op, BigInt y);
// `^x`; if `unsigned_bits` is not 0, its lowest so many bits alone.
BigInt Complement(Arena& arena, BigInt x, unsigned unsigned_bits);
BigInt ShiftLeft(Arena& arena, BigInt x, uint32_t count);
// Rounds down, also what is negative.
BigInt ShiftRight(Arena& arena, BigInt x, uint64_t count);
int Compare(BigInt x, BigInt y);
// `digits` in a base up to 16, without prefix and separators. Takes time
// quadratic in their number.
BigInt ParseDigits(Arena& arena, std::string_view digits, int base);
std::string Decimal(BigInt x);

// `x / y` of integers.
BigReal Quotient(Arena& arena, BigInt x, BigInt y);
// `x op y` for + - * /.
BigReal Compute(Arena& arena, const BigRational& x, lexer::TokenKind op,
                const BigRational& y);
// `x` itself, or as a float if its terms are too long.
BigReal Limited(Arena& arena, const BigRational& x);
int Compare(const BigRational& x, const BigRational& y);
// `x` must be finite.
BigRational ToRational(Arena& arena, double x);
template <typename T>  // float or double
T ToNative(const BigRational& x);

// These round to nearest, and halves to even.
BigFloat ToFloat(Arena& arena, BigInt x);
BigFloat ToFloat(Arena& arena, const BigRational& x);
// `x op y` for + - * /.
BigReal Compute(Arena& arena, const BigFloat& x, lexer::TokenKind op,
                const BigFloat& y);
int Compare(const BigFloat& x, const BigFloat& y);
template <typename T>  // float or double
T ToNative(const BigFloat& x);
// `x` if it is an integer, or the integer that it becomes when its mantissa is
// rounded down or up to a few bits less. Nothing also if it has
// kMaxRationalBits or more.
std::optional<BigInt> ToInteger(Arena& arena, const BigFloat& x);

// The number `digits`, in `base`, times 2^`exponent2` times 5^`exponent5`, as a
// fraction, whatever its length, if that is of a reasonable size, and else as a
// float. Nothing if the exponents exceed what math/big takes.
BigReal ParseReal(Arena& arena, std::string_view digits, int base,
                  int64_t exponent2, int64_t exponent5);

}  // namespace big
}  // namespace gdlint::types
