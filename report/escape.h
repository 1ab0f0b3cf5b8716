// Makes any bytes safe to print on a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gdlint::report {

// The first character of a text as a terminal may show it.
struct VisibleChar {
  // The bytes that it takes in the text.
  size_t length;
  // Columns of the terminal.
  unsigned width;
  // If true, the bytes are printed as they are; otherwise `escape`, such as
  // `\x1b`,
  // `\u202e`, or `\xff` for a byte that is no UTF-8.
  bool is_plain;
  std::string escape;
};

// `text` must not be empty. A tab is escaped as `\t`.
VisibleChar FirstVisibleChar(std::string_view text);

// `text` with everything that a terminal would obey rather than show (controls,
// bidirectional marks, invisible characters, line ends) replaced by an escape.
std::string EscapeForTerminal(std::string_view text);

}  // namespace gdlint::report
