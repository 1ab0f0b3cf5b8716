// Where values come from.

#include "dataflow/values.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "ssa/print.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using tests::Lowering;

// The argument of the only call of `probe` in `function` or in what is in it.
Origin ProbeIn(const Function& function) {
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kCall) {
      continue;
    }
    const auto operands = function.Operands(inst);
    if (operands[0].kind() == Value::Kind::kFunction &&
        ssa::ValueText(function, operands[0]) == "probe") {
      return {&function, operands[1]};
    }
  }
  for (const auto& child : function.children()) {
    if (const Origin found = ProbeIn(*child); found.function != nullptr) {
      return found;
    }
  }
  return {};
}

// What the probe's argument may be, sorted; "..." if there may be more, "zero"
// if a variable may not have been assigned.
std::string Describe(const Lowering& lowering, std::string_view name) {
  const Function* const function = lowering.Find(name);
  REQUIRE(function != nullptr);
  const Origin probe = ProbeIn(*function);
  REQUIRE(probe.function != nullptr);
  const Origins origins = OriginsOf(*probe.function, probe.value);
  std::set<std::string> texts;
  for (const Origin& origin : origins.values) {
    texts.insert(origin.value.is_inst()
                     ? ssa::InstText(*origin.function,
                                     origin.function->inst(origin.value.inst()))
                     : ssa::ValueText(*origin.function, origin.value));
  }
  std::string all;
  for (const std::string& text : texts) {
    all += (all.empty() ? "" : " | ") + text;
  }
  all += origins.may_be_zero ? " | zero" : "";
  return all + (origins.is_complete ? "" : " | ...");
}

constexpr std::string_view kHead = R"(
func probe(int)
func get() int
func run(f func())
func keep(p *int)
)";

std::string DescribeIn(std::string_view body) {
  const Lowering lowering(std::string(kHead) + std::string(body));
  REQUIRE(lowering.is_lowerable());
  return Describe(lowering, "f");
}

TEST_CASE("phis have all their operands") {
  CHECK(DescribeIn(R"(
func f(c bool) {
  x := 1
  if c { x = get() }
  probe(x)
})") == "1:int | get()");
}

TEST_CASE("a captured variable has what was stored last") {
  CHECK(DescribeIn(R"(
func f() {
  x := 1
  defer func() { _ = x }()
  x = 2
  probe(x)
})") == "2:int");
}

TEST_CASE("a variable that a closure stores to") {
  CHECK(DescribeIn(R"(
func f() {
  x := 1
  run(func() { x = 2 })
  probe(x)
})") == "1:int | 2:int");
}

TEST_CASE("within a closure a variable has all that was ever stored") {
  CHECK(DescribeIn(R"(
func f() {
  x := 1
  run(func() { probe(x) })
  x = 2
})") == "1:int | 2:int");
}

TEST_CASE("a variable that nothing was stored to yet") {
  CHECK(DescribeIn(R"(
func f(c bool) {
  var x int
  run(func() { _ = x })
  if c { x = 2 }
  probe(x)
})") == "2:int | zero");
  CHECK(DescribeIn(R"(
func f(c bool) {
  var x int
  run(func() { probe(x) })
  x = 2
})") == "2:int | zero");
}

TEST_CASE("what goes elsewhere may be anything") {
  CHECK(DescribeIn(R"(
func f() {
  x := 1
  keep(&x)
  probe(x)
})") == "*t0 | ...");
  CHECK(DescribeIn(R"(
var g int
func f() { probe(g) }
)") == "*&g | ...");
}

TEST_CASE("parts of a variable that are stored to") {
  CHECK(DescribeIn(R"(
type s struct { a int }
func of(s) int
func f() {
  x := s{1}
  run(func() { x.a = 2 })
  probe(x.a)
})") == "*t5 | ...");
}

TEST_CASE("parameters of literals that are only called") {
  CHECK(DescribeIn(R"(
func f() {
  defer func(n int) { probe(n) }(get())
})") == "get()");
  CHECK(DescribeIn(R"(
func take(f func(int))
func f() {
  take(func(n int) { probe(n) })
})") == "n");
}

TEST_CASE("functions behind values") {
  const Lowering lowering(R"(
type t struct{}
func (*t) m()
func named()
func probe(func())
func literal() {
  x := 1
  f := func() { x++ }
  probe(f)
}
func declared() {
  f := named
  probe(f)
}
func method(v *t) {
  f := v.m
  probe(f)
}
func recursive() {
  var f func()
  f = func() { probe(f) }
  f()
}
func either(c bool) {
  f := named
  if c { f = func() {} }
  probe(f)
}
func param(f func()) {
  probe(f)
})");
  REQUIRE(lowering.is_lowerable());
  const auto find = [&](std::string_view name) {
    const Origin probe = ProbeIn(*lowering.Find(name));
    REQUIRE(probe.function != nullptr);
    return FunctionOf(*probe.function, probe.value);
  };
  CHECK(find("literal")->literal ==
        lowering.Find("literal")->children()[0].get());
  CHECK(find("declared")->func->name->text() == "named");
  CHECK(find("method")->func->name->text() == "m");
  CHECK(find("method")->receiver == Value(Value::Kind::kParam, 0));
  CHECK(find("recursive")->literal ==
        lowering.Find("recursive")->children()[0].get());
  CHECK(!find("either"));
  CHECK(!find("param"));
}

TEST_CASE("uses of a variable in nested literals") {
  const Lowering lowering(R"(
func run(f func())
func f() (n int) {
  defer run(func() {
    run(func() { n = n + 1 })
  })
  n = 2
  return n
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  const VariableUses uses = UsesOf({f, f->result_cells()[0]});
  CHECK(!uses.escapes);
  int inner = 0;
  for (const VariableUse& store : uses.stores) {
    inner += store.function != f ? 1 : 0;
    const Origin variable = VariableOf(
        *store.function,
        store.function->Operands(store.function->inst(store.inst))[0]);
    CHECK(variable == Origin{f, f->result_cells()[0]});
  }
  CHECK(inner == 1);
}

TEST_CASE("users of values") {
  const Lowering lowering("func f(a int) int { return a + a*a }");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  // Each instruction once, in order.
  const auto users = f->UsersOf(Value(Value::Kind::kParam, 0));
  REQUIRE(users.size() == 2);
  CHECK(users[0] < users[1]);
  CHECK(f->UsersOf(users[0]).size() == 1);
  CHECK(f->UsersOf(Value::None()).empty());
}

TEST_CASE("constants") {
  const Lowering lowering(R"(
func nils(error, *int, int, bool, struct{})
func f() { nils(nil, nil, 0, true, struct{}{}) })");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  const auto operands = f->Operands(f->insts()[0]);
  CHECK(IsNilConst(*f, operands[1]));
  CHECK(IsNilConst(*f, operands[2]));
  CHECK(!IsNilConst(*f, operands[3]));
  CHECK(ConstantOf(*f, operands[3])->is_int64());
  CHECK(ConstantOf(*f, operands[4]).has_value());
  CHECK(!IsNilConst(*f, operands[5]));
  CHECK(!ConstantOf(*f, operands[1]));
}

}  // namespace
}  // namespace gdlint::dataflow
