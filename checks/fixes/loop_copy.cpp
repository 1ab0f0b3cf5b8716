#include "checks/fixes/loop_copy.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "checks/fixes/lines.h"

namespace gdlint::checks::fixes {
namespace {

using typed::LoopCapture;

// The body declares the name itself.
bool IsDeclaredAgain(const Source& source, ast::Ref<ast::BlockStmt> body,
                     std::string_view name) {
  const ast::Tree& tree = source.tree();
  return std::ranges::any_of(
      tree.Items(tree.Get(body).stmts), [&](ast::StmtId stmt) {
        const auto* assign = tree.TryGet<ast::AssignStmt>(stmt);
        if (assign == nullptr || assign->op != lexer::TokenKind::kDefine) {
          return stmt.kind() == ast::NodeKind::kDeclStmt &&
                 IsNameUsed(source, stmt, name);
        }
        return std::ranges::any_of(
            tree.Items(assign->lhs),
            [&](ast::ExprId expr) { return source.index.Text(expr) == name; });
      });
}

bool MayBeCopied(const Source& source, ast::NodeId loop,
                 const types::Var& variable) {
  const ast::Ref<ast::BlockStmt> body = typed::LoopBody(source.tree(), loop);
  const bool is_counted = loop.kind() == ast::NodeKind::kForStmt;
  return !(is_counted && typed::IsAssignedIn(source, variable, body)) &&
         !IsDeclaredAgain(source, body, variable.name->text());
}

// Adds the variables that the clause of the loop declares and that are used
// below `where`.
void AddVariablesIn(const Source& source, ast::NodeId loop, ast::NodeId where,
                    std::vector<const types::Var*>& variables) {
  const ast::Tree& tree = source.tree();
  const source::Pos body = ast::Begin(tree, typed::LoopBody(tree, loop));
  syntax::ForEachBelow(tree, where, [&](ast::NodeId id) {
    const types::Var* const var =
        id.kind() == ast::NodeKind::kIdent
            ? typed::VarOf(source, ast::ExprId::FromNode(id))
            : nullptr;
    if (var != nullptr && var->var_kind == types::VarKind::kLocalVar &&
        ast::Begin(tree, loop) < var->place.pos && var->place.pos < body &&
        std::ranges::find(variables, var) == variables.end()) {
      variables.push_back(var);
    }
    return true;
  });
}

}  // namespace

Fix CopyVariables(const Source& source, ast::NodeId cause,
                  std::span<const LoopCapture> captures) {
  // A literal that sees a later value of one variable sees those of the others
  // too, and what is copied for one is copied for all in the loop.
  std::map<ast::NodeId, std::vector<const types::Var*>> by_loop;
  for (const LoopCapture& capture : captures) {
    if (capture.cause == cause) {
      by_loop[capture.loop];
    }
  }
  for (const LoopCapture& capture : captures) {
    if (capture.cause == cause && !capture.declared_by_loop) {
      return {};
    }
    if (const auto found = by_loop.find(capture.loop); found != by_loop.end()) {
      AddVariablesIn(source, capture.loop, capture.cause, found->second);
    }
  }
  Fix fix;
  for (auto& [loop, variables] : by_loop) {
    if (variables.empty() ||
        !std::ranges::all_of(variables, [&](const types::Var* var) {
          return MayBeCopied(source, loop, *var);
        })) {
      return {};
    }
    std::ranges::sort(variables, {},
                      [](const types::Var* var) { return var->place.pos; });
    std::string names;
    for (const types::Var* const var : variables) {
      names += (names.empty() ? "" : ", ") + std::string(var->name->text());
    }
    const std::string copy = fmt::format("{0} := {0}", names);
    const auto edit =
        InsertFirst(source.index, typed::LoopBody(source.tree(), loop), {copy});
    if (!edit) {
      return {};
    }
    fix.title +=
        fmt::format("{}`{}`", fix.title.empty() ? "insert " : " and ", copy);
    fix.edits.push_back(*edit);
  }
  std::ranges::sort(fix.edits, {}, &Edit::span);
  return fix;
}

}  // namespace gdlint::checks::fixes
