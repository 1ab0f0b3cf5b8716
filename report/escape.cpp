#include "report/escape.h"

#include <fmt/format.h>
#include <utf8proc.h>

namespace gdlint::report {
namespace {

// True for what has no shape of its own or changes that of others.
bool IsTreacherous(utf8proc_int32_t rune) {
  switch (utf8proc_category(rune)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

std::string EscapeOf(utf8proc_int32_t rune) {
  switch (rune) {
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (rune < 0x80) {
    return fmt::format("\\x{:02x}", rune);
  }
  return rune < 0x10000 ? fmt::format("\\u{:04x}", rune)
                        : fmt::format("\\U{:08x}", rune);
}

VisibleChar Escaped(size_t length, std::string escape) {
  const auto width = static_cast<unsigned>(escape.size());
  return {.length = length,
          .width = width,
          .is_plain = false,
          .escape = std::move(escape)};
}

}  // namespace

VisibleChar FirstVisibleChar(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (0x20 <= first && first < 0x7f) {
    return {.length = 1, .width = 1, .is_plain = true, .escape = {}};
  }
  utf8proc_int32_t rune = 0;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &rune);
  if (length <= 0) {
    return Escaped(1, fmt::format("\\x{:02x}", first));
  }
  if (IsTreacherous(rune)) {
    return Escaped(static_cast<size_t>(length), EscapeOf(rune));
  }
  const int width = utf8proc_charwidth(rune);
  return {.length = static_cast<size_t>(length),
          .width = static_cast<unsigned>(width < 0 ? 0 : width),
          .is_plain = true,
          .escape = {}};
}

std::string EscapeForTerminal(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const VisibleChar next = FirstVisibleChar(text);
    if (next.is_plain) {
      result += text.substr(0, next.length);
    } else {
      result += next.escape;
    }
    text.remove_prefix(next.length);
  }
  return result;
}

}  // namespace gdlint::report
