#include "report/escape.h"

#include <doctest/doctest.h>

#include <string>

namespace gdlint::report {
namespace {

using std::string_view_literals::operator""sv;

TEST_CASE("what a terminal shows stays as it is") {
  for (const auto text : {"plain text"sv, "größe"sv, "日本"sv, "e\u0301"sv}) {
    CHECK(EscapeForTerminal(text) == text);
  }
}

TEST_CASE("what a terminal obeys is escaped") {
  CHECK(EscapeForTerminal("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(EscapeForTerminal("a\nb\tc\rd") == "a\\nb\\tc\\rd");
  CHECK(EscapeForTerminal("\0\x7f"sv) == "\\x00\\x7f");
  CHECK(EscapeForTerminal("\u009b31m") == "\\u009b31m");
  CHECK(EscapeForTerminal("\u202eabc\u2066") == "\\u202eabc\\u2066");
  CHECK(EscapeForTerminal("\u200b\ufeff") == "\\u200b\\ufeff");
  CHECK(EscapeForTerminal("\U000e0041") == "\\U000e0041");
}

TEST_CASE("bytes that are no UTF-8 are escaped one by one") {
  CHECK(EscapeForTerminal("a\xff\xc0\x80z") == "a\\xff\\xc0\\x80z");
  CHECK(EscapeForTerminal("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(EscapeForTerminal("\xe6\x97") == "\\xe6\\x97");
}

TEST_CASE("widths are columns of a terminal") {
  CHECK(FirstVisibleChar("x").width == 1);
  CHECK(FirstVisibleChar("日").width == 2);
  CHECK(FirstVisibleChar("\u0301").width == 0);
  CHECK(FirstVisibleChar("\x1b").width == 4);
}

}  // namespace
}  // namespace gdlint::report
