// Dominator trees and dominance frontiers of control-flow graphs.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ssa/draft.h"
#include "ssa/function.h"

namespace gdlint::ssa {

// The edges of a control-flow graph whose nodes are numbered from 0, the entry.
// Every node must be reachable from it. The recover block counts as a successor
// of the entry.
class FlowGraph {
 public:
  // Block n is node n.
  void Assign(const Function& function);
  // Node n is `order[n]`, what Draft::RemoveUnreachable returned.
  void Assign(const Draft& draft, std::span<const BlockId> order);
  // For tests.
  void Assign(uint32_t size,
              std::span<const std::pair<uint32_t, uint32_t>> edges);

  uint32_t size() const {
    return static_cast<uint32_t>(succs_begin_.size() - 1);
  }
  std::span<const uint32_t> Succs(uint32_t node) const {
    return std::span(succs_).subspan(
        succs_begin_[node], succs_begin_[node + 1] - succs_begin_[node]);
  }
  // In the order of the block's predecessors.
  std::span<const uint32_t> Preds(uint32_t node) const {
    return std::span(preds_).subspan(
        preds_begin_[node], preds_begin_[node + 1] - preds_begin_[node]);
  }
  const uint32_t* succs_data() const { return succs_.data(); }
  uint32_t edge_count() const { return static_cast<uint32_t>(succs_.size()); }

 private:
  std::vector<uint32_t> succs_begin_;
  std::vector<uint32_t> succs_;
  std::vector<uint32_t> preds_begin_;
  std::vector<uint32_t> preds_;
  // Of a draft: its blocks' nodes.
  std::vector<uint32_t> nodes_;
};

// Which nodes every path from the entry to a node passes. Can be computed again
// and again, and keeps its memory.
class DominatorTree {
 public:
  static constexpr uint32_t kNone = 0xffff'ffff;
  // Boost's algorithm recurses once for each node of a path.
  static constexpr uint32_t kMaxForBoost = 50'000;

  // Semi-NCA (Georgiadis): no recursion, linear in practice.
  void Compute(const FlowGraph& graph);
  // Lengauer and Tarjan's, by Boost.Graph; at most kMaxForBoost nodes. Five to
  // twenty times slower: tests hold Compute against it
  // (docs/decisions/0010-dominators.md).
  void ComputeByBoost(const FlowGraph& graph);

  // The immediate dominator; kNone for the entry.
  uint32_t Parent(uint32_t node) const { return parents_[node]; }
  // What `node` dominates immediately, in order.
  std::span<const uint32_t> Children(uint32_t node) const {
    return std::span(children_).subspan(
        children_begin_[node],
        children_begin_[node + 1] - children_begin_[node]);
  }
  // Nodes dominate themselves.
  bool Dominates(uint32_t a, uint32_t b) const {
    return first_[a] <= first_[b] && first_[b] <= last_[a];
  }
  bool Dominates(BlockId a, BlockId b) const {
    return Dominates(a.index, b.index);
  }

 private:
  void NumberTree(uint32_t size);

  std::vector<uint32_t> parents_;
  std::vector<uint32_t> children_begin_;
  std::vector<uint32_t> children_;
  // Places in a preorder walk: a node's own, and the last one below it.
  std::vector<uint32_t> first_;
  std::vector<uint32_t> last_;

  // Of the computation.
  std::vector<uint32_t> scratch_;
};

// For each node the nodes where what it dominates ends: those that it does not
// dominate strictly, while it dominates one of their predecessors.
class DominanceFrontiers {
 public:
  // False, and empty, if there are more than `max_size` pairs in all, which
  // only contrived functions have.
  bool Compute(const FlowGraph& graph, const DominatorTree& tree,
               size_t max_size = size_t{1} << 23);

  // Calls `fn` with each node of the frontier of `node`.
  template <typename Fn>
  void ForEach(uint32_t node, const Fn& fn) const {
    for (uint32_t i = heads_[node]; i != kEnd; i = links_[i].next) {
      fn(links_[i].node);
    }
  }

 private:
  static constexpr uint32_t kEnd = 0xffff'ffff;
  struct Link {
    uint32_t node;
    uint32_t next;
  };
  std::vector<uint32_t> heads_;
  std::vector<Link> links_;
};

}  // namespace gdlint::ssa
