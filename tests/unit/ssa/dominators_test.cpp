// Dominators and frontiers against their definitions.

#include "ssa/dominators.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace gdlint::ssa {
namespace {

using Edges = std::vector<std::pair<uint32_t, uint32_t>>;

// Every node but the entry hangs on one before it, so that all are reachable;
// then any edges, back to the entry excepted.
Edges RandomGraph(uint32_t size, uint32_t extra, std::mt19937& random) {
  Edges edges;
  for (uint32_t i = 1; i < size; ++i) {
    edges.emplace_back(random() % i, i);
  }
  for (uint32_t i = 0; i < extra && size > 1; ++i) {
    edges.emplace_back(random() % size, 1 + random() % (size - 1));
  }
  return edges;
}

// What can be reached from the entry without passing `removed`.
std::vector<bool> ReachedWithout(uint32_t size, const Edges& edges,
                                 uint32_t removed) {
  std::vector<bool> reached(size);
  reached[0] = removed != 0;
  for (bool is_growing = true; is_growing;) {
    is_growing = false;
    for (const auto& [from, to] : edges) {
      if (reached[from] && !reached[to] && to != removed) {
        reached[to] = true;
        is_growing = true;
      }
    }
  }
  return reached;
}

// `dominates[a][b]`: without a, b cannot be reached.
std::vector<std::vector<bool>> ByDefinition(uint32_t size, const Edges& edges) {
  std::vector<std::vector<bool>> dominates(size);
  for (uint32_t a = 0; a < size; ++a) {
    const std::vector<bool> reached = ReachedWithout(size, edges, a);
    for (uint32_t b = 0; b < size; ++b) {
      dominates[a].push_back(!reached[b]);
    }
  }
  return dominates;
}

void CheckTree(const DominatorTree& tree,
               const std::vector<std::vector<bool>>& dominates) {
  const auto size = static_cast<uint32_t>(dominates.size());
  for (uint32_t a = 0; a < size; ++a) {
    for (uint32_t b = 0; b < size; ++b) {
      REQUIRE(tree.Dominates(a, b) == dominates[a][b]);
    }
  }
  CHECK(tree.Parent(0) == DominatorTree::kNone);
  for (uint32_t node = 1; node < size; ++node) {
    // The strict dominator that all others dominate.
    const uint32_t parent = tree.Parent(node);
    REQUIRE(parent != node);
    for (uint32_t a = 0; a < size; ++a) {
      if (a != node && dominates[a][node]) {
        REQUIRE(dominates[a][parent]);
      }
    }
    CHECK(std::ranges::count(tree.Children(parent), node) == 1);
  }
}

void CheckFrontiers(const FlowGraph& graph, const Edges& edges,
                    const DominatorTree& tree,
                    const std::vector<std::vector<bool>>& dominates) {
  DominanceFrontiers frontiers;
  REQUIRE(frontiers.Compute(graph, tree));
  for (uint32_t node = 0; node < graph.size(); ++node) {
    std::set<uint32_t> expected;
    for (const auto& [from, to] : edges) {
      if (dominates[node][from] && !(node != to && dominates[node][to])) {
        expected.insert(to);
      }
    }
    std::vector<uint32_t> found;
    frontiers.ForEach(node, [&](uint32_t at) { found.push_back(at); });
    REQUIRE(found.size() == expected.size());
    REQUIRE(std::set<uint32_t>(found.begin(), found.end()) == expected);
  }
}

TEST_CASE("dominators and frontiers are what the definitions say") {
  std::mt19937 random(1);
  FlowGraph graph;
  DominatorTree tree;
  for (int i = 0; i < 300; ++i) {
    const uint32_t size = 1 + random() % 24;
    const Edges edges = RandomGraph(size, random() % (2 * size), random);
    graph.Assign(size, edges);
    const auto dominates = ByDefinition(size, edges);
    tree.Compute(graph);
    CheckTree(tree, dominates);
    tree.ComputeByBoost(graph);
    CheckTree(tree, dominates);
    CheckFrontiers(graph, edges, tree, dominates);
  }
}

TEST_CASE("both ways to compute dominators agree on large graphs") {
  std::mt19937 random(2);
  for (const uint32_t size : {1000u, 20'000u, DominatorTree::kMaxForBoost}) {
    FlowGraph graph;
    graph.Assign(size, RandomGraph(size, size / 3, random));
    DominatorTree a;
    DominatorTree b;
    a.ComputeByBoost(graph);
    b.Compute(graph);
    for (uint32_t node = 0; node < size; ++node) {
      REQUIRE(a.Parent(node) == b.Parent(node));
    }
  }
}

TEST_CASE("long chains and state machines do not overflow the stack") {
  constexpr uint32_t kSize = 400'000;
  // A chain with one back edge.
  Edges chain;
  for (uint32_t i = 1; i < kSize; ++i) {
    chain.emplace_back(i - 1, i);
  }
  chain.emplace_back(kSize - 1, 1);
  FlowGraph graph;
  graph.Assign(kSize, chain);
  DominatorTree tree;
  tree.Compute(graph);
  CHECK(tree.Parent(kSize - 1) == kSize - 2);
  CHECK(tree.Dominates(1, kSize - 1));
  DominanceFrontiers frontiers;
  CHECK(frontiers.Compute(graph, tree));

  // From one head to each state and back.
  Edges machine = {{0, 1}};
  for (uint32_t i = 2; i < kSize; ++i) {
    machine.emplace_back(1, i);
    machine.emplace_back(i, 1);
  }
  graph.Assign(kSize, machine);
  tree.Compute(graph);
  CHECK(tree.Parent(kSize - 1) == 1);
  CHECK(tree.Children(1).size() == kSize - 2);
  CHECK(frontiers.Compute(graph, tree));
}

TEST_CASE("frontiers that would be too large are given up") {
  // Each of many loop heads, one in the other, is in the frontier of all that
  // is inside.
  constexpr uint32_t kSize = 1000;
  Edges edges;
  for (uint32_t i = 1; i < kSize; ++i) {
    edges.emplace_back(i - 1, i);
    if (i > 1) {
      edges.emplace_back(kSize - 1, i);
    }
  }
  FlowGraph graph;
  graph.Assign(kSize, edges);
  DominatorTree tree;
  tree.Compute(graph);
  DominanceFrontiers frontiers;
  CHECK(frontiers.Compute(graph, tree));
  CHECK_FALSE(frontiers.Compute(graph, tree, 1000));
  bool is_empty = true;
  frontiers.ForEach(5, [&](uint32_t) { is_empty = false; });
  CHECK(is_empty);
}

}  // namespace
}  // namespace gdlint::ssa
