// Cutting text into lines and words, as the go command cuts headers and go.mod
// files.

#pragma once

#include <string_view>

namespace gdlint::loader {

constexpr bool IsSpace(char c) { return c == ' ' || ('\t' <= c && c <= '\r'); }

constexpr std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && IsSpace(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

// Takes the first line off `text` and returns it without its newline.
constexpr std::string_view TakeLine(std::string_view& text) {
  const size_t newline = text.find('\n');
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size()
                                                       : newline + 1);
  return line;
}

}  // namespace gdlint::loader
