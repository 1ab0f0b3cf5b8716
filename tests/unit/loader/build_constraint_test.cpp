#include "loader/build_constraint.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace gdlint::loader {
namespace {

bool Holds(std::string_view line, const std::set<std::string_view>& tags) {
  const ParsedConstraint parsed = Constraint::ParseLine(line);
  CAPTURE(parsed.error);
  REQUIRE(parsed.constraint.has_value());
  return parsed.constraint->Eval(
      [&](std::string_view tag) { return tags.contains(tag); });
}

std::string ErrorOf(std::string_view expression) {
  return Constraint::ParseLine("//go:build " + std::string(expression)).error;
}

// -1 if the expression needs no version.
int MinMinor(std::string_view expression) {
  const ParsedConstraint parsed =
      Constraint::ParseLine("//go:build " + std::string(expression));
  REQUIRE(parsed.constraint.has_value());
  const auto version = parsed.constraint->MinVersion();
  return version ? static_cast<int>(version->minor) : -1;
}

TEST_CASE("and binds tighter than or, not tighter than and") {
  CHECK(Holds("//go:build a || b && c", {"a"}));
  CHECK_FALSE(Holds("//go:build (a || b) && c", {"a"}));
  CHECK(Holds("//go:build !a && b", {"b"}));
  CHECK_FALSE(Holds("//go:build !(a || b)", {"b"}));
  CHECK(Holds("//go:build\t( ( a ) )", {"a"}));
  CHECK(Holds("//go:build 386 && go1.18 && x_y", {"386", "go1.18", "x_y"}));
}

TEST_CASE("letters of tags are Unicode's") {
  CHECK(Holds("//go:build größe && Ω٣", {"größe", "Ω٣"}));
  CHECK(ErrorOf("a-b") == "invalid syntax at -");
  CHECK(ErrorOf("a\xff") == "invalid syntax at \xff");
}

TEST_CASE("wrong expressions are errors") {
  CHECK(ErrorOf("") == "unexpected end of expression");
  CHECK(ErrorOf("a &&") == "unexpected end of expression");
  CHECK(ErrorOf("a & b") == "invalid syntax at &");
  CHECK(ErrorOf("(a") == "missing close paren");
  CHECK(ErrorOf("a)") == "unexpected token )");
  CHECK(ErrorOf("a b") == "unexpected token b");
  CHECK(ErrorOf("!!a") == "double negation not allowed");
  CHECK(ErrorOf("&& a") == "unexpected token &&");
}

TEST_CASE("hostile expressions are refused without deep recursion") {
  const size_t many = 1'000'000;
  CHECK(ErrorOf(std::string(many, '(')) == "build expression too large");
  std::string terms = "a";
  for (size_t i = 0; i < many; ++i) {
    terms += "||a";
  }
  CHECK(ErrorOf(terms) == "build expression too large");
  CHECK(Constraint::ParseLine("// +build " + std::string(many, ',')).error ==
        "expression too complex for // +build lines");
  std::string words;
  for (size_t i = 0; i < many; ++i) {
    words += " a";
  }
  CHECK(Constraint::ParseLine("// +build" + words).error ==
        "expression too complex for // +build lines");
}

TEST_CASE("a thousand operands are allowed, one more is not") {
  std::string expression = "a";
  for (size_t i = 1; i < Constraint::kMaxGoBuildSize; ++i) {
    expression += "&&a";
  }
  CHECK(ErrorOf(expression).empty());
  CHECK(ErrorOf(expression + "&&a") == "build expression too large");
}

TEST_CASE("in the old form spaces are or, commas are and") {
  CHECK(Holds("// +build a,b c", {"c"}));
  CHECK_FALSE(Holds("// +build a,b c", {"a"}));
  CHECK(Holds("//+build !a", {}));
  CHECK_FALSE(Holds("// +build !!a", {"a"}));
  CHECK_FALSE(Holds("// +build", {"a"}));
  CHECK_FALSE(Holds("// +build a-b", {"a-b"}));
}

TEST_CASE("only the keyword on its own makes a constraint line") {
  CHECK(IsGoBuildLine("//go:build"));
  CHECK(IsGoBuildLine("//go:build a"));
  CHECK_FALSE(IsGoBuildLine("//go:builda"));
  CHECK_FALSE(IsGoBuildLine("// go:build a"));
  CHECK(IsPlusBuildLine("// +build a"));
  CHECK_FALSE(IsPlusBuildLine("// +builda"));
  CHECK_FALSE(IsPlusBuildLine("// build a"));
}

TEST_CASE("the version that an expression needs") {
  CHECK(MinMinor("go1.22 && linux") == 22);
  CHECK(MinMinor("linux && go1.22 || windows && go1.20") == 20);
  CHECK(MinMinor("go1.20 && go1.22") == 22);
  CHECK(MinMinor("linux") == -1);
  CHECK(MinMinor("linux || go1.22") == -1);
  CHECK(MinMinor("!go1.22") == -1);
  CHECK(MinMinor("!(linux || !go1.22)") == 22);
  CHECK(MinMinor("go1") == 0);
  CHECK(MinMinor("go1.99999999999999999999") == -1);
}

}  // namespace
}  // namespace gdlint::loader
