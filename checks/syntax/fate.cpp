#include "checks/syntax/fate.h"

#include <algorithm>
#include <string_view>

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

// Functions that keep the function they are given and return.
constexpr std::string_view kKeepers[] = {"AfterFunc", "Cleanup", "HandleFunc"};

// The identifier that the left side of an assignment begins with.
ast::Ref<ast::Ident> RootOfTarget(const ast::Tree& tree, ast::ExprId expr) {
  while (true) {
    expr = Unparen(tree, expr);
    if (const auto* selector = tree.TryGet<ast::SelectorExpr>(expr)) {
      expr = selector->x;
    } else if (const auto* at = tree.TryGet<ast::IndexExpr>(expr)) {
      expr = at->x;
    } else if (const auto* star = tree.TryGet<ast::StarExpr>(expr)) {
      expr = star->x;
    } else {
      return expr.kind() == NodeKind::kIdent
                 ? ast::Ref<ast::Ident>::FromNode(expr)
                 : ast::Ref<ast::Ident>();
    }
  }
}

std::string_view MethodName(const FileIndex& index, const ast::CallExpr& call) {
  const ast::ExprId callee = Unparen(index.tree(), call.fun);
  const auto* selector = index.tree().TryGet<ast::SelectorExpr>(callee);
  return selector == nullptr ? std::string_view() : index.Name(selector->sel);
}

// The left side of an assignment that takes `value`; none if the sides do not
// match.
ast::ExprId TargetOf(const ast::Tree& tree, const ast::AssignStmt& assign,
                     NodeId value) {
  const auto lhs = tree.Items(assign.lhs);
  const auto rhs = tree.Items(assign.rhs);
  for (size_t i = 0; i < rhs.size() && lhs.size() == rhs.size(); ++i) {
    if (rhs[i] == value) {
      return lhs[i];
    }
  }
  return {};
}

class FateFinder {
 public:
  FateFinder(const FileIndex& index, ast::Ref<ast::FuncLit> literal, NodeId use)
      : index_(index), tree_(index.tree()), literal_(literal), use_(use) {}

  std::vector<Fate> Run() {
    const Declaration holder = HolderOf(index_, literal_);
    if (holder.kind == NameKind::kLocal && IsOnlyValueOf(holder)) {
      for (const ast::Ref<ast::Ident> use : UsesOf(index_, holder)) {
        fates_.push_back(FateOfValue(use));
      }
    } else {
      fates_.push_back(FateOfValue(literal_));
    }
    return std::move(fates_);
  }

 private:
  // A variable declared with the literal; one that is assigned keeps it.
  bool IsOnlyValueOf(const Declaration& holder) const {
    return index_.Contains(holder.node, literal_);
  }

  Fate Make(FateKind kind, NodeId cause) const {
    return {.kind = kind, .cause = cause, .keeper = {}};
  }

  // What is done with an expression whose value is the literal, or has it
  // inside.
  Fate FateOfValue(NodeId value) const {
    NodeId child = value;
    for (NodeId at = index_.Parent(value); at.has_value();
         child = at, at = index_.Parent(at)) {
      switch (at.kind()) {
        case NodeKind::kParenExpr:
        case NodeKind::kKeyValueExpr:
        case NodeKind::kCompositeLit:
        case NodeKind::kUnaryExpr:
          continue;
        case NodeKind::kCallExpr: {
          const auto& call = *tree_.TryGet<ast::CallExpr>(at);
          if (child != call.fun &&
              IsPredeclared(index_, Unparen(tree_, call.fun), "append")) {
            continue;
          }
          return FateInCall(at, call, child);
        }
        case NodeKind::kAssignStmt:
          return FateInAssignment(*tree_.TryGet<ast::AssignStmt>(at), child);
        case NodeKind::kSendStmt: {
          const auto& send = *tree_.TryGet<ast::SendStmt>(at);
          return child == send.value ? Kept(RootOfTarget(tree_, send.chan))
                                     : Make(FateKind::kUnknown, literal_);
        }
        default:
          return Make(FateKind::kUnknown, literal_);
      }
    }
    return Make(FateKind::kUnknown, literal_);
  }

  Fate Kept(ast::Ref<ast::Ident> keeper) const {
    if (!keeper.has_value()) {
      return Make(FateKind::kUnknown, literal_);
    }
    return {.kind = FateKind::kKept, .cause = literal_, .keeper = keeper};
  }

  Fate FateInAssignment(const ast::AssignStmt& assign, NodeId value) const {
    const ast::ExprId target = TargetOf(tree_, assign, value);
    if (assign.op != TokenKind::kAssign || !target.has_value()) {
      return Make(FateKind::kUnknown, literal_);
    }
    const ast::Ref<ast::Ident> root = RootOfTarget(tree_, target);
    return root.has_value() && index_.Name(root) == "_"
               ? Make(FateKind::kUnknown, literal_)
               : Kept(root);
  }

  Fate FateInCall(NodeId id, const ast::CallExpr& call, NodeId child) const {
    const NodeId parent = index_.ParentPastParens(id);
    if (parent.kind() == NodeKind::kDeferStmt) {
      return Make(FateKind::kDeferred, parent);
    }
    if (parent.kind() == NodeKind::kGoStmt) {
      return Make(FateKind::kStarted, parent);
    }
    if (child == call.fun) {
      return Make(FateKind::kCalled, id);
    }
    // Only the literal itself, not one inside another value, is understood from
    // here.
    const bool is_argument =
        child == literal_ || child.kind() == NodeKind::kIdent;
    const std::string_view method = MethodName(index_, call);
    if (is_argument && method == "Go") {
      return Make(FateKind::kStarted, literal_);
    }
    if (is_argument && std::ranges::count(kKeepers, method) > 0) {
      return Make(FateKind::kKept, literal_);
    }
    if (is_argument && method == "Run" && RunsBehindParallel()) {
      return Make(FateKind::kKept, literal_);
    }
    return Make(FateKind::kUnknown, literal_);
  }

  // True if `use_` stands behind a call `t.Parallel()` in the body of the
  // literal.
  bool RunsBehindParallel() const {
    const auto& body = tree_.Get(tree_.Get(literal_).body);
    for (const ast::StmtId stmt : tree_.Items(body.stmts)) {
      const auto* expr = tree_.TryGet<ast::ExprStmt>(stmt);
      const auto* call =
          expr == nullptr ? nullptr : tree_.TryGet<ast::CallExpr>(expr->x);
      if (call != nullptr && MethodName(index_, *call) == "Parallel" &&
          call->args.empty()) {
        return ast::Begin(tree_, use_) > call->rparen;
      }
    }
    return false;
  }

  const FileIndex& index_;
  const ast::Tree& tree_;
  ast::Ref<ast::FuncLit> literal_;
  NodeId use_;
  std::vector<Fate> fates_;
};

}  // namespace

std::vector<Fate> FatesOf(const FileIndex& index,
                          ast::Ref<ast::FuncLit> literal, NodeId use) {
  return FateFinder(index, literal, use).Run();
}

std::vector<ast::Ref<ast::Ident>> UsesOf(const FileIndex& index,
                                         const Declaration& decl) {
  const ast::Tree& tree = index.tree();
  const std::string_view name = index.Name(decl.ident);
  NodeId root = decl.node;
  while (index.Parent(root).has_value()) {
    root = index.Parent(root);
  }
  std::vector<ast::Ref<ast::Ident>> uses;
  ForEachBelow(tree, root, [&](NodeId id) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(id);
    if (id.kind() != NodeKind::kIdent || ident == decl.ident ||
        index.Name(ident) != name || !IsUse(index, ident) ||
        Resolve(index, ident) != decl) {
      return true;
    }
    const auto* assign = tree.TryGet<ast::AssignStmt>(index.Parent(ident));
    const bool is_target =
        assign != nullptr && tree.Get(ident).pos < assign->op_pos;
    if (!is_target) {
      uses.push_back(ident);
    }
    return true;
  });
  return uses;
}

Declaration HolderOf(const FileIndex& index, ast::ExprId value) {
  const ast::Tree& tree = index.tree();
  const NodeId parent = index.Parent(value);
  if (const auto* assign = tree.TryGet<ast::AssignStmt>(parent)) {
    const ast::ExprId target = TargetOf(tree, *assign, value);
    if (target.kind() == NodeKind::kIdent) {
      return Resolve(index, ast::Ref<ast::Ident>::FromNode(target));
    }
  } else if (const auto* spec = tree.TryGet<ast::ValueSpec>(parent)) {
    const auto names = tree.Items(spec->names);
    const auto values = tree.Items(spec->values);
    for (size_t i = 0; i < values.size() && names.size() == values.size();
         ++i) {
      if (values[i] == value) {
        return Resolve(index, names[i]);
      }
    }
  }
  return {};
}

}  // namespace gdlint::checks::syntax
