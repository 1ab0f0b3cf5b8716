// Statements without a block of their own, and blocks.

#include "parser/descent.h"

namespace gdlint::parser {
namespace {

constexpr TokenSet kListEnd = {TokenKind::kEof, TokenKind::kRbrace,
                               TokenKind::kCase, TokenKind::kDefault};

// Tokens that begin an expression, but for identifiers.
constexpr TokenSet kExprStart = {
    TokenKind::kInt,    TokenKind::kFloat,  TokenKind::kImag,
    TokenKind::kChar,   TokenKind::kString, TokenKind::kFunc,
    TokenKind::kLparen, TokenKind::kLbrack, TokenKind::kStruct,
    TokenKind::kMap,    TokenKind::kChan,   TokenKind::kInterface,
    TokenKind::kAdd,    TokenKind::kSub,    TokenKind::kMul,
    TokenKind::kAnd,    TokenKind::kXor,    TokenKind::kNot,
    TokenKind::kArrow,
};

}  // namespace

// StatementList = { Statement ";" } .
List<StmtId> Descent::ParseStmtList() {
  const size_t mark = list_mark();
  while (!kListEnd.Has(kind_)) {
    const StmtId stmt = ParseStmtOrNone();
    if (!stmt.has_value()) {
      break;
    }
    PushItem(stmt);
    if (EndsWithSemicolon(stmt) || Got(TokenKind::kSemicolon) ||
        kind_ == TokenKind::kRbrace) {
      continue;
    }
    Unexpected(" at end of statement");
    Advance({TokenKind::kSemicolon, TokenKind::kRbrace, TokenKind::kCase,
             TokenKind::kDefault});
    Got(TokenKind::kSemicolon);
  }
  return TakeList<StmtId>(mark);
}

// True for an empty statement, labeled or not: it is its semicolon. Also for a
// label whose statement is missing, which was reported.
bool Descent::EndsWithSemicolon(StmtId stmt) const {
  bool labeled = false;
  while (stmt.kind() == ast::NodeKind::kLabeledStmt) {
    stmt = builder_.All<ast::LabeledStmt>()[stmt.index()].stmt;
    labeled = true;
  }
  return stmt.kind() == ast::NodeKind::kEmptyStmt ||
         (labeled && stmt.kind() == ast::NodeKind::kBadStmt);
}

// None where no statement begins.
StmtId Descent::ParseStmtOrNone() {
  const Nesting nesting(*this);
  if (kind_ == TokenKind::kIdent) {
    return ParseSimpleOrLabeledStmt();
  }
  switch (kind_) {
    case TokenKind::kConst:
    case TokenKind::kType:
    case TokenKind::kVar:
      return Add(ast::DeclStmt{ParseGenDecl()});
    case TokenKind::kLbrace:
      return ParseBlock("");
    case TokenKind::kIf:
      return ParseIfStmt();
    case TokenKind::kFor:
      return ParseForStmt();
    case TokenKind::kSwitch:
      return ParseSwitchStmt();
    case TokenKind::kSelect:
      return ParseSelectStmt();
    case TokenKind::kReturn:
      return ParseReturnStmt();
    case TokenKind::kGo:
    case TokenKind::kDefer:
      return ParseGoOrDeferStmt();
    case TokenKind::kBreak:
    case TokenKind::kContinue:
    case TokenKind::kFallthrough:
    case TokenKind::kGoto:
      return ParseBranchStmt();
    case TokenKind::kSemicolon:
      return ParseEmptyStmt();
    default:
      return kExprStart.Has(kind_) ? ParseSimpleStmt() : StmtId();
  }
}

StmtId Descent::ParseSimpleOrLabeledStmt() {
  const size_t mark = list_mark();
  if (PushExprList() == 1 && kind_ == TokenKind::kColon) {
    const ExprId label = ExprId::FromNode(list_stack_.back());
    if (label.kind() == ast::NodeKind::kIdent) {
      list_stack_.truncate(mark);
      return ParseLabeledStmt(Ref<ast::Ident>::FromNode(label));
    }
  }
  return ParseSimpleStmtBehind(mark);
}

// LabeledStmt = Label ":" Statement .
StmtId Descent::ParseLabeledStmt(Ref<ast::Ident> label) {
  const Span colon = TokenSpan();
  Next();
  if (kind_ == TokenKind::kRbrace) {
    // The statement is empty and its semicolon omitted.
    return Add(
        ast::LabeledStmt{label, colon.begin, Add(ast::EmptyStmt{pos(), true})});
  }
  const StmtId stmt = ParseStmtOrNone();
  if (stmt.has_value()) {
    return Add(ast::LabeledStmt{label, colon.begin, stmt});
  }
  Error<Code::kLabelWithoutStmt>(colon);
  return Add(
      ast::LabeledStmt{label, colon.begin, Add(ast::BadStmt{pos(), pos()})});
}

StmtId Descent::ParseEmptyStmt() {
  const StmtId stmt = Add(ast::EmptyStmt{pos(), tokens_.Length(*at_) == 0});
  Next();
  return stmt;
}

StmtId Descent::ParseSimpleStmt() {
  const size_t mark = list_mark();
  PushExprList();
  return ParseSimpleStmtBehind(mark);
}

// SimpleStmt = ExpressionStmt | SendStmt | IncDecStmt | Assignment |
// ShortVarDecl .
StmtId Descent::ParseSimpleStmtBehind(size_t mark) {
  if (kind_ == TokenKind::kAssign || kind_ == TokenKind::kDefine) {
    return ParseAssignment(mark);
  }
  const bool is_single = list_mark() == mark + 1;
  if (!is_single) {
    Unexpected(", expected := or = or comma");
    Advance({TokenKind::kSemicolon, TokenKind::kRbrace});
  } else if (lexer::IsAssignOp(kind_)) {
    return ParseAssignment(mark);
  }
  const ExprId x = ExprId::FromNode(list_stack_[mark]);
  list_stack_.truncate(mark);
  const Pos op_pos = pos();
  if (is_single && Got(TokenKind::kArrow)) {
    return Add(ast::SendStmt{x, op_pos, ParseExpr()});
  }
  if (is_single && (kind_ == TokenKind::kInc || kind_ == TokenKind::kDec)) {
    const TokenKind op = kind_;
    Next();
    return Add(ast::IncDecStmt{x, op_pos, op});
  }
  return Add(ast::ExprStmt{x});
}

// Assignment = ExpressionList assign_op ExpressionList .
// ShortVarDecl = IdentifierList ":=" ExpressionList .
StmtId Descent::ParseAssignment(size_t mark) {
  ast::AssignStmt assign{
      .lhs = TakeList<ExprId>(mark), .op_pos = pos(), .rhs = {}, .op = kind_};
  Next();
  if (lexer::IsAssignOp(assign.op)) {
    // Only one expression; a second is "unexpected comma at end of statement".
    PushItem(ParseExpr());
  } else {
    PushExprList();
  }
  assign.rhs = TakeList<ExprId>(mark);
  return Add(assign);
}

// BreakStmt, ContinueStmt, GotoStmt, FallthroughStmt.
StmtId Descent::ParseBranchStmt() {
  ast::BranchStmt stmt{.pos = pos(), .label = {}, .keyword = kind_};
  Next();
  const bool may_have_label =
      stmt.keyword == TokenKind::kBreak || stmt.keyword == TokenKind::kContinue;
  if (stmt.keyword == TokenKind::kGoto ||
      (may_have_label && kind_ == TokenKind::kIdent)) {
    stmt.label = ParseIdent();
  }
  return Add(stmt);
}

// ReturnStmt = "return" [ ExpressionList ] .
StmtId Descent::ParseReturnStmt() {
  ast::ReturnStmt stmt{.pos = pos(), .results = {}};
  Next();
  if (kind_ != TokenKind::kSemicolon && kind_ != TokenKind::kRbrace) {
    stmt.results = ParseExprList();
  }
  return Add(stmt);
}

// GoStmt = "go" Expression . DeferStmt = "defer" Expression . The expression
// must be a call, and not in parentheses.
StmtId Descent::ParseGoOrDeferStmt() {
  const Pos begin = pos();
  const TokenKind keyword = kind_;
  Next();
  ExprId x = ParseExpr();
  const auto call = ExprId::FromNode(Unparen(x));
  if (call != x) {
    Error<Code::kCallInParentheses>(SpanOf(x), lexer::TokenKindName(keyword));
    x = call;
  }
  if (x.kind() != ast::NodeKind::kCallExpr &&
      x.kind() != ast::NodeKind::kBadExpr) {
    Error<Code::kCallExpected>(SpanOf(x), lexer::TokenKindName(keyword));
  }
  if (keyword == TokenKind::kGo) {
    return Add(ast::GoStmt{begin, x});
  }
  return Add(ast::DeferStmt{begin, x});
}

// Block = "{" StatementList "}" .
Ref<ast::BlockStmt> Descent::ParseBlock(std::string_view context) {
  ast::BlockStmt block{.lbrace = pos(), .stmts = {}, .rbrace = {}};
  if (!Got(TokenKind::kLbrace)) {
    Unexpected(context.empty() ? ", expected {"
                               : ", expected { after " + std::string(context));
    Advance({TokenKind::kIdent, TokenKind::kRbrace});
    block.rbrace = pos();
    if (Got(TokenKind::kRbrace)) {
      return Add(block);
    }
  }
  block.stmts = ParseStmtList();
  block.rbrace = Want(TokenKind::kRbrace);
  return Add(block);
}

}  // namespace gdlint::parser
