// Decoding UTF-8 one character at a time.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gdlint {

inline constexpr char32_t kReplacementCharacter = 0xfffd;

struct Utf8Character {
  char32_t value = kReplacementCharacter;
  // In bytes; 0 only at the end of the text.
  uint32_t length = 0;

  // True where the bytes are no UTF-8: one byte that stands for U+FFFD. (U+FFFD
  // itself takes three bytes.)
  bool is_ill_formed() const {
    return value == kReplacementCharacter && length == 1;
  }
};

// The character that `text` begins with. Overlong forms, surrogates and values
// above U+10FFFF are ill-formed, byte by byte, as in Go's unicode/utf8.
Utf8Character DecodeUtf8(std::string_view text);

void AppendUtf8(char32_t value, std::string& out);

}  // namespace gdlint
