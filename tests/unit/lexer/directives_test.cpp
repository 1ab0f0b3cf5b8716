#include "lexer/directives.h"

#include <string_view>

#include <doctest/doctest.h>

#include "lexer/lexer.h"

namespace gdlint::lexer {
namespace {

Directives DirectivesOf(std::string_view text) {
  const auto file = source::SourceFile::FromText("test.go", text);
  TokenBuffer buffer;
  source::Emitter errors;
  Lex(file, buffer, errors);
  return ReadDirectives(text, buffer.comments());
}

TEST_CASE("build lines") {
  const BuildHeader header = ReadBuildHeader(
      "// Copyright.\n// +build linux,386 darwin\n//+build !cgo\n\n"
      "//go:build linux && !cgo  \n\npackage p\n\n//go:build late\n");
  REQUIRE(header.go_build.size() == 1);
  CHECK(header.go_build[0].expression == "linux && !cgo");
  REQUIRE(header.plus_build.size() == 2);
  CHECK(header.plus_build[0].expression == "linux,386 darwin");
  CHECK(header.plus_build[0].span.begin.offset() == 14);
  CHECK(header.plus_build[1].expression == "!cgo");
}

TEST_CASE(
    "a +build line counts only before a blank line, a go:build line anywhere") {
  CHECK(ReadBuildHeader("// +build a\npackage p\n").plus_build.empty());
  CHECK(ReadBuildHeader("// +builda\n\npackage p\n").plus_build.empty());
  CHECK(ReadBuildHeader("/* x */\n// +build a\n\npackage p\n")
            .plus_build.empty());
  CHECK(ReadBuildHeader("/* x\n*/ // y\n//go:build a\npackage p\n")
            .go_build.size() == 1);
  CHECK(ReadBuildHeader("/*\n//go:build a\n*/\npackage p\n").go_build.empty());
  CHECK(ReadBuildHeader("//go:build a\n//go:build b\n\npackage p\n")
            .go_build.size() == 2);
  CHECK(ReadBuildHeader("//go:buildx\n// go:build a\npackage p\n")
            .go_build.empty());
  CHECK(ReadBuildHeader("").go_build.empty());
}

TEST_CASE("go directives") {
  const auto go =
      DirectivesOf(
          "package p\n//go:noinline\n//go:linkname a  b.c \n// go:not\n"
          "//go:\n")
          .go;
  REQUIRE(go.size() == 2);
  CHECK(go[0].name == "noinline");
  CHECK(go[0].arguments.empty());
  CHECK(go[1].name == "linkname");
  CHECK(go[1].arguments == "a  b.c");
}

TEST_CASE("suppressions") {
  const auto list =
      DirectivesOf(
          "package p\n//lint:ignore a,b it is meant\n"
          "//lint:file-ignore c\n//nolint\n//nolint:x,y // for z\n"
          "// nolint:q\n//nolinter\n//lint:ignored a b\n/*nolint*/\n")
          .suppressions;
  REQUIRE(list.size() == 5);
  CHECK(list[0].form == SuppressionForm::kLintIgnore);
  CHECK(list[0].codes == "a,b");
  CHECK(list[0].reason == "it is meant");
  CHECK(list[1].form == SuppressionForm::kLintFileIgnore);
  CHECK(list[1].codes == "c");
  CHECK(list[1].reason.empty());
  CHECK(list[2].form == SuppressionForm::kNolint);
  CHECK(list[2].codes.empty());
  CHECK(list[3].codes == "x,y");
  CHECK(list[3].reason == "for z");
  CHECK(list[4].codes == "q");
}

TEST_CASE("line directives") {
  const auto lines = DirectivesOf(
                         "//line a.y:10\nx /*line b:c.y:3:4*/ y //line no.y:1\n"
                         "//line :7:2\n//line none\n")
                         .lines;
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].begins.offset() == 14);
  CHECK(lines[0].directive.file == "a.y");
  CHECK(lines[0].directive.line == 10);
  CHECK(lines[0].directive.column == 0);
  CHECK(lines[1].directive.file == "b:c.y");
  CHECK(lines[1].directive.line == 3);
  CHECK(lines[1].directive.column == 4);
  CHECK(lines[2].directive.file.empty());
  CHECK(lines[2].directive.line == 7);
}

}  // namespace
}  // namespace gdlint::lexer
