// The packages of a run while they are being found: nodes and edges that
// LoadPackages makes a PackageGraph of.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "loader/package.h"
#include "loader/package_dir.h"

namespace gdlint::loader {

using NodeIndex = uint32_t;
inline constexpr NodeIndex kNoNode = 0xffff'ffff;

// An import. Without a node it is one of kUnsafe and kC, or there is a problem.
struct Edge {
  std::string path;
  NodeIndex node = kNoNode;
  std::string problem;
};

enum class NodeKind : uint8_t {
  kPlain,
  // "p [p.test]"
  kTest,
  // "p_test [p.test]"
  kExternalTest,
  // "q [p.test]"
  kRecompiled,
  // "p.test"
  kTestMain,
};

struct Node {
  NodeKind kind = NodeKind::kPlain;
  // Of the package itself, without `_test` and brackets.
  std::string import_path;
  // What is in the brackets, without `.test`.
  std::string test_of;
  size_t workspace = 0;
  std::string dir;
  ModuleIndex module = ModuleTable::kNoModule;
  bool is_standard = false;
  bool is_root = false;
  // Named by itself: having no files is a problem.
  bool is_literal = false;
  // Null until it has been read, and of kTestMain.
  PackageDir* contents = nullptr;
  std::vector<Edge> imports;
  // Of kPlain, if its tests are wanted.
  std::vector<Edge> test_imports;
  std::vector<Edge> external_test_imports;
  std::vector<NodeIndex> implicit;
  std::vector<Problem> problems;
};

// True if the file is a part of the node's package.
bool HasFile(const Node& node, const GoFile& file);

// Calls `fn` with each node that `node` needs, by one edge.
template <typename Fn>
void ForEachNeeded(const Node& node, Fn fn) {
  for (const Edge& edge : node.imports) {
    if (edge.node != kNoNode) {
      fn(edge.node);
    }
  }
  for (const NodeIndex needed : node.implicit) {
    fn(needed);
  }
}

// Takes out the edges that close cycles, and says so. Returns all
// nodes, each after those that it needs.
std::vector<NodeIndex> BreakCycles(std::vector<Node>& nodes);

// Adds the test variants of the roots that have tests: what `go list -test`
// shows. `order` is that of BreakCycles. `main_imports` are what every
// generated main package imports; without any there are no main packages.
void AddTestVariants(std::vector<Node>& nodes,
                     const std::vector<NodeIndex>& order,
                     const std::vector<NodeIndex>& main_imports);

}  // namespace gdlint::loader
