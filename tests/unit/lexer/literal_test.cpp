#include "lexer/literal.h"

#include <doctest/doctest.h>

namespace gdlint::lexer {
namespace {

TEST_CASE("strings") {
  CHECK(StringValue(R"("")") == "");
  CHECK(StringValue(R"("a\tb\"\\")") == "a\tb\"\\");
  CHECK(StringValue(R"("\x41\101\u00e9\U0001F600\xff")") ==
        "AA\xc3\xa9\xf0\x9f\x98\x80\xff");
  CHECK(StringValue("`a\\n\r\nb`") == "a\\n\nb");
  CHECK(StringValue("\"\xc3\xa9\"") == "\xc3\xa9");
  for (const char* wrong :
       {"", "\"", "\"a", R"("\")", R"("\q")", R"("\'")", R"("\x4")",
        R"("\ud800")", R"("\400")", R"("\U00110000")", "`", "\"a\nb\"",
        R"("\08")", R"("\x-1")"}) {
    CAPTURE(wrong);
    CHECK_FALSE(StringValue(wrong).has_value());
  }
}

TEST_CASE("runes") {
  CHECK(RuneValue("'a'") == U'a');
  CHECK(RuneValue(R"('\'')") == U'\'');
  CHECK(RuneValue(R"('"')") == U'"');
  CHECK(RuneValue(R"('\xff')") == char32_t{0xff});
  CHECK(RuneValue(R"('\U0010ffff')") == char32_t{0x10ffff});
  CHECK(RuneValue("'\xe4\xb8\x96'") == char32_t{0x4e16});
  for (const char* wrong :
       {"''", "'ab'", "'", "'''", R"('\"')", R"('\')", "'a"}) {
    CAPTURE(wrong);
    CHECK_FALSE(RuneValue(wrong).has_value());
  }
}

TEST_CASE("numbers are split into base and digits") {
  const auto check = [](const char* literal, int base, bool is_float,
                        bool is_imaginary, const char* digits) {
    CAPTURE(literal);
    const NumberParts parts = SplitNumber(literal);
    CHECK(parts.base == base);
    CHECK(parts.is_float == is_float);
    CHECK(parts.is_imaginary == is_imaginary);
    CHECK(parts.digits == digits);
  };
  check("0", 10, false, false, "0");
  check("1_000", 10, false, false, "1000");
  check("0755", 8, false, false, "755");
  check("0_7", 8, false, false, "7");
  check("0o17", 8, false, false, "17");
  check("0B1_0", 2, false, false, "10");
  check("0XfE", 16, false, false, "fE");
  check("0x1.8p-2", 16, true, false, "1.8p-2");
  check("0x1e5", 16, false, false, "1e5");
  check("01.5", 10, true, false, "01.5");
  check("1e3i", 10, true, true, "1e3");
  check("0123i", 10, false, true, "0123");
}

TEST_CASE("small integers") {
  CHECK(SmallIntValue("0") == 0);
  CHECK(SmallIntValue("0xffff_ffff_ffff_ffff") == UINT64_MAX);
  CHECK(SmallIntValue("0b101") == 5);
  CHECK(SmallIntValue("0644") == 0644);
  CHECK_FALSE(SmallIntValue("18446744073709551616").has_value());
  CHECK_FALSE(SmallIntValue("1.0").has_value());
  CHECK_FALSE(SmallIntValue("089").has_value());
  CHECK_FALSE(SmallIntValue("0x").has_value());
}

}  // namespace
}  // namespace gdlint::lexer
