// Statements without a file of their own: lists, declarations, if, send.

#include "ssa/stmt_state.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

void FunctionBuilder::Body(ast::Ref<ast::BlockStmt> body) {
  if (body.has_value()) {
    StmtList(tree().Get(body).stmts);
  }
}

void FunctionBuilder::StmtList(ast::List<ast::StmtId> stmts) {
  for (const ast::StmtId stmt : tree().Items(stmts)) {
    Stmt(stmt);
  }
}

void FunctionBuilder::Stmt(ast::StmtId stmt) {
  const auto get =
      [&]<typename NodeT>(std::in_place_type_t<NodeT>) -> const NodeT& {
    return *tree().TryGet<NodeT>(stmt);
  };
  // Only what follows a label directly is labelled.
  const types::Object* const label = stmts_->TakeLabel();
  switch (stmt.kind()) {
    case ast::NodeKind::kDeclStmt: {
      const auto* const decl = tree().TryGet<ast::GenDecl>(
          get(std::in_place_type<ast::DeclStmt>).decl);
      if (decl != nullptr && decl->keyword == TokenKind::kVar) {
        for (const ast::SpecId spec : tree().Items(decl->specs)) {
          Declare(*tree().TryGet<ast::ValueSpec>(spec));
        }
      }
      break;
    }
    case ast::NodeKind::kLabeledStmt:
      Labeled(get(std::in_place_type<ast::LabeledStmt>));
      break;
    case ast::NodeKind::kExprStmt: {
      const ast::ExprId x = get(std::in_place_type<ast::ExprStmt>).x;
      Effect(x);
      break;
    }
    case ast::NodeKind::kSendStmt:
      Send(get(std::in_place_type<ast::SendStmt>), stmt);
      break;
    case ast::NodeKind::kIncDecStmt: {
      const auto& inc = get(std::in_place_type<ast::IncDecStmt>);
      AssignOp(inc.x,
               inc.op == TokenKind::kInc ? TokenKind::kAdd : TokenKind::kSub,
               {}, inc.op_pos, stmt);
      break;
    }
    case ast::NodeKind::kAssignStmt:
      Assign(get(std::in_place_type<ast::AssignStmt>), stmt);
      break;
    case ast::NodeKind::kGoStmt: {
      const auto& go = get(std::in_place_type<ast::GoStmt>);
      GoOrDefer(Op::kGo, go.call, go.pos, stmt);
      break;
    }
    case ast::NodeKind::kDeferStmt: {
      const auto& defer = get(std::in_place_type<ast::DeferStmt>);
      GoOrDefer(Op::kDefer, defer.call, defer.pos, stmt);
      break;
    }
    case ast::NodeKind::kReturnStmt:
      Return(get(std::in_place_type<ast::ReturnStmt>), stmt);
      break;
    case ast::NodeKind::kBranchStmt: {
      const auto& branch = get(std::in_place_type<ast::BranchStmt>);
      Branch(
          branch.keyword,
          branch.label.has_value() ? info().UsedObject(branch.label) : nullptr,
          branch.pos, stmt);
      break;
    }
    case ast::NodeKind::kBlockStmt:
      StmtList(get(std::in_place_type<ast::BlockStmt>).stmts);
      break;
    case ast::NodeKind::kIfStmt:
      If(get(std::in_place_type<ast::IfStmt>), stmt);
      break;
    case ast::NodeKind::kSwitchStmt:
      stmts_->pending_label = label;
      Switch(get(std::in_place_type<ast::SwitchStmt>), stmt);
      break;
    case ast::NodeKind::kTypeSwitchStmt:
      stmts_->pending_label = label;
      TypeSwitch(get(std::in_place_type<ast::TypeSwitchStmt>), stmt);
      break;
    case ast::NodeKind::kSelectStmt:
      stmts_->pending_label = label;
      Select(get(std::in_place_type<ast::SelectStmt>), stmt);
      break;
    case ast::NodeKind::kForStmt:
      stmts_->pending_label = label;
      For(get(std::in_place_type<ast::ForStmt>), stmt);
      break;
    case ast::NodeKind::kRangeStmt:
      stmts_->pending_label = label;
      Range(ast::Ref<ast::RangeStmt>::FromNode(stmt));
      break;
    default:
      break;
  }
}

void FunctionBuilder::If(const ast::IfStmt& stmt, ast::StmtId /*id*/) {
  if (stmt.init.has_value()) {
    Stmt(stmt.init);
  }
  const BlockId then = NewBlock();
  const BlockId done = NewBlock();
  const BlockId otherwise = stmt.els.has_value() ? NewBlock() : done;
  Condition(stmt.cond, then, otherwise);
  SetBlock(then);
  Body(stmt.body);
  Jump(done, stmt.pos);
  if (stmt.els.has_value()) {
    SetBlock(otherwise);
    Stmt(stmt.els);
    Jump(done, stmt.pos);
  }
  SetBlock(done);
}

void FunctionBuilder::Send(const ast::SendStmt& stmt, ast::StmtId id) {
  const auto* const type = types::As<types::Chan>(CoreOf(TypeOf(stmt.chan)));
  Ahead(stmt.chan, false);
  AheadAs(stmt.value, type->elem);
  const Value chan = Expr(stmt.chan);
  const Value value = LateAs(stmt.value, type->elem);
  Emit(Op::kSend, nullptr, stmt.arrow, id, {chan, value});
}

void FunctionBuilder::Declare(const ast::ValueSpec& spec) {
  ExprSpan names;
  for (const ast::Ref<ast::Ident> name : tree().Items(spec.names)) {
    names.push_back(name);
  }
  const ExprSpan values = ExprsOf(tree(), spec.values);
  if (values.empty()) {
    for (const ast::ExprId name : names) {
      TargetOf(name, true);
    }
  } else if (names.size() == 1 && values.size() == 1) {
    AssignOne(names[0], values[0], true);
  } else if (values.size() == 1) {
    AssignTuple(names, values[0], true);
  } else {
    AssignParallel(names, values, true);
  }
}

Value FunctionBuilder::Compare(TokenKind op, Value x, Value y, source::Pos pos,
                               ast::NodeId node) {
  return Emit(Op::kBinOp, types::Typ(types::BasicKind::kBool), pos, node,
              {x, y}, static_cast<uint8_t>(op));
}

Value FunctionBuilder::BuiltinCall(types::BuiltinId builtin, Value operand,
                                   const types::Type* type, source::Pos pos,
                                   ast::NodeId node) {
  return Emit(
      Op::kCall, type, pos, node,
      {Value(Value::Kind::kBuiltin, static_cast<uint32_t>(builtin)), operand},
      static_cast<uint8_t>(CallMode::kBuiltin));
}

}  // namespace gdlint::ssa
