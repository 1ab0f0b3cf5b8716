// Expression switches and type switches: chains of tests in source order.

#include <array>

#include "ssa/stmt_state.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

namespace {

std::vector<ast::Ref<ast::CaseClause>> ClausesOf(
    const ast::Tree& tree, ast::Ref<ast::BlockStmt> body) {
  std::vector<ast::Ref<ast::CaseClause>> clauses;
  if (body.has_value()) {
    for (const ast::StmtId stmt : tree.Items(tree.Get(body).stmts)) {
      if (stmt.kind() == ast::NodeKind::kCaseClause) {
        clauses.push_back(ast::Ref<ast::CaseClause>::FromNode(stmt));
      }
    }
  }
  return clauses;
}

}  // namespace

void FunctionBuilder::CaseBody(const ast::CaseClause& clause, BlockId done) {
  StmtList(clause.body);
  Jump(done, clause.pos);
}

void FunctionBuilder::Switch(const ast::SwitchStmt& stmt, ast::StmtId /*id*/) {
  const types::Object* const label = stmts_->TakeLabel();
  if (stmt.init.has_value()) {
    Stmt(stmt.init);
  }
  Value tag;
  if (stmt.tag.has_value()) {
    tag = Expr(stmt.tag);
  }
  const std::vector<ast::Ref<ast::CaseClause>> clauses =
      ClausesOf(tree(), stmt.body);
  const BlockId done = NewBlock();
  std::vector<BlockId> bodies(clauses.size());
  BlockId otherwise = done;
  for (size_t i = 0; i < clauses.size(); ++i) {
    bodies[i] = NewBlock();
    const ast::CaseClause& clause = tree().Get(clauses[i]);
    if (clause.is_default) {
      otherwise = bodies[i];
      continue;
    }
    for (const ast::ExprId expr : tree().Items(clause.exprs)) {
      const BlockId next = NewBlock();
      // Without a tag it is `true`, which an interface may be compared with.
      if (stmt.tag.has_value() || !types::AllBoolean(TypeOf(expr))) {
        const Value value = Expr(expr);
        const source::Pos pos = PosOf(expr);
        const Value left = tag.has_value() ? tag : BoolConst(true);
        If(Equal(left, value, pos, expr), bodies[i], next, pos, expr);
      } else {
        Condition(expr, bodies[i], next);
      }
      SetBlock(next);
    }
  }
  Jump(otherwise, stmt.pos);

  const BlockId outer_fallthrough = stmts_->fallthrough;
  stmts_->targets.push_back({label, done, {}});
  for (size_t i = 0; i < clauses.size(); ++i) {
    SetBlock(bodies[i]);
    stmts_->fallthrough = i + 1 < clauses.size() ? bodies[i + 1] : BlockId();
    CaseBody(tree().Get(clauses[i]), done);
  }
  stmts_->targets.pop_back();
  stmts_->fallthrough = outer_fallthrough;
  SetBlock(done);
}

Value FunctionBuilder::TypeCase(Value x, ast::ExprId type_expr, BlockId body,
                                BlockId next) {
  const source::Pos pos = PosOf(type_expr);
  if (info().TypeOf(type_expr).mode() == types::Mode::kNilValue) {
    const Value nil = ZeroOf(draft_->TypeOf(x));
    If(Compare(TokenKind::kEql, x, nil, pos, type_expr), body, next, pos,
       type_expr);
    return x;
  }
  const types::Type* const type = TypeOf(type_expr);
  const std::array<types::Param, 2> parts = {
      types::Param{nullptr, type},
      types::Param{nullptr, types::Typ(types::BasicKind::kBool)}};
  const Value tuple = Emit(Op::kTypeAssert, types().TupleOf(parts), pos,
                           type_expr, {x}, kCommaOk);
  const Value asserted = Extract(tuple, 0, pos, type_expr);
  If(Extract(tuple, 1, pos, type_expr), body, next, pos, type_expr);
  return asserted;
}

void FunctionBuilder::TypeSwitch(const ast::TypeSwitchStmt& stmt,
                                 ast::StmtId /*id*/) {
  const types::Object* const label = stmts_->TakeLabel();
  if (stmt.init.has_value()) {
    Stmt(stmt.init);
  }
  ast::ExprId guard;
  if (const auto* const assign = tree().TryGet<ast::AssignStmt>(stmt.assign)) {
    guard = tree().Items(assign->rhs)[0];
  } else {
    guard = tree().TryGet<ast::ExprStmt>(stmt.assign)->x;
  }
  const auto& assertion = *tree().TryGet<ast::TypeAssertExpr>(Unparen(guard));
  const Value x = Expr(assertion.x);

  const std::vector<ast::Ref<ast::CaseClause>> clauses =
      ClausesOf(tree(), stmt.body);
  const BlockId done = NewBlock();
  std::vector<BlockId> bodies(clauses.size());
  // The value with the type of the clause's only type.
  std::vector<Value> asserted(clauses.size(), x);
  BlockId otherwise = done;
  for (size_t i = 0; i < clauses.size(); ++i) {
    bodies[i] = NewBlock();
    const ast::CaseClause& clause = tree().Get(clauses[i]);
    if (clause.is_default) {
      otherwise = bodies[i];
      continue;
    }
    const bool is_single = clause.exprs.size == 1;
    for (const ast::ExprId expr : tree().Items(clause.exprs)) {
      const BlockId next = NewBlock();
      const Value value = TypeCase(x, expr, bodies[i], next);
      if (is_single) {
        asserted[i] = value;
      }
      SetBlock(next);
    }
  }
  Jump(otherwise, stmt.pos);

  stmts_->targets.push_back({label, done, {}});
  for (size_t i = 0; i < clauses.size(); ++i) {
    SetBlock(bodies[i]);
    const ast::CaseClause& clause = tree().Get(clauses[i]);
    if (const types::Var* const var = info().ImplicitVar(clauses[i])) {
      Store(AddLocal(var, clause.pos), asserted[i], clause.pos, clauses[i]);
    }
    CaseBody(clause, done);
  }
  stmts_->targets.pop_back();
  SetBlock(done);
}

}  // namespace gdlint::ssa
