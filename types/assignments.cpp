// Assigning one value to one thing, after the spec's sections "Assignment
// statements", "Variable declarations" and "Constant declarations".

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/expr_string.h"
#include "types/stmt_internal.h"

namespace gdlint::types {
namespace {

bool IsSingleValueMode(Mode mode) {
  switch (mode) {
    case Mode::kConstant:
    case Mode::kVariable:
    case Mode::kMapIndex:
    case Mode::kValue:
    case Mode::kNilValue:
    case Mode::kCommaOk:
    case Mode::kCommaErr:
      return true;
    default:
      return false;
  }
}

// Gives the untyped `x` the type that assigning it to `type` asks for. False
// if it was reported.
bool ConvertForAssignment(Checker& checker, Operand& x, const Type* type,
                          std::string_view context) {
  const Type* target = type;
  if (type == nullptr || IsNonTypeParamInterface(type)) {
    if (type == nullptr && x.is_nil()) {
      checker.Error(checker.AtOperand(x), Code::kUntypedNilUse,
                    fmt::format("use of untyped nil in {}", context));
      return false;
    }
    target = Default(x.type);
  }
  if (checker.ConvertSmallInt(x, target)) {
    return true;
  }
  const Checker::ImplicitType implicit =
      checker.ImplicitTypeAndValue(x, target);
  if (implicit.type == nullptr) {
    std::string message =
        fmt::format("cannot use {} as {} value in {}", checker.Text(x),
                    checker.Text(target), context);
    Code code = implicit.code;
    if (code == Code::kTruncatedFloat) {
      message += " (truncated)";
    } else if (code == Code::kNumericOverflow) {
      message += " (overflows)";
    } else {
      code = Code::kIncompatibleAssign;
    }
    checker.Error(checker.AtOperand(x), code, std::move(message));
    return false;
  }
  if (!implicit.value.is_unknown()) {
    x.value = implicit.value;
    checker.UpdateExprValue(x.expr, implicit.value);
  }
  if (implicit.type != x.type) {
    x.type = implicit.type;
    checker.UpdateExprType(x.expr, implicit.type, false);
  }
  return true;
}

}  // namespace

void Checker::Assignment(Operand& x, const Type* type,
                         std::string_view context) {
  SingleValue(x);
  if (!x.is_valid()) {
    return;
  }
  if (!IsSingleValueMode(x.mode)) {
    Error(AtOperand(x), Code::kIncompatibleAssign,
          fmt::format("cannot assign {} to {} in {}", Text(x),
                      type == nullptr ? "_" : Text(type), context));
    x.Invalidate();
    return;
  }
  if (IsUntyped(x.type) && !ConvertForAssignment(*this, x, type, context)) {
    x.Invalidate();
    return;
  }
  if (const auto* signature = UnderAs<Signature>(x.type);
      signature != nullptr && !signature->type_params.empty()) {
    Error(AtOperand(x), Code::kWrongTypeArgCount,
          fmt::format("cannot use generic function {} without instantiation in "
                      "{}",
                      Text(x), context));
    x.Invalidate();
    return;
  }
  if (type == nullptr) {
    // Anything but nil may be assigned to the blank identifier.
    return;
  }
  std::string cause;
  Code code = Code::kIncompatibleAssign;
  if (AssignableTo(x, type, &cause, &code)) {
    return;
  }
  Error(AtOperand(x), code,
        fmt::format("cannot use {} as {} value in {}{}{}", Text(x), Text(type),
                    context, cause.empty() ? "" : ": ", cause));
  x.Invalidate();
}

void Checker::InitConst(Const* lhs, Operand& x) {
  const bool is_broken = !x.is_valid() || !IsValid(x.type) ||
                         (lhs->type != nullptr && !IsValid(lhs->type));
  if (!is_broken && x.mode != Mode::kConstant) {
    Error(AtOperand(x), Code::kInvalidConstInit,
          fmt::format("{} is not constant", Text(x)));
  }
  if (is_broken || x.mode != Mode::kConstant) {
    if (lhs->type == nullptr) {
      lhs->type = InvalidType();
    }
    return;
  }
  if (lhs->type == nullptr) {
    lhs->type = x.type;
  }
  Assignment(x, lhs->type, "constant declaration");
  if (x.is_valid()) {
    lhs->value = x.value;
  }
}

void Checker::InitVar(Var* lhs, Operand& x, std::string_view context) {
  if (!x.is_valid() || !IsValid(x.type) ||
      (lhs->type != nullptr && !IsValid(lhs->type))) {
    if (lhs->type == nullptr) {
      lhs->type = InvalidType();
    }
    x.Invalidate();
    return;
  }
  if (lhs->type == nullptr) {
    if (x.is_nil() || x.type == types::Typ(BasicKind::kUntypedNil)) {
      Error(AtOperand(x), Code::kUntypedNilUse,
            fmt::format("use of untyped nil in {}", context));
      lhs->type = InvalidType();
      x.Invalidate();
      return;
    }
    lhs->type = Default(x.type);
  }
  Assignment(x, lhs->type, context);
}

namespace {

// The variable of this package that `ident` denotes, if it is one whose use is
// counted: a local one.
Var* CountedVar(const Checker& checker, ast::Ref<ast::Ident> ident) {
  if (!ident.has_value()) {
    return nullptr;
  }
  Var* const var =
      TryAs<Var>(checker.env.scope->LookupAround(checker.NameOf(ident)).object);
  return var != nullptr && var->var_kind == VarKind::kLocalVar ? var : nullptr;
}

// Reports that `x` is nothing that one can assign to.
void ReportUnassignable(Checker& checker, const Operand& x) {
  if (const auto* selector = checker.TryGet<ast::SelectorExpr>(x.expr)) {
    Operand base;
    checker.Expr(nullptr, base, selector->x);
    if (base.mode == Mode::kMapIndex) {
      checker.Error(checker.AtOperand(x), Code::kUnaddressableFieldAssign,
                    fmt::format("cannot assign to struct field {} in map",
                                checker.Text(x.expr)));
      return;
    }
  }
  checker.Error(checker.AtOperand(x), Code::kUnassignableOperand,
                fmt::format("cannot assign to {} (neither addressable nor a "
                            "map index expression)",
                            checker.Text(x.expr)));
}

}  // namespace

// Null for the blank identifier.
const Type* Checker::LhsVar(ast::ExprId lhs) {
  const ast::Ref<ast::Ident> ident = AsIdent(Unparen(lhs));
  if (ident.has_value() && NameOf(ident)->is_blank) {
    RecordDef(ident, nullptr);
    return nullptr;
  }
  // Being assigned to does not count as a use.
  Var* const var = CountedVar(*this, ident);
  const bool was_used = var != nullptr && var->is_used;
  Operand x;
  Expr(nullptr, x, lhs);
  if (var != nullptr) {
    var->is_used = was_used;
  }
  if (!x.is_valid() || !IsValid(x.type)) {
    return InvalidType();
  }
  if (x.mode == Mode::kVariable || x.mode == Mode::kMapIndex) {
    return x.type;
  }
  ReportUnassignable(*this, x);
  return InvalidType();
}

void Checker::AssignVar(ast::ExprId lhs, ast::ExprId rhs, Operand* x,
                        std::string_view context) {
  const Type* const type = LhsVar(lhs);
  if (type != nullptr && !IsValid(type)) {
    if (x != nullptr) {
      x->Invalidate();
    } else {
      UseOne(rhs, false);
    }
    return;
  }
  Operand value;
  if (x == nullptr) {
    const std::optional<Target> target =
        TargetOf(type, [&] { return ExprString(*env.unit, lhs); });
    Expr(target ? &*target : nullptr, value, rhs);
    x = &value;
  }
  if (type == nullptr && context == "assignment") {
    context = "assignment to _ identifier";
  }
  Assignment(*x, type, context);
}

}  // namespace gdlint::types
