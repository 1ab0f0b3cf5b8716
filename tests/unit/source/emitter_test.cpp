#include "source/emitter.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gdlint::source {
namespace {

Span At(uint32_t begin, uint32_t end) { return {Pos::At(begin), Pos::At(end)}; }

Diagnostic Error(uint32_t begin, std::string_view code, std::string text) {
  return {.code = code,
          .severity = Severity::kError,
          .span = At(begin, begin + 1),
          .text = std::move(text),
          .notes = {}};
}

// The texts of what is kept, in order, joined by spaces.
std::string Kept(std::string_view text, std::vector<Diagnostic> diagnostics) {
  SortAndKeepFirstPerLine(text, diagnostics);
  std::string joined;
  for (const Diagnostic& d : diagnostics) {
    joined += joined.empty() ? d.text : " " + d.text;
  }
  return joined;
}

TEST_CASE("an emitted code brings its name, its text and its place") {
  Emitter errors;
  errors.Emit<Code::kIllegalNul>(At(3, 4));
  REQUIRE(errors.diagnostics().size() == 1);
  const Diagnostic& d = errors.diagnostics()[0];
  CHECK(d.code == "illegal-character");
  CHECK(d.severity == Severity::kError);
  CHECK(d.span == At(3, 4));
  CHECK(d.text == "illegal character NUL");
  CHECK(d.notes.empty());
}

TEST_CASE("Take leaves the emitter empty and ready") {
  Emitter errors;
  errors.Emit<Code::kIllegalUtf8>(At(0, 1));
  CHECK(errors.Take().size() == 1);
  CHECK(errors.diagnostics().empty());
  errors.Emit<Code::kIllegalBom>(At(1, 4));
  CHECK(errors.Take().size() == 1);
}

TEST_CASE(
    "every code has a name in kebab case and a text that starts in lower "
    "case") {
#define FRONT_END_CODE(Name, Text, Format)              \
  CAPTURE(#Name);                                       \
  CHECK(CodeName(Code::k##Name) == Text);               \
  CHECK(std::string_view(Text).find_first_not_of(       \
            "abcdefghijklmnopqrstuvwxyz0123456789-") == \
        std::string_view::npos);                        \
  CHECK_FALSE(std::string_view(Format).empty());        \
  CHECK_FALSE(std::string_view(Format).ends_with('.'));
#include "source/codes.def"
}

TEST_CASE("severities have the names that users write") {
  CHECK(SeverityName(Severity::kError) == "error");
  CHECK(SeverityName(Severity::kWarning) == "warning");
  CHECK(SeverityName(Severity::kInfo) == "info");
}

TEST_CASE(
    "diagnostics are sorted by place, and the first of each line is kept") {
  //                     0123 4567 89
  const auto* const text = "abc\ndef\ng";
  CHECK(Kept(text, {}).empty());
  CHECK(Kept(text, {Error(8, "c", "g"), Error(5, "c", "e"), Error(1, "c", "b"),
                    Error(0, "c", "a"), Error(4, "c", "d")}) == "a d g");
}

TEST_CASE("a newline belongs to the line it ends") {
  CHECK(Kept("abc\ndef", {Error(3, "c", "newline"), Error(0, "c", "a")}) ==
        "a");
  CHECK(Kept("abc\ndef", {Error(3, "c", "newline"), Error(4, "c", "d")}) ==
        "newline d");
}

TEST_CASE("the end of the file is on its last line") {
  CHECK(Kept("ab", {Error(2, "c", "end"), Error(1, "c", "b")}) == "b");
  CHECK(Kept("ab\n", {Error(3, "c", "end"), Error(1, "c", "b")}) == "b end");
}

TEST_CASE("a place outside any line comes first") {
  Diagnostic nowhere = Error(0, "c", "nowhere");
  nowhere.span = {};
  CHECK(Kept("a\nb", {Error(2, "c", "b"), nowhere}) == "nowhere b");
}

TEST_CASE("of diagnostics at one place the first emitted is kept") {
  const Diagnostic a = Error(0, "a", "x");
  const Diagnostic b = Error(0, "b", "w");
  CHECK(Kept("a", {a, b}) == "x");
  CHECK(Kept("a", {b, a}) == "w");
}

}  // namespace
}  // namespace gdlint::source
