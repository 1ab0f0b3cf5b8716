// The page that shows one function: its source, its control flow, and the ways
// that lead to each exit.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/explanation.h"

namespace gdlint::report {

enum class TokenClass : uint8_t {
  kPlain,
  kKeyword,
  kString,
  kNumber,
  kComment,
};

// As in the file; not escaped.
struct SourcePiece {
  TokenClass kind = TokenClass::kPlain;
  std::string text;
};

struct SourceLine {
  uint32_t number = 0;
  std::vector<SourcePiece> pieces;
};

enum class FlowNodeKind : uint8_t { kStatements, kReturn, kPanic, kEnd };

// A basic block: statements, none of which is left out if the first runs and
// nothing panics.
struct FlowNode {
  FlowNodeKind kind = FlowNodeKind::kStatements;
  // Each statement, in one line.
  std::vector<std::string> texts;
  // Of the source; sorted.
  std::vector<uint32_t> lines;
};

enum class FlowEdgeKind : uint8_t {
  kNext,
  kTrue,
  kFalse,
  // From a range over a function to the loop's body.
  kBody,
};

struct FlowEdge {
  uint32_t from = 0;
  uint32_t to = 0;
  FlowEdgeKind kind = FlowEdgeKind::kNext;
};

// All that runs, perhaps, before the function is left by one exit; sorted.
struct Way {
  std::vector<uint32_t> nodes;
  std::vector<uint32_t> lines;
  // What every way to it passes.
  std::vector<uint32_t> sure_nodes;
  std::vector<uint32_t> sure_lines;
  // Where it is left.
  std::vector<uint32_t> exit_nodes;
};

struct FunctionPage {
  Explanation explanation;
  std::vector<SourceLine> source;
  // So many lines of it are not in `source`.
  uint32_t lines_left_out = 0;
  // The first is the entry. Empty if there are too many: then `node_count`.
  std::vector<FlowNode> nodes;
  std::vector<FlowEdge> edges;
  size_t node_count = 0;
  // Of the exits, in their order; not more than kMaxWays.
  std::vector<Way> ways;
};

// What a page has room for.
inline constexpr size_t kMaxWays = 100;
inline constexpr size_t kMaxNodes = 250;
inline constexpr size_t kMaxSourceLines = 3000;

// One self-contained page of HTML. Without scripts an exit's way is lit by the
// fragment of the address, which is what the links lead to.
std::string FunctionPagesAsHtml(std::span<const FunctionPage> pages);

// What follows the title of an exit, or of a deferred call, in the text for
// people: lines of their own, code in backticks, not escaped for HTML.
std::vector<std::string> ExitDetails(const Explanation& explanation,
                                     const Exit& exit);
std::vector<std::string> DeferredDetails(const Explanation& explanation,
                                         const DeferredCall& call);
// "it returns".
std::string ExitTitle(const Exit& exit);

}  // namespace gdlint::report
