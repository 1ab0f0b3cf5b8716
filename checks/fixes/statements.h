// Statements and variables around a call that a fix is about.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ast/tree.h"
#include "checks/typed/source.h"
#include "types/object.h"

namespace gdlint::checks::fixes {

using typed::Source;

// `v, err := f()` or `v, err = f()` of one call, standing in a list of
// statements.
struct Assignment {
  ast::Ref<ast::AssignStmt> stmt;
  bool is_definition = false;
  // By result: the name on the left; none for `x.f` and the like.
  std::vector<ast::Ref<ast::Ident>> names;
};
std::optional<Assignment> AssignmentOf(const Source& source, ast::NodeId call);

// The statement directly behind `stmt` that does not let control pass if the
// error `err` is not nil: `if err != nil { return … }`, or an assertion that
// ends the test. None if there is no such.
ast::StmtId ErrorCheckBehind(const Source& source, ast::NodeId stmt,
                             const types::Var& err);

// Names of `var`, by place, behind `from` in the file.
std::vector<ast::Ref<ast::Ident>> NamesOf(const Source& source,
                                          const types::Var& var,
                                          source::Pos from);

// True if something within `where` has the name.
bool IsNameUsed(const Source& source, ast::NodeId where, std::string_view name);

// Of a FuncDecl or FuncLit.
ast::Ref<ast::FuncType> TypeOfFunction(const ast::Tree& tree, ast::NodeId id);
ast::Ref<ast::BlockStmt> BodyOfFunction(const ast::Tree& tree, ast::NodeId id);

}  // namespace gdlint::checks::fixes
