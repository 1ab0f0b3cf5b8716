// Terminating statements, after the spec's section of that name.

#include "types/checker.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// Does a statement, or one inside of it, break out of the statement that is
// asked about?
class BreakFinder {
 public:
  // `label` is that statement's label, or null.
  BreakFinder(const Checker& checker, const Name* label)
      : checker_(checker), label_(label) {}

  bool InList(ast::List<ast::StmtId> list, bool implicit) const {
    for (const ast::StmtId stmt : checker_.tree().Items(list)) {
      if (In(stmt, implicit)) {
        return true;
      }
    }
    return false;
  }

  // `implicit`: a break without a label means it too.
  bool In(ast::StmtId id, bool implicit) const {
    switch (id.kind()) {
      case ast::NodeKind::kLabeledStmt:
        return In(As<ast::LabeledStmt>(id).stmt, implicit);
      case ast::NodeKind::kBranchStmt:
        return IsBreak(As<ast::BranchStmt>(id), implicit);
      case ast::NodeKind::kBlockStmt:
        return InList(As<ast::BlockStmt>(id).stmts, implicit);
      case ast::NodeKind::kIfStmt: {
        const auto& stmt = As<ast::IfStmt>(id);
        return In(stmt.body, implicit) || In(stmt.els, implicit);
      }
      case ast::NodeKind::kCaseClause:
        return InList(As<ast::CaseClause>(id).body, implicit);
      case ast::NodeKind::kCommClause:
        return InList(As<ast::CommClause>(id).body, implicit);
      case ast::NodeKind::kSwitchStmt:
        return InBreakable(As<ast::SwitchStmt>(id).body);
      case ast::NodeKind::kTypeSwitchStmt:
        return InBreakable(As<ast::TypeSwitchStmt>(id).body);
      case ast::NodeKind::kSelectStmt:
        return InBreakable(As<ast::SelectStmt>(id).body);
      case ast::NodeKind::kForStmt:
        return InBreakable(As<ast::ForStmt>(id).body);
      case ast::NodeKind::kRangeStmt:
        return InBreakable(As<ast::RangeStmt>(id).body);
      default:
        return false;
    }
  }

 private:
  template <typename T>
  const T& As(ast::NodeId id) const {
    return *checker_.TryGet<T>(id);
  }

  bool IsBreak(const ast::BranchStmt& stmt, bool implicit) const {
    if (stmt.keyword != TokenKind::kBreak) {
      return false;
    }
    return stmt.label.has_value() ? checker_.NameOf(stmt.label) == label_
                                  : implicit;
  }

  // A break without a label means the inner statement.
  bool InBreakable(ast::Ref<ast::BlockStmt> body) const {
    return label_ != nullptr && body.has_value() && In(body, false);
  }

  const Checker& checker_;
  const Name* label_;
};

class Termination {
 public:
  explicit Termination(const Checker& checker) : checker_(checker) {}

  bool Of(ast::StmtId id, const Name* label) const {
    switch (id.kind()) {
      case ast::NodeKind::kLabeledStmt: {
        const auto& stmt = As<ast::LabeledStmt>(id);
        return Of(stmt.stmt, checker_.NameOf(stmt.label));
      }
      case ast::NodeKind::kExprStmt:
        return checker_.panic_calls.contains(
            checker_.Unparen(As<ast::ExprStmt>(id).x).raw());
      case ast::NodeKind::kReturnStmt:
        return true;
      case ast::NodeKind::kBranchStmt: {
        const TokenKind keyword = As<ast::BranchStmt>(id).keyword;
        return keyword == TokenKind::kGoto ||
               keyword == TokenKind::kFallthrough;
      }
      case ast::NodeKind::kBlockStmt:
        return OfList(As<ast::BlockStmt>(id).stmts);
      case ast::NodeKind::kIfStmt: {
        const auto& stmt = As<ast::IfStmt>(id);
        return stmt.els.has_value() && Of(stmt.body, nullptr) &&
               Of(stmt.els, nullptr);
      }
      case ast::NodeKind::kSwitchStmt:
        return OfSwitch(As<ast::SwitchStmt>(id).body, label);
      case ast::NodeKind::kTypeSwitchStmt:
        return OfSwitch(As<ast::TypeSwitchStmt>(id).body, label);
      case ast::NodeKind::kSelectStmt:
        return OfSelect(As<ast::SelectStmt>(id), label);
      case ast::NodeKind::kForStmt: {
        const auto& stmt = As<ast::ForStmt>(id);
        return !stmt.cond.has_value() &&
               !BreakFinder(checker_, label).In(stmt.body, true);
      }
      default:
        return false;
    }
  }

 private:
  template <typename T>
  const T& As(ast::NodeId id) const {
    return *checker_.TryGet<T>(id);
  }

  bool OfList(ast::List<ast::StmtId> list) const {
    const auto stmts = checker_.tree().Items(list);
    size_t count = stmts.size();
    while (count > 0 && stmts[count - 1].kind() == ast::NodeKind::kEmptyStmt) {
      --count;
    }
    return count > 0 && Of(stmts[count - 1], nullptr);
  }

  bool OfClause(ast::List<ast::StmtId> body, const Name* label) const {
    return OfList(body) && !BreakFinder(checker_, label).InList(body, true);
  }

  bool OfSwitch(ast::Ref<ast::BlockStmt> body, const Name* label) const {
    bool has_default = false;
    for (const ast::StmtId id :
         checker_.tree().Items(checker_.Get(body).stmts)) {
      const auto* clause = checker_.TryGet<ast::CaseClause>(id);
      if (clause == nullptr || !OfClause(clause->body, label)) {
        return false;
      }
      has_default |= clause->exprs.empty();
    }
    return has_default;
  }

  bool OfSelect(const ast::SelectStmt& stmt, const Name* label) const {
    for (const ast::StmtId id :
         checker_.tree().Items(checker_.Get(stmt.body).stmts)) {
      const auto* clause = checker_.TryGet<ast::CommClause>(id);
      if (clause == nullptr || !OfClause(clause->body, label)) {
        return false;
      }
    }
    return true;
  }

  const Checker& checker_;
};

}  // namespace

bool Checker::IsTerminating(ast::StmtId stmt, const Name* label) {
  return Termination(*this).Of(stmt, label);
}

}  // namespace gdlint::types
