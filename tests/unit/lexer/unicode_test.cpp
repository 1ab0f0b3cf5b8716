#include "support/unicode.h"

#include <string>

#include <doctest/doctest.h>
#include <utf8proc.h>

#include "support/quote.h"
#include "support/utf8.h"

namespace gdlint {
namespace {

TEST_CASE("the character sets are utf8proc's for every code point") {
  int differences = 0;
  for (int c = 0; c < 0x110000; ++c) {
    const auto code_point = static_cast<char32_t>(c);
    const auto category = utf8proc_category(c);
    const bool is_letter =
        category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool is_printable = c == ' ' || (category >= UTF8PROC_CATEGORY_LU &&
                                           category <= UTF8PROC_CATEGORY_SO);
    differences += IsUnicodeLetter(code_point) != is_letter;
    differences +=
        IsUnicodeDigit(code_point) != (category == UTF8PROC_CATEGORY_ND);
    differences += IsUnicodePrintable(code_point) != is_printable;
    differences +=
        IsUnicodeUpper(code_point) != (category == UTF8PROC_CATEGORY_LU);
  }
  CHECK(differences == 0);
  CHECK_FALSE(IsUnicodeLetter(0x110000));
}

TEST_CASE("UTF-8 is decoded as utf8proc does, and back") {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xd800 && c < 0xe000) {
      continue;
    }
    std::string bytes;
    AppendUtf8(c, bytes);
    utf8proc_uint8_t expected[4];
    const auto length =
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), expected);
    REQUIRE(bytes == std::string(reinterpret_cast<char*>(expected),
                                 static_cast<size_t>(length)));
    const Utf8Character decoded = DecodeUtf8(bytes);
    REQUIRE(decoded.value == c);
    REQUIRE(decoded.length == bytes.size());
  }
}

TEST_CASE("ill-formed UTF-8 is one byte") {
  for (const char* text :
       {"\x80", "\xc0\x80", "\xc3", "\xc3(", "\xe0\x80\x80", "\xe4\xb8",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88", "\xff"}) {
    CHECK(DecodeUtf8(text).is_ill_formed());
  }
  CHECK(DecodeUtf8("").length == 0);
  CHECK_FALSE(DecodeUtf8("\xef\xbf\xbd").is_ill_formed());
}

TEST_CASE("text is quoted as Go quotes it") {
  CHECK(Quoted("plain") == R"("plain")");
  CHECK(Quoted("a\"b\\c'") == R"("a\"b\\c'")");
  CHECK(Quoted("\a\b\f\n\r\t\v") == R"("\a\b\f\n\r\t\v")");
  CHECK(Quoted({"\0\x1b\x7f", 3}) == R"("\x00\x1b\x7f")");
  CHECK(Quoted("\xc3\xa9\xff\xc3") == "\"\xc3\xa9\\xff\\xc3\"");
  CHECK(Quoted("\xc2\xa0\xef\xbb\xbf") == R"("\u00a0\ufeff")");
  CHECK(Quoted("\xf3\xa0\x80\x81") == R"("\U000e0001")");
  CHECK(QuotedCharacter('"') == R"('"')");
  CHECK(QuotedCharacter('\'') == R"('\'')");
  CHECK(CodePointName('@') == "U+0040 '@'");
  CHECK(CodePointName(0) == "U+0000");
  CHECK(CodePointName(0x1f600) == "U+1F600 '\xf0\x9f\x98\x80'");
}

}  // namespace
}  // namespace gdlint
