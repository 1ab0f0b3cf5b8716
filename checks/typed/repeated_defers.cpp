#include "checks/typed/repeated_defers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dataflow/values.h"
#include "ssa/dominators.h"
#include "types/constant.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeId;
using ast::NodeKind;
using dataflow::BlockSet;
using dataflow::Paths;
using lexer::TokenKind;
using ssa::BlockId;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using syntax::Unparen;

class Finder {
 public:
  Finder(const Source& source, const Function& function, InstId inst,
         dataflow::Analyses& analyses)
      : source_(source),
        tree_(source.tree()),
        analyses_(analyses),
        function_(&function),
        inst_(inst) {
    repeated_.function = &function;
    repeated_.inst = inst;
    repeated_.times = 1;
  }

  std::optional<RepeatedDefer> Run() {
    const NodeId node = function_->inst(inst_).node;
    if (node.kind() != NodeKind::kDeferStmt) {
      return {};
    }
    repeated_.stmt = ast::Ref<ast::DeferStmt>::FromNode(node);
    const std::vector<NodeId> loops = EnclosingLoops(source_, node);
    if (!MayRepeat(loops)) {
      return {};
    }
    for (const NodeId loop : loops) {
      if (function_->kind() == FunctionKind::kRangeBody &&
          function_->syntax() == loop) {
        ExamineRangeBody(loop);
        if (!StepOut()) {
          break;
        }
      } else {
        ExamineLoop(loop);
      }
    }
    if (repeated_.loop.has_value()) {
      return repeated_.times && *repeated_.times < 2
                 ? std::nullopt
                 : std::optional(std::move(repeated_));
    }
    return has_left_ ? std::nullopt : ExamineJumps();
  }

 private:
  // Cheap, since most are not in a loop.
  bool MayRepeat(const std::vector<NodeId>& loops) const {
    return function_->kind() == FunctionKind::kRangeBody || !loops.empty() ||
           dataflow::IsInCycle(*function_, function_->inst(inst_).block);
  }

  const Paths& PathsOf(const Function& function) {
    return analyses_.Get<Paths>(function);
  }

  void Found(NodeId loop, Iteration iteration, bool is_endless) {
    const auto count = TripCount(source_, loop);
    repeated_.times =
        count && repeated_.times
            ? std::optional(*count *
                            std::min<uint64_t>(*repeated_.times, UINT32_MAX))
            : std::nullopt;
    if (!repeated_.loop.has_value()) {
      repeated_.loop = loop;
      repeated_.iteration = std::move(iteration);
      repeated_.is_endless = is_endless;
    }
  }

  void ExamineLoop(NodeId loop) {
    const Paths& paths = PathsOf(*function_);
    const source::Span span = ast::SpanOf(tree_, loop);
    BlockSet cycle = paths.CycleOf(inst_, paths.BlocksIn(span));
    if (cycle.empty() || IsPassedOnce(loop) || AllExitsLeave(loop)) {
      return;
    }
    const bool is_endless = IsEndless(paths, cycle);
    const BlockId header = dataflow::HeaderOf(*function_, cycle);
    if (header.has_value() && IsDecidedToLeave(paths, cycle, header)) {
      return;
    }
    Found(loop,
          {.function = function_,
           .blocks = std::move(cycle),
           .header = header,
           .span = span},
          is_endless);
  }

  // The way that a condition went, and the comparison that it is.
  struct Decision {
    const Inst* comparison;
    bool is_true;
  };

  // The conditions under which control comes to the statement.
  std::vector<Decision> Decisions() const {
    ssa::FlowGraph graph;
    graph.Assign(*function_);
    ssa::DominatorTree dominators;
    dominators.Compute(graph);
    std::vector<Decision> decisions;
    const uint32_t here = function_->inst(inst_).block.index;
    for (uint32_t at = dominators.Parent(here); at != ssa::DominatorTree::kNone;
         at = dominators.Parent(at)) {
      const Inst& last = function_->Terminator(BlockId{at});
      if (last.op != Op::kIf || !function_->Operands(last)[0].is_inst()) {
        continue;
      }
      const Inst& cond = function_->inst(function_->Operands(last)[0].inst());
      const auto succs = function_->Succs(BlockId{at});
      for (uint32_t i = 0; i < succs.size() && cond.op == Op::kBinOp; ++i) {
        if (function_->Preds(succs[i]).size() == 1 &&
            dominators.Dominates(succs[i].index, here)) {
          decisions.push_back({&cond, i == 0});
        }
      }
    }
    return decisions;
  }

  bool IsSameValue(ssa::Value a, ssa::Value b) const {
    return a == b || (dataflow::IsNilConst(*function_, a) &&
                      dataflow::IsNilConst(*function_, b));
  }

  // Whether `cond` is true, if one of the decisions tells.
  std::optional<bool> IsTrue(const Inst& cond,
                             const std::vector<Decision>& decisions) const {
    for (const Decision& decision : decisions) {
      const Inst& known = *decision.comparison;
      const auto a = function_->Operands(cond);
      const auto b = function_->Operands(known);
      if (cond.op != Op::kBinOp || !IsSameValue(a[0], b[0]) ||
          !IsSameValue(a[1], b[1])) {
        continue;
      }
      if (cond.detail == known.detail) {
        return decision.is_true;
      }
      const auto is = [](const Inst& inst, TokenKind kind) {
        return inst.detail == static_cast<uint8_t>(kind);
      };
      if ((is(cond, TokenKind::kEql) && is(known, TokenKind::kNeq)) ||
          (is(cond, TokenKind::kNeq) && is(known, TokenKind::kEql))) {
        return !decision.is_true;
      }
    }
    return {};
  }

  // True if the conditions under which the statement is reached lead out of the
  // loop, asked again behind it: `if err == nil { defer … }; if err == nil {
  // break }`.
  bool IsDecidedToLeave(const Paths& paths, const BlockSet& cycle,
                        BlockId header) const {
    const std::vector<Decision> decisions = Decisions();
    BlockSet seen(cycle.size());
    std::vector<BlockId> work = {function_->inst(inst_).block};
    while (!work.empty() && !decisions.empty()) {
      const BlockId block = work.back();
      work.pop_back();
      if (block == header) {
        return false;
      }
      std::optional<bool> way;
      const Inst& last = function_->Terminator(block);
      if (last.op == Op::kIf && function_->Operands(last)[0].is_inst()) {
        way = IsTrue(function_->inst(function_->Operands(last)[0].inst()),
                     decisions);
      }
      const auto succs = function_->Succs(block);
      paths.ForEachNext(block, [&](BlockId next) {
        const bool is_taken = !way || succs[*way ? 0 : 1] == next;
        if (is_taken && cycle[next.index] && !seen[next.index]) {
          seen[next.index] = true;
          work.push_back(next);
        }
      });
    }
    // What was compared must not have been computed anew in between.
    return !decisions.empty() &&
           std::ranges::none_of(decisions, [&](const Decision& decision) {
             return seen[decision.comparison->block.index];
           });
  }

  bool IsEndless(const Paths& paths, const BlockSet& cycle) const {
    bool leaves = false;
    for (uint32_t b = 0; b < cycle.size(); ++b) {
      if (cycle[b]) {
        paths.ForEachNext(BlockId{b},
                          [&](BlockId next) { leaves |= !cycle[next.index]; });
      }
    }
    return !leaves;
  }

  // The ends of a range-over-func body that control can come to behind the
  // statement.
  std::vector<const Inst*> ReturnsBehind() {
    const Paths& paths = PathsOf(*function_);
    BlockSet behind = paths.Behind(inst_, paths.AllBlocks());
    std::vector<const Inst*> returns;
    for (uint32_t b = 0; b < behind.size(); ++b) {
      const BlockId block{b};
      if (!behind[b] && block != function_->inst(inst_).block) {
        continue;
      }
      bool ends = true;
      paths.ForEachNext(block, [&](BlockId) { ends = false; });
      const Inst& last = function_->Terminator(block);
      if (ends && last.op == Op::kReturn && !paths.Stops(block)) {
        returns.push_back(&last);
      }
    }
    return returns;
  }

  bool GoesOn(const Inst& inst) const {
    const auto operands = function_->Operands(inst);
    if (operands.size() != 1 ||
        operands[0].kind() != ssa::Value::Kind::kConst) {
      return true;
    }
    const types::Value value = function_->consts()[operands[0].index()].value;
    return value.is_unknown() || types::constant::BoolValue(value);
  }

  void ExamineRangeBody(NodeId loop) {
    const std::vector<const Inst*> returns = ReturnsBehind();
    if (std::ranges::none_of(returns,
                             [&](const Inst* inst) { return GoesOn(*inst); }) ||
        IsPassedOnce(loop)) {
      return;
    }
    Found(loop,
          {.function = function_,
           .blocks = PathsOf(*function_).AllBlocks(),
           .header = {},
           .span = ast::SpanOf(tree_, loop)},
          false);
  }

  // From the body of a range-over-func loop to the function around it, behind
  // the loop. False if control never comes there.
  bool StepOut() {
    exits_.clear();
    for (const Inst* inst : ReturnsBehind()) {
      if (inst->node.kind() != NodeKind::kReturnStmt) {
        exits_.push_back(inst->node);
      }
    }
    const auto creation = dataflow::CreationOf(*function_);
    if (exits_.empty() || !creation || function_->parent() == nullptr) {
      has_left_ = true;
      return false;
    }
    inst_ = *creation;
    function_ = function_->parent();
    return true;
  }

  // True if what stepped out of an inner range-over-func loop leaves `loop`
  // too.
  bool AllExitsLeave(NodeId loop) const {
    return !exits_.empty() && std::ranges::all_of(exits_, [&](NodeId exit) {
      const auto* branch = tree_.TryGet<ast::BranchStmt>(exit);
      return branch != nullptr && branch->keyword == TokenKind::kBreak &&
             branch->label.has_value() && LabelledBy(branch->label) == loop;
    });
  }

  NodeId LabelledBy(ast::Ref<ast::Ident> label) const {
    for (const ast::LabeledStmt& stmt : tree_.All<ast::LabeledStmt>()) {
      if (source_.index.Name(stmt.label) == source_.index.Name(label) &&
          source_.index.EnclosingFunction(stmt.label) ==
              source_.index.EnclosingFunction(label)) {
        return stmt.stmt;
      }
    }
    return {};
  }

  std::optional<RepeatedDefer> ExamineJumps() {
    const Paths& paths = PathsOf(*function_);
    BlockSet cycle = paths.CycleOf(inst_, paths.AllBlocks());
    if (cycle.empty() || function_->kind() == FunctionKind::kRangeBody) {
      return {};
    }
    repeated_.jump = JumpBack();
    if (!repeated_.jump.has_value()) {
      return {};
    }
    repeated_.is_endless = IsEndless(paths, cycle);
    const BlockId header = dataflow::HeaderOf(*function_, cycle);
    repeated_.iteration = {.function = function_,
                           .blocks = std::move(cycle),
                           .header = header,
                           .span = {}};
    repeated_.times = {};
    return std::move(repeated_);
  }

  // The goto that leads from behind the statement to before it.
  NodeId JumpBack() const {
    const source::Pos pos = tree_.Get(repeated_.stmt).pos;
    const NodeId home = source_.index.EnclosingFunction(repeated_.stmt);
    for (const ast::BranchStmt& branch : tree_.All<ast::BranchStmt>()) {
      const NodeId id = syntax::RefTo(tree_, branch);
      if (branch.keyword != TokenKind::kGoto || branch.pos < pos ||
          source_.index.EnclosingFunction(id) != home) {
        continue;
      }
      const NodeId target = LabelledBy(branch.label);
      if (target.has_value() && ast::Begin(tree_, target) <= pos) {
        return id;
      }
    }
    return {};
  }

  // True if an `if` between the loop and the statement lets control pass in one
  // iteration only: it asks for a variable from outside the loop that its
  // branch sets, or compares a counter of the loop with something.
  bool IsPassedOnce(NodeId loop) const {
    const syntax::FileIndex& index = source_.index;
    for (NodeId at = repeated_.stmt; at != loop; at = index.Parent(at)) {
      const auto* branch = tree_.TryGet<ast::IfStmt>(index.Parent(at));
      if (branch == nullptr || at != branch->body) {
        continue;
      }
      if (AsksForFlag(*branch, loop) ||
          AsksForOneIteration(branch->cond, loop)) {
        return true;
      }
    }
    return false;
  }

  bool AsksForFlag(const ast::IfStmt& branch, NodeId loop) const {
    ast::ExprId x = Unparen(tree_, branch.cond);
    if (const auto* unary = tree_.TryGet<ast::UnaryExpr>(x)) {
      x = Unparen(tree_, unary->x);
    } else if (const auto* binary = tree_.TryGet<ast::BinaryExpr>(x)) {
      if (binary->op == TokenKind::kLand) {
        // Either half alone is enough.
        ast::IfStmt half = branch;
        half.cond = binary->x;
        ast::IfStmt other = branch;
        other.cond = binary->y;
        return AsksForFlag(half, loop) || AsksForFlag(other, loop);
      }
      if (binary->op != TokenKind::kEql ||
          source_.TypeOf(binary->y).mode() != types::Mode::kNilValue) {
        return false;
      }
      x = Unparen(tree_, binary->x);
    }
    const types::Var* const var = VarOf(source_, x);
    return var != nullptr && !IsDeclaredIn(source_, *var, loop) &&
           !var->name->text().starts_with("err") &&
           IsAssignedIn(source_, *var, branch.body);
  }

  bool AsksForOneIteration(ast::ExprId cond, NodeId loop) const {
    const auto* binary = tree_.TryGet<ast::BinaryExpr>(Unparen(tree_, cond));
    if (binary == nullptr) {
      return false;
    }
    if (binary->op == TokenKind::kLand) {
      return AsksForOneIteration(binary->x, loop) ||
             AsksForOneIteration(binary->y, loop);
    }
    return binary->op == TokenKind::kEql &&
           (IsCounter(binary->x, loop) || IsCounter(binary->y, loop));
  }

  // True for the counter of a `for` clause and for the key of a range with two
  // variables or over an integer.
  bool IsCounter(ast::ExprId expr, NodeId loop) const {
    const types::Var* const var = VarOf(source_, expr);
    if (var == nullptr || !IsDeclaredIn(source_, *var, loop)) {
      return false;
    }
    if (const auto* range = tree_.TryGet<ast::RangeStmt>(loop)) {
      const bool has_counter =
          range->value.has_value() ||
          types::UnderAs<types::Basic>(source_.TypeOf(range->x).type());
      return has_counter && range->key.has_value() &&
             var->place.pos == ast::Begin(tree_, range->key);
    }
    const auto& init = tree_.TryGet<ast::ForStmt>(loop)->init;
    return init.has_value() && IsDeclaredIn(source_, *var, init);
  }

  const Source& source_;
  const ast::Tree& tree_;
  dataflow::Analyses& analyses_;
  RepeatedDefer repeated_;
  // Where we are: the statement, or a range-over-func loop that holds it.
  const Function* function_;
  InstId inst_;
  // The statements by which a range-over-func loop inside is left.
  std::vector<NodeId> exits_;
  bool has_left_ = false;
};

}  // namespace

std::optional<RepeatedDefer> FindRepetition(const Source& source,
                                            const Function& function,
                                            InstId inst,
                                            dataflow::Analyses& analyses) {
  return Finder(source, function, inst, analyses).Run();
}

}  // namespace gdlint::checks::typed
