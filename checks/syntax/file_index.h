// Who is whose parent in one file's tree, and other questions that a tree alone
// answers only slowly.

#pragma once

#include <string_view>
#include <vector>

#include "ast/tree.h"
#include "source/pos.h"

namespace gdlint::checks::syntax {

// Read-only once made, except that Text and the rest never fail: a missing node
// has no parent. Holds references to the tree and the text of the file.
class FileIndex {
 public:
  FileIndex(const ast::Tree& tree, std::string_view text);

  const ast::Tree& tree() const { return tree_; }
  std::string_view text() const { return text_; }
  // The bytes of a node.
  std::string_view Text(ast::NodeId id) const;
  std::string_view Name(ast::Ref<ast::Ident> ident) const;

  // The node whose child `id` is; none for a top-level declaration, and for
  // what the parser made but did not use.
  ast::NodeId Parent(ast::NodeId id) const {
    return parents_[tree_.DenseIndex(id)];
  }
  // The statement behind `stmt` in the same list; none if it is the last.
  ast::StmtId Next(ast::NodeId stmt) const;
  // True if `inner` is `outer` or below it.
  bool Contains(ast::NodeId outer, ast::NodeId inner) const;
  // The parent, skipping parentheses.
  ast::NodeId ParentPastParens(ast::NodeId id) const;
  // The function literal or declaration whose body `id` is in; none at top
  // level.
  ast::NodeId EnclosingFunction(ast::NodeId id) const {
    return functions_[tree_.DenseIndex(id)];
  }

 private:
  const ast::Tree& tree_;
  std::string_view text_;
  std::vector<ast::NodeId> parents_;
  std::vector<ast::NodeId> functions_;
  // By dense index, for statements in lists only.
  std::vector<ast::NodeId> next_;
};

// The handle of a node found in one of `tree`'s tables.
template <typename NodeT>
ast::Ref<NodeT> RefTo(const ast::Tree& tree, const NodeT& node) {
  return ast::Ref<NodeT>(
      static_cast<uint32_t>(&node - tree.All<NodeT>().data()));
}

// `expr` without the parentheses around it.
ast::ExprId Unparen(const ast::Tree& tree, ast::ExprId expr);

// Calls `fn` for `root` and everything below it, parents first, in source
// order. Where `fn` returns false it does not go below. Does not recurse.
template <typename Fn>
void ForEachBelow(const ast::Tree& tree, ast::NodeId root, Fn&& fn) {
  std::vector<ast::NodeId> stack = {root};
  std::vector<ast::NodeId> children;
  while (!stack.empty()) {
    const ast::NodeId id = stack.back();
    stack.pop_back();
    if (!fn(id)) {
      continue;
    }
    children.clear();
    ast::ForEachChild(tree, id,
                      [&](ast::NodeId child) { children.push_back(child); });
    stack.insert(stack.end(), children.rbegin(), children.rend());
  }
}

}  // namespace gdlint::checks::syntax
