#include "report/graph_layout.h"

#ifdef GDLINT_GRAPHVIZ

#include <string>

#include <gvc.h>

namespace gdlint::report {
namespace {

constexpr double kPointsPerInch = 72;

void Set(void* object, const char* name, const std::string& value) {
  std::string key(name);
  std::string text(value);
  std::string none;
  agsafeset(object, key.data(), text.data(), none.data());
}

Agraph_t* MakeGraph(std::span<const Size> nodes,
                    std::span<const FlowEdge> edges,
                    std::vector<Agnode_t*>& made_nodes,
                    std::vector<Agedge_t*>& made_edges) {
  std::string name("flow");
  Agraph_t* const graph = agopen(name.data(), Agdirected, nullptr);
  Set(graph, "nodesep", "0.3");
  Set(graph, "ranksep", "0.35");
  // Bounds, in steps, for graphs that are hard to lay out.
  Set(graph, "nslimit", "20");
  Set(graph, "nslimit1", "20");
  Set(graph, "mclimit", "1");
  for (const Size& size : nodes) {
    std::string id = "n" + std::to_string(made_nodes.size());
    Agnode_t* const node = agnode(graph, id.data(), 1);
    Set(node, "shape", "box");
    Set(node, "label", "");
    Set(node, "fixedsize", "true");
    Set(node, "width", std::to_string(size.width / kPointsPerInch));
    Set(node, "height", std::to_string(size.height / kPointsPerInch));
    made_nodes.push_back(node);
  }
  for (const FlowEdge& edge : edges) {
    std::string id = "e" + std::to_string(made_edges.size());
    made_edges.push_back(agedge(graph, made_nodes[edge.from],
                                made_nodes[edge.to], id.data(), 1));
  }
  return graph;
}

std::vector<Point> CurveOf(Agedge_t* edge, double height) {
  std::vector<Point> points;
  const splines* const curves = ED_spl(edge);
  if (curves == nullptr || curves->size < 1) {
    return points;
  }
  const bezier& curve = curves->list[0];
  const auto add = [&](pointf point) {
    points.push_back({point.x, height - point.y});
  };
  for (size_t i = 0; i < static_cast<size_t>(curve.size); ++i) {
    add(curve.list[i]);
  }
  if (curve.eflag != 0) {
    // The arrow's head: a straight piece.
    for (int i = 0; i < 3; ++i) {
      add(curve.ep);
    }
  }
  return points;
}

}  // namespace

bool CanLayOut() { return true; }

GraphLayout LayOut(std::span<const Size> nodes,
                   std::span<const FlowEdge> edges) {
  GraphLayout layout;
  GVC_t* const context = gvContext();
  if (context == nullptr) {
    return layout;
  }
  std::vector<Agnode_t*> made_nodes;
  std::vector<Agedge_t*> made_edges;
  Agraph_t* const graph = MakeGraph(nodes, edges, made_nodes, made_edges);
  if (gvLayout(context, graph, "dot") == 0) {
    const boxf box = GD_bb(graph);
    layout.size = {box.UR.x, box.UR.y};
    for (Agnode_t* const node : made_nodes) {
      layout.nodes.push_back({ND_coord(node).x, box.UR.y - ND_coord(node).y});
    }
    for (Agedge_t* const edge : made_edges) {
      layout.edges.push_back(CurveOf(edge, box.UR.y));
    }
    gvFreeLayout(context, graph);
  }
  agclose(graph);
  gvFreeContext(context);
  return layout;
}

}  // namespace gdlint::report

#else

namespace gdlint::report {

bool CanLayOut() { return false; }

GraphLayout LayOut(std::span<const Size>, std::span<const FlowEdge>) {
  return {};
}

}  // namespace gdlint::report

#endif
