// Values as text, in go/constant's forms.

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "support/quote.h"
#include "support/utf8.h"
#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types::constant {
namespace {

// The shortest decimal that reads back as `x`, as Go's `%g` prints it.
std::string ShortestGeneral(double x) {
  char buffer[32];
  const auto format = [&](std::chars_format form) {
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, x, form).ptr;
    return std::string(buffer, end);
  };
  const std::string scientific = format(std::chars_format::scientific);
  const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  // For the shortest form Go decides as for C's usual precision.
  constexpr int kPrecision = 6;
  return exponent < -4 || exponent >= kPrecision
             ? scientific
             : format(std::chars_format::fixed);
}

// The mantissa as hexadecimal digits behind the point.
std::string MantissaDigits(BigInt mantissa) {
  std::string digits;
  const auto bit = [&](int64_t at) {
    return at >= 0 ? mantissa.limbs[static_cast<size_t>(at) / 64] >>
                             (static_cast<size_t>(at) % 64) &
                         1U
                   : 0U;
  };
  for (int64_t at = mantissa.bit_length() - 1; at >= 0; at -= 4) {
    const uint64_t digit =
        bit(at) << 3 | bit(at - 1) << 2 | bit(at - 2) << 1 | bit(at - 3);
    digits += "0123456789abcdef"[digit];
  }
  return digits;
}

std::string ExactFloat(const BigFloat& x) {
  if (x.mantissa.is_zero()) {
    return "0";
  }
  return fmt::format("{}0x.{}p{:+}", x.mantissa.negative ? "-" : "",
                     MantissaDigits(x.mantissa), x.exponent);
}

// 10 to a power between -1 and 1, in the steps of Go's math.Pow: the last bit
// shows where six digits are half-way.
double PowerOfTen(double power) {
  const double size = std::abs(power);
  const double result = size > 0.5 ? 10 * std::exp((size - 1) * std::log(10))
                                   : std::exp(size * std::log(10));
  return power < 0 ? 1 / result : result;
}

// `x` is too large or too small for a float64: an approximation.
std::string ShortHugeFloat(const BigFloat& x) {
  double mantissa = big::ToNative<double>(BigFloat{x.mantissa, 0});
  constexpr double kLog10Of2 = 0.30102999566398119521373889472449;
  const double decimal = static_cast<double>(x.exponent) * kLog10Of2;
  auto exponent = static_cast<int64_t>(decimal);
  mantissa *= PowerOfTen(decimal - static_cast<double>(exponent));
  // Six digits are printed, and rounding must not make them 10.
  if (std::abs(mantissa) < 1 - 0.5e-6) {
    mantissa *= 10;
    --exponent;
  } else if (std::abs(mantissa) >= 10) {
    mantissa /= 10;
    ++exponent;
  }
  return fmt::format("{:.6g}e{:+}", mantissa, exponent);
}

std::string ShortFloat(const BigFloat& x) {
  const auto native = big::ToNative<double>(x);
  if (x.mantissa.is_zero() != (native == 0) || std::isinf(native)) {
    return ShortHugeFloat(x);
  }
  std::string text = fmt::format("{:.6g}", native);
  if (!x.is_integer() && text.find('.') == std::string::npos) {
    return ShortestGeneral(native);
  }
  return text;
}

std::string ShortString(std::string_view bytes) {
  constexpr size_t kMaxCharacters = 72;
  const std::string quoted = Quoted(bytes);
  size_t characters = 0;
  size_t cut = 0;
  for (size_t at = 0; at < quoted.size(); ++characters) {
    if (characters == kMaxCharacters - 3) {
      cut = at;
    }
    at += DecodeUtf8(std::string_view(quoted).substr(at)).length;
  }
  return characters > kMaxCharacters ? quoted.substr(0, cut) + "..." : quoted;
}

std::string IntText(Value x) {
  return FormOf(x) == Form::kInt64 ? std::to_string(ValueAccess::Small(x))
                                   : big::Decimal(ValueAccess::Big<BigInt>(x));
}

}  // namespace

std::string ExactString(Value x) {
  switch (FormOf(x)) {
    case Form::kUnknown:
      return "unknown";
    case Form::kBool:
      return BoolValue(x) ? "true" : "false";
    case Form::kString:
    case Form::kConcatenation:
      return Quoted(Prefix(x, StringSize(x)));
    case Form::kInt64:
    case Form::kBigInt:
      return IntText(x);
    case Form::kRational: {
      const BigRational& rational = ValueAccess::Big<BigRational>(x);
      std::string text = big::Decimal(rational.numerator);
      if (!rational.is_integer()) {
        text += '/';
        text += big::Decimal(rational.denominator);
      }
      return text;
    }
    case Form::kBigFloat:
      return ExactFloat(ValueAccess::Big<BigFloat>(x));
    case Form::kComplex:
      return fmt::format("({} + {}i)", ExactString(Real(x)),
                         ExactString(Imag(x)));
  }
  return {};
}

std::string ShortString(Value x) {
  // More than is ever shown: a character takes at most four bytes.
  constexpr size_t kEnough = 400;
  switch (FormOf(x)) {
    case Form::kString:
    case Form::kConcatenation:
      return ShortString(Prefix(x, kEnough));
    case Form::kRational:
    case Form::kBigFloat: {
      Arena scratch;
      return ShortFloat(FloatOperand(scratch, x));
    }
    case Form::kComplex:
      return fmt::format("({} + {}i)", ShortString(Real(x)),
                         ShortString(Imag(x)));
    default:
      return ExactString(x);
  }
}

}  // namespace gdlint::types::constant
