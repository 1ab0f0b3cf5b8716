// What is registered where, and the lattice of that.

#include "dataflow/defer_registration.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "dataflow/defer_state.h"
#include "dataflow/program_builder.h"
#include "ssa/print.h"
#include "support/task_pool.h"
#include "tests/unit/dataflow/lattice_laws.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::dataflow {
namespace {

using tests::Lowering;

DeferState StateOf(const std::vector<std::vector<uint16_t>>& stacks) {
  DeferState state;
  for (const auto& stack : stacks) {
    DeferState one = DeferState::Empty();
    for (const uint16_t site : stack) {
      one.Push(site);
    }
    state.Join(one);
  }
  return state;
}

// More stacks than are told apart: each subset of the first five sites.
DeferState Bounds() {
  DeferState state = DeferState::Empty();
  for (uint16_t site = 0; site < 5; ++site) {
    DeferState more = state;
    more.Push(site);
    state.Join(more);
  }
  return state;
}

std::string Text(const DeferState& state) {
  if (!state.is_reached()) {
    return "unreached";
  }
  std::string text;
  if (!state.is_exact()) {
    for (const uint16_t site : state.Possible()) {
      text += (text.empty() ? "" : " ") + std::to_string(site);
      text += state.Many(site) ? "*" : "";
      text += state.Must(site) ? "!" : "";
    }
    return "bounds " + text;
  }
  for (const DeferStack& stack : state.stacks()) {
    text += "[";
    for (const DeferEntry& entry : stack) {
      text += text.ends_with('[') || entry.joined ? "" : " ";
      text += entry.joined ? "|" : "";
      text += std::to_string(entry.site);
      text += entry.repeats ? "+" : "";
    }
    text += "]";
  }
  return text;
}

// At each exit in order, "LETTERS STATE" by what it may do.
std::string Exits(std::string_view source, std::string_view name = "f") {
  const Lowering lowering(source);
  REQUIRE(lowering.is_lowerable());
  ProgramBuilder builder;
  for (const auto& function : lowering.functions()) {
    builder.AddFunction(*function, true);
  }
  TaskPool pool(1);
  const auto program = builder.Finish(pool);
  Analyses analyses(*program);
  const auto& registration =
      analyses.Get<DeferRegistration>(*lowering.Find(name));
  std::string text;
  for (const DeferExit& exit : registration.exits()) {
    text += text.empty() ? "" : ", ";
    text += (exit.ends & kReturns) != 0 ? "return " : "";
    text += (exit.ends & kPanics) != 0 ? "panic " : "";
    text += (exit.ends & kEndless) != 0 ? "endless " : "";
    text += (exit.ends & kMayFail) != 0 ? "fail " : "";
    text += Text(*exit.state);
  }
  return text;
}

TEST_CASE("defer states are a lattice") {
  const std::vector<DeferState> samples = {
      {},
      StateOf({{}}),
      StateOf({{0}}),
      StateOf({{0}, {}}),
      StateOf({{0, 1}, {1}}),
      StateOf({{1, 0}}),
      StateOf({{0, 1, 0}}),
      StateOf({{0, 1, 2, 1}, {2}}),
      StateOf({{3, 3, 3}}),
      Bounds(),
      StateOf({{7}, {7, 7}}),
  };
  tests::CheckLatticeLaws(DeferLattice(), samples);
}

TEST_CASE("a site that comes again makes a group") {
  CHECK(Text(StateOf({{0, 1, 2, 1}})) == "[0 1+|2+]");
  CHECK(Text(StateOf({{0, 1, 2, 1, 3, 2}})) == "[0 1+|2+|3+]");
  CHECK(Text(StateOf({{4, 4, 4}})) == "[4+]");
}

TEST_CASE("what a run registered is among the stacks") {
  const DeferState state = StateOf({{0, 1, 2, 1}, {3}});
  CHECK(state.Allows(std::vector<uint16_t>{0, 2, 1}));
  CHECK(state.Allows(std::vector<uint16_t>{0, 1, 2, 2, 1}));
  CHECK(state.Allows(std::vector<uint16_t>{3}));
  CHECK_FALSE(state.Allows(std::vector<uint16_t>{}));
  CHECK_FALSE(state.Allows(std::vector<uint16_t>{0, 1}));
  CHECK_FALSE(state.Allows(std::vector<uint16_t>{1, 2, 0}));
  CHECK(Bounds().Allows(std::vector<uint16_t>{0, 3}));
  CHECK_FALSE(Bounds().Allows(std::vector<uint16_t>{3, 3}));
}

TEST_CASE("branches and returns") {
  CHECK(Exits(R"(
func a() {}
func f(x bool) {
	defer a()
	if x {
		defer a()
		return
	}
	defer a()
})") == "return [0 1], return [0 2]");
  CHECK(Exits(R"(
func a() {}
func f(x, y bool) {
	if x {
		defer a()
	}
	if y {
		defer a()
	}
})") == "return [][0][0 1][1]");
}

TEST_CASE("loops") {
  CHECK(Exits(R"(
func a() {}
func f(n int) {
	defer a()
	for range n {
		defer a()
	}
	defer a()
})") == "return [0 1 2][0 1+ 2][0 2]");
  CHECK(Exits(R"(
func a() {}
func f() {
	defer a()
	for {
		a()
	}
})") == "endless [0]");
}

TEST_CASE("panics") {
  CHECK(Exits(R"(
func a() {}
func f(x bool) {
	defer a()
	if x {
		panic(1)
	}
})") == "panic [0], return [0]");
}

TEST_CASE("more stacks than are told apart") {
  CHECK(Exits(R"(
func a() {}
func f(v, w, x, y, z bool) {
	defer a()
	if v { defer a() }
	if w { defer a() }
	if x { defer a() }
	if y { defer a() }
	if z { defer a() }
})") == "return bounds 0! 1 2 3 4 5");
}

TEST_CASE("range over a function registers on the function around") {
  const std::string exits = Exits(R"(
func a() {}
func seq(yield func(int) bool) {}
func f() {
	defer a()
	for v := range seq {
		if v == 0 {
			continue
		}
		defer a()
	}
	defer a()
})");
  CHECK(exits.find("return [0 1 2][0 1][0 2+ 1][0 2 1]") == std::string::npos);
  // Sites of the body come after those of the function.
  CHECK(exits.find("return [0 1][0 2 1][0 2+ 1]") != std::string::npos);
}

TEST_CASE("a panic passes the call of an iterator") {
  // What the body registered before it is there.
  CHECK(Exits(R"(
func a() {}
func seq(yield func(int) bool) { yield(1) }
func f() {
	for range seq {
		defer a()
		panic(1)
	}
})") == "panic fail [][0], panic [0], panic [][0], panic [][0], panic [][0]");
}

TEST_CASE("a loop body that registers nothing has exits") {
  const std::string exits = Exits(R"(
func a() {}
func seq(yield func(int) bool) { yield(1) }
func f() {
	defer a()
	for v := range seq {
		if v == 3 {
			panic(1)
		}
	}
})");
  CHECK(exits.find("panic [0]") != std::string::npos);
}

TEST_CASE("what a deferred literal uses") {
  const Lowering lowering(R"(
func f() (n int) {
	x, y, z := 1, 2, 3
	inner := func() { z++ }
	defer func() {
		own := x
		n = own
		inner()
	}()
	y++
	return y
})");
  REQUIRE(lowering.is_lowerable());
  ProgramBuilder builder;
  for (const auto& function : lowering.functions()) {
    builder.AddFunction(*function, true);
  }
  TaskPool pool(1);
  const auto program = builder.Finish(pool);
  Analyses analyses(*program);
  std::string text;
  for (const CapturedUse& use :
       analyses.Get<DeferRegistration>(*lowering.Find("f")).CapturedBy(0)) {
    text += std::string(use.var->name->text()) + (use.is_read ? "r" : "") +
            (use.is_written ? "w" : "") + " ";
  }
  CHECK(text == "xr nw innerr zrw ");
}

}  // namespace
}  // namespace gdlint::dataflow
