// Select statements: channels and values to send are evaluated in source order,
// targets of what is received only in the clause that was chosen.

#include <array>
#include <utility>

#include "ssa/stmt_state.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

struct FunctionBuilder::CommCase {
  ast::Ref<ast::CommClause> clause;
  bool is_default = false;
  bool is_send = false;
  source::Pos pos;
  ast::NodeId node;
  Value chan;
  // What is sent.
  Value value;
  // Targets of what is received, and of the flag.
  ExprSpan lhs;
  bool is_definition = false;
  // Of the channel's elements.
  const types::Type* elem = nullptr;
  BlockId body;
};

FunctionBuilder::CommCase FunctionBuilder::CommOf(
    ast::Ref<ast::CommClause> clause) {
  CommCase comm;
  comm.clause = clause;
  const ast::CommClause& node = tree().Get(clause);
  comm.pos = node.pos;
  comm.node = clause;
  if (!node.comm.has_value()) {
    comm.is_default = true;
    return comm;
  }
  const auto chan_of = [&](ast::ExprId chan) {
    return types::As<types::Chan>(CoreOf(TypeOf(chan)));
  };
  if (const auto* const send = tree().TryGet<ast::SendStmt>(node.comm)) {
    comm.is_send = true;
    comm.pos = send->arrow;
    comm.elem = chan_of(send->chan)->elem;
    comm.chan = Expr(send->chan);
    comm.value = ExprAs(send->value, comm.elem);
    return comm;
  }
  ast::ExprId receive;
  if (const auto* const assign = tree().TryGet<ast::AssignStmt>(node.comm)) {
    comm.lhs = ExprsOf(tree(), assign->lhs);
    comm.is_definition = assign->op == TokenKind::kDefine;
    receive = tree().Items(assign->rhs)[0];
  } else {
    receive = tree().TryGet<ast::ExprStmt>(node.comm)->x;
  }
  const auto* const unary = tree().TryGet<ast::UnaryExpr>(Unparen(receive));
  comm.pos = unary->op_pos;
  comm.elem = chan_of(unary->x)->elem;
  comm.chan = Expr(unary->x);
  return comm;
}

void FunctionBuilder::CommBody(const CommCase& comm, Value tuple,
                               uint32_t index, uint32_t ok_index,
                               BlockId done) {
  if (!comm.lhs.empty()) {
    for (const ast::ExprId lhs : comm.lhs) {
      Ahead(lhs, true);
    }
    SmallVector<Value, 2> values;
    values.push_back(Extract(tuple, index, comm.pos, comm.node));
    if (comm.lhs.size() > 1) {
      values.push_back(Extract(tuple, ok_index, comm.pos, comm.node));
    }
    StoreAll(comm.lhs, values, comm.is_definition, comm.pos, comm.node);
  }
  const ast::CommClause& clause = tree().Get(comm.clause);
  StmtList(clause.body);
  Jump(done, clause.pos);
}

void FunctionBuilder::SelectOne(const CommCase& comm, BlockId done) {
  if (comm.is_send) {
    Emit(Op::kSend, nullptr, comm.pos, comm.node, {comm.chan, comm.value});
    CommBody(comm, {}, 0, 0, done);
    return;
  }
  const std::array<types::Param, 2> parts = {
      types::Param{nullptr, comm.elem},
      types::Param{nullptr, types::Typ(types::BasicKind::kBool)}};
  const Value tuple = Emit(Op::kRecv, types().TupleOf(parts), comm.pos,
                           comm.node, {comm.chan}, kCommaOk);
  CommBody(comm, tuple, 0, 1, done);
}

void FunctionBuilder::Select(const ast::SelectStmt& stmt, ast::StmtId id) {
  const types::Object* const label = stmts_->TakeLabel();
  std::vector<CommCase> cases;
  const CommCase* otherwise = nullptr;
  const auto clauses = tree().Items(tree().Get(stmt.body).stmts);
  // So that `otherwise` stays.
  cases.reserve(clauses.size());
  for (const ast::StmtId clause : clauses) {
    if (clause.kind() == ast::NodeKind::kCommClause) {
      cases.push_back(CommOf(ast::Ref<ast::CommClause>::FromNode(clause)));
      if (cases.back().is_default) {
        otherwise = &cases.back();
      }
    }
  }
  const BlockId done = NewBlock();
  stmts_->targets.push_back({label, done, {}});
  if (cases.empty()) {
    Emit(Op::kExit, nullptr, stmt.pos, id, {},
         static_cast<uint8_t>(ExitKind::kNever));
  } else if (cases.size() == 1 && otherwise == nullptr) {
    SelectOne(cases[0], done);
  } else if (cases.size() == 1) {
    CommBody(cases[0], {}, 0, 0, done);
  } else {
    SelectSome(cases, otherwise, stmt.pos, done, id);
  }
  stmts_->targets.pop_back();
  SetBlock(done);
}

void FunctionBuilder::SelectSome(std::span<CommCase> cases,
                                 const CommCase* otherwise, source::Pos pos,
                                 BlockId done, ast::StmtId id) {
  std::vector<Value> operands;
  std::vector<SelectState> states;
  std::vector<types::Param> parts = {
      {nullptr, types::Typ(types::BasicKind::kInt)},
      {nullptr, types::Typ(types::BasicKind::kBool)}};
  for (const CommCase& comm : cases) {
    if (comm.is_default) {
      continue;
    }
    operands.push_back(comm.chan);
    operands.push_back(comm.value);
    states.push_back({comm.is_send, comm.pos});
    if (!comm.is_send) {
      parts.push_back({nullptr, comm.elem});
    }
  }
  const size_t state_count = states.size();
  const Value tuple =
      Emit(Op::kSelect, types().TupleOf(parts), pos, id, operands,
           otherwise == nullptr ? kBlocking : uint8_t{0},
           draft_->AddSelect(std::move(states)));
  const Value chosen = Extract(tuple, 0, pos, id);
  int64_t state = 0;
  for (CommCase& comm : cases) {
    comm.body = NewBlock();
    if (comm.is_default) {
      continue;
    }
    if (otherwise == nullptr &&
        state == static_cast<int64_t>(state_count) - 1) {
      Jump(comm.body, comm.pos);
    } else {
      const BlockId next = NewBlock();
      If(Compare(TokenKind::kEql, chosen, IntConst(state), comm.pos, comm.node),
         comm.body, next, comm.pos, comm.node);
      SetBlock(next);
    }
    ++state;
  }
  if (otherwise != nullptr) {
    Jump(otherwise->body, otherwise->pos);
  }
  uint32_t received = 2;
  for (const CommCase& comm : cases) {
    SetBlock(comm.body);
    CommBody(comm, tuple, received, 1, done);
    if (!comm.is_default && !comm.is_send) {
      ++received;
    }
  }
}

}  // namespace gdlint::ssa
