// Number literals. What is wrong with one never ends it early: `0b12` is one
// literal with an invalid digit.

#include <string_view>

#include "lexer/bytes.h"
#include "lexer/scan.h"
#include "support/quote.h"

namespace gdlint::lexer {
namespace {

constexpr char LowerCase(char c) { return static_cast<char>(c | 0x20); }

constexpr bool IsHexDigit(char c) {
  return IsDecimalByte(c) || (LowerCase(c) >= 'a' && LowerCase(c) <= 'f');
}

// The letter of a prefix; a leading zero alone is the old octal prefix.
enum class Prefix : char {
  kNone = 0,
  kZero = '0',
  kBinary = 'b',
  kOctal = 'o',
  kHex = 'x'
};

constexpr std::string_view LiteralName(Prefix prefix) {
  switch (prefix) {
    case Prefix::kHex:
      return "hexadecimal literal";
    case Prefix::kOctal:
    case Prefix::kZero:
      return "octal literal";
    case Prefix::kBinary:
      return "binary literal";
    case Prefix::kNone:
      break;
  }
  return "decimal literal";
}

// The place of the first '_' that does not stand between digits, or npos. The
// letter of a prefix counts as a digit.
size_t MisplacedSeparator(std::string_view literal) {
  bool is_hex = false;
  size_t first = 0;
  if (literal.size() >= 2 && literal[0] == '0') {
    const char letter = LowerCase(literal[1]);
    is_hex = letter == 'x';
    first = is_hex || letter == 'o' || letter == 'b' ? 2 : 0;
  }
  const auto is_digit = [&](size_t i) {
    return i < literal.size() &&
           (is_hex ? IsHexDigit(literal[i]) : IsDecimalByte(literal[i]));
  };
  for (size_t i = literal.find('_', first); i != std::string_view::npos;
       i = literal.find('_', i + 1)) {
    const bool follows_digit = i == first ? first == 2 : is_digit(i - 1);
    // Of two in a row it is the second that is wrong.
    const bool precedes =
        is_digit(i + 1) || literal.substr(i + 1).starts_with('_');
    if (!follows_digit || !precedes) {
      return i;
    }
  }
  return std::string_view::npos;
}

class NumberScanner {
 public:
  NumberScanner(ScanContext& context, const char* begin)
      : context_(context), begin_(begin), p_(begin) {}

  ScannedNumber Run() {
    if (*p_ != '.') {
      ScanPrefix();
      ScanDigits(base_);
    }
    ScanFraction();
    if (!has_digits_) {
      context_.Error<source::Code::kNoDigits>(p_, p_, LiteralName(prefix_));
    }
    ScanExponent();
    if (*p_ == 'i') {
      kind_ = TokenKind::kImag;
      ++p_;
    }
    CheckWhole();
    return {p_, kind_};
  }

 private:
  void ScanPrefix() {
    if (*p_ != '0') {
      return;
    }
    ++p_;
    switch (LowerCase(*p_)) {
      case 'x':
        prefix_ = Prefix::kHex;
        base_ = 16;
        break;
      case 'o':
        prefix_ = Prefix::kOctal;
        base_ = 8;
        break;
      case 'b':
        prefix_ = Prefix::kBinary;
        base_ = 2;
        break;
      default:
        prefix_ = Prefix::kZero;
        base_ = 8;
        // The zero itself.
        has_digits_ = true;
        return;
    }
    ++p_;
  }

  // Returns whether there was a digit. Takes digits that `base` does not have
  // too, and remembers the first.
  bool ScanDigits(int base) {
    bool found = false;
    for (;; ++p_) {
      if (*p_ == '_') {
        has_separators_ = true;
        continue;
      }
      if (!(base == 16 ? IsHexDigit(*p_) : IsDecimalByte(*p_))) {
        break;
      }
      found = true;
      if (base < 10 && *p_ - '0' >= base && invalid_digit_ == nullptr) {
        invalid_digit_ = p_;
      }
    }
    has_digits_ = has_digits_ || found;
    return found;
  }

  void ScanFraction() {
    if (*p_ != '.') {
      return;
    }
    kind_ = TokenKind::kFloat;
    if (prefix_ == Prefix::kOctal || prefix_ == Prefix::kBinary) {
      context_.Error<source::Code::kRadixPoint>(p_, p_ + 1,
                                                LiteralName(prefix_));
    }
    ++p_;
    ScanDigits(base_);
  }

  void ScanExponent() {
    const char letter = LowerCase(*p_);
    if (letter != 'e' && letter != 'p') {
      if (prefix_ == Prefix::kHex && kind_ == TokenKind::kFloat) {
        context_.Error<source::Code::kExponentMissing>(p_, p_);
      }
      return;
    }
    const auto name = QuotedCharacter(static_cast<unsigned char>(*p_));
    if (letter == 'e' && prefix_ != Prefix::kNone && prefix_ != Prefix::kZero) {
      context_.Error<source::Code::kDecimalExponent>(p_, p_ + 1, name);
    } else if (letter == 'p' && prefix_ != Prefix::kHex) {
      context_.Error<source::Code::kBinaryExponent>(p_, p_ + 1, name);
    }
    ++p_;
    kind_ = TokenKind::kFloat;
    if (*p_ == '+' || *p_ == '-') {
      ++p_;
    }
    if (!ScanDigits(10)) {
      context_.Error<source::Code::kExponentNoDigits>(p_, p_);
    }
  }

  void CheckWhole() {
    if (kind_ == TokenKind::kInt && invalid_digit_ != nullptr) {
      context_.Error<source::Code::kInvalidDigit>(
          invalid_digit_, invalid_digit_ + 1,
          QuotedCharacter(static_cast<unsigned char>(*invalid_digit_)),
          LiteralName(prefix_));
    }
    if (!has_separators_) {
      return;
    }
    const std::string_view literal(begin_, static_cast<size_t>(p_ - begin_));
    const size_t place = MisplacedSeparator(literal);
    if (place != std::string_view::npos) {
      context_.Error<source::Code::kMisplacedSeparator>(begin_ + place,
                                                        begin_ + place + 1);
    }
  }

  ScanContext& context_;
  const char* begin_;
  const char* p_;
  TokenKind kind_ = TokenKind::kInt;
  Prefix prefix_ = Prefix::kNone;
  int base_ = 10;
  bool has_digits_ = false;
  bool has_separators_ = false;
  const char* invalid_digit_ = nullptr;
};

}  // namespace

ScannedNumber ScanNumber(ScanContext& context, const char* begin) {
  return NumberScanner(context, begin).Run();
}

}  // namespace gdlint::lexer
