#include "checks/fixes/statements.h"

#include <algorithm>

#include "checks/syntax/file_index.h"

namespace gdlint::checks::fixes {
namespace {

using ast::NodeKind;

// Functions and methods of these names do not return.
constexpr std::string_view kNeverReturn[] = {"Exit",   "FailNow", "Fatal",
                                             "Fatalf", "Fatalln", "Goexit",
                                             "Panic",  "Panicf",  "Panicln"};

bool IsNil(const Source& source, ast::ExprId expr) {
  return source.index.Text(syntax::Unparen(source.tree(), expr)) == "nil";
}

bool IsPanic(const Source& source, const ast::CallExpr& call) {
  return source.index.Text(call.fun) == "panic";
}

// Control does not come out of the end of the block.
bool Leaves(const Source& source, ast::Ref<ast::BlockStmt> block) {
  const ast::Tree& tree = source.tree();
  const auto stmts = tree.Items(tree.Get(block).stmts);
  if (stmts.empty()) {
    return false;
  }
  const ast::StmtId last = stmts.back();
  if (const auto* branch = tree.TryGet<ast::BranchStmt>(last)) {
    return branch->keyword != lexer::TokenKind::kFallthrough;
  }
  const auto* expr = tree.TryGet<ast::ExprStmt>(last);
  if (expr == nullptr) {
    return last.kind() == NodeKind::kReturnStmt;
  }
  const auto* call = tree.TryGet<ast::CallExpr>(expr->x);
  return call != nullptr &&
         (IsPanic(source, *call) ||
          (call->fun.kind() == NodeKind::kSelectorExpr &&
           std::ranges::count(kNeverReturn,
                              typed::LastName(source, call->fun)) > 0));
}

bool IsErrorBranch(const Source& source, const ast::IfStmt& stmt,
                   const types::Var& err) {
  const ast::Tree& tree = source.tree();
  const auto* cond =
      tree.TryGet<ast::BinaryExpr>(syntax::Unparen(tree, stmt.cond));
  return !stmt.init.has_value() && !stmt.els.has_value() && cond != nullptr &&
         cond->op == lexer::TokenKind::kNeq &&
         ((typed::VarOf(source, cond->x) == &err && IsNil(source, cond->y)) ||
          (typed::VarOf(source, cond->y) == &err && IsNil(source, cond->x))) &&
         Leaves(source, stmt.body);
}

// `require.NoError(t, err)`.
bool IsAssertion(const Source& source, const ast::ExprStmt& stmt,
                 const types::Var& err) {
  const ast::Tree& tree = source.tree();
  const auto* call = tree.TryGet<ast::CallExpr>(stmt.x);
  const types::Func* const callee =
      call == nullptr ? nullptr : typed::CalleeOf(source, *call);
  return callee != nullptr && callee->package != nullptr &&
         callee->package->path.ends_with("/require") &&
         callee->name->text().starts_with("NoError") &&
         std::ranges::any_of(tree.Items(call->args), [&](ast::ExprId arg) {
           return typed::VarOf(source, arg) == &err;
         });
}

}  // namespace

std::optional<Assignment> AssignmentOf(const Source& source, ast::NodeId call) {
  const ast::Tree& tree = source.tree();
  const ast::NodeId parent = source.index.ParentPastParens(call);
  const auto* stmt = tree.TryGet<ast::AssignStmt>(parent);
  const NodeKind around =
      parent.has_value() ? source.index.Parent(parent).kind() : NodeKind::kNone;
  if (stmt == nullptr || stmt->rhs.size != 1 ||
      (around != NodeKind::kBlockStmt && around != NodeKind::kCaseClause &&
       around != NodeKind::kCommClause)) {
    return std::nullopt;
  }
  if (around == NodeKind::kCommClause &&
      tree.TryGet<ast::CommClause>(source.index.Parent(parent))->comm ==
          ast::StmtId::FromNode(parent)) {
    return std::nullopt;
  }
  Assignment assignment = {
      .stmt = ast::Ref<ast::AssignStmt>::FromNode(parent),
      .is_definition = stmt->op == lexer::TokenKind::kDefine,
      .names = {}};
  for (const ast::ExprId expr : tree.Items(stmt->lhs)) {
    assignment.names.push_back(expr.kind() == NodeKind::kIdent
                                   ? ast::Ref<ast::Ident>::FromNode(expr)
                                   : ast::Ref<ast::Ident>());
  }
  return assignment;
}

ast::StmtId ErrorCheckBehind(const Source& source, ast::NodeId stmt,
                             const types::Var& err) {
  const ast::StmtId next = source.index.Next(stmt);
  if (!next.has_value()) {
    return {};
  }
  const ast::Tree& tree = source.tree();
  const auto* branch = tree.TryGet<ast::IfStmt>(next);
  const auto* expr = tree.TryGet<ast::ExprStmt>(next);
  const bool is_check =
      branch != nullptr ? IsErrorBranch(source, *branch, err)
                        : expr != nullptr && IsAssertion(source, *expr, err);
  return is_check ? next : ast::StmtId();
}

std::vector<ast::Ref<ast::Ident>> NamesOf(const Source& source,
                                          const types::Var& var,
                                          source::Pos from) {
  const ast::Tree& tree = source.tree();
  std::vector<ast::Ref<ast::Ident>> names;
  for (const ast::Ident& ident : tree.All<ast::Ident>()) {
    const ast::Ref<ast::Ident> ref = syntax::RefTo(tree, ident);
    if (from < ident.pos && source.unit.info.ObjectOf(ref) == &var) {
      names.push_back(ref);
    }
  }
  std::ranges::sort(names, {}, [&](auto name) { return tree.Get(name).pos; });
  return names;
}

bool IsNameUsed(const Source& source, ast::NodeId where,
                std::string_view name) {
  bool found = false;
  syntax::ForEachBelow(source.tree(), where, [&](ast::NodeId id) {
    found = found ||
            (id.kind() == NodeKind::kIdent && source.index.Text(id) == name);
    return !found;
  });
  return found;
}

ast::Ref<ast::FuncType> TypeOfFunction(const ast::Tree& tree, ast::NodeId id) {
  if (const auto* decl = tree.TryGet<ast::FuncDecl>(id)) {
    return decl->type;
  }
  const auto* literal = tree.TryGet<ast::FuncLit>(id);
  return literal == nullptr ? ast::Ref<ast::FuncType>() : literal->type;
}

ast::Ref<ast::BlockStmt> BodyOfFunction(const ast::Tree& tree, ast::NodeId id) {
  if (const auto* decl = tree.TryGet<ast::FuncDecl>(id)) {
    return decl->body;
  }
  const auto* literal = tree.TryGet<ast::FuncLit>(id);
  return literal == nullptr ? ast::Ref<ast::BlockStmt>() : literal->body;
}

}  // namespace gdlint::checks::fixes
