// What is found out about functions: the call graph and the summaries.

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

#include "dataflow/call_graph_order.h"
#include "dataflow/print.h"
#include "dataflow/program_builder.h"
#include "support/task_pool.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::dataflow {
namespace {

using tests::Lowering;

// `exit` ends the process.
std::optional<Summary> Models(const types::Func& func) {
  if (func.name->text() != "exit") {
    return std::nullopt;
  }
  Summary summary;
  summary.is_known = true;
  summary.ends = kExitsProcess;
  summary.has_effects = false;
  return summary;
}

class Summaries {
 public:
  explicit Summaries(std::string_view text, unsigned threads = 1)
      : lowering_("func exit()\nfunc unknown()\n" + std::string(text)),
        pool_(threads) {
    REQUIRE(lowering_.is_lowerable());
    ProgramBuilder builder(Models);
    for (const auto& function : lowering_.functions()) {
      builder.AddFunction(*function, /*is_root=*/true);
    }
    program_ = builder.Finish(pool_);
  }

  std::string Of(std::string_view name) const {
    return SummaryText(program_->SummaryOf(IdOf(name)));
  }
  std::string Calls(std::string_view name) const {
    std::string text;
    PrintCalls(*program_, IdOf(name), text);
    return text;
  }
  FunctionId IdOf(std::string_view name) const {
    for (uint32_t i = 0; i < program_->nodes().size(); ++i) {
      if (program_->nodes()[i].body != nullptr &&
          program_->nodes()[i].body->name() == name) {
        return FunctionId{i};
      }
    }
    FAIL("no such function");
    return {};
  }
  const Program& program() const { return *program_; }

 private:
  Lowering lowering_;
  TaskPool pool_;
  std::unique_ptr<Program> program_;
};

TEST_CASE("ends of functions") {
  const Summaries summaries(R"(
func returns() {}
func panics() { panic("x") }
func exits() { deep() }
func deep() { exit() }
func forever() { for {} }
func either(n int) { if n > 3 { panic(n) } }
func calls() { unknown() }
)");
  CHECK(summaries.Of("returns") == "returns");
  CHECK(summaries.Of("panics") == "panics");
  CHECK(summaries.Of("exits") == "exits");
  CHECK(summaries.Of("forever") == "endless");
  CHECK(summaries.Of("either") == "returns, panics");
  CHECK(summaries.Of("calls") == "returns, may fail; tells");
}

TEST_CASE("ends that depend on an argument") {
  const Summaries summaries(R"(
func check(err error) {
  if err != nil { exit() }
}
func must(ok bool) {
  if !ok { panic("must") }
}
func wrapped(err error) { check(err) }
func no() { check(nil) }
func yes() { must(false) }
func fine() { must(true) }
func some(err error, ok bool) { check(err); must(ok) }
)");
  CHECK(summaries.Of("check") ==
        "returns, exits; exits only if param 0 is non-nil; returns only if "
        "param 0 is nil");
  CHECK(summaries.Of("must") ==
        "returns, panics; panics only if param 0 is false; returns only if "
        "param 0 is true");
  CHECK(summaries.Of("wrapped") == summaries.Of("check"));
  CHECK(summaries.Of("no") == "returns");
  CHECK(summaries.Of("yes") == "panics");
  CHECK(summaries.Of("fine") == "returns");
}

TEST_CASE("recovery turns panics into returns") {
  const Summaries summaries(R"(
func guard() { recover() }
func again() { if r := recover(); r != nil { panic(r) } }
func guarded() { defer guard(); panic(1) }
func late() { panic(1); defer guard() }
func helper() { defer indirect(); panic(1) }
func indirect() { guard() }
func sometimes(b bool) {
  defer func() { if b { recover() } }()
  panic(1)
}
)");
  CHECK(summaries.Of("guard") == "returns; recovers always");
  CHECK(summaries.Of("again") == "returns, panics; recovers, panics again");
  CHECK(summaries.Of("guarded") == "returns");
  CHECK(summaries.Of("late") == "panics");
  CHECK(summaries.Of("helper") == "panics");
  CHECK(summaries.Of("sometimes") == "returns, panics");
}

TEST_CASE("what deferred calls do on the way out") {
  const Summaries summaries(R"(
func guard() { recover() }
func always() { defer exit() }
func sometimes(b bool) { if b { defer exit() } }
func panicking() { defer exit(); panic(1) }
func after() { defer func() { panic(2) }(); defer guard(); panic(1) }
func both() { defer guard(); defer func() { panic(2) }() }
func may(f func()) { defer f(); panic(1) }
func body(seq func(func(int) bool)) {
  for range seq { defer guard() }
  panic(1)
}
)");
  CHECK(summaries.Of("always") == "exits");
  CHECK(summaries.Of("sometimes").starts_with("returns, exits"));
  CHECK(summaries.Of("panicking") == "panics, exits");
  CHECK(summaries.Of("after") == "returns, panics");
  CHECK(summaries.Of("both").starts_with("returns, panics"));
  CHECK(summaries.Of("may").starts_with("returns, panics"));
  CHECK(summaries.Of("body").starts_with("returns, panics"));
}

TEST_CASE("what recovers always, and what may be passed by") {
  const Summaries summaries(R"(
func two() { defer guard(); defer recover(); panic(3) }
func guard() { recover() }
func one() { defer recover() }
func body(seq func(func(int) bool)) {
  for range seq { defer recover() }
}
func should(f func()) {
  defer func() { if recover() == nil { panic(1) } }()
  f()
}
func uses() { should(func() { panic(2) }) }
)");
  CHECK(summaries.Of("one") == "returns; recovers always");
  CHECK(summaries.Of("two").find("recovers always") == std::string::npos);
  CHECK(summaries.Of("body").find("recovers") != std::string::npos);
  CHECK(summaries.Of("uses").starts_with("returns"));
}

TEST_CASE("constants that came from variables are checked at run time") {
  const Summaries summaries(R"(
func index() { i := 9; var a [3]int; a[i] = 1 }
func fits() { i := 2; var a [3]int; a[i] = 1 }
func divide(n int) int { zero := 0; return n / zero }
func shift(n int) int { by := -1; return n << by }
func size() []int { n := -1; return make([]int, n) }
)");
  CHECK(summaries.Of("index").starts_with("returns, may fail"));
  CHECK(summaries.Of("fits").starts_with("returns"));
  CHECK(summaries.Of("fits").find("may fail") == std::string::npos);
  CHECK(summaries.Of("divide").find("may fail") != std::string::npos);
  CHECK(summaries.Of("shift").find("may fail") != std::string::npos);
  CHECK(summaries.Of("size").find("may fail") != std::string::npos);
}

TEST_CASE("functions as arguments") {
  const Summaries summaries(R"(
func call(f func()) { f() }
func later(f func()) { defer f() }
func start(f func()) { go f() }
func loop(f func()) { for i := 0; i < 3; i++ { f() } }
var kept []func()
func keep(f func()) { kept = append(kept, f) }
func safe(f func()) {
  defer func() { recover() }()
  f()
}
func nested(f func()) { call(func() { f() }) }
func spawned(f func()) { go func() { f() }() }
func perhaps(b bool, f func()) { if b { f() } }
func exits() { call(func() { exit() }) }
func held() { safe(func() { panic(1) }) }
)");
  CHECK(
      summaries.Of("call") ==
      "returns, may fail; returns only if param 0 is non-nil; tells; param 0: "
      "called always, nil panics");
  CHECK(summaries.Of("later").ends_with("param 0: deferred"));
  CHECK(summaries.Of("start").ends_with("param 0: spawned"));
  CHECK(summaries.Of("loop").find("called repeated") != std::string::npos);
  CHECK(summaries.Of("keep").ends_with("param 0: kept"));
  CHECK(summaries.Of("safe").find("called always guarded") !=
        std::string::npos);
  CHECK(summaries.Of("nested").find("param 0: called") != std::string::npos);
  CHECK(summaries.Of("spawned").ends_with("param 0: spawned"));
  CHECK(summaries.Of("perhaps").find("param 1: called,") != std::string::npos);
  CHECK(summaries.Of("exits").starts_with("exits"));
  CHECK(summaries.Of("held").starts_with("returns"));
}

TEST_CASE("results and nil") {
  const Summaries summaries(R"(
type t struct{ n int }
func (p *t) touch() int { return p.n }
func (p *t) tolerant() int { if p == nil { return 0 }; return p.n }
func made() *t { return &t{} }
func none() error { return nil }
func get() (*t, error)
func checked() (*t, error) {
  v, err := get()
  if err != nil { return nil, err }
  return v, nil
}
func failing() error {
  if _, err := get(); err != nil { return err }
  panic(1)
}
func same(p *t) *t { return p }
func stop() func() { return func() {} }
)");
  CHECK(summaries.Of("(*t).touch") ==
        "returns, may fail; returns only if "
        "param 0 is non-nil; param 0: nil "
        "panics");
  CHECK(summaries.Of("(*t).tolerant").find("nil panics") == std::string::npos);
  CHECK(summaries.Of("made").ends_with("result 0: non-nil"));
  CHECK(summaries.Of("none").ends_with("result 0: nil"));
  CHECK(summaries.Of("failing").ends_with("result 0: non-nil"));
  CHECK(summaries.Of("same").ends_with("result 0: param 0"));
  CHECK(summaries.Of("stop").ends_with("result 0: non-nil, a function"));
}

TEST_CASE("targets of calls") {
  const Summaries summaries(R"(
type i interface{ m() }
type a struct{}
func (a) m() {}
type b struct{}
func (b) m() { exit() }
var hook = first
func first() {}
func local() { var v i = a{}; v.m() }
func boxed() i { return b{} }
func through(v i) { v.m() }
func variable() { hook() }
func value() { f := first; if hook == nil { f = variable }; f() }
func param(f func()) { f() }
)");
  CHECK(summaries.Calls("local") == "  12:34 call -> (p.a).m\n");
  CHECK(summaries.Calls("through").ends_with("(p.a).m, (p.b).m\n"));
  CHECK(summaries.Calls("variable").ends_with("-> p.first\n"));
  CHECK(summaries.Calls("value").ends_with("-> p.first, p.variable\n"));
  CHECK(summaries.Calls("param").ends_with("-> ?\n"));
  CHECK(summaries.program().MayHaveOtherCallers(summaries.IdOf("first")));
  CHECK(!summaries.program().MayHaveOtherCallers(summaries.IdOf("local")));
}

TEST_CASE("cycles of calls settle") {
  const Summaries summaries(R"(
func even(n int) bool { if n == 0 { return true }; return odd(n - 1) }
func odd(n int) bool { if n == 0 { exit() }; return even(n - 1) }
func never() { never() }
)");
  CHECK(summaries.Of("even").starts_with("returns, exits"));
  CHECK(summaries.Of("odd").starts_with("returns, exits"));
  CHECK(summaries.Of("never") == "endless");
}

TEST_CASE("threads make no difference") {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    text += "func f" + n + "(g func()) { g(); f" + std::to_string(i * 7 % 200) +
            "(func() { f" + std::to_string(i / 2) + "(g) }) }\n";
  }
  const Summaries one(text, 1);
  const Summaries four(text, 4);
  REQUIRE(one.program().nodes().size() == four.program().nodes().size());
  for (uint32_t i = 0; i < one.program().nodes().size(); ++i) {
    CHECK(one.program().SummaryOf(FunctionId{i}) ==
          four.program().SummaryOf(FunctionId{i}));
  }
}

TEST_CASE("components come after what they lead to") {
  // 0 -> 1 -> 2 -> 1, 3 -> 0, 4 alone.
  const uint32_t sources[] = {0, 1, 2, 3};
  const uint32_t targets[] = {1, 2, 1, 0};
  const ComponentOrder order = OrderComponents(5, sources, targets);
  REQUIRE(order.level_count() == 3);
  CHECK(order.Level(0).size() == 2);
  CHECK(order.NodesOf(order.Level(0)[0]).size() == 2);
  CHECK(order.NodesOf(order.Level(0)[1])[0] == 4);
  CHECK(order.NodesOf(order.Level(1)[0])[0] == 0);
  CHECK(order.NodesOf(order.Level(2)[0])[0] == 3);
  CHECK(OrderComponents(0, {}, {}).level_count() == 0);
}

}  // namespace
}  // namespace gdlint::dataflow
