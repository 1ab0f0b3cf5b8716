// The values of literals. All of these take the text of a token; what is wrong
// in it the lexer has reported, and they make the best of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gdlint::lexer {

// `text` without its carriage returns, as the value of a raw string has it.
std::string WithoutCarriageReturns(std::string_view text);

// The value of a string literal, interpreted or raw: its bytes, which need not
// be UTF-8 (`"\xff"`). Nothing if the literal is ill-formed.
std::optional<std::string> StringValue(std::string_view literal);

// The value of a rune literal. Nothing if it is ill-formed.
std::optional<char32_t> RuneValue(std::string_view literal);

// The parts of a number literal, ready for a library that reads digits.
struct NumberParts {
  // 2, 8, 10 or 16. A float or imaginary literal that begins with a zero is
  // decimal.
  int base = 10;
  bool is_float = false;
  bool is_imaginary = false;
  // Without prefix, separators and `i`: "1.5e3", "1f.8p-2".
  std::string digits;
};
NumberParts SplitNumber(std::string_view literal);

// The value of an integer literal. Nothing if it is ill-formed or exceeds 64
// bits.
std::optional<uint64_t> SmallIntValue(std::string_view literal);

}  // namespace gdlint::lexer
