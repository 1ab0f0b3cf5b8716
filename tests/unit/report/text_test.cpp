#include "report/text.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "report/finding.h"
#include "report/summary.h"

namespace gdlint::report {
namespace {

// A diagnostic at the first `marked` in `text`.
Finding FindingAt(std::string_view text, std::string_view marked) {
  const auto begin = static_cast<uint32_t>(text.find(marked));
  const auto end = begin + static_cast<uint32_t>(marked.size());
  const source::Diagnostic diagnostic = {
      .code = "some-rule",
      .severity = source::Severity::kWarning,
      .span = {source::Pos::At(begin), source::Pos::At(end)},
      .text = "message",
      .notes = {}};
  return MakeFinding(diagnostic, source::LineTable(text));
}

std::string TextAt(std::string_view text, std::string_view marked) {
  std::string out;
  AppendText("f.go", FindingAt(text, marked), /*colour=*/false, out);
  return out;
}

TEST_CASE("a finding, its line and its span") {
  CHECK(TextAt("package p\n\nvar abc = 1\n", "abc") ==
        "f.go:3:5: warning: message [some-rule]\n"
        "    3 | var abc = 1\n"
        "      |     ^~~\n");
}

TEST_CASE("tabs become spaces, and the span stays below its text") {
  CHECK(TextAt("\t\tx\ty\n", "y") ==
        "f.go:1:5: warning: message [some-rule]\n"
        "    1 |         x   y\n"
        "      |             ^\n");
}

TEST_CASE("wide, escaped and combining characters keep the span in place") {
  CHECK(TextAt("日\x1b"
               "e\u0301 abc\n",
               "abc") ==
        "f.go:1:9: warning: message [some-rule]\n"
        "    1 | 日\\x1be\u0301 abc\n"
        "      |         ^~~\n");
}

TEST_CASE("a span of many lines is shown to the end of the first") {
  CHECK(TextAt("defer f(\n  a)\n", "f(\n  a)") ==
        "f.go:1:7: warning: message [some-rule]\n"
        "    1 | defer f(\n"
        "      |       ^~…\n");
}

TEST_CASE("an empty span and the end of the file have a mark") {
  const std::string_view text = "ab";
  const source::Diagnostic diagnostic = {
      .code = "c",
      .severity = source::Severity::kError,
      .span = {source::Pos::At(2), source::Pos::At(2)},
      .text = "m",
      .notes = {}};
  std::string out;
  AppendText("f.go", MakeFinding(diagnostic, source::LineTable(text)), false,
             out);
  CHECK(out ==
        "f.go:1:3: error: m [c]\n"
        "    1 | ab\n"
        "      |   ^\n");
}

TEST_CASE("of a long line only what is round the span is kept") {
  const std::string text =
      std::string(1'000'000, 'a') + "MARK" + std::string(1'000'000, 'b');
  const Finding finding = FindingAt(text, "MARK");
  CHECK(finding.place.excerpt.text.size() < 250);
  std::string out;
  AppendText("f.go", finding, false, out);
  CHECK(out.find("…aaaa") != std::string::npos);
  CHECK(out.find("aMARKb") != std::string::npos);
  CHECK(out.find("bbbb…\n") != std::string::npos);
  CHECK(out.find(" ^~~~\n") != std::string::npos);
}

TEST_CASE("long lines are cut between characters") {
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    text += "日";
  }
  text.insert(1500, "MARK");
  const Finding finding = FindingAt(text, "MARK");
  std::string out;
  AppendText("f.go", finding, false, out);
  CHECK(out.find("\\x") == std::string::npos);
}

TEST_CASE("related places follow, indented") {
  const std::string_view text = "for {\n\tdefer f()\n}\n";
  const source::Diagnostic diagnostic = {
      .code = "r",
      .severity = source::Severity::kInfo,
      .span = {source::Pos::At(7), source::Pos::At(12)},
      .text = "m",
      .notes = {{.span = {source::Pos::At(0), source::Pos::At(3)},
                 .text = "the loop"}}};
  std::string out;
  AppendText("f.go", MakeFinding(diagnostic, source::LineTable(text)), false,
             out);
  CHECK(out ==
        "f.go:2:2: info: m [r]\n"
        "    2 |     defer f()\n"
        "      |     ^~~~~\n"
        "    f.go:1:1: note: the loop\n"
        "        1 | for {\n"
        "          | ^~~\n");
}

TEST_CASE("colours are added, nothing else") {
  const Finding finding = FindingAt("abc\n", "b");
  std::string plain;
  std::string colourful;
  AppendText("f.go", finding, false, plain);
  AppendText("f.go", finding, true, colourful);
  CHECK(plain.find('\x1b') == std::string::npos);
  std::string stripped;
  for (size_t i = 0; i < colourful.size(); ++i) {
    if (colourful[i] == '\x1b') {
      i = colourful.find('m', i);
    } else {
      stripped += colourful[i];
    }
  }
  CHECK(stripped == plain);
}

TEST_CASE("names cannot inject") {
  std::string out;
  AppendText("a\nb\x1b.go", FindingAt("x", "x"), false, out);
  CHECK(out.starts_with("a\\nb\\x1b.go:1:1:"));
}

TEST_CASE("summaries") {
  CHECK(SummaryLine({}) == "0 findings in 0 files");
  CHECK(SummaryLine({.errors = 1,
                     .warnings = 2,
                     .infos = 3,
                     .files = 1,
                     .failed = 4,
                     .excluded = 5}) ==
        "6 findings (1 error, 2 warnings, 3 info) in 1 file; 5 files excluded "
        "by build constraints; 4 could not be analysed");
}

}  // namespace
}  // namespace gdlint::report
