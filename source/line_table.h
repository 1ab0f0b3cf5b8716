// Lines and columns of byte offsets.

#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "source/pos.h"

namespace gdlint::source {

// Both count from 1; `column` counts bytes. 0:0 is "no position".
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
  friend constexpr auto operator<=>(LineColumn, LineColumn) = default;
};

// Where each line of a text begins. Built on demand: only files that something
// is printed about need one, and the lexer records no newlines. `//line`
// directives are not applied: positions are physical.
class LineTable {
 public:
  explicit LineTable(std::string_view text);

  // `pos` may be one past the last byte (the end of the file).
  LineColumn Find(Pos pos) const;
  uint32_t line_count() const { return static_cast<uint32_t>(starts_.size()); }
  // The text of line `line` (from 1) without its line terminator.
  std::string_view Line(uint32_t line) const;

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;
};

}  // namespace gdlint::source
