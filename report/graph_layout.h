// Where the nodes of a graph are drawn and how its edges run, by Graphviz's
// library; only the sizes of nodes matter to it, so that the result depends on
// no font.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "report/function_page.h"

namespace gdlint::report {

// Whether the program was built with Graphviz's library.
bool CanLayOut();

struct Point {
  double x = 0;
  double y = 0;
};

struct Size {
  double width = 0;
  double height = 0;
};

struct GraphLayout {
  Size size;
  // Centres, from the upper left corner.
  std::vector<Point> nodes;
  // Bézier curves: a point, and three for each piece; empty for an edge that
  // could not be drawn.
  std::vector<std::vector<Point>> edges;
};

// Nothing (no nodes) if it cannot be done. Not for several threads at a time.
GraphLayout LayOut(std::span<const Size> nodes,
                   std::span<const FlowEdge> edges);

}  // namespace gdlint::report
