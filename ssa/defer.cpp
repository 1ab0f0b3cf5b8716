// Go and defer statements.

#include "ssa/stmt_state.h"

namespace gdlint::ssa {

void FunctionBuilder::GoOrDefer(Op op, ast::ExprId call, source::Pos pos,
                                ast::StmtId id) {
  call = Unparen(call);
  CallParts parts = PartsOfCall(ast::Ref<ast::CallExpr>::FromNode(call));
  auto detail = static_cast<uint8_t>(parts.mode);
  // In the body of a range-over-func loop, it belongs to the function around.
  if (op == Op::kDefer && stmts_->loop != nullptr) {
    detail |= kOnDeferStack;
    parts.operands.push_back(DeferStackHere(pos, id));
  }
  Emit(op, nullptr, pos, id, parts.operands, detail, parts.method);
}

}  // namespace gdlint::ssa
