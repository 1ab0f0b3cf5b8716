#include "source/line_table.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gdlint::source {
namespace {

// The line and column of `offset`, found by counting newlines.
LineColumn Count(std::string_view text, uint32_t offset) {
  LineColumn at{.line = 1, .column = 1};
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

TEST_CASE(
    "every offset of a text has the line and column that counting gives") {
  for (const std::string_view text : {"", "\n", "\n\n", "a", "a\n", "\na",
                                      "one\ntwo\r\n\nfour", "x\n\n\ny\n"}) {
    CAPTURE(text);
    const LineTable table(text);
    for (uint32_t offset = 0; offset <= text.size(); ++offset) {
      CAPTURE(offset);
      CHECK(table.Find(Pos::At(offset)) == Count(text, offset));
    }
  }
}

TEST_CASE("no position is 0:0") {
  CHECK(LineTable("a\nb").Find(Pos()) == LineColumn{.line = 0, .column = 0});
}

TEST_CASE("columns count bytes") {
  // U+00E9 takes two bytes.
  CHECK(LineTable("\u00e9x").Find(Pos::At(2)) ==
        LineColumn{.line = 1, .column = 3});
}

TEST_CASE("a line comes without its terminator") {
  const LineTable table("one\ntwo\r\n\nfour");
  CHECK(table.line_count() == 4);
  CHECK(table.Line(1) == "one");
  CHECK(table.Line(2) == "two");
  CHECK(table.Line(3).empty());
  CHECK(table.Line(4) == "four");
}

TEST_CASE("a final newline begins an empty line") {
  const LineTable table("one\n");
  CHECK(table.line_count() == 2);
  CHECK(table.Line(1) == "one");
  CHECK(table.Line(2).empty());
}

TEST_CASE("a line that does not exist is empty") {
  const LineTable table("one");
  CHECK(table.Line(0).empty());
  CHECK(table.Line(2).empty());
}

TEST_CASE("a NUL byte does not end a line") {
  const std::string text("a\0b\nc", 5);
  const LineTable table(text);
  CHECK(table.line_count() == 2);
  CHECK(table.Find(Pos::At(4)) == LineColumn{.line = 2, .column = 1});
}

}  // namespace
}  // namespace gdlint::source
