#include "parser/parser.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/parser/parse.h"

using namespace gdlint;
using parser::DumpDecls;
using parser::Errors;
using parser::LateErrors;
using parser::Mode;
using parser::ParseText;
using Lines = std::vector<std::string>;

namespace {

std::string InFunc(std::string_view body) {
  return "package p\nfunc f() {\n" + std::string(body) + "\n}\n";
}

std::string Repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

}  // namespace

TEST_CASE(
    "a composite literal in a header is a block unless it is in parentheses") {
  CHECK(Errors(InFunc("if x == T{} {}")) != Lines());
  CHECK(Errors(InFunc("if x == (T{}) {}")) == Lines());
  CHECK(Errors(InFunc("for _, x := range []int{1} {}")) == Lines());
  CHECK(Errors(InFunc("if f(T{}) {}")) == Lines());
  CHECK(Errors(InFunc("if func() bool { x := T{}; return x.b }() {}")) ==
        Lines());
}

TEST_CASE(
    "what follows the name of a type decides between length and parameters") {
  const auto first_type = [](std::string_view decl) {
    const std::string dump = DumpDecls("package p\n" + std::string(decl));
    return dump.find("FieldList") < dump.find("ArrayType") ? "generic"
                                                           : "array";
  };
  CHECK(std::string("array") == first_type("type T [N]int"));
  CHECK(std::string("array") == first_type("type T [N * M]int"));
  CHECK(std::string("array") == first_type("type T [N * (M)]int"));
  CHECK(std::string("generic") == first_type("type T[P any] []int"));
  CHECK(std::string("generic") == first_type("type T[P *C,] []int"));
  CHECK(std::string("generic") == first_type("type T[P *C|D,] []int"));
  CHECK(std::string("generic") == first_type("type T[P *[]int] []int"));
  CHECK(std::string("generic") == first_type("type T[P ([]int)] []int"));
  CHECK(std::string("generic") == first_type("type T[P []int] []int"));
}

TEST_CASE("an arrow binds to the leftmost chan") {
  CHECK(DumpDecls("package p\nvar x = <-chan<- int(nil)\n").find("ChanType") !=
        std::string::npos);
  CHECK(DumpDecls("package p\nvar x <-chan chan<- int") ==
        "GenDecl 2:1-2:24 var\n"
        "  ValueSpec 2:5-2:24\n"
        "    Ident 2:5-2:6 x\n"
        "    ChanType 2:7-2:24 recv\n"
        "      ChanType 2:14-2:24 send\n"
        "        Ident 2:21-2:24 int\n");
  CHECK(Errors("package p\nvar x = (<-chan<- <-int)(nil)") != Lines());
}

TEST_CASE("parameters that share a type share its field") {
  CHECK(DumpDecls("package p\nfunc f(a, b int, c ...T)") ==
        "FuncDecl 2:1-2:25\n"
        "  Ident 2:6-2:7 f\n"
        "  FuncType 2:1-2:25\n"
        "    FieldList 2:7-2:25\n"
        "      Field 2:8-2:16\n"
        "        Ident 2:8-2:9 a\n"
        "        Ident 2:11-2:12 b\n"
        "        Ident 2:13-2:16 int\n"
        "      Field 2:18-2:24\n"
        "        Ident 2:18-2:19 c\n"
        "        Ellipsis 2:20-2:24\n"
        "          Ident 2:23-2:24 T\n");
}

TEST_CASE("a go or defer statement takes a call") {
  CHECK(Errors(InFunc("defer f()")) == Lines());
  CHECK(Errors(InFunc("defer (f())")) ==
        Lines{"3:7: expression in defer must not be parenthesized"});
  CHECK(Errors(InFunc("go f")) ==
        Lines{"3:4: expression in go must be function call"});
}

TEST_CASE("errors are where and as the compiler has them") {
  CHECK(Errors("func f() {}") ==
        Lines{"1:1: syntax error: package statement must be first"});
  CHECK(
      Errors("package p\nvar x = \nvar y int\n") ==
      Lines{"3:1: syntax error: unexpected keyword var, expected expression"});
  CHECK(Errors("package p\ntype T\n") ==
        Lines{"2:7: syntax error: unexpected newline in type declaration"});
  CHECK(Errors(InFunc("x := [3]int{1, 2\n}")) ==
        Lines{"3:17: syntax error: unexpected newline in composite literal; "
              "possibly missing "
              "comma or }"});
  CHECK(Errors(InFunc("if x = 1 {}")) ==
        Lines{"3:4: syntax error: cannot use assignment x = 1 as value"});
  CHECK(
      Errors(InFunc("for i := 0; i < 10 {}")) ==
      Lines{"3:20: syntax error: unexpected {, expected semicolon or newline"});
  CHECK(Errors("package p\nfunc f()\n{\n}\n") ==
        Lines{"3:1: syntax error: unexpected semicolon or newline before {"});
  CHECK(Errors(InFunc("var x int = 1 2")) ==
        Lines{"3:15: syntax error: unexpected literal 2 at end of statement"});
}

TEST_CASE("one mistake makes one error, and parsing goes on behind it") {
  CHECK(Errors(InFunc("x := f(1 2)\ny := g(\n)\nz := )\n")) ==
        Lines{"3:10: syntax error: unexpected literal 2 in argument list; "
              "possibly missing "
              "comma or )",
              "6:6: syntax error: unexpected ), expected expression"});
}

TEST_CASE("a range clause has two variables at most") {
  CHECK(Errors(InFunc(
            "for i, x := range y {}\nfor range 3 {}\nfor i := range f {}")) ==
        Lines());
  CHECK(Errors(InFunc("for a, b, c := range y {}")) ==
        Lines{"3:11: range clause permits at most two iteration variables"});
}

TEST_CASE("labels and branches are checked late") {
  CHECK(LateErrors(InFunc("L: for { break L }")) == Lines());
  CHECK(LateErrors(InFunc("L: x()")) ==
        Lines{"3:1: label L defined and not used"});
  CHECK(LateErrors(InFunc("goto M")) == Lines{"3:6: label M not defined"});
  CHECK(LateErrors(InFunc("break")) ==
        Lines{"3:1: break is not in a loop, switch, or select"});
  CHECK(LateErrors(InFunc("for { func() { continue }() }")) ==
        Lines{"3:16: continue is not in a loop"});
  CHECK(LateErrors(InFunc("L: { for { break L } }")) ==
        Lines{"3:18: invalid break label L"});
  CHECK(LateErrors(InFunc("goto L\nx := 1\nL: _ = x")) ==
        Lines{"3:6: goto L jumps over variable declaration at line 4"});
  CHECK(LateErrors(InFunc("goto L\n{\nL: x()\n}")) ==
        Lines{"3:6: goto L jumps into block starting at line 4"});
  CHECK(LateErrors(InFunc(
            "switch x {\ncase 1: fallthrough\ncase 2: fallthrough\n}")) ==
        Lines{"5:9: cannot fallthrough final case in switch"});
  CHECK(LateErrors(InFunc(
            "switch x.(type) {\ncase int: fallthrough\ncase string:\n}")) ==
        Lines{"4:11: cannot fallthrough in type switch"});
}

TEST_CASE("a syntax error spoils the branches of its own function only") {
  CHECK(LateErrors("package p\nfunc f() { break; x y }\nfunc g() { break }") ==
        Lines{"3:12: break is not in a loop, switch, or select"});
}

TEST_CASE("late errors leave a file acceptable") {
  CHECK(Errors("package p\nfunc () f() {}") == Lines());
  CHECK(LateErrors("package p\nfunc () f() {}") ==
        Lines{"2:6: method has no receiver"});
  CHECK(LateErrors("package p\nfunc (a, b T) f() {}") ==
        Lines{"2:6: method has multiple receivers"});
}

TEST_CASE("nesting is limited, chains are not") {
  const auto deep = [](std::string_view open, std::string_view close,
                       int levels) {
    return "package p\nvar x = " + Repeat(open, levels) + "1" +
           Repeat(close, levels) + "\n";
  };
  CHECK(Errors(deep("(", ")", 1000)) == Lines());
  const Lines errors = Errors(deep("(", ")", 200'000));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].find("nesting deeper than ") != std::string::npos);
  CHECK(Errors(deep("-", "", 200'000)).size() == 1);
  CHECK(Errors(deep("[]T{", "}", 200'000)).size() == 1);
  CHECK(Errors(deep("", " + 1", 200'000)) == Lines());
  CHECK(Errors("package p\nvar x = f" + Repeat("()", 200'000)) == Lines());
  CHECK(Errors("package p\nvar x = a" + Repeat(".b", 200'000)) == Lines());
}

TEST_CASE("skipped bodies are parsed when they are asked for") {
  constexpr std::string_view kText =
      "package p\n"
      "func f() { x := \"}\"; { _ = x } }\n"
      "func g()\n"
      "func h() int { return 1 }\n"
      "var v = func() { a(); b() }\n";
  const auto parsed = ParseText(kText, Mode::kDeclarations);
  const ast::Tree& tree = parsed.result.tree;
  CHECK(parsed.result.errors.empty());
  REQUIRE(tree.All<ast::FuncDecl>().size() == 3);
  CHECK(tree.All<ast::ExprStmt>().size() == 2);
  const ast::FuncDecl& f = tree.All<ast::FuncDecl>()[0];
  CHECK_FALSE(f.body.has_value());
  REQUIRE(f.body_begin.is_valid());
  CHECK_FALSE(tree.All<ast::FuncDecl>()[1].body_begin.is_valid());

  parser::Parser parser;
  const auto body = parser.ParseBody(parsed.file, f.body_begin, f.body_end);
  REQUIRE(body.tree.All<ast::FuncDecl>().size() == 1);
  const auto& block = body.tree.Get(body.tree.All<ast::FuncDecl>()[0].body);
  CHECK(block.lbrace == f.body_begin);
  CHECK(block.rbrace + 1 == f.body_end);
  CHECK(block.stmts.size == 2);
}

TEST_CASE("a missing closing brace is an error in either mode") {
  CHECK(Errors("package p\nfunc f() { if x {").size() == 1);
  CHECK(ParseText("package p\nfunc f() { if x {", Mode::kDeclarations)
            .result.errors.size() == 1);
}
