#include "ssa/dot.h"

#include <fmt/format.h>

#include <string_view>

#include "ssa/print.h"

namespace gdlint::ssa {
namespace {

// For a quoted string; lines end at the left.
void AppendLine(std::string_view line, std::string& out) {
  for (const char c : line) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  out += "\\l";
}

}  // namespace

void PrintDot(const Function& function, std::string& out) {
  std::string title;
  AppendLine(function.name(), title);
  // Without the end of a line.
  title.resize(title.size() - 2);
  out += fmt::format(
      "digraph \"{}\" {{\n  label=\"{}\";\n  node [shape=box, "
      "fontname=\"monospace\"];\n",
      title, title);
  for (uint32_t i = 0; i < function.blocks().size(); ++i) {
    const BlockId id{i};
    std::string label;
    const std::string_view role = i == 0                           ? " entry"
                                  : id == function.recover_block() ? " recover"
                                                                   : "";
    AppendLine(fmt::format("{}:{}", i, role), label);
    for (const Inst& inst : function.InstsOf(id)) {
      std::string line = "  ";
      if (inst.type != nullptr) {
        line += fmt::format("t{} = ", function.IdOf(inst).index);
      }
      AppendLine(line + InstText(function, inst), label);
    }
    out += fmt::format("  b{} [label=\"{}\"];\n", i, label);
    const std::span<const BlockId> succs = function.Succs(id);
    for (size_t k = 0; k < succs.size(); ++k) {
      out += fmt::format("  b{} -> b{}", i, succs[k].index);
      if (succs.size() == 2) {
        out += k == 0 ? " [label=\"true\"]" : " [label=\"false\"]";
      }
      out += ";\n";
    }
  }
  if (function.has_defers()) {
    out += fmt::format("  b0 -> b{} [style=dashed, label=\"recovered\"];\n",
                       function.recover_block().index);
  }
  out += "}\n";
  for (const std::unique_ptr<Function>& child : function.children()) {
    PrintDot(*child, out);
  }
}

}  // namespace gdlint::ssa
