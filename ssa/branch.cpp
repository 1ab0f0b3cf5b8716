// Labels, break, continue, goto and fallthrough.

#include <ranges>

#include "ssa/stmt_state.h"

namespace gdlint::ssa {

using lexer::TokenKind;

BlockId FunctionBuilder::LabelBlock(const types::Object* label) {
  const auto [found, is_new] = stmts_->label_blocks.try_emplace(label);
  if (is_new) {
    found->second = NewBlock();
  }
  return found->second;
}

void FunctionBuilder::Labeled(const ast::LabeledStmt& stmt) {
  const types::Object* const label = info().DefinedObject(stmt.label);
  // A second label of that name was an error, and is no object of its own.
  const BlockId block = label == nullptr ? NewBlock() : LabelBlock(label);
  Jump(block, stmt.colon);
  SetBlock(block);
  stmts_->pending_label = label;
  Stmt(stmt.stmt);
  stmts_->pending_label = nullptr;
}

void FunctionBuilder::Branch(TokenKind keyword, const types::Object* label,
                             source::Pos pos, ast::NodeId node) {
  const RangeFuncLoop* const loop = stmts_->loop;
  if (keyword == TokenKind::kFallthrough) {
    if (stmts_->fallthrough.has_value()) {
      Jump(stmts_->fallthrough, pos);
    }
    return;
  }
  if (keyword == TokenKind::kGoto) {
    if (label == nullptr) {
      return;
    }
    if (loop == nullptr || loop->Contains(tree(), *label)) {
      Jump(LabelBlock(label), pos);
    } else {
      BranchOutOfBody(keyword, label, pos, node);
    }
    return;
  }
  for (const BranchTarget& target : std::views::reverse(stmts_->targets)) {
    const BlockId to =
        keyword == TokenKind::kBreak ? target.on_break : target.on_continue;
    if (to.has_value() && (label == nullptr || target.label == label)) {
      Jump(to, pos);
      return;
    }
  }
  if (loop != nullptr) {
    BranchOutOfBody(keyword, label, pos, node);
  }
}

}  // namespace gdlint::ssa
