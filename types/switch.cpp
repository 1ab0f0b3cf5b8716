// Expression switches and type switches.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/stmt_internal.h"

namespace gdlint::types {
namespace {

// The constants of a switch's cases, to find those that occur twice. As gc,
// only integers, floats and strings are looked at.
class SeenValues {
 public:
  explicit SeenValues(Arena& arena) : arena_(arena) {}

  // The earlier case with the same value and an identical type, or null. Adds
  // it otherwise.
  const Operand* Add(const Operand& x) {
    const ConstantKind kind = x.value.kind();
    if (kind != ConstantKind::kInt && kind != ConstantKind::kFloat &&
        kind != ConstantKind::kString) {
      return nullptr;
    }
    const size_t hash =
        constant::Hash(arena_, x.value) ^ size_t { IdentityHash(x.type) } << 32;
    for (auto [it, end] = seen_.equal_range(hash); it != end; ++it) {
      const Operand& other = it->second;
      if (other.value.kind() == kind && Identical(other.type, x.type) &&
          constant::Compare(arena_, other.value, lexer::TokenKind::kEql,
                            x.value)) {
        return &other;
      }
    }
    seen_.emplace(hash, x);
    return nullptr;
  }

 private:
  Arena& arena_;
  std::unordered_multimap<size_t, Operand> seen_;
};

void CheckCaseValues(Checker& checker, Operand& tag,
                     ast::List<ast::ExprId> values, SeenValues& seen) {
  for (const ast::ExprId expr : checker.tree().Items(values)) {
    Operand value;
    checker.Expr(nullptr, value, expr);
    if (!tag.is_valid() || !value.is_valid()) {
      continue;
    }
    checker.ConvertUntyped(value, tag.type);
    if (!value.is_valid()) {
      continue;
    }
    // Errors are at the case.
    Operand result = value;
    Operand tag_copy = tag;
    checker.Comparison(result, tag_copy, lexer::TokenKind::kEql, true);
    if (!result.is_valid() || value.mode != Mode::kConstant ||
        !checker.AffordString(value)) {
      continue;
    }
    if (const Operand* const other = seen.Add(value)) {
      checker.ErrorWithNotes(
          checker.AtOperand(value), Code::kDuplicateCase,
          fmt::format("duplicate case {} in expression switch",
                      checker.Text(value)),
          {{checker.AtOperand(*other), "previous case"}});
    }
  }
}

// What the cases are compared with.
Operand CheckTag(Checker& checker, ast::ExprId tag) {
  Operand x;
  if (!tag.has_value()) {
    x.mode = Mode::kConstant;
    x.type = Typ(BasicKind::kBool);
    x.value = constant::MakeBool(true);
    return x;
  }
  checker.Expr(nullptr, x, tag);
  checker.Assignment(x, nullptr, "switch expression");
  if (x.is_valid() && !Comparable(x.type, true) && !HasNil(x.type)) {
    checker.Error(checker.AtOperand(x), Code::kInvalidExprSwitch,
                  fmt::format("cannot switch on {} ({} is not comparable)",
                              checker.Text(x), checker.Text(x.type)));
    x.Invalidate();
  }
  return x;
}

}  // namespace

void CheckSwitch(Checker& checker, unsigned inner,
                 const ast::SwitchStmt& stmt) {
  Operand tag = CheckTag(checker, stmt.tag);
  const auto& list = checker.Get(stmt.body).stmts;
  CheckMultipleDefaults(checker, list);
  const auto clauses = checker.tree().Items(list);
  SeenValues seen(checker.scratch);
  for (size_t i = 0; i < clauses.size(); ++i) {
    const auto* clause = checker.TryGet<ast::CaseClause>(clauses[i]);
    if (clause == nullptr) {
      continue;
    }
    CheckCaseValues(checker, tag, clause->exprs, seen);
    checker.OpenScope();
    CheckStmtList(
        checker,
        inner | (i + 1 < clauses.size() ? kFallthroughOk : kFinalSwitchCase),
        clause->body);
    checker.CloseScope();
  }
}

namespace {

// The types of a type switch's cases, to find those that occur twice.
class SeenTypes {
 public:
  // The earlier case with an identical type (null: nil), or none. Adds it
  // otherwise.
  ast::ExprId Add(const Type* type, ast::ExprId expr) {
    const uint32_t hash = type == nullptr ? 0 : IdentityHash(type);
    for (auto [it, end] = seen_.equal_range(hash); it != end; ++it) {
      const auto& [other, where] = it->second;
      if (other == type ||
          (other != nullptr && type != nullptr && Identical(other, type))) {
        return where;
      }
    }
    seen_.emplace(hash, std::pair(type, expr));
    return {};
  }

 private:
  std::unordered_multimap<uint32_t, std::pair<const Type*, ast::ExprId>> seen_;
};

class TypeSwitch {
 public:
  TypeSwitch(Checker& checker, unsigned inner, ast::StmtId id,
             const ast::TypeSwitchStmt& stmt)
      : checker_(checker), inner_(inner), id_(id), stmt_(stmt) {}

  void Check() {
    if (!TakeGuardApart()) {
      return;
    }
    CheckSubject();
    const auto& clauses = checker_.Get(stmt_.body).stmts;
    CheckMultipleDefaults(checker_, clauses);
    for (const ast::StmtId id : checker_.tree().Items(clauses)) {
      if (id.kind() == ast::NodeKind::kCaseClause) {
        CheckClause(ast::Ref<ast::CaseClause>::FromNode(id));
      }
    }
    CheckUse();
  }

 private:
  // Finds the symbol and the expression of `symbol := x.(type)`.
  bool TakeGuardApart() {
    ast::ExprId rhs;
    if (const auto* expr = checker_.TryGet<ast::ExprStmt>(stmt_.assign)) {
      rhs = expr->x;
    } else if (const auto* assign =
                   checker_.TryGet<ast::AssignStmt>(stmt_.assign)) {
      const auto left = checker_.tree().Items(assign->lhs);
      const auto right = checker_.tree().Items(assign->rhs);
      if (left.size() == 1 && right.size() == 1) {
        symbol_ = checker_.AsIdent(left[0]);
        rhs = right[0];
      }
      if (!symbol_.has_value()) {
        return ReportForm();
      }
      DeclareSymbol();
    }
    const auto* guard =
        rhs.has_value() ? checker_.TryGet<ast::TypeAssertExpr>(rhs) : nullptr;
    if (guard == nullptr || guard->type.has_value()) {
      return ReportForm();
    }
    subject_ = guard->x;
    return true;
  }

  bool ReportForm() {
    checker_.Error(checker_.AtNode(id_), Code::kInvalidSyntaxTree,
                   "incorrect form of type switch guard");
    return false;
  }

  // Each clause declares a variable; the symbol itself denotes none.
  void DeclareSymbol() {
    if (!checker_.NameOf(symbol_)->is_blank) {
      checker_.RecordDef(symbol_, nullptr);
      return;
    }
    checker_.SoftError(checker_.AtNode(symbol_), Code::kNoNewVar,
                       "no new variable on left side of :=");
    symbol_ = {};
  }

  void CheckSubject() {
    checker_.Expr(nullptr, x_, subject_);
    if (!x_.is_valid()) {
      return;
    }
    if (IsTypeParam(x_.type)) {
      checker_.Error(
          checker_.AtOperand(x_), Code::kInvalidTypeSwitch,
          fmt::format("cannot use type switch on type parameter value {}",
                      checker_.Text(x_)));
      x_.Invalidate();
    } else if (!IsInterface(x_.type)) {
      checker_.Error(checker_.AtOperand(x_), Code::kInvalidTypeSwitch,
                     fmt::format("{} is not an interface", checker_.Text(x_)));
      x_.Invalidate();
    }
  }

  void CheckClause(ast::Ref<ast::CaseClause> id) {
    const ast::CaseClause& clause = checker_.Get(id);
    const Type* const type = CheckTypes(clause.exprs);
    checker_.OpenScope();
    if (symbol_.has_value()) {
      Var* const var =
          checker_.NewVar(VarKind::kLocalVar, checker_.Get(symbol_).pos,
                          checker_.NameOf(symbol_), type);
      checker_.Declare(checker_.env.scope, {}, var);
      checker_.info().RecordImplicitVar(id, var);
      vars_.push_back(var);
    }
    CheckStmtList(checker_, inner_, clause.body);
    checker_.CloseScope();
  }

  // The type that the symbol has in a clause with these types.
  const Type* CheckTypes(ast::List<ast::ExprId> exprs) {
    const Type* type = nullptr;
    for (const ast::ExprId expr : checker_.tree().Items(exprs)) {
      type = CheckType(expr);
    }
    if (exprs.size == 1 && type != nullptr) {
      return type;
    }
    return x_.is_valid() ? x_.type : InvalidType();
  }

  // Null for nil.
  const Type* CheckType(ast::ExprId expr) {
    const Type* type = nullptr;
    if (IsNil(expr)) {
      Operand nil;
      checker_.Expr(nullptr, nil, expr);
    } else {
      type = checker_.VarType(expr);
      if (!IsValid(type)) {
        return type;
      }
    }
    if (const ast::ExprId other = seen_.Add(type, expr); other.has_value()) {
      checker_.ErrorWithNotes(
          checker_.AtNode(expr), Code::kDuplicateCase,
          fmt::format("duplicate case {} in type switch",
                      type == nullptr ? "nil" : checker_.Text(type)),
          {{checker_.AtNode(other), "previous case"}});
    } else if (type != nullptr && x_.is_valid()) {
      checker_.TypeAssertion(expr, x_, type, true);
    }
    return type;
  }

  bool IsNil(ast::ExprId expr) const {
    const ast::Ref<ast::Ident> ident = checker_.AsIdent(checker_.Unparen(expr));
    return ident.has_value() &&
           checker_.env.scope->LookupAround(checker_.NameOf(ident)).object ==
               checker_.universe().nil_object();
  }

  // The variables of all clauses count as one.
  void CheckUse() {
    bool is_used = !symbol_.has_value();
    for (Var* const var : vars_) {
      is_used |= var->is_used;
      var->is_used = true;
    }
    if (!is_used) {
      checker_.SoftError(checker_.AtNode(symbol_), Code::kUnusedVar,
                         fmt::format("{} declared and not used",
                                     checker_.NameOf(symbol_)->text()));
    }
  }

  Checker& checker_;
  unsigned inner_;
  ast::StmtId id_;
  const ast::TypeSwitchStmt& stmt_;
  ast::Ref<ast::Ident> symbol_;
  ast::ExprId subject_;
  // Invalid if it is no interface.
  Operand x_;
  SeenTypes seen_;
  std::vector<Var*> vars_;
};

}  // namespace

void CheckTypeSwitch(Checker& checker, unsigned inner, ast::StmtId id,
                     const ast::TypeSwitchStmt& stmt) {
  TypeSwitch(checker, inner, id, stmt).Check();
}

}  // namespace gdlint::types
