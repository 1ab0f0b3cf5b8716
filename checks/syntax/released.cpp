#include "checks/syntax/released.h"

#include <algorithm>
#include <string_view>

#include "checks/knowledge/release_names.h"
#include "checks/syntax/loops.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

// The last name of a callee: `Close` of `r.Body.Close`, `cancel` of `cancel`.
std::string_view LastName(const FileIndex& index, ast::ExprId callee) {
  const ast::Tree& tree = index.tree();
  callee = Unparen(tree, callee);
  if (const auto* generic = tree.TryGet<ast::IndexExpr>(callee)) {
    callee = Unparen(tree, generic->x);
  }
  if (const auto* selector = tree.TryGet<ast::SelectorExpr>(callee)) {
    return index.Name(selector->sel);
  }
  return callee.kind() == NodeKind::kIdent
             ? index.Name(ast::Ref<ast::Ident>::FromNode(callee))
             : std::string_view();
}

// The identifier that `expr` begins with: `r` of `r.Body`, `*r`, `r[i]` and
// `r.Get().x`.
ast::Ref<ast::Ident> RootOf(const ast::Tree& tree, ast::ExprId expr) {
  while (expr.has_value()) {
    expr = Unparen(tree, expr);
    if (expr.kind() == NodeKind::kIdent) {
      return ast::Ref<ast::Ident>::FromNode(expr);
    }
    if (const auto* selector = tree.TryGet<ast::SelectorExpr>(expr)) {
      expr = selector->x;
    } else if (const auto* star = tree.TryGet<ast::StarExpr>(expr)) {
      expr = star->x;
    } else if (const auto* at = tree.TryGet<ast::IndexExpr>(expr)) {
      expr = at->x;
    } else if (const auto* call = tree.TryGet<ast::CallExpr>(expr)) {
      expr = call->fun;
    } else if (const auto* unary = tree.TryGet<ast::UnaryExpr>(expr)) {
      expr = unary->x;
    } else {
      break;
    }
  }
  return {};
}

class Describer {
 public:
  explicit Describer(const FileIndex& index)
      : index_(index), tree_(index.tree()) {}

  Released Run(const ast::DeferStmt& stmt) {
    const auto* call = tree_.TryGet<ast::CallExpr>(stmt.call);
    if (call == nullptr) {
      return released_;
    }
    const auto* literal = tree_.TryGet<ast::FuncLit>(Unparen(tree_, call->fun));
    if (literal == nullptr) {
      AddCall(*call);
    } else {
      AddArgs(*call, false);
      AddBody(literal->body);
    }
    return released_;
  }

 private:
  void AddBody(NodeId body) {
    ForEachBelow(tree_, body, [&](NodeId id) {
      const auto* call = tree_.TryGet<ast::CallExpr>(id);
      if (call != nullptr &&
          knowledge::NamesRelease(LastName(index_, call->fun))) {
        AddCall(*call);
      }
      return id.kind() != NodeKind::kFuncLit;
    });
  }

  void AddCall(const ast::CallExpr& call) {
    const std::string_view name = LastName(index_, call.fun);
    if (knowledge::NamesUnlock(name)) {
      released_.held = Held::kLock;
    } else if (knowledge::NamesRelease(name) &&
               released_.held == Held::kNothing) {
      released_.held = Held::kResource;
    }
    const ast::ExprId callee = Unparen(tree_, call.fun);
    AddRoot(callee, callee.kind() == NodeKind::kSelectorExpr);
    AddArgs(call, IsPredeclared(index_, callee, "close"));
  }

  void AddArgs(const ast::CallExpr& call, bool as_receivers) {
    for (const ast::ExprId arg : tree_.Items(call.args)) {
      AddRoot(arg, as_receivers);
    }
  }

  void AddRoot(ast::ExprId expr, bool is_receiver) {
    const ast::Ref<ast::Ident> root = RootOf(tree_, expr);
    if (!root.has_value()) {
      return;
    }
    const Declaration decl = Resolve(index_, root);
    if (decl.kind == NameKind::kLocal) {
      released_.roots.push_back(
          {.decl = decl, .expr = expr, .is_receiver = is_receiver});
    }
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  Released released_;
};

// Looks at one loop for signs that what it releases outlives an iteration.
class NeedFinder {
 public:
  NeedFinder(const FileIndex& index, const ast::DeferStmt& stmt, NodeId loop)
      : index_(index),
        tree_(index.tree()),
        stmt_(RefTo(index.tree(), stmt)),
        loop_(loop) {}

  bool Run(const Released& released) {
    if (IsGuardedFromOutside() || OnlyWaits() ||
        (EndsIteration() && IsForLater(released)) || WasThereBefore(released)) {
      return true;
    }
    for (const ReleasedRoot& root : released.roots) {
      if (IsOfIteration(root.decl)) {
        AddWithCompanions(root.decl);
      }
    }
    return IsKept() ||
           std::ranges::any_of(roots_, [&](const Declaration& root) {
             return LastName(index_, CalleeOfInitializer(root)) == "AfterFunc";
           });
  }

 private:
  bool IsOfIteration(const Declaration& decl) const {
    return index_.Contains(loop_, decl.node);
  }

  const ast::FuncLit* DeferredLiteral() const {
    const auto* call = tree_.TryGet<ast::CallExpr>(tree_.Get(stmt_).call);
    return call == nullptr
               ? nullptr
               : tree_.TryGet<ast::FuncLit>(Unparen(tree_, call->fun));
  }

  // `defer func() { <-done }()`: the function waits for all at its end.
  bool OnlyWaits() const {
    const ast::FuncLit* const literal = DeferredLiteral();
    if (literal == nullptr) {
      return false;
    }
    const auto stmts = tree_.Items(tree_.Get(literal->body).stmts);
    const auto* expr =
        stmts.size() == 1 ? tree_.TryGet<ast::ExprStmt>(stmts[0]) : nullptr;
    const auto* unary =
        expr == nullptr ? nullptr
                        : tree_.TryGet<ast::UnaryExpr>(Unparen(tree_, expr->x));
    return unary != nullptr && unary->op == TokenKind::kArrow;
  }

  // True if nothing stands behind the `defer` in its iteration.
  bool EndsIteration() const {
    for (NodeId at = stmt_; at != loop_; at = index_.Parent(at)) {
      const bool is_clause = at.kind() == NodeKind::kCaseClause ||
                             at.kind() == NodeKind::kCommClause;
      if (!is_clause && index_.Next(at).has_value()) {
        return false;
      }
    }
    return true;
  }

  // For a `defer` that ends its iteration: true if the iteration set something
  // up that it cannot have used through a variable of its own, so that others
  // do, later. `defer set(k, v)()`, `undo := set(k, v); defer undo()`,
  // `create(k); defer remove(k)`.
  bool IsForLater(const Released& released) const {
    const auto* call = tree_.TryGet<ast::CallExpr>(tree_.Get(stmt_).call);
    if (call != nullptr &&
        Unparen(tree_, call->fun).kind() == NodeKind::kCallExpr) {
      return true;
    }
    bool of_iteration = false;
    for (const ReleasedRoot& root : released.roots) {
      if (IsOfIteration(root.decl)) {
        if (root.is_receiver) {
          return false;
        }
        of_iteration = true;
      }
    }
    return of_iteration && released.held == Held::kResource;
  }

  // `f` of `x := f(…)`.
  ast::ExprId CalleeOfInitializer(const Declaration& decl) const {
    const auto* assign = tree_.TryGet<ast::AssignStmt>(decl.node);
    if (assign == nullptr || assign->rhs.size != 1) {
      return {};
    }
    const auto* call = tree_.TryGet<ast::CallExpr>(
        Unparen(tree_, tree_.Items(assign->rhs)[0]));
    return call == nullptr ? ast::ExprId() : call->fun;
  }

  // `ctx, cancel := …`: who needs the one needs the other.
  void AddWithCompanions(const Declaration& root) {
    roots_.push_back(root);
    const auto* assign = tree_.TryGet<ast::AssignStmt>(root.node);
    for (const ast::ExprId lhs : tree_.Items(
             assign == nullptr ? ast::List<ast::ExprId>{} : assign->lhs)) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
      if (lhs.kind() == NodeKind::kIdent && lhs != root.ident &&
          !index_.Name(ident).starts_with("err") &&
          index_.Name(ident) != "ok" && index_.Name(ident) != "_") {
        roots_.push_back(
            {.kind = root.kind, .ident = ident, .node = root.node});
      }
    }
  }

  // `defer func() { if err != nil { … } }()`, where the function's outcome
  // decides.
  bool IsGuardedFromOutside() const {
    const ast::FuncLit* const literal = DeferredLiteral();
    if (literal == nullptr) {
      return false;
    }
    const auto stmts = tree_.Items(tree_.Get(literal->body).stmts);
    const auto* branch =
        stmts.size() == 1 ? tree_.TryGet<ast::IfStmt>(stmts[0]) : nullptr;
    if (branch == nullptr) {
      return false;
    }
    bool guarded = false;
    ForEachBelow(tree_, branch->cond, [&](NodeId id) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(id);
      if (id.kind() == NodeKind::kIdent && IsUse(index_, ident)) {
        const Declaration decl = Resolve(index_, ident);
        guarded = guarded ||
                  (decl.kind == NameKind::kLocal && decl.ident.has_value() &&
                   !index_.Contains(loop_, decl.node));
      }
      return true;
    });
    return guarded;
  }

  // True if what is released are elements of something from outside the loop,
  // which are there before and after. What the iteration does with one behind
  // the defer would be done under it, so then it counts.
  bool WasThereBefore(const Released& released) const {
    std::vector<Declaration> elements;
    for (const ReleasedRoot& root : released.roots) {
      if (IsElement(root.expr, kMaxAliases)) {
        elements.push_back(root.decl);
      } else if (IsOfIteration(root.decl) && !IsParameter(root.decl)) {
        return false;
      }
    }
    return released.held != Held::kNothing && !elements.empty() &&
           !IsUsedBehindDefer(elements) &&
           !IsSameInEveryIteration(index_, tree_.Get(stmt_), released, loop_);
  }

  // A parameter of the deferred literal; its argument is what counts.
  bool IsParameter(const Declaration& decl) const {
    return index_.Contains(tree_.Get(stmt_).call, decl.node);
  }

  // True if `expr` is, or leads through fields from, an element of a slice or
  // map that the loop goes through, under its own name or another.
  bool IsElement(ast::ExprId expr, int aliases) const {
    bool indexed = false;
    while (expr.has_value()) {
      expr = Unparen(tree_, expr);
      if (const auto* selector = tree_.TryGet<ast::SelectorExpr>(expr)) {
        expr = selector->x;
      } else if (const auto* star = tree_.TryGet<ast::StarExpr>(expr)) {
        expr = star->x;
      } else if (const auto* asserted =
                     tree_.TryGet<ast::TypeAssertExpr>(expr)) {
        expr = asserted->x;
      } else if (const auto* unary = tree_.TryGet<ast::UnaryExpr>(expr)) {
        expr = unary->x;
      } else if (const auto* at = tree_.TryGet<ast::IndexExpr>(expr)) {
        indexed = indexed || UsesIteration(at->index);
        expr = at->x;
      } else {
        break;
      }
    }
    if (expr.kind() != NodeKind::kIdent) {
      return false;
    }
    const Declaration decl =
        Resolve(index_, ast::Ref<ast::Ident>::FromNode(expr));
    if (const auto* range = tree_.TryGet<ast::RangeStmt>(decl.node)) {
      // A range with one variable may go through a channel or an iterator.
      return decl.node == loop_ && range->value.has_value();
    }
    if (!IsOfIteration(decl)) {
      return indexed;
    }
    const auto* assign = tree_.TryGet<ast::AssignStmt>(decl.node);
    return assign != nullptr && assign->rhs.size == 1 && aliases > 0 &&
           IsElement(tree_.Items(assign->rhs)[0], aliases - 1);
  }

  bool UsesIteration(ast::ExprId expr) const {
    const ast::Ref<ast::Ident> root = RootOf(tree_, expr);
    return root.has_value() && IsOfIteration(Resolve(index_, root));
  }

  bool IsUsedBehindDefer(const std::vector<Declaration>& roots) const {
    const source::Pos behind = ast::End(tree_, stmt_);
    bool used = false;
    ForEachBelow(tree_, LoopBody(tree_, loop_), [&](NodeId id) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(id);
      used = used || (id.kind() == NodeKind::kIdent &&
                      tree_.Get(ident).pos >= behind && IsOneOf(ident, roots));
      return !used;
    });
    return used;
  }

  bool IsOneOf(ast::Ref<ast::Ident> ident,
               const std::vector<Declaration>& roots) const {
    return std::ranges::any_of(roots, [&](const Declaration& root) {
      return index_.Name(root.ident) == index_.Name(ident) &&
             IsUse(index_, ident) && Resolve(index_, ident) == root;
    });
  }

  bool IsKept() const {
    bool kept = false;
    ForEachBelow(tree_, LoopBody(tree_, loop_), [&](NodeId id) {
      const auto ident = ast::Ref<ast::Ident>::FromNode(id);
      if (id.kind() == NodeKind::kIdent && IsOneOf(ident, roots_)) {
        kept = kept || EscapesFrom(ident);
      }
      return !kept && id != stmt_;
    });
    return kept;
  }

  // Climbs from a use to what is done with the value.
  bool EscapesFrom(NodeId use) const {
    NodeId child = use;
    // True once only something made from the value goes on.
    bool consumed = false;
    for (NodeId at = index_.Parent(use); at != loop_;
         child = at, at = index_.Parent(at)) {
      switch (at.kind()) {
        case NodeKind::kGoStmt:
          return true;
        case NodeKind::kSendStmt:
          if (!consumed && child == tree_.TryGet<ast::SendStmt>(at)->value) {
            return true;
          }
          consumed = true;
          break;
        case NodeKind::kAssignStmt:
          if (!consumed &&
              GoesOutside(*tree_.TryGet<ast::AssignStmt>(at), child)) {
            return true;
          }
          consumed = true;
          break;
        case NodeKind::kCallExpr: {
          const auto& call = *tree_.TryGet<ast::CallExpr>(at);
          if (StartsGoroutine(call, child) ||
              (!consumed && KeepsArgument(call, child))) {
            return true;
          }
          consumed = consumed || !PassesThrough(call, child);
          break;
        }
        case NodeKind::kFuncLit:
          // Now it is the literal that has the value.
          consumed = false;
          break;
        default:
          break;
      }
    }
    return false;
  }

  // `group.Go(func() { … })`.
  bool StartsGoroutine(const ast::CallExpr& call, NodeId child) const {
    return child.kind() == NodeKind::kFuncLit && child != call.fun &&
           LastName(index_, call.fun) == "Go";
  }

  // True if the result of the call still holds what `child` holds. Where the
  // deferred call removes something by its name, the name is all there is to
  // hold: `f.Name()`.
  bool PassesThrough(const ast::CallExpr& call, NodeId child) const {
    const std::string_view name = LastName(index_, call.fun);
    return child == call.fun ? RemovesByName()
                             : knowledge::NamesWrap(name) || IsAppend(call);
  }

  bool RemovesByName() const {
    const auto* call = tree_.TryGet<ast::CallExpr>(tree_.Get(stmt_).call);
    return call != nullptr && !call->args.empty() &&
           LastName(index_, call->fun).starts_with("Remove");
  }

  bool IsAppend(const ast::CallExpr& call) const {
    return IsPredeclared(index_, Unparen(tree_, call.fun), "append");
  }

  bool KeepsArgument(const ast::CallExpr& call, NodeId child) const {
    const auto* selector =
        tree_.TryGet<ast::SelectorExpr>(Unparen(tree_, call.fun));
    if (child == call.fun || selector == nullptr ||
        !knowledge::NamesKeep(index_.Name(selector->sel))) {
      return false;
    }
    const ast::Ref<ast::Ident> root = RootOf(tree_, selector->x);
    return root.has_value() &&
           !index_.Contains(loop_, Resolve(index_, root).node);
  }

  // True if the assignment puts its right side into something from outside the
  // loop.
  bool GoesOutside(const ast::AssignStmt& assign, NodeId child) const {
    const auto rhs = tree_.Items(assign.rhs);
    if (assign.op != TokenKind::kAssign ||
        std::ranges::none_of(rhs,
                             [&](ast::ExprId expr) { return expr == child; })) {
      return false;
    }
    return std::ranges::any_of(tree_.Items(assign.lhs), [&](ast::ExprId lhs) {
      const ast::Ref<ast::Ident> root = RootOf(tree_, lhs);
      return root.has_value() && index_.Name(root) != "_" &&
             !index_.Contains(loop_, Resolve(index_, root).node);
    });
  }

  // `x := y` is followed so often.
  static constexpr int kMaxAliases = 4;

  const FileIndex& index_;
  const ast::Tree& tree_;
  ast::Ref<ast::DeferStmt> stmt_;
  NodeId loop_;
  // Declared in the loop.
  std::vector<Declaration> roots_;
};

}  // namespace

Released DescribeDeferred(const FileIndex& index, const ast::DeferStmt& stmt) {
  return Describer(index).Run(stmt);
}

bool IsNeededAfterLoop(const FileIndex& index, const ast::DeferStmt& stmt,
                       const Released& released, NodeId loop) {
  return NeedFinder(index, stmt, loop).Run(released);
}

bool IsSameInEveryIteration(const FileIndex& index, const ast::DeferStmt& stmt,
                            const Released& released, NodeId loop) {
  const ast::Tree& tree = index.tree();
  if (released.held != Held::kLock || released.roots.empty()) {
    return false;
  }
  // Any name of the loop in the deferred call makes it another lock.
  bool same = true;
  ForEachBelow(tree, stmt.call, [&](NodeId id) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(id);
    if (id.kind() == NodeKind::kIdent && IsUse(index, ident)) {
      const Declaration decl = Resolve(index, ident);
      same =
          same && (!decl.node.has_value() || !index.Contains(loop, decl.node) ||
                   index.Contains(stmt.call, decl.node));
    }
    return same;
  });
  return same;
}

}  // namespace gdlint::checks::syntax
