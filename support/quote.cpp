#include "support/quote.h"

#include <iterator>

#include <fmt/format.h>

#include "support/unicode.h"
#include "support/utf8.h"

namespace gdlint {
namespace {

// The letter after the backslash in the short escape of `c`, or 0.
char ShortEscape(char32_t c) {
  switch (c) {
    case '\a':
      return 'a';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\v':
      return 'v';
    default:
      return 0;
  }
}

void AppendEscaped(char32_t c, char quote, std::string& out) {
  const auto end = std::back_inserter(out);
  if (c == static_cast<char32_t>(quote) || c == '\\') {
    out += '\\';
    out += static_cast<char>(c);
  } else if (IsUnicodePrintable(c)) {
    AppendUtf8(c, out);
  } else if (const char letter = ShortEscape(c)) {
    out += '\\';
    out += letter;
  } else if (c < ' ' || c == 0x7f) {
    fmt::format_to(end, "\\x{:02x}", static_cast<uint32_t>(c));
  } else if (c < 0x10000) {
    fmt::format_to(end, "\\u{:04x}", static_cast<uint32_t>(c));
  } else {
    fmt::format_to(end, "\\U{:08x}", static_cast<uint32_t>(c));
  }
}

}  // namespace

void AppendQuoted(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const Utf8Character c = DecodeUtf8(text);
    if (c.is_ill_formed()) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}",
                     static_cast<unsigned char>(text.front()));
    } else {
      AppendEscaped(c.value, '"', out);
    }
    text.remove_prefix(c.length);
  }
  out += '"';
}

std::string Quoted(std::string_view text) {
  std::string out;
  AppendQuoted(text, out);
  return out;
}

std::string QuotedCharacter(char32_t c) {
  std::string out = "'";
  AppendEscaped(c, '\'', out);
  out += '\'';
  return out;
}

std::string CodePointName(char32_t c) {
  std::string out = fmt::format("U+{:04X}", static_cast<uint32_t>(c));
  if (IsUnicodePrintable(c)) {
    out += " '";
    AppendUtf8(c, out);
    out += '\'';
  }
  return out;
}

}  // namespace gdlint
