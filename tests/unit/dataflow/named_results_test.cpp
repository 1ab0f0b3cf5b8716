// Which stores reach the caller.

#include "dataflow/named_results.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "dataflow/program_builder.h"
#include "ssa/print.h"
#include "support/task_pool.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Op;
using tests::Lowering;

// Of the first result, for each exit: the values whose stores the caller may
// see, in the order of the source, "zero" for none, "*" before those of
// deferred calls; the recovery exit last, in brackets.
std::string Describe(std::string_view text) {
  const Lowering lowering(text);
  const Function* const function = lowering.Find("f");
  REQUIRE(function != nullptr);
  ProgramBuilder builder;
  for (const auto& lowered : lowering.functions()) {
    builder.AddFunction(*lowered, /*is_root=*/true);
  }
  TaskPool pool(1);
  const std::unique_ptr<Program> program = builder.Finish(pool);
  Analyses analyses(*program);
  const auto& results = analyses.Get<NamedResults>(*function);
  std::string all;
  for (const ResultExit& exit : results.exits()) {
    std::string one = exit.may_be_zero[0] ? "zero" : "";
    for (const uint32_t i : exit.seen[0]) {
      const ResultWrite& write = results.writes()[i];
      one += one.empty() ? "" : " ";
      one += write.by == kNoDeferredCall ? "" : "*";
      one += write.is_store
                 ? ssa::ValueText(*write.function,
                                  write.function->Operands(
                                      write.function->inst(write.inst))[1])
                 : "?";
    }
    all += all.empty() ? "" : " | ";
    all += exit.is_recovery ? "[" + one + "]" : one;
  }
  return all + (results.IsKnown(0) ? "" : " ...");
}

TEST_CASE("named results: the store of the return itself") {
  CHECK(Describe("func g() {}\n"
                 "func f(b bool) int { defer g(); if b { return 1 }; return 2 "
                 "}") == "1:int | 2:int | [zero 1:int 2:int]");
}

TEST_CASE("named results: a deferred store that is sure hides the others") {
  CHECK(Describe("func f() (n int) { defer func() { n = 7 }(); return 1 }") ==
        "*7:int | [zero *7:int 1:int]");
}

TEST_CASE("named results: one that is not sure does not") {
  CHECK(Describe("func f(b bool) (n int) {\n"
                 "defer func() { if b { n = 7 } }()\nreturn 1 }") ==
        "*7:int 1:int | [zero *7:int 1:int]");
}

TEST_CASE("named results: the call registered first runs last") {
  CHECK(Describe("func f() (n int) { defer func() { n = 7 }()\n"
                 "defer func() { n = 8 }(); return 1 }") ==
        "*7:int | [zero *7:int *8:int 1:int]");
}

TEST_CASE("named results: a call registered on one way") {
  CHECK(Describe("func f(b bool) (n int) {\n"
                 "if b { return 1 }\n"
                 "defer func() { n = 7 }()\nreturn 2 }") ==
        "1:int | *7:int | [zero 1:int *7:int 2:int]");
}

TEST_CASE("named results: a helper that is given the address") {
  CHECK(Describe("func h(p *int) { *p = 7 }\n"
                 "func f() (n int) { defer h(&n); return 1 }") ==
        "*7:int | [zero *7:int 1:int]");
}

// That the body was run is not seen, so the first return may be taken for one
// with the zero value.
TEST_CASE("named results: a body of a range over a function") {
  CHECK(Describe("func f(seq func(func(int) bool)) (n int) {\n"
                 "for range seq { defer func() { n = 7 }(); return 1 }\n"
                 "return 2 }") ==
        "zero *7:int 1:int | *7:int 2:int | "
        "[zero *7:int 1:int 2:int]");
}

TEST_CASE("named results: an address that goes elsewhere") {
  CHECK(Describe("var p *int\n"
                 "func f() (n int) { defer func() {}(); p = &n; return 1 }") ==
        "1:int | [zero 1:int] ...");
}

}  // namespace
}  // namespace gdlint::dataflow
