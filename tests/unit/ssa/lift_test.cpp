// Variables that become values, and those that cannot.

#include "ssa/lift.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <string>

#include "ssa/print.h"
#include "ssa/verify.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::ssa {
namespace {

using tests::CountOf;
using tests::Lowering;

TEST_CASE("a variable that is stored to on two ways gets one phi") {
  const Lowering lowering(R"(
func f(c bool) int {
  x := 1
  if c {
    x = 2
  }
  return x
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kPhi) == 1);
  CHECK(CountOf(*f, Op::kAlloc) == 0);
  CHECK(CountOf(*f, Op::kLoad) == 0);
  // c, x, x.
  CHECK(f->bindings().size() == 3);
}

TEST_CASE(
    "no phi where the variable is not used any more, or always the same") {
  const Lowering lowering(R"(
func g(int)
func dead(c bool) {
  x := 1
  if c {
    x = 2
    g(x)
  }
}
func same(c bool, n int) int {
  x := n
  for c {
    x = n
  }
  return x
})");
  for (const char* const name : {"dead", "same"}) {
    const Function* const f = lowering.Find(name);
    REQUIRE(f != nullptr);
    CHECK(Verify(*f).empty());
    CHECK(CountOf(*f, Op::kPhi) == 0);
    CHECK(CountOf(*f, Op::kAlloc) == 0);
  }
}

TEST_CASE("what is stored on one way only is not seen on the other") {
  const Lowering lowering(R"(
func f(c bool, n int) (r int) {
  if c {
    r = n
    return
  }
  return
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kPhi) == 0);
  std::string returned;
  for (const Inst& inst : f->insts()) {
    if (inst.op == Op::kReturn) {
      returned += ValueText(*f, f->Operands(inst)[0]) + " ";
    }
  }
  CHECK(returned == "n 0:int ");
}

TEST_CASE("variables whose address is taken, or that a closure has, stay") {
  const Lowering lowering(R"(
func g(*int)
func f() int {
  x, y, z := 1, 2, 3
  g(&x)
  func() { y++ }()
  return x + y + z
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kAlloc) == 2);
}

TEST_CASE("results of functions with defers stay cells") {
  const Lowering lowering(R"(
func g()
func f(c bool) (n int, err error) {
  defer g()
  if c {
    n = 1
  }
  return n, nil
}
func h(c bool) (n int) {
  if c {
    n = 1
  }
  return n
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  REQUIRE(f->has_defers());
  REQUIRE(f->result_cells().size() == 2);
  CHECK(f->result_cells()[0].is_inst());
  CHECK(f->result_cells()[1].is_inst());
  CHECK(CountOf(*f, Op::kAlloc) == 2);
  const Function* const h = lowering.Find("h");
  REQUIRE(h != nullptr);
  CHECK_FALSE(h->has_defers());
  CHECK_FALSE(h->result_cells()[0].has_value());
}

TEST_CASE("the same text, not lifted, has no phi and passes too") {
  const Lowering lowering(R"(
func f(n int) int {
  s := 0
  for i := 0; i < n; i++ {
    s += i
  }
  return s
})",
                          /*is_naive=*/true);
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kPhi) == 0);
  CHECK(CountOf(*f, Op::kAlloc) >= 3);
  CHECK(f->bindings().empty());
}

TEST_CASE("a goto into two loops is lifted as well") {
  const Lowering lowering(R"(
func f(n int) int {
  s := 0
  if n > 10 {
    goto b
  }
a:
  s++
b:
  s += 2
  if s < n {
    goto a
  }
  if s < 2*n {
    goto b
  }
  return s
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kAlloc) == 0);
}

TEST_CASE("many variables over many joins stay within bounds") {
  // 3,000 variables, each stored to in one of 3,000 cases, all used at the end:
  // nine million operands of phis, and as many steps.
  std::string text = "func g(int)\nfunc f(n int) {\n";
  constexpr int kCount = 3000;
  for (int i = 0; i < kCount; ++i) {
    text += fmt::format("var v{} int\n", i);
  }
  text += "switch n {\n";
  for (int i = 0; i < kCount; ++i) {
    text += fmt::format("case {}: v{} = n\n", i, i);
  }
  text += "}\n";
  for (int i = 0; i < kCount; ++i) {
    text += fmt::format("g(v{})\n", i);
  }
  text += "}\n";
  const Lowering lowering(text);
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CHECK(Verify(*f).empty());
  CHECK(CountOf(*f, Op::kPhi) == kCount);
}

}  // namespace
}  // namespace gdlint::ssa
