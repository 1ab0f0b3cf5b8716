#include "lexer/literal.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "support/utf8.h"

namespace gdlint::lexer {
namespace {

std::optional<uint32_t> ParseDigits(std::string_view digits, int base) {
  uint32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, status] = std::from_chars(digits.data(), end, value, base);
  if (status != std::errc() || stop != end) {
    return std::nullopt;
  }
  return value;
}

// One character or escape of a literal.
struct Element {
  char32_t value;
  size_t length;
  // True for `\x` and octal escapes: a byte of a string, not a character.
  bool is_byte;
};

std::optional<Element> ReadDigitEscape(std::string_view text, size_t digits_at,
                                       size_t digit_count, int base) {
  if (text.size() < digits_at + digit_count) {
    return std::nullopt;
  }
  const auto value = ParseDigits(text.substr(digits_at, digit_count), base);
  const bool is_byte = digit_count <= 3;
  if (!value || (*value >= 0xd800 && *value < 0xe000) ||
      *value > (is_byte ? 0xffU : 0x10ffffU)) {
    return std::nullopt;
  }
  return Element{*value, digits_at + digit_count, is_byte};
}

// `text` begins with a backslash.
std::optional<Element> ReadEscape(std::string_view text, char quote) {
  if (text.size() < 2) {
    return std::nullopt;
  }
  const auto simple = [](char32_t c) { return Element{c, 2, false}; };
  switch (text[1]) {
    case 'a':
      return simple('\a');
    case 'b':
      return simple('\b');
    case 'f':
      return simple('\f');
    case 'n':
      return simple('\n');
    case 'r':
      return simple('\r');
    case 't':
      return simple('\t');
    case 'v':
      return simple('\v');
    case '\\':
      return simple('\\');
    case 'x':
      return ReadDigitEscape(text, 2, 2, 16);
    case 'u':
      return ReadDigitEscape(text, 2, 4, 16);
    case 'U':
      return ReadDigitEscape(text, 2, 8, 16);
    default:
      if (text[1] == quote) {
        return simple(static_cast<unsigned char>(quote));
      }
      return ReadDigitEscape(text, 1, 3, 8);
  }
}

std::optional<Element> ReadElement(std::string_view text, char quote) {
  if (text.starts_with('\\')) {
    return ReadEscape(text, quote);
  }
  const Utf8Character c = DecodeUtf8(text);
  if (c.length == 0 || c.value == '\n' ||
      c.value == static_cast<char32_t>(quote)) {
    return std::nullopt;
  }
  return Element{c.value, c.length, false};
}

// What is between the quotes of `literal`, if both are there.
std::optional<std::string_view> Inside(std::string_view literal, char quote) {
  if (literal.size() < 2 || literal.front() != quote ||
      literal.back() != quote) {
    return std::nullopt;
  }
  return literal.substr(1, literal.size() - 2);
}

}  // namespace

std::string WithoutCarriageReturns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::ranges::remove_copy(text, std::back_inserter(out), '\r');
  return out;
}

std::optional<std::string> StringValue(std::string_view literal) {
  if (const auto raw = Inside(literal, '`')) {
    return WithoutCarriageReturns(*raw);
  }
  auto rest = Inside(literal, '"');
  if (!rest) {
    return std::nullopt;
  }
  std::string value;
  value.reserve(rest->size());
  while (!rest->empty()) {
    const auto element = ReadElement(*rest, '"');
    if (!element) {
      return std::nullopt;
    }
    if (element->is_byte) {
      value += static_cast<char>(element->value);
    } else if (rest->front() == '\\') {
      AppendUtf8(element->value, value);
    } else {
      value += rest->substr(0, element->length);
    }
    rest->remove_prefix(element->length);
  }
  return value;
}

std::optional<char32_t> RuneValue(std::string_view literal) {
  const auto inside = Inside(literal, '\'');
  if (!inside) {
    return std::nullopt;
  }
  const auto element = ReadElement(*inside, '\'');
  if (!element || element->length != inside->size()) {
    return std::nullopt;
  }
  return element->value;
}

NumberParts SplitNumber(std::string_view literal) {
  NumberParts parts;
  if (literal.ends_with('i')) {
    parts.is_imaginary = true;
    literal.remove_suffix(1);
  }
  const auto prefix = [&](char letter) {
    return literal.size() >= 2 && literal[0] == '0' &&
           (literal[1] | 0x20) == letter;
  };
  if (prefix('x') || prefix('o') || prefix('b')) {
    parts.base = prefix('x') ? 16 : prefix('o') ? 8 : 2;
    literal.remove_prefix(2);
  }
  parts.is_float = literal.find('.') != std::string_view::npos ||
                   literal.find_first_of(parts.base == 16 ? "pP" : "eE") !=
                       std::string_view::npos;
  // `0755` is octal; `0755.5` and, for the sake of old code, `0755i` are
  // decimal.
  if (parts.base == 10 && literal.size() > 1 && literal[0] == '0' &&
      !parts.is_float && !parts.is_imaginary) {
    parts.base = 8;
    literal.remove_prefix(1);
  }
  std::ranges::remove_copy(literal, std::back_inserter(parts.digits), '_');
  return parts;
}

std::optional<uint64_t> SmallIntValue(std::string_view literal) {
  const NumberParts parts = SplitNumber(literal);
  if (parts.is_float || parts.is_imaginary) {
    return std::nullopt;
  }
  uint64_t value = 0;
  const char* const end = parts.digits.data() + parts.digits.size();
  const auto [stop, status] =
      std::from_chars(parts.digits.data(), end, value, parts.base);
  if (status != std::errc() || stop != end) {
    return std::nullopt;
  }
  return value;
}

}  // namespace gdlint::lexer
