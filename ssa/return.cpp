// Return statements: all operands are evaluated, all results are stored, the
// deferred calls run, and what the results are then is returned.

#include "ssa/stmt_state.h"

namespace gdlint::ssa {

std::vector<Value> FunctionBuilder::ReturnValues(
    ast::List<ast::ExprId> exprs, std::span<const types::Type* const> types) {
  const auto items = tree().Items(exprs);
  std::vector<Value> values;
  if (items.size() == 1 && types.size() > 1) {
    const Value tuple = TupleOf(items[0]);
    const source::Pos pos = PosOf(items[0]);
    for (uint32_t i = 0; i < types.size(); ++i) {
      values.push_back(
          Assigned(Extract(tuple, i, pos, items[0]), types[i], pos, items[0]));
    }
    return values;
  }
  for (size_t i = 0; i < items.size(); ++i) {
    AheadAs(items[i], types[i]);
  }
  for (size_t i = 0; i < items.size(); ++i) {
    values.push_back(LateAs(items[i], types[i]));
  }
  return values;
}

void FunctionBuilder::Return(const ast::ReturnStmt& stmt, ast::StmtId id) {
  if (stmts_->loop != nullptr) {
    const Draft& outermost = *stmts_->loop->nest->root->draft_;
    ReturnOutOfBody(ReturnValues(stmt.results, outermost.result_types),
                    stmt.pos, id);
    return;
  }
  const std::vector<Value> values =
      ReturnValues(stmt.results, draft_->result_types);
  for (size_t i = 0; i < values.size(); ++i) {
    if (draft_->result_cells[i].has_value()) {
      Store(draft_->result_cells[i], values[i], stmt.pos, id);
    }
  }
  EmitReturn(values, stmt.pos, id);
}

void FunctionBuilder::EmitReturn(std::span<const Value> values, source::Pos pos,
                                 ast::NodeId node) {
  if (has_defers_) {
    Emit(Op::kRunDefers, nullptr, pos, node, {});
  }
  SmallVector<Value, 4> results;
  for (size_t i = 0; i < draft_->result_types.size(); ++i) {
    const Value cell = draft_->result_cells[i];
    results.push_back(cell.has_value() ? Load(cell, pos, node) : values[i]);
  }
  Emit(Op::kReturn, nullptr, pos, node, results);
}

}  // namespace gdlint::ssa
