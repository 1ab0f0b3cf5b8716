// The part of a function's syntax that gc compiles.
//
// Before it counts or lowers anything, gc's noder leaves out what a constant
// decides: the dead arm of an `if`, the body of `for false`, the clauses that a
// switch on constants cannot reach, and what follows a terminating statement
// in the same list (cmd/compile/internal/noder/writer.go: staticBool,
// switchStmt, stmts, terminates). This is what is left, as a view of the tree.

#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "ast/tree.h"
#include "ssa/ident_text.h"
#include "support/arena.h"
#include "types/package.h"

namespace gdlint::ssa {

class KeptSyntax {
 public:
  explicit KeptSyntax(const types::Unit& unit)
      : tree_(*unit.tree), info_(unit.info) {}

  // 1 if a condition is always true as far as gc's noder sees, -1 if it is
  // always false, else 0.
  int StaticBool(ast::ExprId condition) const;
  // Control does not get past the statement, as far as gc's noder sees.
  bool Terminates(ast::StmtId stmt) const;

  // The statements of a list that are left.
  std::vector<ast::StmtId> Statements(ast::List<ast::StmtId> list) const;
  // The condition of an `if` or `for` without what && and || never evaluate.
  ast::ExprId Condition(ast::ExprId condition) const;

  // Of a switch without a type guard: the clauses that are left; if
  // `is_decided`, at most one, which always runs.
  struct Clauses {
    std::vector<ast::Ref<ast::CaseClause>> list;
    bool is_decided = false;
  };
  Clauses ClausesOf(const ast::SwitchStmt& stmt) const;
  // The body of a for statement is left out.
  bool IsBodyDropped(const ast::ForStmt& stmt) const {
    return stmt.cond.has_value() && StaticBool(stmt.cond) < 0;
  }

  // Calls `fn` with the children of a node that are left, in source order. Of a
  // switch or select these are its clauses, without the block around them.
  template <typename Fn>
  void ForEachChild(ast::NodeId id, Fn&& fn) const {
    for (const ast::NodeId child : Children(id)) {
      fn(child);
    }
  }

 private:
  std::vector<ast::NodeId> Children(ast::NodeId id) const;
  bool IsPanicCall(ast::ExprId expr) const;
  bool HasFallthrough(const ast::CaseClause& clause) const;

  const ast::Tree& tree_;
  const types::Info& info_;
  // For comparisons of constants.
  mutable Arena scratch_;
};

// The labels of a function that a later goto jumps back to: to gc, what follows
// them is a loop.
class LoopingLabels {
 public:
  LoopingLabels(const types::Unit& unit, const KeptSyntax& kept,
                ast::NodeId body);

  bool Has(ast::Ref<ast::Ident> label) const {
    return looping_.contains(TextOf(unit_, label));
  }

 private:
  void Visit(ast::NodeId id);

  const types::Unit& unit_;
  const KeptSyntax& kept_;
  std::unordered_set<std::string_view> seen_;
  std::unordered_set<std::string_view> looping_;
};

// `expr` without parentheses.
ast::ExprId Unparen(const ast::Tree& tree, ast::ExprId expr);
// A range clause over a function (or a type parameter of such types).
bool IsRangeOverFunc(const types::Unit& unit, const ast::RangeStmt& stmt);
// The built-in that a call's callee names, or null.
const types::Builtin* BuiltinOf(const ast::Tree& tree, const types::Info& info,
                                ast::ExprId callee);

}  // namespace gdlint::ssa
