// Files made to cost much: checks end in time and say what they did not look
// at.

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "checks/registry.h"
#include "parser/parser.h"
#include "source/source_file.h"

namespace gdlint {
namespace {

std::vector<source::Diagnostic> Check(const std::string& text) {
  const auto source = source::SourceFile::FromText("t.go", text);
  const auto parsed = parser::Parser().Parse(source, parser::Mode::kWholeFile);
  REQUIRE(parsed.errors.empty());
  const checks::File file = {.name = "t.go",
                             .text = source.text(),
                             .tree = &parsed.tree,
                             .comments = parsed.comments};
  return checks::RunChecks({.files = {&file, 1}, .is_whole = true}, file,
                           checks::AllChecks());
}

std::string Repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

bool SaysTooLarge(const std::vector<source::Diagnostic>& findings) {
  return std::ranges::any_of(findings, [](const source::Diagnostic& finding) {
    return finding.text.find("too large to follow") != std::string::npos &&
           finding.severity == source::Severity::kInfo;
  });
}

TEST_CASE("many deferred calls in one loop") {
  const auto findings = Check("package p\nfunc f() {\nfor {\n" +
                              Repeat("defer f()\n", 20'000) + "}\n}\n");
  CHECK(findings.size() > 1);
  CHECK(SaysTooLarge(findings));
}

TEST_CASE("many loops in each other") {
  CHECK(SaysTooLarge(Check("package p\nfunc f(c bool) {\n" +
                           Repeat("for c {\ndefer f(c)\n", 1'000) +
                           Repeat("}\n", 1'000) + "}\n")));
}

TEST_CASE("as many deferred calls without a loop") {
  const auto findings =
      Check("package p\nfunc f() {\n" + Repeat("defer f()\n", 20'000) + "}\n");
  CHECK(findings.empty());
}

}  // namespace
}  // namespace gdlint
