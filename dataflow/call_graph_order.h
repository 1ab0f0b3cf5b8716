// The order in which a graph is worked through from its leaves.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gdlint::dataflow {

// Strongly connected components, by levels: what a component leads to lies on
// lower levels, so that those of one level can be worked on at the same time.
struct ComponentOrder {
  // The nodes, by component, each component's in rising order.
  std::vector<uint32_t> nodes;
  // Component n is nodes[begin[n]] to nodes[begin[n + 1] - 1].
  std::vector<uint32_t> begin;
  // The components of a level, in rising order of their first nodes: level n is
  // by_level[level_begin[n]] to by_level[level_begin[n + 1] - 1].
  std::vector<uint32_t> by_level;
  std::vector<uint32_t> level_begin;

  size_t level_count() const { return level_begin.size() - 1; }
  std::span<const uint32_t> Level(size_t level) const {
    return std::span(by_level).subspan(
        level_begin[level], level_begin[level + 1] - level_begin[level]);
  }
  std::span<const uint32_t> NodesOf(uint32_t component) const {
    return std::span(nodes).subspan(begin[component],
                                    begin[component + 1] - begin[component]);
  }
};

// Edge n leads from `sources[n]` to `targets[n]`; `sources` is sorted.
ComponentOrder OrderComponents(uint32_t node_count,
                               std::span<const uint32_t> sources,
                               std::span<const uint32_t> targets);

}  // namespace gdlint::dataflow
