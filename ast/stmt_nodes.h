// Statements and clauses. Include ast/nodes.h.

#pragma once

#include <tuple>

#include "ast/node_field.h"
#include "ast/node_id.h"
#include "lexer/token.h"
#include "source/pos.h"

namespace gdlint::ast {

// A placeholder for source that is not a statement.
struct BadStmt {
  static constexpr auto kKind = NodeKind::kBadStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  source::Pos end_pos;

  static constexpr auto Fields() { return std::tuple(); }
};

// A declaration among statements.
struct DeclStmt {
  static constexpr auto kKind = NodeKind::kDeclStmt;
  static constexpr auto kCategory = Category::kStmt;

  DeclId decl;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"decl", &DeclStmt::decl});
  }
};

// An empty statement. `implicit` if its semicolon was omitted before a `}`.
struct EmptyStmt {
  static constexpr auto kKind = NodeKind::kEmptyStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  bool implicit = false;

  static constexpr auto Fields() { return std::tuple(); }
};

// `label: stmt`.
struct LabeledStmt {
  static constexpr auto kKind = NodeKind::kLabeledStmt;
  static constexpr auto kCategory = Category::kStmt;

  Ref<Ident> label;
  source::Pos colon;
  StmtId stmt;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"label", &LabeledStmt::label},
                      ChildField{"stmt", &LabeledStmt::stmt});
  }
};

// An expression used as a statement.
struct ExprStmt {
  static constexpr auto kKind = NodeKind::kExprStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId x;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &ExprStmt::x});
  }
};

// `chan <- value`.
struct SendStmt {
  static constexpr auto kKind = NodeKind::kSendStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId chan;
  source::Pos arrow;
  ExprId value;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"chan", &SendStmt::chan},
                      ChildField{"value", &SendStmt::value});
  }
};

// `x++` or `x--`.
struct IncDecStmt {
  static constexpr auto kKind = NodeKind::kIncDecStmt;
  static constexpr auto kCategory = Category::kStmt;

  ExprId x;
  source::Pos op_pos;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"x", &IncDecStmt::x});
  }
};

// `lhs = rhs`, `lhs := rhs` or `lhs op= rhs`.
struct AssignStmt {
  static constexpr auto kKind = NodeKind::kAssignStmt;
  static constexpr auto kCategory = Category::kStmt;

  List<ExprId> lhs;
  source::Pos op_pos;
  List<ExprId> rhs;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"lhs", &AssignStmt::lhs},
                      ChildField{"rhs", &AssignStmt::rhs});
  }
};

// `go call`. `call` is a CallExpr in a file without errors.
struct GoStmt {
  static constexpr auto kKind = NodeKind::kGoStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId call;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"call", &GoStmt::call});
  }
};

// `defer call`. `call` is a CallExpr in a file without errors.
struct DeferStmt {
  static constexpr auto kKind = NodeKind::kDeferStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId call;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"call", &DeferStmt::call});
  }
};

// `return results`.
struct ReturnStmt {
  static constexpr auto kKind = NodeKind::kReturnStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  List<ExprId> results;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"results", &ReturnStmt::results});
  }
};

// `break`, `continue`, `goto` or `fallthrough`; `label` may be none.
struct BranchStmt {
  static constexpr auto kKind = NodeKind::kBranchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  Ref<Ident> label;
  lexer::TokenKind keyword = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"label", &BranchStmt::label});
  }
};

// `{ stmts }`. The body of a switch or select holds its clauses.
struct BlockStmt {
  static constexpr auto kKind = NodeKind::kBlockStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos lbrace;
  List<StmtId> stmts;
  source::Pos rbrace;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"stmts", &BlockStmt::stmts});
  }
};

// `if init; cond body else els`. `els` is a BlockStmt, an IfStmt or none.
struct IfStmt {
  static constexpr auto kKind = NodeKind::kIfStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId cond;
  Ref<BlockStmt> body;
  StmtId els;

  static constexpr auto Fields() {
    return std::tuple(
        ChildField{"init", &IfStmt::init}, ChildField{"cond", &IfStmt::cond},
        ChildField{"body", &IfStmt::body}, ChildField{"els", &IfStmt::els});
  }
};

// `case exprs: body`, or `default: body` without `exprs`.
struct CaseClause {
  static constexpr auto kKind = NodeKind::kCaseClause;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  List<ExprId> exprs;
  source::Pos colon;
  List<StmtId> body;
  bool is_default = false;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"exprs", &CaseClause::exprs},
                      ChildField{"body", &CaseClause::body});
  }
};

// `switch init; tag body`.
struct SwitchStmt {
  static constexpr auto kKind = NodeKind::kSwitchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId tag;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &SwitchStmt::init},
                      ChildField{"tag", &SwitchStmt::tag},
                      ChildField{"body", &SwitchStmt::body});
  }
};

// `switch init; assign body`; `assign` is `x := y.(type)` or `y.(type)`.
struct TypeSwitchStmt {
  static constexpr auto kKind = NodeKind::kTypeSwitchStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  StmtId assign;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"init", &TypeSwitchStmt::init},
                      ChildField{"assign", &TypeSwitchStmt::assign},
                      ChildField{"body", &TypeSwitchStmt::body});
  }
};

// `case comm: body`; `comm` is none for `default`.
struct CommClause {
  static constexpr auto kKind = NodeKind::kCommClause;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId comm;
  source::Pos colon;
  List<StmtId> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"comm", &CommClause::comm},
                      ChildField{"body", &CommClause::body});
  }
};

// `select body`.
struct SelectStmt {
  static constexpr auto kKind = NodeKind::kSelectStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"body", &SelectStmt::body});
  }
};

// `for init; cond; post body`.
struct ForStmt {
  static constexpr auto kKind = NodeKind::kForStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  StmtId init;
  ExprId cond;
  StmtId post;
  Ref<BlockStmt> body;

  static constexpr auto Fields() {
    return std::tuple(
        ChildField{"init", &ForStmt::init}, ChildField{"cond", &ForStmt::cond},
        ChildField{"post", &ForStmt::post}, ChildField{"body", &ForStmt::body});
  }
};

// `for key, value op range x body`. `op` is kAssign, kDefine, or kIllegal where
// there is no key.
struct RangeStmt {
  static constexpr auto kKind = NodeKind::kRangeStmt;
  static constexpr auto kCategory = Category::kStmt;

  source::Pos pos;
  ExprId key;
  ExprId value;
  source::Pos op_pos;
  source::Pos range_pos;
  ExprId x;
  Ref<BlockStmt> body;
  lexer::TokenKind op = lexer::TokenKind::kIllegal;

  static constexpr auto Fields() {
    return std::tuple(ChildField{"key", &RangeStmt::key},
                      ChildField{"value", &RangeStmt::value},
                      ChildField{"x", &RangeStmt::x},
                      ChildField{"body", &RangeStmt::body});
  }
};

}  // namespace gdlint::ast
