// Lowering to SSA, by what it is made of: whole functions, dominators.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "driver/lower.h"
#include "driver/type_check.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "ssa/build.h"
#include "ssa/dominators.h"
#include "support/deep_stack.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::bench {
namespace {

// A function that loops over a switch of `states` cases, each of which stores
// to one of ten variables: a lexer, or a state machine that a generator wrote.
std::string StateMachine(int states) {
  std::string text = "package p\nfunc f(n int) (r int) {\n";
  for (int i = 0; i < 10; ++i) {
    text += fmt::format("v{} := {}\n", i, i);
  }
  text += "for {\nswitch n {\n";
  for (int i = 0; i < states; ++i) {
    text += fmt::format("case {}:\n v{} += v{}\n n = v{} % {}\n", i, i % 10,
                        (i + 3) % 10, (i + 7) % 10, states + 1);
  }
  return text + "default: return v0 + v1\n}\n}\n}\n";
}

// Straight code of calls, fields and conditions, as most functions are.
std::string Plain(int statements) {
  std::string text =
      "package p\ntype T struct { a, b int; next *T }\n"
      "func g(int, *T) (int, error)\n"
      "func f(t *T, n int) (int, error) {\n";
  for (int i = 0; i < statements; ++i) {
    text += fmt::format(
        "x{0}, err := g(n+{0}, t.next)\nif err != nil {{ return 0, err }}\n"
        "t.a, n = x{0}, t.b\n",
        i);
  }
  return text + "return n, nil\n}\n";
}

void Lower(benchmark::State& state, const std::string& text, bool is_naive) {
  const source::SourceFile file = source::SourceFile::FromText("p.go", text);
  types::TypeTable table(types::Sizes::ForArchitecture("amd64"));
  types::Package package;
  parser::ParsedFile parsed;
  RunOnDeepStack([&] {
    parsed = parser::Parser().Parse(file, parser::Mode::kWholeFile);
    package.path = "p";
    package.version = source::kNewestLang;
    driver::AddFile(package, file, parsed.tree, package.version, "p.go");
    driver::CheckWholePackage(table, package);
  });
  const std::vector<driver::LowerTask> tasks = driver::LowerTasksOf(package);
  if (tasks.size() != 1) {
    state.SkipWithError("the text has errors");
    return;
  }
  ssa::Builder builder(table, {.is_naive = is_naive, .verify = false});
  size_t instructions = 0;
  for (auto _ : state) {
    const std::unique_ptr<ssa::Function> function =
        builder.Build(tasks[0].function);
    instructions += function->insts().size();
  }
  state.SetItemsProcessed(static_cast<int64_t>(instructions));
}

void BM_LowerPlain(benchmark::State& state) {
  Lower(state, Plain(static_cast<int>(state.range(0))), state.range(1) != 0);
}
BENCHMARK(BM_LowerPlain)->Args({10, 0})->Args({10, 1})->Args({1000, 0});

void BM_LowerStateMachine(benchmark::State& state) {
  Lower(state, StateMachine(static_cast<int>(state.range(0))),
        state.range(1) != 0);
}
BENCHMARK(BM_LowerStateMachine)
    ->Args({100, 0})
    ->Args({100, 1})
    ->Args({10'000, 0});

// A chain of conditions with a loop round each tenth.
ssa::FlowGraph Ladder(uint32_t size) {
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  for (uint32_t i = 1; i < size; ++i) {
    edges.emplace_back(i - 1, i);
    if (i + 2 < size && i % 3 == 0) {
      edges.emplace_back(i, i + 2);
    }
    if (i % 10 == 0) {
      edges.emplace_back(i, i - 9);
    }
  }
  ssa::FlowGraph graph;
  graph.Assign(size, edges);
  return graph;
}

void BM_DominatorsByBoost(benchmark::State& state) {
  const ssa::FlowGraph graph = Ladder(static_cast<uint32_t>(state.range(0)));
  ssa::DominatorTree tree;
  for (auto _ : state) {
    tree.ComputeByBoost(graph);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_DominatorsByBoost)->Arg(8)->Arg(100)->Arg(10'000);

void BM_Dominators(benchmark::State& state) {
  const ssa::FlowGraph graph = Ladder(static_cast<uint32_t>(state.range(0)));
  ssa::DominatorTree tree;
  for (auto _ : state) {
    tree.Compute(graph);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Dominators)->Arg(8)->Arg(100)->Arg(10'000);

}  // namespace
}  // namespace gdlint::bench
BENCHMARK_MAIN();
