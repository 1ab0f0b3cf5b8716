#include "ssa/dominators.h"

#include <algorithm>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/property_map/property_map.hpp>
#include <iterator>
#include <utility>

#include "support/invariant.h"

namespace gdlint::ssa {

// What Boost.Graph sees of a FlowGraph: no copy. An edge is its ends.
struct BoostView {
  const FlowGraph* graph;
};

// An edge of a node, out of it or into it.
class EdgeIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = std::pair<uint32_t, uint32_t>;
  using difference_type = std::ptrdiff_t;
  using pointer = const value_type*;
  using reference = value_type;

  EdgeIterator() = default;
  EdgeIterator(uint32_t node, const uint32_t* at, bool is_out)
      : node_(node), at_(at), is_out_(is_out) {}
  value_type operator*() const {
    return is_out_ ? value_type{node_, *at_} : value_type{*at_, node_};
  }
  EdgeIterator& operator++() {
    ++at_;
    return *this;
  }
  EdgeIterator operator++(int) {
    EdgeIterator old = *this;
    ++at_;
    return old;
  }
  friend bool operator==(const EdgeIterator& a, const EdgeIterator& b) {
    return a.at_ == b.at_;
  }

 private:
  uint32_t node_ = 0;
  const uint32_t* at_ = nullptr;
  bool is_out_ = true;
};

class NodeIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = uint32_t;
  using difference_type = std::ptrdiff_t;
  using pointer = const uint32_t*;
  using reference = uint32_t;

  NodeIterator() = default;
  explicit NodeIterator(uint32_t node) : node_(node) {}
  uint32_t operator*() const { return node_; }
  NodeIterator& operator++() {
    ++node_;
    return *this;
  }
  NodeIterator operator++(int) { return NodeIterator(node_++); }
  friend bool operator==(NodeIterator, NodeIterator) = default;

 private:
  uint32_t node_ = 0;
};

}  // namespace gdlint::ssa

template <>
struct boost::graph_traits<gdlint::ssa::BoostView> {
  using vertex_descriptor = uint32_t;
  using edge_descriptor = std::pair<uint32_t, uint32_t>;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  struct traversal_category : boost::bidirectional_graph_tag,
                              boost::vertex_list_graph_tag {};
  using vertices_size_type = uint32_t;
  using edges_size_type = uint32_t;
  using degree_size_type = uint32_t;
  using out_edge_iterator = gdlint::ssa::EdgeIterator;
  using in_edge_iterator = gdlint::ssa::EdgeIterator;
  using vertex_iterator = gdlint::ssa::NodeIterator;
  static vertex_descriptor null_vertex() {
    return gdlint::ssa::DominatorTree::kNone;
  }
};

namespace gdlint::ssa {

// Found by Boost.Graph through the argument's namespace; the names are its.
uint32_t source(const std::pair<uint32_t, uint32_t>& edge, const BoostView&) {
  return edge.first;
}
uint32_t target(const std::pair<uint32_t, uint32_t>& edge, const BoostView&) {
  return edge.second;
}
uint32_t num_vertices(const BoostView& view) { return view.graph->size(); }
std::pair<NodeIterator, NodeIterator> vertices(const BoostView& view) {
  return {NodeIterator(0), NodeIterator(view.graph->size())};
}
std::pair<EdgeIterator, EdgeIterator> EdgesOf(uint32_t node,
                                              std::span<const uint32_t> ends,
                                              bool is_out) {
  return {EdgeIterator(node, ends.data(), is_out),
          EdgeIterator(node, ends.data() + ends.size(), is_out)};
}
std::pair<EdgeIterator, EdgeIterator> out_edges(uint32_t node,
                                                const BoostView& view) {
  return EdgesOf(node, view.graph->Succs(node), true);
}
std::pair<EdgeIterator, EdgeIterator> in_edges(uint32_t node,
                                               const BoostView& view) {
  return EdgesOf(node, view.graph->Preds(node), false);
}
uint32_t out_degree(uint32_t node, const BoostView& view) {
  return static_cast<uint32_t>(view.graph->Succs(node).size());
}
uint32_t in_degree(uint32_t node, const BoostView& view) {
  return static_cast<uint32_t>(view.graph->Preds(node).size());
}
uint32_t degree(uint32_t node, const BoostView& view) {
  return out_degree(node, view) + in_degree(node, view);
}

void FlowGraph::Assign(const Function& function) {
  const auto count = static_cast<uint32_t>(function.blocks().size());
  const BlockId recover = function.recover_block();
  succs_begin_.clear();
  preds_begin_.clear();
  succs_.clear();
  preds_.clear();
  for (uint32_t i = 0; i < count; ++i) {
    const BlockId id{i};
    succs_begin_.push_back(static_cast<uint32_t>(succs_.size()));
    preds_begin_.push_back(static_cast<uint32_t>(preds_.size()));
    for (const BlockId succ : function.Succs(id)) {
      succs_.push_back(succ.index);
    }
    for (const BlockId pred : function.Preds(id)) {
      preds_.push_back(pred.index);
    }
    if (recover.has_value() && i == 0) {
      succs_.push_back(recover.index);
    }
    if (id == recover) {
      preds_.push_back(0);
    }
  }
  succs_begin_.push_back(static_cast<uint32_t>(succs_.size()));
  preds_begin_.push_back(static_cast<uint32_t>(preds_.size()));
}

void FlowGraph::Assign(const Draft& draft, std::span<const BlockId> order) {
  nodes_.resize(draft.blocks().size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    nodes_[order[i].index] = i;
  }
  succs_begin_.clear();
  preds_begin_.clear();
  succs_.clear();
  preds_.clear();
  for (uint32_t i = 0; i < order.size(); ++i) {
    succs_begin_.push_back(static_cast<uint32_t>(succs_.size()));
    preds_begin_.push_back(static_cast<uint32_t>(preds_.size()));
    for (const BlockId succ : draft.block(order[i]).succs) {
      succs_.push_back(nodes_[succ.index]);
    }
    for (const BlockId pred : draft.block(order[i]).preds) {
      preds_.push_back(nodes_[pred.index]);
    }
    if (draft.recover_block.has_value() && i == 0) {
      succs_.push_back(nodes_[draft.recover_block.index]);
    }
    if (order[i] == draft.recover_block) {
      preds_.push_back(0);
    }
  }
  succs_begin_.push_back(static_cast<uint32_t>(succs_.size()));
  preds_begin_.push_back(static_cast<uint32_t>(preds_.size()));
}

void FlowGraph::Assign(uint32_t size,
                       std::span<const std::pair<uint32_t, uint32_t>> edges) {
  // Counting sort by one end, then by the other.
  const auto sort = [&](std::vector<uint32_t>& begin,
                        std::vector<uint32_t>& ends, auto from, auto to) {
    begin.assign(size + 1, 0);
    ends.resize(edges.size());
    for (const auto& edge : edges) {
      ++begin[edge.*from + 1];
    }
    for (uint32_t i = 0; i < size; ++i) {
      begin[i + 1] += begin[i];
    }
    std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
    for (const auto& edge : edges) {
      ends[next[edge.*from]++] = edge.*to;
    }
  };
  using Edge = std::pair<uint32_t, uint32_t>;
  sort(succs_begin_, succs_, &Edge::first, &Edge::second);
  sort(preds_begin_, preds_, &Edge::second, &Edge::first);
}

void DominatorTree::ComputeByBoost(const FlowGraph& graph) {
  const uint32_t size = graph.size();
  GDLINT_ASSERT(size <= kMaxForBoost);
  parents_.assign(size, kNone);
  scratch_.assign(size_t{size} * 2, 0);
  std::vector<uint32_t> vertices(size);
  const BoostView view{&graph};
  const boost::typed_identity_property_map<uint32_t> index;
  // Boost's visitor takes the iterators of its own vectors alone.
  const auto map = [&](std::vector<uint32_t>::iterator at) {
    return boost::make_iterator_property_map(at, index);
  };
  boost::lengauer_tarjan_dominator_tree(
      view, uint32_t{0}, index, map(scratch_.begin()),
      map(scratch_.begin() + size), vertices, map(parents_.begin()));
  NumberTree(size);
}

void DominatorTree::Compute(const FlowGraph& graph) {
  const uint32_t size = graph.size();
  parents_.assign(size, kNone);
  // All by number in preorder but for `numbers`, which is by node.
  scratch_.resize(size_t{size} * 7);
  uint32_t* const numbers = scratch_.data();
  uint32_t* const nodes = numbers + size;
  uint32_t* const up = nodes + size;
  uint32_t* const ancestors = up + size;
  uint32_t* const labels = ancestors + size;
  uint32_t* const semis = labels + size;
  uint32_t* const stack = semis + size;
  std::fill_n(numbers, size, kNone);

  // Depth first. `stack` is the path to where the walk is; `labels` has, by
  // node, how many successors were looked at.
  uint32_t count = 1;
  numbers[0] = 0;
  nodes[0] = 0;
  labels[0] = 0;
  stack[0] = 0;
  for (uint32_t depth = 1; depth > 0;) {
    const uint32_t node = stack[depth - 1];
    const std::span<const uint32_t> succs = graph.Succs(node);
    if (labels[node] == succs.size()) {
      --depth;
      continue;
    }
    const uint32_t succ = succs[labels[node]++];
    if (numbers[succ] == kNone) {
      numbers[succ] = count;
      nodes[count] = succ;
      up[count] = numbers[node];
      labels[succ] = 0;
      stack[depth++] = succ;
      ++count;
    }
  }
  GDLINT_ASSERT(count == size);

  for (uint32_t i = 0; i < size; ++i) {
    ancestors[i] = kNone;
    labels[i] = i;
    semis[i] = i;
  }
  // The number with the least semidominator on the way up from `v` within the
  // forest of what was linked, with path compression.
  const auto evaluate = [&](uint32_t v) {
    if (ancestors[v] == kNone) {
      return labels[v];
    }
    uint32_t depth = 0;
    for (uint32_t at = v; ancestors[ancestors[at]] != kNone;
         at = ancestors[at]) {
      stack[depth++] = at;
    }
    while (depth-- > 0) {
      const uint32_t at = stack[depth];
      const uint32_t above = ancestors[at];
      if (semis[labels[above]] < semis[labels[at]]) {
        labels[at] = labels[above];
      }
      ancestors[at] = ancestors[above];
    }
    return labels[v];
  };
  for (uint32_t w = size; w-- > 1;) {
    for (const uint32_t pred : graph.Preds(nodes[w])) {
      semis[w] = std::min(semis[w], semis[evaluate(numbers[pred])]);
    }
    ancestors[w] = up[w];
  }
  // The immediate dominator is the nearest common ancestor of the parent and
  // the semidominator; those before are known already.
  for (uint32_t w = 1; w < size; ++w) {
    uint32_t idom = up[w];
    while (idom > semis[w]) {
      idom = up[idom];
    }
    up[w] = idom;
    parents_[nodes[w]] = nodes[idom];
  }
  NumberTree(size);
}

void DominatorTree::NumberTree(uint32_t size) {
  children_begin_.assign(size + 1, 0);
  for (uint32_t i = 1; i < size; ++i) {
    GDLINT_ASSERT(parents_[i] < size);
    ++children_begin_[parents_[i] + 1];
  }
  for (uint32_t i = 0; i < size; ++i) {
    children_begin_[i + 1] += children_begin_[i];
  }
  children_.resize(size);
  scratch_.assign(children_begin_.begin(), children_begin_.end());
  for (uint32_t i = 1; i < size; ++i) {
    children_[scratch_[parents_[i]]++] = i;
  }
  first_.resize(size);
  last_.resize(size);
  // From here on: the next child of each node to go to.
  std::copy(children_begin_.begin(), children_begin_.end(), scratch_.begin());
  uint32_t number = 0;
  first_[0] = number++;
  for (uint32_t at = 0; at != kNone;) {
    if (scratch_[at] < children_begin_[at + 1]) {
      at = children_[scratch_[at]++];
      first_[at] = number++;
    } else {
      last_[at] = number - 1;
      at = parents_[at];
    }
  }
}

bool DominanceFrontiers::Compute(const FlowGraph& graph,
                                 const DominatorTree& tree, size_t max_size) {
  heads_.assign(graph.size(), kEnd);
  links_.clear();
  for (uint32_t node = 0; node < graph.size(); ++node) {
    const std::span<const uint32_t> preds = graph.Preds(node);
    // The entry can have a single predecessor, and is its own frontier's.
    if (preds.size() < 2 && node != 0) {
      continue;
    }
    const uint32_t end = tree.Parent(node);
    for (const uint32_t pred : preds) {
      for (uint32_t at = pred; at != end; at = tree.Parent(at)) {
        const uint32_t head = heads_[at];
        if (head != kEnd && links_[head].node == node) {
          // So it is for all above.
          break;
        }
        links_.push_back({node, head});
        heads_[at] = static_cast<uint32_t>(links_.size() - 1);
        if (links_.size() > max_size) {
          heads_.assign(graph.size(), kEnd);
          links_.clear();
          return false;
        }
      }
    }
  }
  return true;
}

}  // namespace gdlint::ssa
