// Assigning lists of values, to variables that exist or are declared.

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "types/call_internal.h"
#include "types/checker.h"
#include "types/stmt_internal.h"

namespace gdlint::types {
namespace {

std::string Measure(size_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

template <typename List>
std::string TypesSummary(const Checker& checker, const List& list,
                         const auto& type_of) {
  std::string text = "(";
  for (const auto& item : list) {
    if (text.size() > 1) {
      text += ", ";
    }
    text += CountedTypeText(checker, type_of(item));
  }
  return text + ")";
}

void ReportReturnCount(Checker& checker, ast::StmtId return_stmt,
                       std::span<Var* const> lhs,
                       std::span<const Operand> rhs) {
  At at = checker.AtNode(return_stmt);
  if (rhs.size() > lhs.size()) {
    at = checker.AtOperand(rhs[lhs.size()]);
  } else if (!rhs.empty()) {
    at = checker.AtOperand(rhs.back());
  }
  checker.Error(
      at, Code::kWrongResultCount,
      fmt::format(
          "{} return values\n\thave {}\n\twant {}",
          rhs.size() > lhs.size() ? "too many" : "not enough",
          TypesSummary(checker, rhs, [](const Operand& x) { return x.type; }),
          TypesSummary(checker, lhs,
                       [](const Var* var) { return var->type; })));
}

void GiveTypes(std::span<Var* const> vars) {
  for (Var* const var : vars) {
    if (var->type == nullptr) {
      var->type = InvalidType();
    }
  }
}

bool IsCall(const Checker& checker, std::span<const ast::ExprId> exprs) {
  return exprs.size() == 1 &&
         checker.Unparen(exprs[0]).kind() == ast::NodeKind::kCallExpr;
}

}  // namespace

void Checker::AssignError(std::span<const ast::ExprId> rhs, size_t left,
                          size_t right) {
  const std::string vars = Measure(left, "variable");
  const std::string values = Measure(right, "value");
  if (IsCall(*this, rhs)) {
    const auto* call = TryGet<ast::CallExpr>(Unparen(rhs[0]));
    Error(AtNode(rhs[0]), Code::kWrongAssignCount,
          fmt::format("assignment mismatch: {} but {} returns {}", vars,
                      Text(call->fun), values));
    return;
  }
  Error(AtNode(rhs[0]), Code::kWrongAssignCount,
        fmt::format("assignment mismatch: {} but {}", vars, values));
}

void Checker::InitVars(std::span<Var* const> lhs,
                       std::span<const ast::ExprId> rhs,
                       ast::StmtId return_stmt) {
  const bool is_return = return_stmt.has_value();
  const std::string_view context =
      is_return ? "return statement" : "assignment";
  if (lhs.size() == rhs.size() && !IsCall(*this, rhs)) {
    for (size_t i = 0; i < lhs.size(); ++i) {
      const std::optional<Target> target = TargetOf(lhs[i]->type, [&] {
        const Name* const name = lhs[i]->name;
        return name == nullptr || name->size == 0
                   ? std::string("result variable")
                   : std::string(name->text());
      });
      Operand x;
      Expr(target ? &*target : nullptr, x, rhs[i]);
      InitVar(lhs[i], x, context);
    }
    return;
  }
  if (rhs.size() != 1) {
    // Other errors come first.
    if (Use(rhs)) {
      if (is_return) {
        ReportReturnCount(*this, return_stmt, lhs, ExprList(rhs));
      } else if (!rhs.empty()) {
        AssignError(rhs, lhs.size(), rhs.size());
      }
    }
    GiveTypes(lhs);
    return;
  }
  bool is_comma_ok = false;
  OperandList values =
      MultiExpr(rhs[0], lhs.size() == 2 && !is_return, &is_comma_ok);
  if (values.size() == lhs.size()) {
    for (size_t i = 0; i < lhs.size(); ++i) {
      InitVar(lhs[i], values[i], context);
    }
    if (is_comma_ok && values[0].is_valid() && values[1].is_valid()) {
      RecordCommaOkTypes(rhs[0], values[0].type, values[1].type);
    }
    return;
  }
  if (values.empty() || values[0].is_valid()) {
    if (is_return) {
      ReportReturnCount(*this, return_stmt, lhs, values);
    } else {
      AssignError(rhs, lhs.size(), values.size());
    }
  }
  GiveTypes(lhs);
}

void Checker::AssignVars(std::span<const ast::ExprId> lhs,
                         std::span<const ast::ExprId> rhs) {
  if (lhs.size() == rhs.size() && !IsCall(*this, rhs)) {
    for (size_t i = 0; i < lhs.size(); ++i) {
      AssignVar(lhs[i], rhs[i], nullptr, "assignment");
    }
    return;
  }
  if (rhs.size() != 1) {
    const bool lhs_ok = UseLhs(lhs);
    const bool rhs_ok = Use(rhs);
    if (lhs_ok && rhs_ok && !rhs.empty()) {
      AssignError(rhs, lhs.size(), rhs.size());
    }
    return;
  }
  bool is_comma_ok = false;
  OperandList values = MultiExpr(rhs[0], lhs.size() == 2, &is_comma_ok);
  if (values.size() == lhs.size()) {
    for (size_t i = 0; i < lhs.size(); ++i) {
      AssignVar(lhs[i], {}, &values[i], "assignment");
    }
    if (is_comma_ok && values[0].is_valid() && values[1].is_valid()) {
      RecordCommaOkTypes(rhs[0], values[0].type, values[1].type);
    }
    return;
  }
  if (values.empty() || values[0].is_valid()) {
    AssignError(rhs, lhs.size(), values.size());
  }
  UseLhs(lhs);
}

namespace {

// What the left side of a short variable declaration declares and assigns to.
class ShortVars {
 public:
  ShortVars(Checker& checker, std::span<const ast::ExprId> lhs)
      : checker_(checker) {
    for (const ast::ExprId expr : lhs) {
      Var* const var = Collect(expr);
      vars_.push_back(var != nullptr
                          ? var
                          : checker.NewVar(VarKind::kLocalVar,
                                           ast::Begin(checker.tree(), expr),
                                           checker.table.names().blank(),
                                           nullptr));
    }
  }

  std::span<Var* const> vars() const { return vars_; }
  std::span<Var* const> new_vars() const { return new_vars_; }
  bool has_error() const { return has_error_; }

 private:
  // Null after an error.
  Var* Collect(ast::ExprId expr) {
    const ast::Ref<ast::Ident> ident = checker_.AsIdent(expr);
    if (!ident.has_value()) {
      checker_.UseOne(expr, true);
      Report(expr, Code::kBadDecl, "non-name {} on left side of :=");
      return nullptr;
    }
    const Name* const name = checker_.NameOf(ident);
    if (!name->is_blank && !AddName(name)) {
      Report(expr, Code::kRepeatedDecl, "{} repeated on left side of :=");
      return nullptr;
    }
    // The scope of what is declared here begins behind the statement.
    if (Object* const other = checker_.env.scope->Lookup(name)) {
      checker_.RecordUse(ident, other);
      Var* const var = TryAs<Var>(other);
      if (var == nullptr) {
        Report(expr, Code::kUnassignableOperand, "cannot assign to {}");
      }
      return var;
    }
    Var* const var = checker_.NewVar(VarKind::kLocalVar,
                                     checker_.Get(ident).pos, name, nullptr);
    if (!name->is_blank) {
      new_vars_.push_back(var);
    }
    checker_.RecordDef(ident, var);
    return var;
  }

  void Report(ast::ExprId expr, Code code, std::string_view format) {
    checker_.Error(checker_.AtNode(expr), code,
                   fmt::format(fmt::runtime(format), checker_.Text(expr)));
    has_error_ = true;
  }

  // False if it was added before.
  bool AddName(const Name* name) {
    constexpr size_t kFew = 8;
    if (names_.size() < kFew) {
      if (std::ranges::find(names_, name) != names_.end()) {
        return false;
      }
      names_.push_back(name);
      return true;
    }
    return std::ranges::find(names_, name) == names_.end() &&
           more_names_.insert(name).second;
  }

  Checker& checker_;
  // On the left; the first few, and the rest.
  SmallVector<const Name*, 4> names_;
  std::unordered_set<const Name*> more_names_;
  SmallVector<Var*, 4> vars_;
  SmallVector<Var*, 4> new_vars_;
  bool has_error_ = false;
};

}  // namespace

void Checker::ShortVarDecl(source::Pos pos, std::span<const ast::ExprId> lhs,
                           std::span<const ast::ExprId> rhs) {
  const size_t first_delayed = delayed.size();
  const ShortVars declared(*this, lhs);
  InitVars(declared.vars(), rhs, {});
  // Function literals on the right do not see the new variables.
  ProcessDelayed(first_delayed);
  if (declared.new_vars().empty() && !declared.has_error()) {
    SoftError(AtPos(pos), Code::kNoNewVar,
              "no new variables on left side of :=");
    return;
  }
  for (Var* const var : declared.new_vars()) {
    Declare(env.scope, {}, var);
  }
}

}  // namespace gdlint::types
