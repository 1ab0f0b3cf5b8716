// Statements with a header and a block: if, for, switch, select.

#include <utility>

#include "parser/descent.h"

namespace gdlint::parser {

// IfStmt = "if" [ SimpleStmt ";" ] Expression Block [ "else" ( IfStmt | Block )
// ] .
StmtId Descent::ParseIfStmt() {
  const Nesting nesting(*this);
  ast::IfStmt stmt;
  stmt.pos = pos();
  const Header header = ParseHeader(TokenKind::kIf);
  stmt.init = header.init;
  stmt.cond = ConditionExpr(header.cond);
  if (!stmt.cond.has_value()) {
    stmt.cond = AddBadExpr(pos());
  }
  stmt.body = ParseBlock("if clause");
  if (Got(TokenKind::kElse)) {
    if (kind_ == TokenKind::kIf) {
      stmt.els = ParseIfStmt();
    } else if (kind_ == TokenKind::kLbrace) {
      stmt.els = ParseBlock("");
    } else {
      stmt.els = Add(ast::BadStmt{pos(), pos()});
      Error<Code::kElseWithoutBlock>();
      Advance({TokenKind::kIdent, TokenKind::kRbrace});
    }
  }
  return Add(stmt);
}

// ForStmt = "for" [ Condition | ForClause | RangeClause ] Block .
StmtId Descent::ParseForStmt() {
  const Pos for_pos = pos();
  const Header header = ParseHeader(TokenKind::kFor);
  const RangeClause& range = header.range;
  if (range.range_pos.is_valid()) {
    ast::RangeStmt stmt{.pos = for_pos,
                        .key = range.key,
                        .value = range.value,
                        .op_pos = range.op_pos,
                        .range_pos = range.range_pos,
                        .x = range.x,
                        .body = {},
                        .op = range.op};
    stmt.body = ParseBlock("for clause");
    return Add(stmt);
  }
  ast::ForStmt stmt{.pos = for_pos,
                    .init = header.init,
                    .cond = ConditionExpr(header.cond),
                    .post = header.post,
                    .body = {}};
  stmt.body = ParseBlock("for clause");
  return Add(stmt);
}

// ExprSwitchStmt = "switch" [ SimpleStmt ";" ] [ Expression ] "{" {
// ExprCaseClause } "}" . TypeSwitchStmt = "switch" [ SimpleStmt ";" ]
// TypeSwitchGuard "{" { TypeCaseClause } "}" .
StmtId Descent::ParseSwitchStmt() {
  const Pos switch_pos = pos();
  const Header header = ParseHeader(TokenKind::kSwitch);
  if (IsTypeSwitchGuard(header.cond)) {
    const auto body = ParseClauses("switch", &Descent::ParseCaseClause);
    return Add(ast::TypeSwitchStmt{switch_pos, header.init, header.cond, body});
  }
  const ExprId tag = ConditionExpr(header.cond);
  const auto body = ParseClauses("switch", &Descent::ParseCaseClause);
  return Add(ast::SwitchStmt{switch_pos, header.init, tag, body});
}

// SelectStmt = "select" "{" { CommClause } "}" .
StmtId Descent::ParseSelectStmt() {
  const Pos select_pos = pos();
  Next();
  const auto body = ParseClauses("select", &Descent::ParseCommClause);
  return Add(ast::SelectStmt{select_pos, body});
}

Ref<ast::BlockStmt> Descent::ParseClauses(std::string_view context,
                                          StmtId (Descent::*clause)()) {
  ast::BlockStmt body{.lbrace = pos(), .stmts = {}, .rbrace = {}};
  if (!Got(TokenKind::kLbrace)) {
    Error<Code::kMissingBraceAfterClause>(context);
    Advance({TokenKind::kCase, TokenKind::kDefault, TokenKind::kRbrace});
  }
  const size_t mark = list_mark();
  while (kind_ != TokenKind::kEof && kind_ != TokenKind::kRbrace) {
    PushItem((this->*clause)());
  }
  body.rbrace = Want(TokenKind::kRbrace);
  body.stmts = TakeList<StmtId>(mark);
  return Add(body);
}

// At what ought to be `case` or `default` but is neither.
void Descent::RecoverAtClause() {
  Unexpected(", expected case or default or }");
  Advance({TokenKind::kColon, TokenKind::kCase, TokenKind::kDefault,
           TokenKind::kRbrace});
}

// ExprCaseClause = ExprSwitchCase ":" StatementList . TypeCaseClause likewise.
StmtId Descent::ParseCaseClause() {
  ast::CaseClause clause;
  clause.pos = pos();
  if (Got(TokenKind::kCase)) {
    clause.exprs = ParseExprList();
  } else if (Got(TokenKind::kDefault)) {
    clause.is_default = true;
  } else {
    RecoverAtClause();
  }
  clause.colon = Want(TokenKind::kColon);
  clause.body = ParseStmtList();
  return Add(clause);
}

// CommClause = CommCase ":" StatementList .
StmtId Descent::ParseCommClause() {
  ast::CommClause clause;
  clause.pos = pos();
  if (Got(TokenKind::kCase)) {
    clause.comm = ParseSimpleStmt();
    CheckCommClause(clause.comm);
  } else if (!Got(TokenKind::kDefault)) {
    RecoverAtClause();
  }
  clause.colon = Want(TokenKind::kColon);
  clause.body = ParseStmtList();
  return Add(clause);
}

// CommCase = "case" ( SendStmt | RecvStmt ) | "default" .
// RecvStmt = [ ExpressionList "=" | IdentifierList ":=" ] RecvExpr . That the
// expression is a receive operation is for the type checker to see.
void Descent::CheckCommClause(StmtId comm) {
  if (comm.kind() == ast::NodeKind::kSendStmt ||
      comm.kind() == ast::NodeKind::kExprStmt) {
    return;
  }
  const auto* const assign = builder_.TryGet<ast::AssignStmt>(comm);
  if (assign == nullptr || lexer::IsAssignOp(assign->op) ||
      assign->lhs.size > 2 || assign->rhs.size != 1) {
    Error<Code::kBadCommClause>(SpanOf(comm));
  }
}

// What stands between `keyword`, at which we are, and the block.
Descent::Header Descent::ParseHeader(TokenKind keyword) {
  Next();
  Header header;
  if (kind_ == TokenKind::kLbrace) {
    if (keyword == TokenKind::kIf) {
      Error<Code::kMissingCondition>();
    }
    return header;
  }
  const int outer_level = expr_level_;
  expr_level_ = -1;
  ParseHeaderStmts(keyword, header);
  expr_level_ = outer_level;
  return header;
}

void Descent::ParseHeaderStmts(TokenKind keyword, Header& header) {
  if (kind_ != TokenKind::kSemicolon) {
    if (Got(TokenKind::kVar)) {
      Error<Code::kVarInHeader>(lexer::TokenKindName(keyword));
    }
    if (keyword == TokenKind::kFor) {
      const size_t mark = list_mark();
      if (ParseRangeClause(mark, header)) {
        return;
      }
      header.init = ParseSimpleStmtBehind(mark);
    } else {
      header.init = ParseSimpleStmt();
    }
  }
  Token semicolon(TokenKind::kEof, 0, 0);
  if (kind_ == TokenKind::kLbrace) {
    std::swap(header.cond, header.init);
  } else {
    if (kind_ == TokenKind::kSemicolon) {
      semicolon = *at_;
      Next();
    } else {
      Want(TokenKind::kLbrace);
      if (kind_ != TokenKind::kLbrace) {
        Advance({TokenKind::kLbrace, TokenKind::kRbrace});
      }
    }
    if (keyword == TokenKind::kFor) {
      ParseForHeaderTail(header);
    } else if (kind_ != TokenKind::kLbrace) {
      header.cond = ParseSimpleStmt();
    }
  }
  CheckCondition(header, keyword, semicolon);
}

// ForClause = [ InitStmt ] ";" [ Condition ] ";" [ PostStmt ] , behind the
// first semicolon.
void Descent::ParseForHeaderTail(Header& header) {
  if (kind_ != TokenKind::kSemicolon) {
    if (kind_ == TokenKind::kLbrace) {
      Unexpected(", expected for loop condition");
      return;
    }
    header.cond = ParseSimpleStmt();
  }
  Want(TokenKind::kSemicolon);
  if (kind_ == TokenKind::kLbrace) {
    return;
  }
  header.post = ParseSimpleStmt();
  const auto* const assign = builder_.TryGet<ast::AssignStmt>(header.post);
  if (assign != nullptr && assign->op == TokenKind::kDefine) {
    late_.Emit<Code::kDeclInPostStmt>(Span{assign->op_pos, assign->op_pos + 2});
  }
}

// RangeClause = [ ExpressionList "=" | IdentifierList ":=" ] "range" Expression
// . If this is none, false, with the expressions that were parsed in the list
// from `mark`.
bool Descent::ParseRangeClause(size_t mark, Header& header) {
  RangeClause& range = header.range;
  if (kind_ != TokenKind::kRange) {
    PushExprList();
    const bool may_be_range =
        (kind_ == TokenKind::kAssign || kind_ == TokenKind::kDefine) &&
        at_[1].kind() == TokenKind::kRange;
    if (!may_be_range) {
      return false;
    }
    range.op = kind_;
    range.op_pos = pos();
    Next();
    const auto variables = ItemsSince(mark);
    range.key = ExprId::FromNode(variables[0]);
    if (variables.size() > 1) {
      range.value = ExprId::FromNode(variables[1]);
    }
    if (variables.size() > 2) {
      Error<Code::kTooManyRangeVariables>(SpanOf(variables.back()));
    }
    list_stack_.truncate(mark);
  }
  range.range_pos = pos();
  Next();
  range.x = ParseExpr();
  return true;
}

// Reports a missing condition, and one that is no expression.
void Descent::CheckCondition(const Header& header, TokenKind keyword,
                             Token semicolon) {
  const NodeId cond = header.cond;
  if (cond.has_value()) {
    const bool is_guard = keyword == TokenKind::kSwitch &&
                          IsTypeSwitchGuard(StmtId::FromNode(cond));
    if (!is_guard && cond.kind() != ast::NodeKind::kExprStmt) {
      ReportNotAValue(StmtId::FromNode(cond));
    } else if (is_guard) {
      CheckGuardVariable(StmtId::FromNode(cond));
    }
    return;
  }
  if (keyword != TokenKind::kIf || semicolon.kind() != TokenKind::kSemicolon) {
    return;
  }
  const Span at{semicolon.pos(), semicolon.pos() + 1};
  if (tokens_.Length(semicolon) == 0) {
    Error<Code::kMissingBraceAfterIf>(at, "newline");
  } else {
    Error<Code::kMissingCondition>(at);
  }
}

// TypeSwitchGuard = [ identifier ":=" ] PrimaryExpr "." "(" "type" ")" .
bool Descent::IsTypeSwitchGuard(StmtId stmt) {
  ExprId x;
  if (const auto* const expr = builder_.TryGet<ast::ExprStmt>(stmt)) {
    x = expr->x;
  } else if (const auto* const assign =
                 builder_.TryGet<ast::AssignStmt>(stmt)) {
    if (assign->op != TokenKind::kDefine || assign->lhs.size != 1 ||
        assign->rhs.size != 1) {
      return false;
    }
    x = builder_.Items(assign->rhs).front();
  }
  const auto* const assertion = builder_.TryGet<ast::TypeAssertExpr>(x);
  return assertion != nullptr && !assertion->type.has_value();
}

void Descent::CheckGuardVariable(StmtId guard) {
  const auto* const assign = builder_.TryGet<ast::AssignStmt>(guard);
  if (assign != nullptr &&
      builder_.Items(assign->lhs).front().kind() != ast::NodeKind::kIdent) {
    late_.Emit<Code::kNotAValue>(SpanOf(guard), TextOf(guard));
  }
}

// A statement stands where an expression must be: most often `=` for `==`.
void Descent::ReportNotAValue(StmtId stmt) {
  std::string what(TextOf(stmt));
  if (const auto* const assign = builder_.TryGet<ast::AssignStmt>(stmt);
      assign != nullptr && assign->op == TokenKind::kAssign &&
      assign->lhs.size == 1 && assign->rhs.size == 1) {
    what = "assignment " + Emphasized(builder_.Items(assign->lhs).front()) +
           " = " + Emphasized(builder_.Items(assign->rhs).front());
  }
  Error<Code::kNotAValue>(SpanOf(stmt), what);
}

ExprId Descent::ConditionExpr(StmtId cond) {
  if (const auto* const expr = builder_.TryGet<ast::ExprStmt>(cond)) {
    return expr->x;
  }
  return cond.has_value() ? ExprId(Add(ast::BadExpr{builder_.Begin(cond),
                                                    builder_.End(cond)}))
                          : ExprId();
}

// In parentheses if it is a binary operation, so that the reader sees how it
// binds.
std::string Descent::Emphasized(NodeId x) const {
  std::string text(TextOf(x));
  return x.kind() == ast::NodeKind::kBinaryExpr ? "(" + text + ")" : text;
}

}  // namespace gdlint::parser
