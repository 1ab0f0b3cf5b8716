#include "checks/syntax/loop_captures.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "checks/syntax/fate.h"
#include "checks/syntax/flow.h"
#include "checks/syntax/loops.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

// A variable that the iterations of a loop share.
struct SharedVariable {
  Declaration decl;
  NodeId loop;
  bool declared_by_loop = false;
};

// The variables that loops share between their iterations.
class VariableFinder {
 public:
  VariableFinder(const FileIndex& index, source::LangVersion lang)
      : index_(index),
        tree_(index.tree()),
        clauses_share_(lang < source::kPerIterationLoopVars) {}

  std::vector<SharedVariable> Run() {
    for (const ast::RangeStmt& range : tree_.All<ast::RangeStmt>()) {
      AddRange(RefTo(tree_, range), range);
    }
    for (const ast::ForStmt& loop : tree_.All<ast::ForStmt>()) {
      AddFor(RefTo(tree_, loop), loop);
    }
    return std::move(variables_);
  }

 private:
  // A name that the loop's own clause declares.
  void AddDeclared(ast::ExprId expr, NodeId stmt, NodeId loop) {
    if (!clauses_share_ || expr.kind() != NodeKind::kIdent) {
      return;
    }
    const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
    const Declaration decl{
        .kind = NameKind::kLocal, .ident = ident, .node = stmt};
    // A range changes its variables itself.
    const auto* three = tree_.TryGet<ast::ForStmt>(loop);
    const bool changes = three == nullptr ||
                         (three->post.has_value() &&
                          IsAssignedBelow(index_, decl, three->post)) ||
                         IsAssignedBelow(index_, decl, three->body);
    if (index_.Name(ident) != "_" && changes) {
      variables_.push_back(
          {.decl = decl, .loop = loop, .declared_by_loop = true});
    }
  }

  // A name that the loop's clause assigns to, if the loop does not declare it.
  void AddAssigned(ast::ExprId expr, NodeId loop) {
    if (expr.kind() != NodeKind::kIdent) {
      return;
    }
    const Declaration decl =
        Resolve(index_, ast::Ref<ast::Ident>::FromNode(expr));
    if (decl.kind == NameKind::kLocal && decl.ident.has_value() &&
        !index_.Contains(loop, decl.node)) {
      variables_.push_back(
          {.decl = decl, .loop = loop, .declared_by_loop = false});
    }
  }

  void AddRange(NodeId id, const ast::RangeStmt& range) {
    if (!index_.Parent(id).has_value()) {
      return;
    }
    for (const ast::ExprId expr : {range.key, range.value}) {
      if (range.op == TokenKind::kDefine) {
        AddDeclared(expr, id, id);
      } else if (range.op == TokenKind::kAssign) {
        AddAssigned(expr, id);
      }
    }
  }

  void AddFor(NodeId id, const ast::ForStmt& loop) {
    if (!index_.Parent(id).has_value()) {
      return;
    }
    const auto* init = tree_.TryGet<ast::AssignStmt>(loop.init);
    if (init != nullptr && init->op == TokenKind::kDefine) {
      for (const ast::ExprId lhs : tree_.Items(init->lhs)) {
        AddDeclared(lhs, loop.init, id);
      }
    }
    if (const auto* inc = tree_.TryGet<ast::IncDecStmt>(loop.post)) {
      AddAssigned(inc->x, id);
    } else if (const auto* assign = tree_.TryGet<ast::AssignStmt>(loop.post)) {
      for (const ast::ExprId lhs : tree_.Items(assign->lhs)) {
        AddAssigned(lhs, id);
      }
    }
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  bool clauses_share_;
  std::vector<SharedVariable> variables_;
};

class CaptureFinder {
 public:
  CaptureFinder(const FileIndex& index, std::vector<SharedVariable> variables)
      : index_(index),
        tree_(index.tree()),
        flow_(index),
        variables_(std::move(variables)) {
    for (size_t i = 0; i < variables_.size(); ++i) {
      names_.insert(index_.Name(variables_[i].decl.ident));
      by_ident_[variables_[i].decl.ident.raw()].push_back(i);
    }
  }

  LoopCaptures Run() {
    if (!variables_.empty() && !tree_.All<ast::FuncLit>().empty()) {
      for (const ast::Ident& ident : tree_.All<ast::Ident>()) {
        if (flow_.is_exhausted()) {
          break;
        }
        Examine(RefTo(tree_, ident));
      }
    }
    // Idents are in the order the parser finished them, which is that of the
    // text within one literal: the first use of several stays.
    std::ranges::stable_sort(found_, {}, [&](const LoopCapture& capture) {
      return std::pair(ast::Begin(tree_, capture.cause),
                       tree_.Get(capture.use).pos);
    });
    const auto again = std::ranges::unique(
        found_, {}, [](const LoopCapture& c) { return c.cause; });
    found_.erase(again.begin(), again.end());
    return {.found = std::move(found_), .is_complete = !flow_.is_exhausted()};
  }

 private:
  void Examine(ast::Ref<ast::Ident> use) {
    if (index_.EnclosingFunction(use).kind() != NodeKind::kFuncLit ||
        !names_.contains(index_.Name(use)) || !IsUse(index_, use)) {
      return;
    }
    const Declaration decl = Resolve(index_, use);
    if (!decl.ident.has_value()) {
      return;
    }
    const auto variables = by_ident_.find(decl.ident.raw());
    if (variables == by_ident_.end()) {
      return;
    }
    for (const size_t i : variables->second) {
      if (index_.Contains(LoopBody(tree_, variables_[i].loop), use)) {
        ExamineCapture(use, variables_[i]);
      }
    }
  }

  // Goes from the use outwards, literal by literal, until one is delayed past
  // the iteration or the loop's own function is reached.
  void ExamineCapture(ast::Ref<ast::Ident> use,
                      const SharedVariable& variable) {
    const NodeId home = index_.EnclosingFunction(variable.loop);
    for (NodeId at = index_.EnclosingFunction(use); at != home;
         at = index_.EnclosingFunction(at)) {
      if (at.kind() != NodeKind::kFuncLit) {
        return;
      }
      const auto literal = ast::Ref<ast::FuncLit>::FromNode(at);
      for (const Fate& fate : FatesOf(index_, literal, use)) {
        if (IsDelayedPastIteration(fate, literal, variable, home)) {
          found_.push_back({.delay = DelayOf(fate.kind),
                            .literal = literal,
                            .cause = fate.cause,
                            .loop = variable.loop,
                            .variable = variable.decl,
                            .use = use,
                            .declared_by_loop = variable.declared_by_loop});
          return;
        }
      }
    }
  }

  static Delay DelayOf(FateKind kind) {
    switch (kind) {
      case FateKind::kDeferred:
        return Delay::kDefer;
      case FateKind::kStarted:
        return Delay::kGo;
      default:
        return Delay::kKept;
    }
  }

  bool IsDelayedPastIteration(const Fate& fate, ast::Ref<ast::FuncLit> literal,
                              const SharedVariable& variable, NodeId home) {
    switch (fate.kind) {
      case FateKind::kDeferred:
        // In a literal of the iteration it runs when that returns.
        if (index_.EnclosingFunction(fate.cause) != home) {
          return false;
        }
        break;
      case FateKind::kStarted:
        if (IsAwaited(fate.cause, variable.loop) ||
            IsWorkedWithLater(fate.cause, literal, variable.loop)) {
          return false;
        }
        break;
      case FateKind::kKept:
        if (fate.keeper.has_value() &&
            (index_.Contains(variable.loop,
                             Resolve(index_, fate.keeper).node) ||
             IsUsedLater(fate, variable.loop))) {
          return false;
        }
        break;
      case FateKind::kCalled:
      case FateKind::kUnknown:
        return false;
    }
    return LoopGoesOn(fate.cause, variable.loop, home);
  }

  // True if another iteration can follow the one that ran `cause`.
  bool LoopGoesOn(NodeId cause, NodeId loop, NodeId home) {
    if (TripCount(index_, loop) == 1) {
      return false;
    }
    NodeId stmt = cause;
    while (!IsStmt(stmt) || index_.EnclosingFunction(stmt) != home) {
      stmt = index_.Parent(stmt);
    }
    return flow_.Reaches({stmt, Phase::kAfter}, {loop, Phase::kTest}, loop);
  }

  static bool IsStmt(NodeId id) {
    return id.kind() >= NodeKind::kBadStmt && id.kind() <= NodeKind::kRangeStmt;
  }

  // Calls `fn` for what stands behind `from` in the lists around it, up to
  // `loop`.
  template <typename Fn>
  void ForEachBehind(NodeId from, NodeId loop, Fn&& fn) const {
    for (NodeId at = from; at != loop; at = index_.Parent(at)) {
      // The clause behind a clause does not run behind it.
      if (at.kind() == NodeKind::kCaseClause ||
          at.kind() == NodeKind::kCommClause) {
        continue;
      }
      for (NodeId next = index_.Next(at); next.has_value();
           next = index_.Next(next)) {
        ForEachBelow(tree_, next, fn);
      }
    }
  }

  // True if the iteration waits for something behind `cause`, most likely for
  // it.
  bool IsAwaited(NodeId cause, NodeId loop) const {
    bool awaited = false;
    ForEachBehind(cause, loop, [&](NodeId id) {
      if (const auto* unary = tree_.TryGet<ast::UnaryExpr>(id)) {
        awaited = awaited || unary->op == TokenKind::kArrow;
      } else if (const auto* call = tree_.TryGet<ast::CallExpr>(id)) {
        const auto* selector =
            tree_.TryGet<ast::SelectorExpr>(Unparen(tree_, call->fun));
        awaited = awaited || (selector != nullptr &&
                              index_.Name(selector->sel).starts_with("Wait"));
      }
      return !awaited && id.kind() != NodeKind::kFuncLit;
    });
    return awaited;
  }

  // True if the iteration goes on to use a variable of its own that the
  // goroutine uses too, or one declared with it, as the two ends of a pipe are:
  // it may wait by that.
  bool IsWorkedWithLater(NodeId cause, NodeId literal, NodeId loop) const {
    std::set<NodeId> shared;
    ForEachBelow(tree_, literal, [&](NodeId id) {
      if (const NodeId node = DeclaredInIteration(id, loop); node.has_value()) {
        if (!index_.Contains(literal, node)) {
          shared.insert(node);
        }
      }
      return true;
    });
    bool used = false;
    ForEachBehind(cause, loop, [&](NodeId id) {
      used = used || (!shared.empty() &&
                      shared.contains(DeclaredInIteration(id, loop)));
      return !used;
    });
    return used;
  }

  // What declares the variable that `id` names, if that is in the body of
  // `loop`.
  NodeId DeclaredInIteration(NodeId id, NodeId loop) const {
    const auto ident = ast::Ref<ast::Ident>::FromNode(id);
    if (id.kind() != NodeKind::kIdent || !IsUse(index_, ident)) {
      return {};
    }
    const NodeId node = Resolve(index_, ident).node;
    return node.has_value() && !IsLoop(node) &&
                   index_.Contains(LoopBody(tree_, loop), node)
               ? node
               : NodeId();
  }

  // True if the iteration goes on to use what keeps the literal, and so may run
  // it.
  bool IsUsedLater(const Fate& fate, NodeId loop) const {
    const Declaration keeper = Resolve(index_, fate.keeper);
    bool used = false;
    ForEachBehind(fate.cause, loop, [&](NodeId id) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(id);
      used = used || (id.kind() == NodeKind::kIdent &&
                      index_.Name(ident) == index_.Name(fate.keeper) &&
                      IsUse(index_, ident) && Resolve(index_, ident) == keeper);
      return !used;
    });
    return used;
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  Flow flow_;
  std::vector<SharedVariable> variables_;
  std::set<std::string_view> names_;
  // By raw handle of the declaring identifier.
  std::unordered_map<uint32_t, std::vector<size_t>> by_ident_;
  std::vector<LoopCapture> found_;
};

}  // namespace

LoopCaptures FindLoopCaptures(const FileIndex& index,
                              source::LangVersion lang) {
  return CaptureFinder(index, VariableFinder(index, lang).Run()).Run();
}

}  // namespace gdlint::checks::syntax
