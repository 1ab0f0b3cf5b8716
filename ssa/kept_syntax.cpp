#include "ssa/kept_syntax.h"

#include <cstddef>

#include "lexer/token.h"
#include "ssa/ident_text.h"
#include "types/constant.h"
#include "types/type_set.h"

namespace gdlint::ssa {

using lexer::TokenKind;

ast::ExprId Unparen(const ast::Tree& tree, ast::ExprId expr) {
  while (const auto* const paren = tree.TryGet<ast::ParenExpr>(expr)) {
    expr = paren->x;
  }
  return expr;
}

bool IsRangeOverFunc(const types::Unit& unit, const ast::RangeStmt& stmt) {
  const types::Type* const type = unit.info.TypeOf(stmt.x).type();
  bool is_func = false;
  if (type != nullptr) {
    types::ForEachInTypeSet(
        type, [&](const types::Type*, const types::Type* under) {
          is_func = types::TryAs<types::Signature>(under) != nullptr;
          return false;
        });
  }
  return is_func;
}

const types::Builtin* BuiltinOf(const ast::Tree& tree, const types::Info& info,
                                ast::ExprId callee) {
  const ast::ExprId name = Unparen(tree, callee);
  if (tree.TryGet<ast::Ident>(name) != nullptr) {
    return types::TryAs<types::Builtin>(
        info.UsedObject(ast::Ref<ast::Ident>::FromNode(name)));
  }
  if (const auto* const selector = tree.TryGet<ast::SelectorExpr>(name)) {
    return types::TryAs<types::Builtin>(info.UsedObject(selector->sel));
  }
  return nullptr;
}

int KeptSyntax::StaticBool(ast::ExprId condition) const {
  const types::Value value = info_.TypeOf(condition).value();
  if (value.kind() == types::ConstantKind::kBool) {
    return types::constant::BoolValue(value) ? 1 : -1;
  }
  if (const auto* const unary = tree_.TryGet<ast::UnaryExpr>(condition)) {
    // The sign stays, wrongly: `!(f() && false)` does not get here, as gc does
    // not look into parentheses.
    return unary->op == TokenKind::kNot ? StaticBool(unary->x) : 0;
  }
  const auto* const binary = tree_.TryGet<ast::BinaryExpr>(condition);
  if (binary == nullptr) {
    return 0;
  }
  if (binary->op == TokenKind::kLand) {
    const int x = StaticBool(binary->x);
    if (x < 0) {
      return x;
    }
    const int y = StaticBool(binary->y);
    return x > 0 || y < 0 ? y : 0;
  }
  if (binary->op == TokenKind::kLor) {
    const int x = StaticBool(binary->x);
    if (x > 0) {
      return x;
    }
    const int y = StaticBool(binary->y);
    return x < 0 || y > 0 ? y : 0;
  }
  return 0;
}

ast::ExprId KeptSyntax::Condition(ast::ExprId condition) const {
  const auto* const binary = tree_.TryGet<ast::BinaryExpr>(condition);
  if (binary == nullptr || info_.TypeOf(condition).is_constant()) {
    return condition;
  }
  const int x = StaticBool(binary->x);
  const bool is_and = binary->op == TokenKind::kLand;
  if (!is_and && binary->op != TokenKind::kLor) {
    return condition;
  }
  return is_and == (x < 0) && x != 0 ? Condition(binary->x) : condition;
}

bool KeptSyntax::IsPanicCall(ast::ExprId expr) const {
  const auto* const call = tree_.TryGet<ast::CallExpr>(Unparen(tree_, expr));
  if (call == nullptr) {
    return false;
  }
  const types::Builtin* const builtin = BuiltinOf(tree_, info_, call->fun);
  return builtin != nullptr && builtin->id == types::BuiltinId::kPanic;
}

bool KeptSyntax::Terminates(ast::StmtId stmt) const {
  if (const auto* const branch = tree_.TryGet<ast::BranchStmt>(stmt)) {
    return branch->keyword == TokenKind::kGoto;
  }
  if (const auto* const expr = tree_.TryGet<ast::ExprStmt>(stmt)) {
    return IsPanicCall(expr->x);
  }
  if (const auto* const block = tree_.TryGet<ast::BlockStmt>(stmt)) {
    const auto stmts = tree_.Items(block->stmts);
    for (size_t i = stmts.size(); i > 0; --i) {
      if (stmts[i - 1].kind() != ast::NodeKind::kEmptyStmt) {
        return Terminates(stmts[i - 1]);
      }
    }
    return false;
  }
  if (const auto* const branch = tree_.TryGet<ast::IfStmt>(stmt)) {
    const int condition = StaticBool(branch->cond);
    return (condition < 0 || Terminates(branch->body)) &&
           (condition > 0 ||
            (branch->els.has_value() && Terminates(branch->els)));
  }
  return stmt.kind() == ast::NodeKind::kReturnStmt;
}

std::vector<ast::StmtId> KeptSyntax::Statements(
    ast::List<ast::StmtId> list) const {
  const auto stmts = tree_.Items(list);
  size_t after_last_label = 0;
  for (size_t i = 0; i < stmts.size(); ++i) {
    if (stmts[i].kind() == ast::NodeKind::kLabeledStmt) {
      after_last_label = i + 1;
    }
  }
  std::vector<ast::StmtId> kept;
  bool dead = false;
  for (size_t i = 0; i < stmts.size(); ++i) {
    // Code between a terminating statement and a label stays: what follows the
    // label may refer to it.
    if (dead && i >= after_last_label) {
      continue;
    }
    kept.push_back(stmts[i]);
    dead = Terminates(stmts[i]);
  }
  return kept;
}

bool KeptSyntax::HasFallthrough(const ast::CaseClause& clause) const {
  const auto body = tree_.Items(clause.body);
  for (size_t i = body.size(); i > 0; --i) {
    ast::StmtId stmt = body[i - 1];
    if (stmt.kind() == ast::NodeKind::kEmptyStmt) {
      continue;
    }
    while (const auto* const labeled = tree_.TryGet<ast::LabeledStmt>(stmt)) {
      stmt = labeled->stmt;
    }
    const auto* const branch = tree_.TryGet<ast::BranchStmt>(stmt);
    return branch != nullptr && branch->keyword == TokenKind::kFallthrough;
  }
  return false;
}

KeptSyntax::Clauses KeptSyntax::ClausesOf(const ast::SwitchStmt& stmt) const {
  Clauses all;
  for (const ast::StmtId clause : tree_.Items(tree_.Get(stmt.body).stmts)) {
    if (clause.kind() == ast::NodeKind::kCaseClause) {
      all.list.push_back(ast::Ref<ast::CaseClause>::FromNode(clause));
    }
  }
  const types::Value tag = stmt.tag.has_value()
                               ? info_.TypeOf(stmt.tag).value()
                               : types::constant::MakeBool(true);
  if (tag.is_unknown()) {
    return all;
  }
  ast::Ref<ast::CaseClause> target;
  for (const ast::Ref<ast::CaseClause> ref : all.list) {
    const ast::CaseClause& clause = tree_.Get(ref);
    if (clause.is_default) {
      target = ref;
    }
    bool matches = false;
    for (const ast::ExprId expr : tree_.Items(clause.exprs)) {
      const types::Value value = info_.TypeOf(expr).value();
      if (value.is_unknown()) {
        return all;
      }
      if (types::constant::Compare(scratch_, tag, TokenKind::kEql, value)) {
        matches = true;
        break;
      }
    }
    if (matches) {
      target = ref;
      break;
    }
  }
  if (target.has_value() && HasFallthrough(tree_.Get(target))) {
    return all;
  }
  Clauses decided;
  decided.is_decided = true;
  if (target.has_value()) {
    decided.list.push_back(target);
  }
  return decided;
}

std::vector<ast::NodeId> KeptSyntax::Children(ast::NodeId id) const {
  std::vector<ast::NodeId> children;
  const auto add = [&](ast::NodeId child) {
    if (child.has_value()) {
      children.push_back(child);
    }
  };
  const auto add_all = [&](const auto& list) {
    for (const ast::NodeId child : list) {
      add(child);
    }
  };
  if (const auto* const block = tree_.TryGet<ast::BlockStmt>(id)) {
    add_all(Statements(block->stmts));
  } else if (const auto* const clause = tree_.TryGet<ast::CaseClause>(id)) {
    add_all(tree_.Items(clause->exprs));
    add_all(Statements(clause->body));
  } else if (const auto* const comm = tree_.TryGet<ast::CommClause>(id)) {
    add(comm->comm);
    add_all(Statements(comm->body));
  } else if (const auto* const branch = tree_.TryGet<ast::IfStmt>(id)) {
    const int condition = StaticBool(branch->cond);
    add(branch->init);
    add(Condition(branch->cond));
    if (condition >= 0) {
      add(branch->body);
    }
    if (condition <= 0) {
      add(branch->els);
    }
  } else if (const auto* const loop = tree_.TryGet<ast::ForStmt>(id);
             loop != nullptr && IsBodyDropped(*loop)) {
    add(loop->init);
    add(Condition(loop->cond));
  } else if (const auto* const choice = tree_.TryGet<ast::SwitchStmt>(id)) {
    const Clauses clauses = ClausesOf(*choice);
    add(choice->init);
    if (!clauses.is_decided) {
      add(choice->tag);
    }
    add_all(clauses.list);
  } else if (const auto* const types = tree_.TryGet<ast::TypeSwitchStmt>(id)) {
    add(types->init);
    add(types->assign);
    add_all(tree_.Items(tree_.Get(types->body).stmts));
  } else if (const auto* const select = tree_.TryGet<ast::SelectStmt>(id)) {
    add_all(tree_.Items(tree_.Get(select->body).stmts));
  } else {
    ast::ForEachChild(tree_, id, add);
  }
  return children;
}

LoopingLabels::LoopingLabels(const types::Unit& unit, const KeptSyntax& kept,
                             ast::NodeId body)
    : unit_(unit), kept_(kept) {
  Visit(body);
}

void LoopingLabels::Visit(ast::NodeId id) {
  if (id.kind() == ast::NodeKind::kFuncLit) {
    return;
  }
  const ast::Tree& tree = *unit_.tree;
  if (const auto* const labeled = tree.TryGet<ast::LabeledStmt>(id)) {
    seen_.insert(TextOf(unit_, labeled->label));
  } else if (const auto* const branch = tree.TryGet<ast::BranchStmt>(id)) {
    if (branch->keyword == TokenKind::kGoto && branch->label.has_value() &&
        seen_.contains(TextOf(unit_, branch->label))) {
      looping_.insert(TextOf(unit_, branch->label));
    }
    return;
  }
  kept_.ForEachChild(id, [this](ast::NodeId child) { Visit(child); });
}

}  // namespace gdlint::ssa
