// Integers and fractions.

#include "types/big_number.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "support/invariant.h"
#include "types/big_number_boost.h"

namespace gdlint::types {

using lexer::TokenKind;

int64_t BigInt::bit_length() const {
  return is_zero() ? 0
                   : static_cast<int64_t>(limbs.size()) * 64 -
                         std::countl_zero(limbs.back());
}

namespace big {
namespace {

using Limb = boost::multiprecision::limb_type;
static_assert(sizeof(Limb) == sizeof(uint64_t));

constexpr uint64_t kOneLimb = 1;

// The bits of `x` from `shift` on; at most 64 of them are set.
uint64_t BitsFrom(const Integer& x, int64_t shift) {
  return static_cast<uint64_t>(x >> static_cast<unsigned>(shift));
}

// What a run of Euclid's steps does to a pair of numbers: (u, v) becomes
// (a*u - b*v, d*v - c*u), or with all signs turned round if `odd`.
struct EuclidSteps {
  uint64_t a = 1;
  uint64_t b = 0;
  uint64_t c = 0;
  uint64_t d = 1;
  bool odd = false;
};

// Lehmer's: the steps whose quotients the leading bits u >= v (at most 64)
// settle whatever bits follow, by Collins' condition.
EuclidSteps LeadingSteps(uint64_t u, uint64_t v) {
  EuclidSteps steps;
  // The cofactors must stay below 2^32, so that the condition is exact.
  while (v >= steps.d && v != 0) {
    const uint64_t quotient = u / v;
    const uint64_t rest = u % v;
    if (quotient >> 32 != 0) {
      break;
    }
    const uint64_t c = steps.a + quotient * steps.c;
    const uint64_t d = steps.b + quotient * steps.d;
    if (c >> 31 != 0 || d >> 31 != 0 || rest < d || v - rest < d + steps.d) {
      break;
    }
    u = v;
    v = rest;
    steps = {steps.c, steps.d, c, d, !steps.odd};
  }
  return steps;
}

}  // namespace

Integer Load(BigInt x) {
  Integer result;
  if (!x.is_zero()) {
    auto& backend = result.backend();
    const auto size = static_cast<unsigned>(x.limbs.size());
    backend.resize(size, size);
    std::ranges::copy(x.limbs, backend.limbs());
    backend.normalize();
    backend.sign(x.negative);
  }
  return result;
}

BigInt Store(Arena& arena, const Integer& x) {
  if (x.is_zero()) {
    return {};
  }
  const auto& backend = x.backend();
  const std::span<uint64_t> limbs = arena.NewArray<uint64_t>(backend.size());
  std::copy_n(backend.limbs(), backend.size(), limbs.begin());
  return {limbs, backend.sign()};
}

int64_t BitLength(const Integer& x) {
  if (x.is_zero()) {
    return 0;
  }
  const auto& backend = x.backend();
  return static_cast<int64_t>(backend.size()) * 64 -
         std::countl_zero(uint64_t{backend.limbs()[backend.size() - 1]});
}

Integer FromDigits(std::string_view digits, int base) {
  // As many digits at a time as a limb takes.
  constexpr size_t kChunk = 15;
  Integer result;
  while (!digits.empty()) {
    Limb chunk = 0;
    Limb scale = 1;
    for (const char c : digits.substr(0, kChunk)) {
      const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
      chunk = chunk * static_cast<Limb>(base) + static_cast<Limb>(digit);
      scale *= static_cast<Limb>(base);
    }
    result *= scale;
    result += chunk;
    digits.remove_prefix(std::min(kChunk, digits.size()));
  }
  return result;
}

// Boost 1.74 goes bit by bit, which takes a tenth of a second for the longest
// literals.
Integer Gcd(Integer a, Integer b) {
  constexpr int64_t kBitByBit = 1024;
  if (a < b) {
    a.swap(b);
  }
  while (BitLength(b) > kBitByBit) {
    const int64_t shift = BitLength(a) - 63;
    const EuclidSteps steps =
        LeadingSteps(BitsFrom(a, shift), BitsFrom(b, shift));
    if (steps.c == 0) {
      a %= b;
      a.swap(b);
      continue;
    }
    Integer next_a = a * steps.a - b * steps.b;
    Integer next_b = b * steps.d - a * steps.c;
    if (steps.odd) {
      next_a.backend().negate();
      next_b.backend().negate();
    }
    a = std::move(next_a);
    b = std::move(next_b);
  }
  if (b.is_zero()) {
    return a;
  }
  a %= b;
  return boost::multiprecision::gcd(a, b);
}

BigRational StoreReduced(Arena& arena, const Integer& numerator,
                         const Integer& denominator) {
  const Integer divisor = Gcd(abs(numerator), denominator);
  if (divisor == 1) {
    return {Store(arena, numerator), Store(arena, denominator)};
  }
  return {Store(arena, numerator / divisor),
          Store(arena, denominator / divisor)};
}

namespace {

BigReal MakeReal(Arena& arena, Integer numerator, Integer denominator) {
  if (denominator.is_zero()) {
    return {};
  }
  if (denominator.sign() < 0) {
    numerator.backend().negate();
    denominator.backend().negate();
  }
  const Integer divisor = Gcd(abs(numerator), denominator);
  if (divisor != 1) {
    numerator /= divisor;
    denominator /= divisor;
  }
  if (BitLength(numerator) < kMaxRationalBits &&
      BitLength(denominator) < kMaxRationalBits) {
    return BigRational{Store(arena, numerator), Store(arena, denominator)};
  }
  return FloatQuotient(arena, numerator, denominator);
}

}  // namespace

BigInt Compute(Arena& arena, BigInt x, TokenKind op, BigInt y) {
  const Integer a = Load(x);
  const Integer b = Load(y);
  switch (op) {
    case TokenKind::kAdd:
      return Store(arena, a + b);
    case TokenKind::kSub:
      return Store(arena, a - b);
    case TokenKind::kMul:
      return Store(arena, a * b);
    case TokenKind::kQuo:
      return Store(arena, a / b);
    case TokenKind::kRem:
      return Store(arena, a % b);
    case TokenKind::kAnd:
      return Store(arena, a & b);
    case TokenKind::kOr:
      return Store(arena, a | b);
    case TokenKind::kXor:
      return Store(arena, a ^ b);
    case TokenKind::kAndNot:
      return Store(arena, a & (-b - 1));
    default:
      GDLINT_ASSERT(!"an operation on integers");
      return {};
  }
}

BigInt Complement(Arena& arena, BigInt x, unsigned unsigned_bits) {
  Integer result = -Load(x) - 1;
  if (unsigned_bits != 0) {
    result &= (Integer(1) << unsigned_bits) - 1;
  }
  return Store(arena, result);
}

BigInt ShiftLeft(Arena& arena, BigInt x, uint32_t count) {
  return Store(arena, Load(x) << count);
}

BigInt ShiftRight(Arena& arena, BigInt x, uint64_t count) {
  if (count >= static_cast<uint64_t>(x.bit_length())) {
    return x.negative ? BigInt{{&kOneLimb, 1}, true} : BigInt{};
  }
  const auto bits = static_cast<unsigned>(count);
  // The complement of a negative number rounds towards zero, and so the number
  // itself away from it.
  return Store(arena,
               x.negative ? -((-Load(x) - 1) >> bits) - 1 : Load(x) >> bits);
}

int Compare(BigInt x, BigInt y) {
  if (x.sign() != y.sign()) {
    return x.sign() < y.sign() ? -1 : 1;
  }
  int order = 0;
  if (x.limbs.size() != y.limbs.size()) {
    order = x.limbs.size() < y.limbs.size() ? -1 : 1;
  } else {
    const auto [a, b] = std::mismatch(x.limbs.rbegin(), x.limbs.rend(),
                                      y.limbs.rbegin(), y.limbs.rend());
    order = a == x.limbs.rend() ? 0 : *a < *b ? -1 : 1;
  }
  return x.negative ? -order : order;
}

BigInt ParseDigits(Arena& arena, std::string_view digits, int base) {
  return Store(arena, FromDigits(digits, base));
}

std::string Decimal(BigInt x) { return Load(x).str(); }

BigReal Quotient(Arena& arena, BigInt x, BigInt y) {
  return MakeReal(arena, Load(x), Load(y));
}

BigReal Compute(Arena& arena, const BigRational& x, TokenKind op,
                const BigRational& y) {
  const Integer a = Load(x.numerator);
  const Integer b = Load(x.denominator);
  const Integer c = Load(y.numerator);
  const Integer d = Load(y.denominator);
  switch (op) {
    case TokenKind::kAdd:
      return MakeReal(arena, a * d + c * b, b * d);
    case TokenKind::kSub:
      return MakeReal(arena, a * d - c * b, b * d);
    case TokenKind::kMul:
      return MakeReal(arena, a * c, b * d);
    case TokenKind::kQuo:
      return MakeReal(arena, a * d, b * c);
    default:
      GDLINT_ASSERT(!"an operation on fractions");
      return {};
  }
}

BigReal Limited(Arena& arena, const BigRational& x) {
  if (x.numerator.bit_length() < kMaxRationalBits &&
      x.denominator.bit_length() < kMaxRationalBits) {
    return x;
  }
  return ToFloat(arena, x);
}

int Compare(const BigRational& x, const BigRational& y) {
  if (x.numerator.sign() != y.numerator.sign()) {
    return x.numerator.sign() < y.numerator.sign() ? -1 : 1;
  }
  if (x.is_integer() && y.is_integer()) {
    return Compare(x.numerator, y.numerator);
  }
  const int order = (Load(x.numerator) * Load(y.denominator))
                        .compare(Load(y.numerator) * Load(x.denominator));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

BigRational ToRational(Arena& arena, double x) {
  constexpr int kDigits = 53;
  int exponent = 0;
  const double mantissa = std::frexp(x, &exponent);
  auto integer = static_cast<int64_t>(std::ldexp(mantissa, kDigits));
  exponent -= kDigits;
  if (integer == 0) {
    exponent = 0;
  } else {
    const int zeros = std::countr_zero(static_cast<uint64_t>(integer));
    integer /= int64_t{1} << zeros;
    exponent += zeros;
  }
  const auto power = [&](int count) {
    return Integer(1) << static_cast<unsigned>(std::max(count, 0));
  };
  return {Store(arena, power(exponent) * integer),
          Store(arena, power(-exponent))};
}

}  // namespace big
}  // namespace gdlint::types
