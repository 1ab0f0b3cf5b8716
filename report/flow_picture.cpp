#include "report/flow_picture.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "report/graph_layout.h"
#include "report/html_text.h"

namespace gdlint::report {
namespace {

// In pixels, for a monospaced font of 11 pixels.
constexpr double kCharWidth = 6.63;
constexpr double kLineHeight = 15;
constexpr double kPadding = 9;
constexpr double kMargin = 12;
// More of a node is cut.
constexpr unsigned kMaxColumns = 46;
constexpr size_t kMaxTexts = 8;

bool Has(const std::vector<uint32_t>& sorted, uint32_t item) {
  return std::ranges::binary_search(sorted, item);
}

std::vector<std::string> TextsOf(const FlowNode& node) {
  std::vector<std::string> texts;
  for (const std::string& text : node.texts) {
    if (texts.size() + 1 == kMaxTexts && node.texts.size() > kMaxTexts) {
      texts.push_back(
          fmt::format("… {} more", node.texts.size() - texts.size()));
      break;
    }
    texts.push_back(CutToWidth(text, kMaxColumns));
  }
  return texts;
}

Size SizeOf(const std::vector<std::string>& texts) {
  unsigned columns = 2;
  for (const std::string& text : texts) {
    columns = std::max(columns, WidthOf(text));
  }
  const auto lines = static_cast<double>(std::max<size_t>(texts.size(), 1));
  return {columns * kCharWidth + 2 * kPadding, lines * kLineHeight + kPadding};
}

const char* NameOf(FlowNodeKind kind) {
  switch (kind) {
    case FlowNodeKind::kStatements:
      return "flow";
    case FlowNodeKind::kReturn:
      return "return";
    case FlowNodeKind::kPanic:
      return "panic";
    case FlowNodeKind::kEnd:
      return "end";
  }
  return "";
}

const char* NameOf(FlowEdgeKind kind) {
  switch (kind) {
    case FlowEdgeKind::kNext:
      return "next";
    case FlowEdgeKind::kTrue:
      return "yes";
    case FlowEdgeKind::kFalse:
      return "no";
    case FlowEdgeKind::kBody:
      return "body";
  }
  return "";
}

std::string LinesText(const FlowNode& node) {
  if (node.lines.empty()) {
    return "";
  }
  return (node.lines.size() == 1 ? "line " : "lines ") + LineRanges(node.lines);
}

class Picture {
 public:
  Picture(const FunctionPage& page, std::string& out)
      : page_(page), out_(out) {}

  bool Append() {
    std::vector<Size> sizes;
    for (const FlowNode& node : page_.nodes) {
      texts_.push_back(TextsOf(node));
      sizes.push_back(SizeOf(texts_.back()));
    }
    const GraphLayout layout = LayOut(sizes, page_.edges);
    if (layout.nodes.size() != sizes.size()) {
      return false;
    }
    fmt::format_to(
        std::back_inserter(out_),
        "<svg class=\"flow\" role=\"img\" aria-label=\"control flow\" "
        "width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "viewBox=\"{2:.0f} {2:.0f} {0:.0f} {1:.0f}\">\n",
        layout.size.width + 2 * kMargin, layout.size.height + 2 * kMargin,
        -kMargin);
    for (size_t i = 0; i < page_.edges.size(); ++i) {
      AppendEdge(page_.edges[i], layout.edges[i]);
    }
    for (uint32_t i = 0; i < sizes.size(); ++i) {
      AppendNode(i, layout.nodes[i], sizes[i]);
    }
    out_ += "</svg>\n";
    return true;
  }

 private:
  void AppendNode(uint32_t number, Point at, Size size) {
    const FlowNode& node = page_.nodes[number];
    fmt::format_to(
        std::back_inserter(out_),
        "<g class=\"node k-{}{}\"><title>{}</title><rect x=\"{:.1f}\" "
        "y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"5\"/>",
        NameOf(node.kind),
        WayClasses(page_, number,
                   {&Way::nodes, &Way::sure_nodes, &Way::exit_nodes}),
        LinesText(node), at.x - size.width / 2, at.y - size.height / 2,
        size.width, size.height);
    double y = at.y - size.height / 2 + kPadding / 2 + 11;
    for (const std::string& text : texts_[number]) {
      fmt::format_to(std::back_inserter(out_),
                     "<text x=\"{:.1f}\" y=\"{:.1f}\">",
                     at.x - size.width / 2 + kPadding, y);
      AppendHtml(text, out_);
      out_ += "</text>";
      y += kLineHeight;
    }
    out_ += "</g>\n";
  }

  void AppendEdge(const FlowEdge& edge, const std::vector<Point>& curve) {
    if (curve.size() < 4) {
      return;
    }
    std::string classes;
    for (size_t i = 0; i < page_.ways.size(); ++i) {
      const Way& way = page_.ways[i];
      if (Has(way.nodes, edge.from) && Has(way.nodes, edge.to)) {
        classes += fmt::format(" w{}", i + 1);
      }
    }
    fmt::format_to(std::back_inserter(out_),
                   "<g class=\"edge e-{}{}\"><path d=\"M{:.1f},{:.1f}",
                   NameOf(edge.kind), classes, curve[0].x, curve[0].y);
    for (size_t i = 1; i < curve.size(); ++i) {
      fmt::format_to(std::back_inserter(out_), "{}{:.1f},{:.1f}",
                     i % 3 == 1 ? "C" : " ", curve[i].x, curve[i].y);
    }
    out_ += "\"/>";
    AppendHead(curve);
    if (edge.kind == FlowEdgeKind::kTrue || edge.kind == FlowEdgeKind::kFalse) {
      const Point at = OnCurve(curve, 0.3);
      fmt::format_to(std::back_inserter(out_),
                     "<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", at.x,
                     at.y + 3, NameOf(edge.kind));
    }
    out_ += "</g>\n";
  }

  // The arrow's, drawn in place: references to markers would need names that
  // are unique on the page.
  void AppendHead(const std::vector<Point>& curve) {
    const Point tip = curve.back();
    Point from = curve[curve.size() - 2];
    for (size_t i = curve.size() - 1; i-- > 0;) {
      if (curve[i].x != tip.x || curve[i].y != tip.y) {
        from = curve[i];
        break;
      }
    }
    const double dx = tip.x - from.x;
    const double dy = tip.y - from.y;
    const double length = std::max(1e-6, std::hypot(dx, dy));
    constexpr double kLong = 8;
    constexpr double kWide = 3.5;
    const Point base{tip.x - dx / length * kLong, tip.y - dy / length * kLong};
    const Point side{-dy / length * kWide, dx / length * kWide};
    fmt::format_to(
        std::back_inserter(out_),
        "<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\"/>",
        tip.x, tip.y, base.x + side.x, base.y + side.y, base.x - side.x,
        base.y - side.y);
  }

  // On the first piece.
  static Point OnCurve(const std::vector<Point>& curve, double t) {
    const double s = 1 - t;
    const auto at = [&](double Point::* axis) {
      return s * s * s * (curve[0].*axis) + 3 * s * s * t * (curve[1].*axis) +
             3 * s * t * t * (curve[2].*axis) + t * t * t * (curve[3].*axis);
    };
    return {at(&Point::x), at(&Point::y)};
  }

  const FunctionPage& page_;
  std::string& out_;
  std::vector<std::vector<std::string>> texts_;
};

}  // namespace

std::string WayClasses(const FunctionPage& page, uint32_t item,
                       const WayLists& lists) {
  std::string classes;
  for (size_t i = 0; i < page.ways.size(); ++i) {
    const Way& way = page.ways[i];
    if (!Has(way.*lists.all, item)) {
      continue;
    }
    classes += fmt::format(" w{}", i + 1);
    if (Has(way.*lists.sure, item)) {
      classes += fmt::format(" s{}", i + 1);
    }
    if (lists.exits != nullptr && Has(way.*lists.exits, item)) {
      classes += fmt::format(" x{}", i + 1);
    }
  }
  return classes;
}

void AppendPicture(const FunctionPage& page, std::string& out) {
  if (!CanLayOut()) {
    out +=
        "<p class=\"note\">This gdlint was built without Graphviz, which "
        "draws the control flow.</p>\n";
  } else if (page.nodes.empty()) {
    out += fmt::format(
        "<p class=\"note\">The control flow has {} nodes; more than {} are "
        "not drawn.</p>\n",
        page.node_count, kMaxNodes);
  } else if (!Picture(page, out).Append()) {
    out +=
        "<p class=\"note\">Graphviz could not lay out the control flow (are "
        "its plugins installed?).</p>\n";
  }
}

}  // namespace gdlint::report
