// The engine: directions, edges, loops, panics, bounds.

#include "dataflow/solver.h"

#include <doctest/doctest.h>

#include <string>

#include "ssa/print.h"
#include "tests/unit/dataflow/lattice_laws.h"
#include "tests/unit/ssa/lowering.h"

namespace gdlint::dataflow {
namespace {

using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;
using tests::Lowering;

// The names of the functions that were called on some way, as bits: a() to z().
class CalledSomewhere {
 public:
  using Fact = uint32_t;
  static constexpr Direction kDirection = Direction::kForward;
  explicit CalledSomewhere(const Function& function) : function_(function) {}

  Fact Identity() const { return 0; }
  bool Join(Fact& a, const Fact& b) const {
    const Fact before = a;
    a |= b;
    return a != before;
  }
  Fact Boundary(BlockId) const { return 0; }
  void Apply(const Inst& inst, Fact& fact) const {
    if (inst.op == Op::kCall) {
      const std::string name =
          ssa::ValueText(function_, function_.Operands(inst)[0]);
      if (name.size() == 1) {
        fact |= 1U << (name[0] - 'a');
      }
    }
  }

 protected:
  const Function& function_;
};

// As above, and what was called when a panic was recovered.
class CalledBeforePanic : public CalledSomewhere {
 public:
  using CalledSomewhere::CalledSomewhere;
  void Panic(const Inst&, Fact&) const {}
};

class CalledLater : public CalledSomewhere {
 public:
  static constexpr Direction kDirection = Direction::kBackward;
  using CalledSomewhere::CalledSomewhere;
};

// How many calls there were at most: never ends without Widen.
class Counter {
 public:
  using Fact = int;
  static constexpr Direction kDirection = Direction::kForward;
  static constexpr int kMany = 1'000;
  Fact Identity() const { return -1; }
  bool Join(Fact& a, const Fact& b) const {
    const Fact before = a;
    a = std::max(a, b);
    return a != before;
  }
  bool Widen(Fact& a, const Fact& b) const {
    const Fact before = a;
    if (b > a) {
      a = a == -1 ? b : kMany;
    }
    return a != before;
  }
  Fact Boundary(BlockId) const { return 0; }
  void Apply(const Inst& inst, Fact& fact) const {
    if (inst.op == Op::kCall && fact >= 0) {
      fact = std::min(fact + 1, kMany);
    }
  }
};

// Without the widening, and without a bound.
class EndlessCounter {
 public:
  using Fact = int64_t;
  static constexpr Direction kDirection = Direction::kForward;
  Fact Identity() const { return -1; }
  bool Join(Fact& a, const Fact& b) const {
    const Fact before = a;
    a = std::max(a, b);
    return a != before;
  }
  Fact Boundary(BlockId) const { return 0; }
  void Apply(const Inst& inst, Fact& fact) const {
    fact += inst.op == Op::kCall && fact >= 0 ? 1 : 0;
  }
};

// Which way each If went: bit 0 true, bit 1 false.
class Ways {
 public:
  using Fact = uint32_t;
  static constexpr Direction kDirection = Direction::kForward;
  explicit Ways(const Function& function) : function_(function) {}
  Fact Identity() const { return 0; }
  bool Join(Fact& a, const Fact& b) const {
    const Fact before = a;
    a |= b;
    return a != before;
  }
  Fact Boundary(BlockId) const { return 4; }
  void Apply(const Inst&, Fact&) const {}
  void Refine(const Edge& edge, Fact& fact) const {
    CHECK(function_.Preds(edge.to)[edge.pred] == edge.from);
    CHECK(function_.Succs(edge.from)[edge.succ] == edge.to);
    if (function_.Terminator(edge.from).op == Op::kIf) {
      fact |= 1U << edge.succ;
    }
  }

 private:
  const Function& function_;
};

constexpr std::string_view kHead = R"(
func a()
func b()
func c()
func ok() bool
)";

uint32_t Bits(std::string_view names) {
  uint32_t bits = 0;
  for (const char name : names) {
    bits |= 1U << (name - 'a');
  }
  return bits;
}

template <typename P>
typename P::Fact BeforeReturn(const Function& function, P& problem) {
  const Solution<P> solution = Solve(function, problem);
  CHECK(!solution.is_cut());
  typename P::Fact fact = problem.Identity();
  for (uint32_t i = 0; i < function.blocks().size(); ++i) {
    const Inst& last = function.Terminator(BlockId{i});
    if (last.op == Op::kReturn) {
      problem.Join(fact, solution.At(function.IdOf(last)));
    }
  }
  return fact;
}

TEST_CASE("forward facts meet where ways meet") {
  const Lowering lowering(std::string(kHead) + R"(
func f() {
  if ok() { a() } else { b() }
  for ok() { c() }
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CalledSomewhere problem(*f);
  CHECK(BeforeReturn(*f, problem) == Bits("abc"));
}

TEST_CASE("backward facts are those of what comes") {
  const Lowering lowering(std::string(kHead) + R"(
func f() {
  a()
  if ok() { b(); return }
  c()
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CalledLater problem(*f);
  const Solution<CalledLater> solution = Solve(*f, problem);
  CHECK(solution.At(ssa::InstId{0}) == Bits("bc"));
  uint32_t visited = 0;
  solution.ForEach(BlockId{0}, [&](const Inst&, uint32_t) { ++visited; });
  CHECK(visited == f->InstsOf(BlockId{0}).size());
}

TEST_CASE("the recover block is reached by whatever may panic") {
  const Lowering lowering(std::string(kHead) + R"(
func f() {
  defer func() { recover() }()
  a()
  b()
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  REQUIRE(f->recover_block().has_value());
  CalledSomewhere without(*f);
  CHECK(Solve(*f, without).At(f->recover_block()) == 0);
  CalledBeforePanic with(*f);
  CHECK(Solve(*f, with).At(f->recover_block()) == Bits("ab"));
}

TEST_CASE("edges are told apart") {
  const Lowering lowering(std::string(kHead) + R"(
func f() bool {
  if ok() { return true }
  if ok() { } else { }
  return ok() && ok()
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  Ways problem(*f);
  const Solution<Ways> solution = Solve(*f, problem);
  CHECK(solution.At(f->Succs(BlockId{0})[0]) == 5);
  CHECK(solution.At(f->Succs(BlockId{0})[1]) == 6);
}

TEST_CASE("loops end by widening, and work by its bound") {
  const Lowering lowering(std::string(kHead) + R"(
func f() {
  for ok() { a() }
})");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  Counter problem;
  CHECK(BeforeReturn(*f, problem) == Counter::kMany);
  EndlessCounter endless;
  CHECK(Solve(*f, endless).is_cut());
}

TEST_CASE("a switch of many cases in a loop") {
  std::string text(kHead);
  text += "func f(n int) {\n  for ok() {\n    switch n {\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "    case " + std::to_string(i) +
            ": n = " + std::to_string(i * 7 % 20'000) + "; a()\n";
  }
  text += "    }\n  }\n}\n";
  const Lowering lowering(text);
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  CalledSomewhere problem(*f);
  CHECK(BeforeReturn(*f, problem) == Bits("a"));
  Ways ways(*f);
  CHECK(!Solve(*f, ways).is_cut());
}

TEST_CASE("laws of the lattices above") {
  const Lowering lowering("func f() {}");
  const Function* const f = lowering.Find("f");
  REQUIRE(f != nullptr);
  const uint32_t sets[] = {0, 1, 2, 5, 7};
  tests::CheckLatticeLaws(CalledSomewhere(*f), std::span(sets));
  const int counts[] = {-1, 0, 1, 5, Counter::kMany};
  tests::CheckLatticeLaws(Counter(), std::span(counts));
}

}  // namespace
}  // namespace gdlint::dataflow
