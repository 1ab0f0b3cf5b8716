#include "lexer/lexer.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "lexer/dump.h"

namespace gdlint::lexer {
namespace {

source::SourceFile FileOf(std::string_view text) {
  return source::SourceFile::FromText("test.go", text);
}

std::string Dump(std::string_view text) {
  std::string out;
  DumpTokens(FileOf(text), out);
  return out;
}

// `OFFSET: message` for each error.
std::vector<std::string> Errors(std::string_view text) {
  TokenBuffer buffer;
  source::Emitter emitter;
  Lex(FileOf(text), buffer, emitter);
  std::vector<std::string> errors;
  for (const auto& diagnostic : emitter.diagnostics()) {
    errors.push_back(std::to_string(diagnostic.span.begin.offset()) + ": " +
                     diagnostic.text);
  }
  return errors;
}

using Strings = std::vector<std::string>;

TEST_CASE("semicolons are inserted where a line ends a statement") {
  CHECK(Dump("x\n") == "1:1\tIDENT\t\"x\"\n1:2\t;\t\"\\n\"\n");
  CHECK(Dump("x") == "1:1\tIDENT\t\"x\"\n1:2\t;\t\"\\n\"\n");
  CHECK(Dump("+\n;") == "1:1\t+\t\"\"\n2:1\t;\t\";\"\n");
  CHECK(Dump("x // c\n\ny++") ==
        "1:1\tIDENT\t\"x\"\n1:7\t;\t\"\\n\"\n3:1\tIDENT\t\"y\"\n3:2\t++\t\"\"\n"
        "3:4\t;\t\"\\n\"\n");
}

TEST_CASE("the semicolon of a comment with a newline is at the newline") {
  CHECK(Dump("x /* a\nb */ y") ==
        "1:1\tIDENT\t\"x\"\n1:7\t;\t\"\\n\"\n2:6\tIDENT\t\"y\"\n2:7\t;"
        "\t\"\\n\"\n");
  CHECK(Dump("x /* a */\n") == "1:1\tIDENT\t\"x\"\n1:10\t;\t\"\\n\"\n");
  CHECK(
      Dump("x /* a */ + /*\n*/ y") ==
      "1:1\tIDENT\t\"x\"\n1:11\t+\t\"\"\n2:4\tIDENT\t\"y\"\n2:5\t;\t\"\\n\"\n");
}

TEST_CASE("an illegal character neither ends nor continues a statement") {
  CHECK(Dump("x @\n") ==
        "1:1\tIDENT\t\"x\"\n1:3\tILLEGAL\t\"@\"\n1:4\t;\t\"\\n\"\n");
  CHECK(Dump("+ @\n") == "1:1\t+\t\"\"\n1:3\tILLEGAL\t\"@\"\n");
}

TEST_CASE("every operator and keyword is lexed as itself") {
  const std::string_view names[] = {
#define GO_OPERATOR(Name, Text) Text,
#define GO_KEYWORD(Name, Text) Text,
#define GO_TOKEN(Name, Text)
#include "lexer/token_kind.def"
  };
  for (const std::string_view name : names) {
    CAPTURE(name);
    const auto file = FileOf(name);
    TokenBuffer buffer;
    source::Emitter errors;
    Lex(file, buffer, errors);
    CHECK(errors.diagnostics().empty());
    const Token token = buffer.tokens()[0];
    CHECK(TokenKindName(token.kind()) == name);
    CHECK(buffer.Text(file.text(), token) == name);
    CHECK(buffer.tokens().size() == (EndsLine(token.kind()) ? 3 : 2));
    CHECK(buffer.tokens().back().kind() == TokenKind::kEof);
    CHECK(buffer.tokens().back().offset() == name.size());
  }
}

TEST_CASE("near keywords are identifiers") {
  for (const char* word :
       {"f", "fun", "funcs", "Func", "interfac", "interfaced", "interfacE",
        "fallthrougH", "fallthrough1", "a_sixteen_bytes_", "_", "x9",
        "caf\xc3\xa9", "\xe4\xb8\x96\xe7\x95\x8c", "go\xd9\xa3"}) {
    CAPTURE(word);
    const auto file = FileOf(word);
    TokenBuffer buffer;
    source::Emitter errors;
    Lex(file, buffer, errors);
    CHECK(buffer.tokens()[0].kind() == TokenKind::kIdent);
    CHECK(buffer.Text(file.text(), buffer.tokens()[0]) == word);
  }
}

TEST_CASE("numbers") {
  const auto kind_of = [](std::string_view text) {
    const auto file = FileOf(text);
    TokenBuffer buffer;
    source::Emitter errors;
    Lex(file, buffer, errors);
    CHECK(buffer.Text(file.text(), buffer.tokens()[0]) == text);
    CHECK(errors.diagnostics().empty());
    return buffer.tokens()[0].kind();
  };
  for (const char* text :
       {"0", "7", "1234567890123456789", "0755", "0_7", "0o17", "0b1_0",
        "0xBad_Face", "0x0123456789abcdef0123", "1_000"}) {
    CAPTURE(text);
    CHECK(kind_of(text) == TokenKind::kInt);
  }
  for (const char* text : {"1.", ".5", "0.", "08.5", "1e9", "1E+9", "0x1p-2",
                           "0X.8P1", "0x1.8p0", "1_0.2_5e1_0"}) {
    CAPTURE(text);
    CHECK(kind_of(text) == TokenKind::kFloat);
  }
  for (const char* text : {"0i", "08i", "1.5i", "0x1p0i", "0b1i"}) {
    CAPTURE(text);
    CHECK(kind_of(text) == TokenKind::kImag);
  }
}

TEST_CASE("what is wrong with numbers") {
  CHECK(Errors("0x") == Strings{"2: hexadecimal literal has no digits"});
  CHECK(Errors("0b12") == Strings{"3: invalid digit '2' in binary literal"});
  CHECK(Errors("089") == Strings{"1: invalid digit '8' in octal literal"});
  CHECK(Errors("1__0") == Strings{"2: '_' must separate successive digits"});
  CHECK(Errors("0_x") == Strings{"1: '_' must separate successive digits"});
  CHECK(Errors("0b1.0") == Strings{"3: invalid radix point in binary literal"});
  CHECK(Errors("0x1e+1").empty());
  CHECK(Errors("0b1e1") ==
        Strings{"3: 'e' exponent requires decimal mantissa"});
  CHECK(Errors("1p1") ==
        Strings{"1: 'p' exponent requires hexadecimal mantissa"});
  CHECK(Errors("1e") == Strings{"2: exponent has no digits"});
  CHECK(Errors("0x1.") ==
        Strings{"4: hexadecimal mantissa requires a 'p' exponent"});
}

TEST_CASE("what is wrong with strings, runes and comments") {
  CHECK(Errors("\"a\nb") == Strings{"0: string literal not terminated"});
  CHECK(Errors("`a\nb") == Strings{"0: raw string literal not terminated"});
  CHECK(Errors("'a\n") == Strings{"0: rune literal not terminated"});
  CHECK(Errors("''") == Strings{"0: illegal rune literal"});
  CHECK(Errors("'ab'") == Strings{"0: illegal rune literal"});
  CHECK(Errors("x /* *") == Strings{"2: comment not terminated"});
  CHECK(Errors("/*/") == Strings{"0: comment not terminated"});
  CHECK(Errors(R"("\q")") == Strings{"2: unknown escape sequence"});
  CHECK(Errors(R"("\xg")") ==
        Strings{"3: illegal character U+0067 'g' in escape sequence"});
  CHECK(Errors(R"("\ud800")") ==
        Strings{"2: escape sequence is invalid Unicode code point"});
  CHECK(Errors("'\\") == Strings{"2: escape sequence not terminated"});
}

TEST_CASE("what is wrong with characters") {
  using namespace std::string_view_literals;
  CHECK(Errors("\xef\xbb\xbfpackage p").empty());
  CHECK(Errors("//\xef\xbb\xbf") == Strings{"2: illegal byte order mark"});
  CHECK(Errors("//\0"sv) == Strings{"2: illegal character NUL"});
  CHECK(Errors("\"\xff\"") == Strings{"1: illegal UTF-8 encoding"});
  CHECK(Errors("x \xe2\x80\x9c") ==
        Strings{"2: curly quotation mark '\xe2\x80\x9c' (use neutral '\"')"});
  CHECK(Errors("#") == Strings{"0: illegal character U+0023 '#'"});
  CHECK(Errors("\xff\xfe"
               "p\0"sv)
            .front() == "0: illegal UTF-8 encoding (got UTF-16)");
  CHECK(Dump("\xff\xfe"
             "p\0a\0"sv) == "1:1\tILLEGAL\t\"\xef\xbf\xbd\"\n");
}

TEST_CASE("line directives are checked where they are directives") {
  CHECK(Errors("//line a:0\n") == Strings{"9: invalid line number: \"0\""});
  CHECK(Errors("x //line a:0\n").empty());
  CHECK(Errors("x /*line a:1:0*/") ==
        Strings{"13: invalid column number: \"0\""});
  CHECK(Errors("//line a:b\r\n") == Strings{"9: invalid line number: \"b\""});
  CHECK(Errors("//line a\n").empty());
  CHECK(Errors("/*line a:0").size() == 1);
}

TEST_CASE("comments are recorded, all of them") {
  TokenBuffer buffer;
  source::Emitter errors;
  Lex(FileOf("// a\r\nx /* b\n */ // c"), buffer, errors);
  REQUIRE(buffer.comments().size() == 3);
  CHECK(buffer.comments()[0].offset == 0);
  CHECK(buffer.comments()[0].length == 5);
  CHECK(buffer.comments()[1].offset == 8);
  CHECK(buffer.comments()[1].length == 8);
  CHECK(buffer.comments()[2].offset == 17);
  CHECK(buffer.comments()[2].length == 4);
}

TEST_CASE("tokens of any length, and a buffer used again") {
  const std::string name(size_t{17} << 20, 'n');
  const auto large = FileOf("x = " + name + " + \"" + name + "\"");
  TokenBuffer buffer;
  source::Emitter errors;
  Lex(large, buffer, errors);
  REQUIRE(buffer.tokens().size() == 7);
  CHECK(buffer.Text(large.text(), buffer.tokens()[2]) == name);
  CHECK(buffer.Length(buffer.tokens()[4]) == name.size() + 2);
  Lex(FileOf("y"), buffer, errors);
  CHECK(buffer.tokens().size() == 3);
  Lex(FileOf(std::string(100'000, '(')), buffer, errors);
  CHECK(buffer.tokens().size() == 100'001);
}

TEST_CASE("errors are listed up to a limit") {
  const auto errors = Errors(std::string(20'000, '#'));
  CHECK(errors.size() == 10'001);
  CHECK(errors.back().starts_with("10000: too many"));
}

}  // namespace
}  // namespace gdlint::lexer
