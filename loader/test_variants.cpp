// The packages that a test is made of. Those between an external test and the
// package under test see that package with its test files, so there is a second
// one of each.

#include <algorithm>
#include <utility>

#include "loader/package_graph.h"

namespace gdlint::loader {
namespace {

class VariantMaker {
 public:
  VariantMaker(std::vector<Node>& nodes, const std::vector<NodeIndex>& order,
               const std::vector<NodeIndex>& main_imports)
      : nodes_(nodes),
        main_imports_(main_imports),
        importers_(nodes.size()),
        rank_(nodes.size(), 0),
        depends_(nodes.size(), kNoNode),
        reached_(nodes.size(), kNoNode),
        copy_(nodes.size(), kNoNode) {
    for (size_t i = 0; i < order.size(); ++i) {
      rank_[order[i]] = static_cast<uint32_t>(i);
      ForEachNeeded(nodes[order[i]], [&](NodeIndex needed) {
        importers_[needed].push_back(order[i]);
      });
    }
  }

  void AddFor(NodeIndex tested) {
    const PackageDir& contents = *nodes_[tested].contents;
    const bool has_internal =
        std::ranges::any_of(contents.files, [](const GoFile& file) {
          return file.is_test && !file.is_external_test;
        });
    const bool has_external = std::ranges::any_of(
        contents.files,
        [](const GoFile& file) { return file.is_external_test; });
    if (!has_internal && !has_external) {
      return;
    }
    MarkDependants(tested);
    // A program cannot be linked into its test as it is.
    const bool is_copied = has_internal || contents.name == "main";
    NodeIndex test_index = tested;
    if (is_copied) {
      test_index = Add(MakeTest(tested));
      copy_[tested] = test_index;
      copied_.push_back(tested);
      CopyBetween(tested);
    }
    NodeIndex external_index = kNoNode;
    if (has_external) {
      Node external = Like(tested, NodeKind::kExternalTest);
      external.is_root = true;
      external.imports = nodes_[tested].external_test_imports;
      external_index = Add(std::move(external));
      Redirect(nodes_[external_index]);
    }
    if (!main_imports_.empty()) {
      AddMain(tested, test_index, external_index);
    }
    for (const NodeIndex copied : copied_) {
      copy_[copied] = kNoNode;
    }
    copied_.clear();
  }

 private:
  Node Like(NodeIndex base, NodeKind kind) const {
    const Node& node = nodes_[base];
    Node copy;
    copy.kind = kind;
    copy.import_path = node.import_path;
    copy.test_of = node.import_path;
    copy.workspace = node.workspace;
    copy.dir = node.dir;
    copy.module = node.module;
    copy.is_standard = node.is_standard;
    copy.contents = node.contents;
    return copy;
  }

  NodeIndex Add(Node node) {
    nodes_.push_back(std::move(node));
    return static_cast<NodeIndex>(nodes_.size() - 1);
  }

  // Marks all nodes that need `tested`, directly or not.
  void MarkDependants(NodeIndex tested) {
    std::vector<NodeIndex> pending = {tested};
    depends_[tested] = tested;
    while (!pending.empty()) {
      const NodeIndex node = pending.back();
      pending.pop_back();
      for (const NodeIndex importer : importers_[node]) {
        if (depends_[importer] != tested) {
          depends_[importer] = tested;
          pending.push_back(importer);
        }
      }
    }
  }

  // "p [p.test]"
  Node MakeTest(NodeIndex tested) {
    Node test = Like(tested, NodeKind::kTest);
    const Node& base = nodes_[tested];
    test.is_root = true;
    test.imports = base.imports;
    test.implicit = base.implicit;
    for (Edge edge : base.test_imports) {
      if (std::ranges::find(base.imports, edge.path, &Edge::path) !=
          base.imports.end()) {
        continue;
      }
      if (edge.node != kNoNode && depends_[edge.node] == tested) {
        edge.problem =
            "import cycle not allowed in test: " + Path(tested, edge.node);
        edge.node = kNoNode;
      }
      test.imports.push_back(std::move(edge));
    }
    std::ranges::sort(test.imports, {}, &Edge::path);
    return test;
  }

  // "p imports q imports p"
  std::string Path(NodeIndex tested, NodeIndex from) const {
    std::string path = nodes_[tested].import_path;
    NodeIndex at = from;
    while (at != tested) {
      path += " imports " + nodes_[at].import_path;
      NodeIndex next = tested;
      ForEachNeeded(nodes_[at], [&](NodeIndex needed) {
        if (depends_[needed] == tested && next == tested) {
          next = needed;
        }
      });
      at = next;
    }
    return path + " imports " + nodes_[tested].import_path;
  }

  // Copies what needs `tested` and is needed by the external test, or by the
  // generated main package.
  void CopyBetween(NodeIndex tested) {
    std::vector<NodeIndex> pending;
    const auto reach = [&](NodeIndex node) {
      if (node != tested && depends_[node] == tested &&
          reached_[node] != tested) {
        reached_[node] = tested;
        pending.push_back(node);
      }
    };
    for (const Edge& edge : nodes_[tested].external_test_imports) {
      if (edge.node != kNoNode) {
        reach(edge.node);
      }
    }
    for (const NodeIndex import : main_imports_) {
      reach(import);
    }
    std::vector<NodeIndex> between;
    while (!pending.empty()) {
      const NodeIndex node = pending.back();
      pending.pop_back();
      between.push_back(node);
      ForEachNeeded(nodes_[node], reach);
    }
    // What is needed before what needs it.
    std::ranges::sort(between, {},
                      [this](NodeIndex node) { return rank_[node]; });
    for (const NodeIndex base : between) {
      Node copy = Like(base, NodeKind::kRecompiled);
      copy.test_of = nodes_[tested].import_path;
      copy.imports = nodes_[base].imports;
      copy.implicit = nodes_[base].implicit;
      const NodeIndex index = Add(std::move(copy));
      copy_[base] = index;
      copied_.push_back(base);
      Redirect(nodes_[index]);
    }
  }

  NodeIndex Copied(NodeIndex node) const {
    return node < copy_.size() && copy_[node] != kNoNode ? copy_[node] : node;
  }

  // Leads edges to copies where there are any.
  void Redirect(Node& node) const {
    for (Edge& edge : node.imports) {
      if (edge.node != kNoNode) {
        edge.node = Copied(edge.node);
      }
    }
    for (NodeIndex& needed : node.implicit) {
      needed = Copied(needed);
    }
  }

  void AddMain(NodeIndex tested, NodeIndex test, NodeIndex external) {
    Node main = Like(tested, NodeKind::kTestMain);
    main.contents = nullptr;
    main.is_root = true;
    main.implicit = main_imports_;
    const auto& files = nodes_[tested].contents->files;
    if (std::ranges::any_of(
            files, [](const GoFile& file) { return !file.is_external_test; })) {
      main.implicit.push_back(test);
    }
    if (external != kNoNode) {
      main.implicit.push_back(external);
    }
    Redirect(main);
    Add(std::move(main));
  }

  std::vector<Node>& nodes_;
  const std::vector<NodeIndex>& main_imports_;
  std::vector<std::vector<NodeIndex>> importers_;
  std::vector<uint32_t> rank_;
  // The package under test for which a node was last found to need it, and to
  // be needed by its test.
  std::vector<NodeIndex> depends_;
  std::vector<NodeIndex> reached_;
  // For the test at hand.
  std::vector<NodeIndex> copy_;
  std::vector<NodeIndex> copied_;
};

}  // namespace

bool HasFile(const Node& node, const GoFile& file) {
  switch (node.kind) {
    case NodeKind::kPlain:
    case NodeKind::kRecompiled:
      return !file.is_test;
    case NodeKind::kTest:
      return !file.is_external_test;
    case NodeKind::kExternalTest:
      return file.is_external_test;
    case NodeKind::kTestMain:
      return false;
  }
  return false;
}

void AddTestVariants(std::vector<Node>& nodes,
                     const std::vector<NodeIndex>& order,
                     const std::vector<NodeIndex>& main_imports) {
  std::vector<NodeIndex> tested;
  for (const NodeIndex index : order) {
    if (nodes[index].is_root) {
      tested.push_back(index);
    }
  }
  VariantMaker maker(nodes, order, main_imports);
  for (const NodeIndex index : tested) {
    maker.AddFor(index);
  }
}

}  // namespace gdlint::loader
