// Statements, after the spec's chapter of that name.

#include <string>

#include <fmt/format.h>

#include "lexer/token.h"
#include "types/checker.h"
#include "types/stmt_internal.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// A block of its own while it exists.
class BlockScope {
 public:
  explicit BlockScope(Checker& checker) : checker_(checker) {
    checker_.OpenScope();
  }
  ~BlockScope() { checker_.CloseScope(); }
  BlockScope(const BlockScope&) = delete;
  BlockScope& operator=(const BlockScope&) = delete;

 private:
  Checker& checker_;
};

class Statements {
 public:
  Statements(Checker& checker, unsigned context, ast::StmtId id)
      : checker_(checker),
        context_(context),
        inner_(InnerContext(context)),
        id_(id) {}

  void Check() {
    ast::Visit(checker_.tree(), id_, [this](const auto& node) {
      if constexpr (std::decay_t<decltype(node)>::kCategory ==
                    ast::Category::kStmt) {
        On(node);
      }
    });
  }

 private:
  void On(const ast::BadStmt&) {}
  void On(const ast::EmptyStmt&) {}
  // Clauses are checked by the statements that they belong to.
  void On(const ast::CaseClause&) { ReportInvalid(); }
  void On(const ast::CommClause&) { ReportInvalid(); }
  void ReportInvalid() {
    checker_.Error(checker_.AtNode(id_), Code::kInvalidSyntaxTree,
                   "invalid statement");
  }

  void On(const ast::DeclStmt& stmt) { checker_.DeclStmt(stmt.decl); }

  void On(const ast::LabeledStmt& stmt) {
    checker_.env.has_label = true;
    if (stmt.stmt.has_value()) {
      CheckStmt(checker_, context_, stmt.stmt);
    }
  }

  void On(const ast::ExprStmt& stmt) {
    Operand x;
    const ExprKind kind = checker_.RawExpr(nullptr, x, stmt.x, nullptr, false);
    switch (x.mode) {
      case Mode::kInvalid:
        return;
      case Mode::kBuiltin:
        Report(x, Code::kUncalledBuiltin, "must be called");
        return;
      case Mode::kTypeExpr:
        Report(x, Code::kNotAnExpr, "is not an expression");
        return;
      default:
        if (kind != ExprKind::kStatement) {
          Report(x, Code::kUnusedExpr, "is not used");
        }
    }
  }

  void Report(const Operand& x, Code code, std::string_view problem) {
    checker_.Error(checker_.AtOperand(x), code,
                   fmt::format("{} {}", checker_.Text(x), problem));
  }

  void On(const ast::SendStmt& stmt) {
    Operand channel;
    Operand value;
    checker_.Expr(nullptr, channel, stmt.chan);
    checker_.Expr(nullptr, value, stmt.value);
    if (!channel.is_valid() || !value.is_valid()) {
      return;
    }
    if (const Type* const elem =
            checker_.ChanElem(checker_.AtPos(stmt.arrow), channel, false)) {
      checker_.Assignment(value, elem, "send");
    }
  }

  void On(const ast::IncDecStmt& stmt) {
    Operand x;
    checker_.Expr(nullptr, x, stmt.x);
    if (!x.is_valid()) {
      return;
    }
    if (!AllNumeric(x.type)) {
      checker_.Error(
          checker_.AtNode(stmt.x), Code::kNonNumericIncDec,
          fmt::format("invalid operation: {}{} (non-numeric type {})",
                      checker_.Text(stmt.x), lexer::TokenKindName(stmt.op),
                      checker_.Text(x.type)));
      return;
    }
    // As for `x += 1`: the sum is a value. An untyped constant stays one, and
    // cannot be assigned to.
    if (x.mode != Mode::kConstant) {
      x.mode = Mode::kValue;
    }
    checker_.AssignVar(stmt.x, {}, &x, "assignment");
  }

  void On(const ast::AssignStmt& stmt) {
    const ExprIds lhs = checker_.Exprs(stmt.lhs);
    const ExprIds rhs = checker_.Exprs(stmt.rhs);
    if (lhs.empty() || rhs.empty()) {
      return;  // A syntax error.
    }
    if (stmt.op == TokenKind::kDefine) {
      checker_.ShortVarDecl(stmt.op_pos, lhs, rhs);
    } else if (stmt.op == TokenKind::kAssign) {
      checker_.AssignVars(lhs, rhs);
    } else {
      AssignOperation(stmt, lhs, rhs);
    }
  }

  void AssignOperation(const ast::AssignStmt& stmt,
                       std::span<const ast::ExprId> lhs,
                       std::span<const ast::ExprId> rhs) {
    if (lhs.size() != 1 || rhs.size() != 1) {
      checker_.Error(
          checker_.AtPos(stmt.op_pos), Code::kMultiValAssignOp,
          fmt::format(
              "assignment operation {} requires single-valued expressions",
              lexer::TokenKindName(stmt.op)));
      return;
    }
    Operand x;
    checker_.Binary(x, {}, lhs[0], rhs[0], OperatorOf(stmt.op), stmt.op_pos);
    if (x.is_valid()) {
      checker_.AssignVar(lhs[0], {}, &x, "assignment");
    }
  }

  // `op` of `op=`.
  static TokenKind OperatorOf(TokenKind assign) {
    return static_cast<TokenKind>(static_cast<int>(assign) -
                                  static_cast<int>(TokenKind::kAddAssign) +
                                  static_cast<int>(TokenKind::kAdd));
  }

  void On(const ast::GoStmt& stmt) {
    SuspendedCall("go", stmt.call, Code::kInvalidGo);
  }
  void On(const ast::DeferStmt& stmt) {
    SuspendedCall("defer", stmt.call, Code::kInvalidDefer);
  }

  void SuspendedCall(std::string_view keyword, ast::ExprId call,
                     Code conversion_code) {
    if (checker_.Unparen(call).kind() != ast::NodeKind::kCallExpr) {
      // The parser has reported it.
      checker_.UseOne(call, false);
      return;
    }
    Operand x;
    const ExprKind kind = checker_.RawExpr(nullptr, x, call, nullptr, false);
    if (kind == ExprKind::kStatement || !x.is_valid()) {
      return;
    }
    const bool is_conversion = kind == ExprKind::kConversion;
    checker_.Error(
        checker_.AtOperand(x),
        is_conversion ? conversion_code : Code::kUnusedResults,
        fmt::format("{} {} {}", keyword,
                    is_conversion ? "requires function call, not conversion"
                                  : "discards result of",
                    checker_.Text(x)));
  }

  void On(const ast::ReturnStmt& stmt) {
    const std::span<Var* const> results = checker_.env.results;
    const bool has_named = !results.empty() && results[0]->name != nullptr &&
                           results[0]->name->size != 0;
    if (!stmt.results.empty() || !has_named) {
      if (results.empty() && stmt.results.empty()) {
        return;
      }
      checker_.InitVars(results, checker_.Exprs(stmt.results), id_);
      return;
    }
    for (const Var* const result : results) {
      Object* const other =
          checker_.env.scope->LookupAround(result->name).object;
      if (other != nullptr && other != result && !result->name->is_blank) {
        checker_.ErrorWithNotes(
            checker_.AtNode(id_), Code::kOutOfScopeResult,
            fmt::format("result parameter {} not in scope at return",
                        result->name->text()),
            {{Checker::AtObject(other),
              fmt::format("inner declaration of {}", checker_.Text(result))}});
      }
    }
  }

  void On(const ast::BranchStmt& stmt) {
    if (stmt.label.has_value()) {
      checker_.env.has_label = true;
      return;  // Labels() looks at it.
    }
    switch (stmt.keyword) {
      case TokenKind::kBreak:
        if ((context_ & kBreakOk) == 0) {
          Misplaced(Code::kMisplacedBreak,
                    "break not in for, switch, or select statement");
        }
        break;
      case TokenKind::kContinue:
        if ((context_ & kContinueOk) == 0) {
          Misplaced(Code::kMisplacedContinue, "continue not in for statement");
        }
        break;
      case TokenKind::kFallthrough:
        if ((context_ & kFallthroughOk) == 0) {
          Misplaced(Code::kMisplacedFallthrough,
                    (context_ & kFinalSwitchCase) != 0
                        ? "cannot fallthrough final case in switch"
                    : (context_ & kInTypeSwitch) != 0
                        ? "cannot fallthrough in type switch"
                        : "fallthrough statement out of place");
        }
        break;
      default:
        Misplaced(Code::kInvalidSyntaxTree, "branch statement without label");
    }
  }

  void Misplaced(Code code, std::string message) {
    checker_.Error(checker_.AtNode(id_), code, std::move(message));
  }

  void On(const ast::BlockStmt& stmt) {
    const BlockScope scope(checker_);
    CheckStmtList(checker_, inner_, stmt.stmts);
  }

  void On(const ast::IfStmt& stmt) {
    const BlockScope scope(checker_);
    CheckSimpleStmt(checker_, stmt.init);
    CheckCondition(stmt.cond, "if");
    CheckBody(stmt.body, inner_);
    if (stmt.els.has_value()) {
      CheckStmt(checker_, inner_, stmt.els);
    }
  }

  void CheckCondition(ast::ExprId cond, std::string_view keyword) {
    if (!cond.has_value()) {
      return;
    }
    Operand x;
    checker_.Expr(nullptr, x, cond);
    if (x.is_valid() && !AllBoolean(x.type)) {
      checker_.Error(
          checker_.AtNode(cond), Code::kInvalidCond,
          fmt::format("non-boolean condition in {} statement", keyword));
    }
  }

  void CheckBody(ast::Ref<ast::BlockStmt> body, unsigned context) {
    if (body.has_value()) {
      CheckStmt(checker_, context, body);
    }
  }

  void On(const ast::SwitchStmt& stmt) {
    const BlockScope scope(checker_);
    CheckSimpleStmt(checker_, stmt.init);
    CheckSwitch(checker_, inner_ | kBreakOk, stmt);
  }

  void On(const ast::TypeSwitchStmt& stmt) {
    const BlockScope scope(checker_);
    CheckSimpleStmt(checker_, stmt.init);
    CheckTypeSwitch(checker_, inner_ | kBreakOk | kInTypeSwitch, id_, stmt);
  }

  void On(const ast::SelectStmt& stmt) {
    const unsigned inner = inner_ | kBreakOk;
    const auto& clauses = checker_.Get(stmt.body).stmts;
    CheckMultipleDefaults(checker_, clauses);
    for (const ast::StmtId id : checker_.tree().Items(clauses)) {
      const auto* clause = checker_.TryGet<ast::CommClause>(id);
      if (clause == nullptr) {
        continue;
      }
      if (!IsCommunication(clause->comm)) {
        checker_.Error(checker_.AtNode(clause->comm), Code::kInvalidSelectCase,
                       "select case must be send or receive (possibly with "
                       "assignment)");
        continue;
      }
      const BlockScope scope(checker_);
      CheckSimpleStmtIn(inner, clause->comm);
      CheckStmtList(checker_, inner, clause->body);
    }
  }

  void CheckSimpleStmtIn(unsigned context, ast::StmtId stmt) {
    if (stmt.has_value()) {
      CheckStmt(checker_, context, stmt);
    }
  }

  // A send, a receive, perhaps assigned, or none.
  bool IsCommunication(ast::StmtId comm) const {
    ast::ExprId value;
    if (!comm.has_value() || comm.kind() == ast::NodeKind::kSendStmt) {
      return true;
    }
    if (const auto* assign = checker_.TryGet<ast::AssignStmt>(comm)) {
      const auto rhs = checker_.tree().Items(assign->rhs);
      if (rhs.size() == 1) {
        value = rhs[0];
      }
    } else if (const auto* expr = checker_.TryGet<ast::ExprStmt>(comm)) {
      value = expr->x;
    }
    const auto* unary =
        value.has_value()
            ? checker_.TryGet<ast::UnaryExpr>(checker_.Unparen(value))
            : nullptr;
    return unary != nullptr && unary->op == TokenKind::kArrow;
  }

  void On(const ast::ForStmt& stmt) {
    const BlockScope scope(checker_);
    CheckSimpleStmt(checker_, stmt.init);
    CheckCondition(stmt.cond, "for");
    CheckSimpleStmt(checker_, stmt.post);
    if (const auto* post = checker_.TryGet<ast::AssignStmt>(stmt.post);
        post != nullptr && post->op == TokenKind::kDefine) {
      // Not a soft error, as go/types has it: the body, which runs first, may
      // use what is declared here.
      checker_.Error(checker_.AtNode(stmt.post), Code::kInvalidPostDecl,
                     "cannot declare in post statement");
      // What it declares counts as used.
      checker_.Use(checker_.Exprs(post->lhs));
    }
    CheckBody(stmt.body, inner_ | kBreakOk | kContinueOk);
  }

  void On(const ast::RangeStmt& stmt) {
    CheckRange(checker_, inner_ | kBreakOk | kContinueOk, stmt);
  }

  Checker& checker_;
  unsigned context_;
  unsigned inner_;
  ast::StmtId id_;
};

}  // namespace

void CheckStmt(Checker& checker, unsigned context, ast::StmtId stmt) {
  const size_t first_delayed = checker.delayed.size();
  Statements(checker, context, stmt).Check();
  if (checker.delayed.size() != first_delayed) {
    checker.ProcessDelayed(first_delayed);
  }
}

void CheckSimpleStmt(Checker& checker, ast::StmtId stmt) {
  if (stmt.has_value()) {
    CheckStmt(checker, 0, stmt);
  }
}

void CheckStmtList(Checker& checker, unsigned context,
                   ast::List<ast::StmtId> list) {
  const auto stmts = checker.tree().Items(list);
  // Empty statements at the end do not hide a fallthrough before them.
  size_t count = stmts.size();
  while (count > 0 && stmts[count - 1].kind() == ast::NodeKind::kEmptyStmt) {
    --count;
  }
  const unsigned inner = context & ~kFallthroughOk;
  for (size_t i = 0; i < count && !checker.HasTooManyErrors(); ++i) {
    CheckStmt(checker, i + 1 == count ? context : inner, stmts[i]);
  }
}

void CheckMultipleDefaults(Checker& checker, ast::List<ast::StmtId> clauses) {
  ast::StmtId first;
  for (const ast::StmtId id : checker.tree().Items(clauses)) {
    const auto* clause = checker.TryGet<ast::CaseClause>(id);
    const auto* comm = checker.TryGet<ast::CommClause>(id);
    const bool is_default = (clause != nullptr && clause->exprs.empty()) ||
                            (comm != nullptr && !comm->comm.has_value());
    if (!is_default) {
      continue;
    }
    if (!first.has_value()) {
      first = id;
      continue;
    }
    checker.ErrorWithNotes(checker.AtNode(id), Code::kDuplicateDefault,
                           "multiple defaults",
                           {{checker.AtNode(first), "first default"}});
  }
}

}  // namespace gdlint::types
