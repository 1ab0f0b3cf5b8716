// For statements with a range clause.

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/stmt_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// What ranging over a type produces; null for what it does not.
struct RangeTypes {
  const Type* key = nullptr;
  const Type* value = nullptr;
  bool is_allowed = false;
  // Why not, if there is more to say.
  std::string cause;
};

RangeTypes Forbidden(std::string cause = "") {
  return {.key = InvalidType(),
          .value = InvalidType(),
          .is_allowed = false,
          .cause = std::move(cause)};
}

// The spec's range-over-func: `func(yield func(K, V) bool)`.
RangeTypes RangeOverFunc(Checker& checker, const Signature* signature) {
  constexpr std::string_view kForm =
      "func must be func(yield func(...) bool): ";
  const auto forbidden = [&](std::string_view why) {
    return Forbidden(fmt::format("{}{}", kForm, why));
  };
  if (signature->params == nullptr || signature->params->params.size() != 1) {
    return forbidden("wrong argument count");
  }
  if (signature->results != nullptr && !signature->results->params.empty()) {
    return forbidden("unexpected results");
  }
  std::string cause;
  const Type* const under =
      checker.CommonUnder(signature->params->params[0].type, &cause);
  if (under == nullptr) {
    return forbidden("in yield type, " + cause);
  }
  const auto* yield = TryAs<Signature>(under);
  if (yield == nullptr) {
    return forbidden("argument is not func");
  }
  const std::span<const Param> params = yield->params == nullptr
                                            ? std::span<const Param>()
                                            : yield->params->params;
  const std::span<const Param> results = yield->results == nullptr
                                             ? std::span<const Param>()
                                             : yield->results->params;
  if (params.size() > 2) {
    return forbidden("yield func has too many parameters");
  }
  if (results.size() != 1 ||
      !Identical(results[0].type, Typ(BasicKind::kBool))) {
    return forbidden(results.size() == 1 && IsBoolean(results[0].type)
                         ? "yield func returns user-defined boolean, not bool"
                         : "yield func does not return bool");
  }
  return {.key = params.empty() ? nullptr : params[0].type,
          .value = params.size() < 2 ? nullptr : params[1].type,
          .is_allowed = true,
          .cause = ""};
}

RangeTypes RangeOverBasic(Checker& checker, const Type* type,
                          const Type* under) {
  if (IsString(under)) {
    return {Typ(BasicKind::kInt), RuneType(), true, ""};
  }
  if (IsInteger(under)) {
    return checker.AllowVersion(22) ? RangeTypes{type, nullptr, true, ""}
                                    : Forbidden("requires go1.22 or later");
  }
  return {};
}

// True if a channel of the type set cannot be received from.
bool HasSendOnlyChan(const Type* type, std::string& cause,
                     const Checker& checker) {
  return !ForEachInTypeSet(type, [&](const Type* term, const Type* under) {
    const auto* chan = TryAs<Chan>(under);
    if (chan == nullptr || chan->direction != ChanDirection::kSendOnly) {
      return true;
    }
    cause =
        fmt::format("receive from send-only channel {}", checker.Text(term));
    return false;
  });
}

RangeTypes TypesOfRange(Checker& checker, const Type* type) {
  std::string cause;
  if (HasSendOnlyChan(type, cause, checker)) {
    return Forbidden(cause);
  }
  const Type* const common = checker.CommonUnder(type, &cause);
  if (common == nullptr) {
    return Forbidden(cause);
  }
  const Type* const under = ArrayPointerDeref(common);
  const Type* const integer = Typ(BasicKind::kInt);
  switch (under->kind) {
    case TypeKind::kBasic:
      return RangeOverBasic(checker, type, under);
    case TypeKind::kArray:
      return {integer, As<Array>(under)->elem, true, ""};
    case TypeKind::kSlice:
      return {integer, As<Slice>(under)->elem, true, ""};
    case TypeKind::kMap:
      return {As<Map>(under)->key, As<Map>(under)->elem, true, ""};
    case TypeKind::kChan:
      return {As<Chan>(under)->elem, nullptr, true, ""};
    case TypeKind::kSignature:
      return checker.AllowVersion(23)
                 ? RangeOverFunc(checker, As<Signature>(under))
                 : Forbidden("requires go1.23 or later");
    default:
      return {};
  }
}

class RangeClause {
 public:
  RangeClause(Checker& checker, const ast::RangeStmt& stmt)
      : checker_(checker), stmt_(stmt), lhs_({stmt.key, stmt.value}) {}

  void CheckExpression() {
    checker_.env.has_call_or_recv = false;
    checker_.Expr(nullptr, x_, stmt_.x);
    if (!x_.is_valid()) {
      return;
    }
    const RangeTypes types = TypesOfRange(checker_, x_.type);
    if (!types.is_allowed) {
      Report(checker_.AtOperand(x_), Code::kInvalidRangeExpr,
             fmt::format("cannot range over {}{}{}", checker_.Text(x_),
                         types.cause.empty() ? "" : ": ", types.cause));
    } else if (types.key == nullptr && stmt_.key.has_value()) {
      Report(checker_.AtNode(stmt_.key), Code::kInvalidIterVar,
             fmt::format("range over {} permits no iteration variables",
                         checker_.Text(x_)));
    } else if (types.value == nullptr && stmt_.value.has_value()) {
      Report(checker_.AtNode(stmt_.value), Code::kInvalidIterVar,
             fmt::format("range over {} permits only one iteration variable",
                         checker_.Text(x_)));
    }
    rhs_ = {types.key, types.value};
    over_int_ = IsInteger(x_.type);
  }

  // In the scope of the loop.
  void CheckVariables() {
    if (stmt_.op == lexer::TokenKind::kDefine) {
      DeclareVariables();
    } else if (stmt_.key.has_value()) {
      for (size_t i = 0; i < lhs_.size(); ++i) {
        if (lhs_[i].has_value() && rhs_[i] != nullptr &&
            rhs_[i] != InvalidType()) {
          AssignVariable(lhs_[i], rhs_[i]);
        }
      }
    } else if (over_int_) {
      checker_.Assignment(x_, nullptr, "range clause");
    }
  }

 private:
  // Not a soft error, as go/types has it: the variables have no types then.
  void Report(At at, Code code, std::string message) {
    checker_.Error(at, code, std::move(message));
  }

  void DeclareVariables() {
    std::vector<Var*> vars;
    for (size_t i = 0; i < lhs_.size(); ++i) {
      if (!lhs_[i].has_value()) {
        continue;
      }
      Var* const var = NewVariable(lhs_[i]);
      if (!var->name->is_blank) {
        vars.push_back(var);
      }
      InitVariable(var, lhs_[i], rhs_[i]);
    }
    for (Var* const var : vars) {
      checker_.Declare(checker_.env.scope, {}, var);
    }
    if (vars.empty()) {
      checker_.Error(checker_.AtPos(stmt_.op_pos), Code::kNoNewVar,
                     "no new variables on left side of :=");
    }
  }

  Var* NewVariable(ast::ExprId expr) {
    const ast::Ref<ast::Ident> ident = checker_.AsIdent(expr);
    if (ident.has_value()) {
      Var* const var =
          checker_.NewVar(VarKind::kLocalVar, checker_.Get(ident).pos,
                          checker_.NameOf(ident), nullptr);
      checker_.RecordDef(ident, var);
      return var;
    }
    checker_.Error(checker_.AtNode(expr), Code::kInvalidSyntaxTree,
                   fmt::format("cannot declare {}", checker_.Text(expr)));
    return checker_.NewVar(VarKind::kLocalVar,
                           ast::Begin(checker_.tree(), expr),
                           checker_.table.names().blank(), nullptr);
  }

  void InitVariable(Var* var, ast::ExprId expr, const Type* type) {
    if (type == nullptr || type == InvalidType()) {
      var->type = InvalidType();
      var->is_used = true;
    } else if (over_int_) {
      checker_.InitVar(var, x_, "range clause");
    } else {
      Operand element = ElementFor(expr, type);
      checker_.InitVar(var, element, "assignment");
    }
  }

  void AssignVariable(ast::ExprId expr, const Type* type) {
    if (!over_int_) {
      Operand element = ElementFor(expr, type);
      checker_.AssignVar(expr, {}, &element, "assignment");
      return;
    }
    checker_.AssignVar(expr, {}, &x_, "range clause");
    // An untyped count has the variable's type now.
    if (x_.is_valid() && !IsInteger(x_.type)) {
      Report(checker_.AtNode(expr), Code::kInvalidRangeExpr,
             fmt::format("cannot use iteration variable of type {}",
                         checker_.Text(x_.type)));
    }
  }

  // No expression stands for an element: errors are at the variable.
  static Operand ElementFor(ast::ExprId variable, const Type* type) {
    Operand element;
    element.mode = Mode::kValue;
    element.expr = variable;
    element.type = type;
    return element;
  }

  Checker& checker_;
  const ast::RangeStmt& stmt_;
  std::array<ast::ExprId, 2> lhs_;
  std::array<const Type*, 2> rhs_ = {};
  Operand x_;
  bool over_int_ = false;
};

}  // namespace

void CheckRange(Checker& checker, unsigned inner, const ast::RangeStmt& stmt) {
  RangeClause clause(checker, stmt);
  clause.CheckExpression();
  checker.OpenScope();
  clause.CheckVariables();
  if (stmt.body.has_value()) {
    CheckStmt(checker, inner, stmt.body);
  }
  checker.CloseScope();
}

}  // namespace gdlint::types
