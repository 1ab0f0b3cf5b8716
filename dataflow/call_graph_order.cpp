#include "dataflow/call_graph_order.h"

#include <algorithm>
#include <numeric>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace gdlint::dataflow {
namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS>;

// Boost's component of each node: what a component leads to has a lower number.
std::vector<uint32_t> ComponentOfEach(uint32_t node_count,
                                      std::span<const uint32_t> sources,
                                      std::span<const uint32_t> targets,
                                      uint32_t& count) {
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(sources.size());
  for (size_t i = 0; i < sources.size(); ++i) {
    edges.emplace_back(sources[i], targets[i]);
  }
  const Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(),
                    node_count);
  std::vector<uint32_t> component(node_count);
  count = static_cast<uint32_t>(boost::strong_components(
      graph, boost::make_iterator_property_map(
                 component.begin(), boost::get(boost::vertex_index, graph))));
  return component;
}

}  // namespace

ComponentOrder OrderComponents(uint32_t node_count,
                               std::span<const uint32_t> sources,
                               std::span<const uint32_t> targets) {
  ComponentOrder order;
  uint32_t count = 0;
  const std::vector<uint32_t> component =
      ComponentOfEach(node_count, sources, targets, count);
  order.begin.assign(count + 1, 0);
  for (const uint32_t of : component) {
    ++order.begin[of + 1];
  }
  std::partial_sum(order.begin.begin(), order.begin.end(), order.begin.begin());
  order.nodes.resize(node_count);
  std::vector<uint32_t> next = order.begin;
  for (uint32_t node = 0; node < node_count; ++node) {
    order.nodes[next[component[node]]++] = node;
  }

  // Components come after those that they lead to.
  std::vector<uint32_t> edges_begin(node_count + 1, 0);
  for (const uint32_t source : sources) {
    ++edges_begin[source + 1];
  }
  std::partial_sum(edges_begin.begin(), edges_begin.end(), edges_begin.begin());
  std::vector<uint32_t> level(count, 0);
  uint32_t levels = 0;
  for (uint32_t of = 0; of < count; ++of) {
    for (const uint32_t node : order.NodesOf(of)) {
      for (uint32_t edge = edges_begin[node]; edge < edges_begin[node + 1];
           ++edge) {
        const uint32_t to = component[targets[edge]];
        if (to != of) {
          level[of] = std::max(level[of], level[to] + 1);
        }
      }
    }
    levels = std::max(levels, level[of] + 1);
  }
  order.by_level.resize(count);
  std::iota(order.by_level.begin(), order.by_level.end(), 0);
  std::ranges::sort(order.by_level, {}, [&](uint32_t of) {
    return std::pair(level[of], order.nodes[order.begin[of]]);
  });
  order.level_begin.assign(levels + 1, 0);
  for (const uint32_t of : level) {
    ++order.level_begin[of + 1];
  }
  std::partial_sum(order.level_begin.begin(), order.level_begin.end(),
                   order.level_begin.begin());
  return order;
}

}  // namespace gdlint::dataflow
