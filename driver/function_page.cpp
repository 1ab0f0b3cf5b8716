#include "driver/function_page.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ast/tree.h"
#include "checks/syntax/file_index.h"
#include "dataflow/flow_order.h"
#include "driver/highlight.h"
#include "driver/kept_values.h"
#include "types/package.h"

namespace gdlint::driver {
namespace {

using report::FlowEdge;
using report::FlowEdgeKind;
using report::FlowNode;
using report::FlowNodeKind;
using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

bool IsSimple(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::kAssignStmt:
    case ast::NodeKind::kExprStmt:
    case ast::NodeKind::kIncDecStmt:
    case ast::NodeKind::kReturnStmt:
    case ast::NodeKind::kSendStmt:
    case ast::NodeKind::kGoStmt:
    case ast::NodeKind::kDeferStmt:
    case ast::NodeKind::kDeclStmt:
    case ast::NodeKind::kBranchStmt:
      return true;
    default:
      return false;
  }
}

bool IsHeader(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::kIfStmt:
    case ast::NodeKind::kForStmt:
    case ast::NodeKind::kRangeStmt:
    case ast::NodeKind::kSwitchStmt:
    case ast::NodeKind::kTypeSwitchStmt:
    case ast::NodeKind::kSelectStmt:
    case ast::NodeKind::kCaseClause:
    case ast::NodeKind::kCommClause:
      return true;
    default:
      return false;
  }
}

FlowNodeKind KindOf(const Inst& last) {
  switch (last.op) {
    case Op::kReturn:
      return FlowNodeKind::kReturn;
    case Op::kPanic:
    case Op::kRangePanic:
      return FlowNodeKind::kPanic;
    case Op::kExit:
      return FlowNodeKind::kEnd;
    default:
      return FlowNodeKind::kStatements;
  }
}

// The text of "if x {": what stands before the brace.
std::string HeaderText(std::string text) {
  constexpr std::string_view kMore = " …";
  if (text.ends_with(kMore)) {
    text.erase(text.size() - kMore.size());
  }
  const size_t end = text.find_last_not_of(" \t{");
  return text.substr(0, end == std::string::npos ? 0 : end + 1);
}

// The blocks of one function, and of the loop bodies in it, as one graph.
class FlowMaker {
 public:
  FlowMaker(const Function& function, dataflow::Analyses& analyses)
      : analyses_(analyses) {
    AddBlocks(function, /*around=*/nullptr, {});
    Resolve();
    for (const auto& [function_of, first] : first_) {
      AddEdges(*function_of);
    }
  }

  void FillIn(report::FunctionPage& page) const {
    page.node_count = nodes_.size();
    if (nodes_.size() <= report::kMaxNodes) {
      page.nodes = nodes_;
      page.edges = edges_;
    }
  }

  report::Way WayTo(const std::vector<ExitPoint>& points) const {
    report::Way way;
    std::vector<bool> may(blocks_.size());
    std::vector<bool> must(blocks_.size(), !points.empty());
    for (const ExitPoint& point : points) {
      std::vector<bool> sure(blocks_.size());
      Mark({point.function, point.inst}, may, sure);
      for (size_t i = 0; i < must.size(); ++i) {
        must[i] = must[i] && sure[i];
      }
      const Block& at = BlockOf(*point.function, point.inst);
      if (at.node != kNone) {
        way.exit_nodes.push_back(at.node);
      }
    }
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (!may[i]) {
        continue;
      }
      way.lines.insert(way.lines.end(), block.lines.begin(), block.lines.end());
      if (must[i]) {
        way.sure_lines.insert(way.sure_lines.end(), block.lines.begin(),
                              block.lines.end());
      }
      if (block.is_own_node) {
        way.nodes.push_back(block.node);
        if (must[i]) {
          way.sure_nodes.push_back(block.node);
        }
      }
    }
    for (auto* const list : {&way.lines, &way.sure_lines, &way.nodes,
                             &way.sure_nodes, &way.exit_nodes}) {
      std::ranges::sort(*list);
      list->erase(std::ranges::unique(*list).begin(), list->end());
    }
    return way;
  }

 private:
  static constexpr uint32_t kNone = 0xffff'ffff;

  struct Block {
    const Function* function = nullptr;
    BlockId id;
    // Its own, or that of what follows if it has no statements.
    uint32_t node = kNone;
    bool is_own_node = false;
    std::vector<uint32_t> lines;
  };

  // Where a loop's body is made a function, in the function around.
  struct Place {
    const Function* function = nullptr;
    InstId inst;
  };

  size_t NumberOf(const Function& function, BlockId id) const {
    return first_of_.at(&function) + id.index;
  }
  const Block& BlockOf(const Function& function, InstId inst) const {
    return blocks_[NumberOf(function, function.inst(inst).block)];
  }

  void AddBlocks(const Function& function, const Function* around,
                 InstId closure) {
    if (around != nullptr) {
      made_at_[&function] = {around, closure};
    }
    first_.emplace_back(&function, blocks_.size());
    first_of_[&function] = blocks_.size();
    std::vector<std::vector<source::Pos>> bound(function.blocks().size());
    for (const ssa::Binding& binding : function.bindings()) {
      bound[binding.block.index].push_back(binding.pos);
    }
    for (uint32_t i = 0; i < function.blocks().size(); ++i) {
      AddBlock(function, BlockId{i}, bound[i]);
    }
    for (const Inst& inst : function.insts()) {
      const Function* const body = BodyMadeBy(function, inst);
      if (body != nullptr && !first_of_.contains(body)) {
        AddBlocks(*body, &function, function.IdOf(inst));
      }
    }
  }

  static const Function* BodyMadeBy(const Function& function,
                                    const Inst& inst) {
    if (inst.op != Op::kMakeClosure) {
      return nullptr;
    }
    const Function* const child =
        function.callees()[function.Operands(inst)[0].index()].child;
    return child != nullptr && child->kind() == ssa::FunctionKind::kRangeBody
               ? child
               : nullptr;
  }

  // Statements by where they begin.
  using Statements = std::map<uint32_t, std::string>;

  // `bound`: where variables get values that no instruction gives them.
  void AddBlock(const Function& function, BlockId id,
                const std::vector<source::Pos>& bound) {
    Block block;
    block.function = &function;
    block.id = id;
    Statements statements;
    std::set<uint32_t> lines;
    for (const Inst& inst : function.InstsOf(id)) {
      if (inst.op != Op::kPhi && inst.op != Op::kRunDefers) {
        AddStatement(function, inst, statements, lines);
      }
    }
    for (const source::Pos pos : bound) {
      const uint32_t line = LineOf(function, pos);
      if (pos.offset() < BodyBegin(function)) {
        // A parameter.
        continue;
      }
      if (lines.insert(line).second) {
        statements.emplace(pos.offset(), LineText(function, line));
      }
    }
    block.lines.assign(lines.begin(), lines.end());
    const Inst& last = function.Terminator(id);
    if (id == function.recover_block()) {
      statements.clear();
      statements.emplace(0, "after a panic that was stopped");
    } else if (statements.empty() && KindOf(last) == FlowNodeKind::kReturn) {
      // Behind the last statement.
      statements.emplace(0, "}");
      block.lines.push_back(LineOf(function, last.pos));
    }
    if (!statements.empty() || function.Succs(id).size() != 1) {
      block.is_own_node = true;
      block.node = static_cast<uint32_t>(nodes_.size());
      FlowNode node;
      node.kind = KindOf(last);
      node.lines = block.lines;
      for (auto& [offset, text] : statements) {
        node.texts.push_back(std::move(text));
      }
      nodes_.push_back(std::move(node));
    }
    blocks_.push_back(std::move(block));
  }

  void AddStatement(const Function& function, const Inst& inst,
                    Statements& statements, std::set<uint32_t>& lines) {
    const auto& tree = *function.unit()->tree;
    const auto& index = indexes_.Of(*function.unit()->file);
    const source::LineTable& table = function.unit()->file->Lines();
    for (ast::NodeId node = inst.node;
         node.has_value() && node != function.syntax();
         node = index.Parent(node)) {
      const source::Span span = ast::SpanOf(tree, node);
      if (IsSimple(node.kind())) {
        statements.emplace(span.begin.offset(), SourceOf(function, node));
        const uint32_t last = table.Find(span.end).line;
        for (uint32_t i = table.Find(span.begin).line; i <= last; ++i) {
          lines.insert(i);
        }
        return;
      }
      if (IsHeader(node.kind())) {
        AddHeader(function, node, statements);
        lines.insert(LineOf(function, inst.pos));
        return;
      }
    }
  }

  static uint32_t BodyBegin(const Function& function) {
    const auto& tree = *function.unit()->tree;
    const ast::NodeId node = function.syntax();
    ast::NodeId body;
    if (const auto* const decl = tree.TryGet<ast::FuncDecl>(node)) {
      body = decl->body;
    } else if (const auto* const literal = tree.TryGet<ast::FuncLit>(node)) {
      body = literal->body;
    }
    return body.has_value() ? ast::SpanOf(tree, body).begin.offset() : 0;
  }

  // What stands before the condition is a statement of its own.
  static void AddHeader(const Function& function, ast::NodeId node,
                        Statements& statements) {
    const auto& tree = *function.unit()->tree;
    const auto add = [&](const char* word, ast::NodeId cond) {
      statements.emplace(ast::SpanOf(tree, cond).begin.offset(),
                         word + SourceOf(function, cond));
    };
    if (const auto* const branch = tree.TryGet<ast::IfStmt>(node)) {
      add("if ", branch->cond);
      return;
    }
    if (const auto* const loop = tree.TryGet<ast::ForStmt>(node);
        loop != nullptr && loop->cond.has_value()) {
      add("for ", loop->cond);
      return;
    }
    statements.emplace(ast::SpanOf(tree, node).begin.offset(),
                       HeaderText(SourceOf(function, node)));
  }

  // Blocks without statements are what comes behind them.
  void Resolve() {
    for (Block& block : blocks_) {
      const Block* at = &block;
      for (size_t i = 0; at->node == kNone && i < blocks_.size(); ++i) {
        at = &blocks_[NumberOf(*at->function, at->function->Succs(at->id)[0])];
      }
      block.node = at->node;
    }
  }

  void AddEdges(const Function& function) {
    for (uint32_t i = 0; i < function.blocks().size(); ++i) {
      const BlockId id{i};
      const Block& block = blocks_[NumberOf(function, id)];
      if (!block.is_own_node) {
        continue;
      }
      const std::span<const BlockId> succs = function.Succs(id);
      const bool is_if = function.Terminator(id).op == Op::kIf;
      for (size_t j = 0; j < succs.size(); ++j) {
        AddEdge(block.node, blocks_[NumberOf(function, succs[j])].node,
                !is_if   ? FlowEdgeKind::kNext
                : j == 0 ? FlowEdgeKind::kTrue
                         : FlowEdgeKind::kFalse);
      }
      for (const Inst& inst : function.InstsOf(id)) {
        if (const Function* const body = BodyMadeBy(function, inst)) {
          AddEdge(block.node, blocks_[NumberOf(*body, BlockId{0})].node,
                  FlowEdgeKind::kBody);
        }
      }
    }
  }

  void AddEdge(uint32_t from, uint32_t to, FlowEdgeKind kind) {
    if (from != kNone && to != kNone) {
      edges_.push_back({from, to, kind});
    }
  }

  // What may, and what must, run before control gets to `place`.
  void Mark(Place place, std::vector<bool>& may,
            std::vector<bool>& sure) const {
    const Function& function = *place.function;
    const auto& order = analyses_.Get<dataflow::FlowOrder>(function);
    const BlockId target = function.inst(place.inst).block;
    std::vector<BlockId> work = {target};
    std::vector<bool> seen(function.blocks().size());
    seen[target.index] = true;
    while (!work.empty()) {
      const BlockId id = work.back();
      work.pop_back();
      may[NumberOf(function, id)] = true;
      const InstId first{function.block(id).insts_begin};
      sure[NumberOf(function, id)] =
          id == target || order.Dominates(first, place.inst);
      for (const BlockId pred : function.Preds(id)) {
        if (!seen[pred.index]) {
          seen[pred.index] = true;
          work.push_back(pred);
        }
      }
    }
    if (const auto around = made_at_.find(&function);
        around != made_at_.end()) {
      Mark(around->second, may, sure);
    }
  }

  dataflow::Analyses& analyses_;
  checks::FileIndexes indexes_;
  std::vector<Block> blocks_;
  // In the order in which they were added.
  std::vector<std::pair<const Function*, size_t>> first_;
  std::map<const Function*, size_t> first_of_;
  std::map<const Function*, Place> made_at_;
  std::vector<FlowNode> nodes_;
  std::vector<FlowEdge> edges_;
};

}  // namespace

report::FunctionPage PageOf(const Function& function,
                            report::Explanation explanation,
                            std::span<const std::vector<ExitPoint>> points,
                            dataflow::Analyses& analyses) {
  report::FunctionPage page;
  AddSource(function, page);
  const FlowMaker maker(function, analyses);
  maker.FillIn(page);
  for (size_t i = 0; i < std::min(points.size(), report::kMaxWays); ++i) {
    page.ways.push_back(maker.WayTo(points[i]));
  }
  page.explanation = std::move(explanation);
  return page;
}

}  // namespace gdlint::driver
