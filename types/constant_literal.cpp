// The values of literals. What go/constant takes is more than what the language
// does: the scanner has reported the rest.

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "lexer/literal.h"
#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types::constant {
namespace {

using lexer::TokenKind;

// A number literal taken apart.
struct Number {
  int base = 10;
  // Without separators and point.
  std::string digits;
  int64_t fraction_digits = 0;
  // Of `exponent_base`, which is 2 or 10.
  int64_t exponent = 0;
  int exponent_base = 10;
};

char Lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

int DigitValue(char c) {
  c = Lower(c);
  return '0' <= c && c <= '9'   ? c - '0'
         : 'a' <= c && c <= 'z' ? c - 'a' + 10
                                : std::numeric_limits<int>::max();
}

// Reads number literals. A separator must follow a digit or a prefix, and a
// digit must follow it.
class NumberReader {
 public:
  explicit NumberReader(std::string_view text) : rest_(text) {}

  // The forms of integers; a leading 0 means octal.
  std::optional<Number> ReadInt() {
    ReadPrefix(/*octal=*/true);
    ReadDigits(/*point=*/false);
    return Finish();
  }
  // The forms of floats, which include decimal integers with leading zeros.
  std::optional<Number> ReadFloat() {
    ReadPrefix(/*octal=*/false);
    ReadDigits(/*point=*/true);
    ReadExponent();
    return Finish();
  }

 private:
  enum class Previous { kDigit, kSeparator, kOther };

  void ReadPrefix(bool octal) {
    if (rest_.size() < 2 || rest_[0] != '0') {
      return;
    }
    const char letter = Lower(rest_[1]);
    if (letter == 'x' || letter == 'o' || letter == 'b') {
      number_.base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
      rest_.remove_prefix(2);
      previous_ = Previous::kDigit;
    } else if (octal) {
      number_.base = 8;
    }
  }

  // True if there was a separator.
  bool ReadSeparator() {
    if (rest_.empty() || rest_.front() != '_') {
      return false;
    }
    is_valid_ &= previous_ == Previous::kDigit;
    previous_ = Previous::kSeparator;
    rest_.remove_prefix(1);
    return true;
  }

  void ReadDigits(bool point) {
    bool in_fraction = false;
    while (!rest_.empty()) {
      if (ReadSeparator()) {
        continue;
      }
      const char c = rest_.front();
      if (c == '.' && point && !in_fraction) {
        is_valid_ &= previous_ != Previous::kSeparator;
        previous_ = Previous::kOther;
        in_fraction = true;
      } else if (DigitValue(c) < number_.base) {
        previous_ = Previous::kDigit;
        number_.digits += c;
        number_.fraction_digits += in_fraction ? 1 : 0;
      } else {
        break;
      }
      rest_.remove_prefix(1);
    }
    is_valid_ &= previous_ != Previous::kSeparator && !number_.digits.empty();
  }

  void ReadExponent() {
    if (rest_.empty() || (Lower(rest_[0]) != 'e' && Lower(rest_[0]) != 'p')) {
      return;
    }
    number_.exponent_base = Lower(rest_[0]) == 'e' ? 10 : 2;
    rest_.remove_prefix(1);
    std::string digits;
    if (!rest_.empty() && (rest_[0] == '+' || rest_[0] == '-')) {
      if (rest_[0] == '-') {
        digits += '-';
      }
      rest_.remove_prefix(1);
    }
    previous_ = Previous::kOther;
    while (!rest_.empty()) {
      if (ReadSeparator()) {
        continue;
      }
      if (rest_[0] < '0' || rest_[0] > '9') {
        break;
      }
      previous_ = Previous::kDigit;
      digits += rest_[0];
      rest_.remove_prefix(1);
    }
    const char* const end = digits.data() + digits.size();
    const auto [stop, status] =
        std::from_chars(digits.data(), end, number_.exponent);
    is_valid_ &=
        previous_ == Previous::kDigit && status == std::errc() && stop == end;
  }

  std::optional<Number> Finish() {
    if (!is_valid_ || !rest_.empty()) {
      return std::nullopt;
    }
    return std::move(number_);
  }

  std::string_view rest_;
  Number number_;
  Previous previous_ = Previous::kOther;
  bool is_valid_ = true;
};

// Almost all integers: decimal and hexadecimal ones that are short and have no
// separators.
std::optional<int64_t> PlainInt(std::string_view literal) {
  constexpr size_t kMostDigits = 15;
  if (literal.size() > kMostDigits) {
    return std::nullopt;
  }
  int64_t value = 0;
  if (literal[0] != '0' || literal.size() == 1) {
    for (const char c : literal) {
      if (c < '0' || c > '9') {
        return std::nullopt;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
  if (literal.size() < 3 || Lower(literal[1]) != 'x') {
    return std::nullopt;
  }
  for (const char c : literal.substr(2)) {
    const int digit = DigitValue(c);
    if (digit >= 16) {
      return std::nullopt;
    }
    value = value << 4 | digit;
  }
  return value;
}

// Almost all strings: those whose bytes are those of the literal.
std::optional<std::string_view> PlainString(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back() ||
      (literal.front() != '"' && literal.front() != '`')) {
    return std::nullopt;
  }
  const char quote = literal.front();
  const std::string_view text = literal.substr(1, literal.size() - 2);
  const bool is_plain = std::ranges::all_of(text, [quote](char c) {
    const bool is_ascii = (c & 0x80) == 0;
    return is_ascii && c != quote && c != '\r' &&
           (quote == '`' || (c != '\\' && c != '\n'));
  });
  return is_plain ? std::optional(text) : std::nullopt;
}

Value IntFromLiteral(Arena& arena, std::string_view literal) {
  if (const auto plain = PlainInt(literal)) {
    return MakeInt64(*plain);
  }
  const std::optional<Number> number = NumberReader(literal).ReadInt();
  if (!number) {
    return {};
  }
  int64_t value = 0;
  const std::string& digits = number->digits;
  const auto [stop, status] = std::from_chars(
      digits.data(), digits.data() + digits.size(), value, number->base);
  if (status == std::errc()) {
    return MakeInt64(value);
  }
  return MakeInt(arena, big::ParseDigits(arena, digits, number->base));
}

Value FloatFromLiteral(Arena& arena, std::string_view literal) {
  const std::optional<Number> number = NumberReader(literal).ReadFloat();
  if (!number) {
    return {};
  }
  // What is beyond this no digits of a literal make good.
  constexpr int64_t kBeyondAll = int64_t{1} << 40;
  const int64_t exponent =
      std::clamp(number->exponent, -kBeyondAll, kBeyondAll);
  int64_t exponent2 = exponent;
  int64_t exponent5 = number->exponent_base == 10 ? exponent : 0;
  switch (number->base) {
    case 2:
      exponent2 -= number->fraction_digits;
      break;
    case 8:
      exponent2 -= number->fraction_digits * 3;
      break;
    case 16:
      exponent2 -= number->fraction_digits * 4;
      break;
    default:
      exponent2 -= number->fraction_digits;
      exponent5 -= number->fraction_digits;
      break;
  }
  return MakeReal(arena, big::ParseReal(arena, number->digits, number->base,
                                        exponent2, exponent5));
}

}  // namespace

Value MakeFromLiteral(Arena& arena, TokenKind token, std::string_view literal) {
  switch (token) {
    case TokenKind::kInt:
    case TokenKind::kFloat:
    case TokenKind::kImag:
      if (literal.empty() || literal.size() > kMaxNumberLiteral) {
        return {};
      }
      if (token == TokenKind::kInt) {
        return IntFromLiteral(arena, literal);
      }
      if (token == TokenKind::kFloat) {
        return FloatFromLiteral(arena, literal);
      }
      if (literal.back() != 'i') {
        return {};
      }
      literal.remove_suffix(1);
      return MakeImag(arena, FloatFromLiteral(arena, literal));
    case TokenKind::kChar: {
      const auto rune = lexer::RuneValue(literal);
      return rune ? MakeInt64(int64_t{*rune}) : Value();
    }
    case TokenKind::kString: {
      if (const auto plain = PlainString(literal)) {
        return MakeString(arena, *plain);
      }
      const auto text = lexer::StringValue(literal);
      return text ? MakeString(arena, *text) : Value();
    }
    default:
      return {};
  }
}

}  // namespace gdlint::types::constant
