// `//line FILE:LINE:COLUMN` and `/*line FILE:LINE:COLUMN*/`: the place that the
// code after the comment was generated from.

#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace gdlint::lexer {

// Where generated code says that it comes from. gdlint's own positions are
// physical; this is for showing beside them.
struct LineDirective {
  // As written; empty with a column means "as before".
  std::string_view file;
  uint32_t line;
  // 0 if not given.
  uint32_t column;
};

struct LineDirectiveError {
  bool is_column;
  // What is wrong, a part of the comment that begins at `offset` in it.
  std::string_view text;
  uint32_t offset;
};

// True if `comment` has the form of a directive: it is on to ParseLineDirective
// to say more. A line comment is one only if it begins its line.
bool IsLineDirective(std::string_view comment, bool begins_line);

// monostate: a comment that is no directive after all, for want of a colon.
using ParsedLineDirective =
    std::variant<std::monostate, LineDirective, LineDirectiveError>;

// `comment` is the whole of a terminated comment for which IsLineDirective
// holds.
ParsedLineDirective ParseLineDirective(std::string_view comment);

}  // namespace gdlint::lexer
