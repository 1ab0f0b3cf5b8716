// What one file's syntax and types tell together: variables, constants, tables
// and loops.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "checks/syntax/file_index.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::checks::typed {

// A file that was checked, and who is whose parent in it. Views only.
struct Source {
  const types::Unit& unit;
  const syntax::FileIndex& index;

  const ast::Tree& tree() const { return *unit.tree; }
  types::TypeAndValue TypeOf(ast::ExprId expr) const {
    return unit.info.TypeOf(expr);
  }
};

// The variable that `expr` names, parentheses aside; null for anything else.
const types::Var* VarOf(const Source& source, ast::ExprId expr);

// The function or method that a call names; null for other calls.
const types::Func* CalleeOf(const Source& source, const ast::CallExpr& call);

// The last name of an expression: `Close` of `r.Body.Close`, `cancel` of
// `cancel`; empty if it ends in none.
std::string_view LastName(const Source& source, ast::ExprId expr);

// The variable that `expr` begins with: r of `r.Body`, `*r`, `r[i]`, `&r` and
// `r.Get().x`.
const types::Var* RootVar(const Source& source, ast::ExprId expr);

// True if the variable is declared below `node` of this file.
bool IsDeclaredIn(const Source& source, const types::Var& var,
                  ast::NodeId node);

// The value of an integer constant.
std::optional<int64_t> ConstantInt(const Source& source, ast::ExprId expr);

// True if something below `where` assigns to the variable as a whole or takes
// its address. Its declaration does not count.
bool IsAssignedIn(const Source& source, const types::Var& var,
                  ast::NodeId where);

bool IsLoop(ast::NodeId id);

// The `for` and `range` statements around `id` in its own function, innermost
// first.
std::vector<ast::NodeId> EnclosingLoops(const Source& source, ast::NodeId id);

// From `for` to the brace of the body.
source::Span LoopHeader(const ast::Tree& tree, ast::NodeId loop);
ast::Ref<ast::BlockStmt> LoopBody(const ast::Tree& tree, ast::NodeId loop);

// How often the body runs if nothing leaves it early, where constants say so:
// `i < 3`, `range 3`, a range over an array, or over a literal or a variable
// that always holds one.
std::optional<uint64_t> TripCount(const Source& source, ast::NodeId loop);

// True if the loop ranges over an array, slice or map literal, or over a
// variable that holds one: a table.
bool RangesOverTable(const Source& source, ast::NodeId loop);

}  // namespace gdlint::checks::typed
