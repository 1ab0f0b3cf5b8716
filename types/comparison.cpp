#include <string>
#include <string_view>
#include <utility>

#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// What is wrong with a comparison.
struct Problem {
  // The operand that is to blame; null if nothing is wrong.
  const Operand* operand = nullptr;
  Code code = Code::kUndefinedOp;
  std::string cause;
};

// The operands of `==` and `!=` must be comparable, or one of them nil.
Problem CheckEquality(Checker& checker, const Operand& x, const Operand& y) {
  if (x.is_nil() || y.is_nil()) {
    const Type* const type = x.is_nil() ? y.type : x.type;
    // Otherwise it is `nil == nil`, which the second operand shows.
    return HasNil(type) ? Problem() : Problem{.operand = &y, .cause = {}};
  }
  for (const Operand* const operand : {&x, &y}) {
    if (!Comparable(operand->type, true)) {
      return {.operand = operand,
              .cause = checker.IncomparableCause(operand->type)};
    }
  }
  return Problem();
}

Problem CheckComparison(Checker& checker, const Operand& x, const Operand& y,
                        TokenKind op) {
  Code code = Code::kMismatchedTypes;
  if (x.type != y.type && !checker.AssignableTo(x, y.type, nullptr, &code) &&
      !checker.AssignableTo(y, x.type, nullptr, &code)) {
    return {.operand = &y,
            .code = Code::kMismatchedTypes,
            .cause = Concat("mismatched types ", checker.Text(x.type), " and ",
                            checker.Text(y.type))};
  }
  if (op == TokenKind::kEql || op == TokenKind::kNeq) {
    return CheckEquality(checker, x, y);
  }
  for (const Operand* const operand : {&x, &y}) {
    if (!AllOrdered(operand->type)) {
      return {.operand = operand, .cause = {}};
    }
  }
  return Problem();
}

// For a problem without a cause of its own: the operator.
void ExplainOperator(const Checker& checker, const Operand& x, const Operand& y,
                     TokenKind op, Problem& problem) {
  const std::string_view name = lexer::TokenKindName(op);
  if (IsTypeParam(x.type) || IsTypeParam(y.type)) {
    if (!IsTypeParam(x.type)) {
      problem.operand = &y;
    }
    problem.cause =
        Concat("type parameter ", checker.Text(problem.operand->type),
               " cannot use operator ", name);
    return;
  }
  const std::string_view kind = CompositeKind(problem.operand->type);
  problem.cause = Concat(
      "operator ", name, " not defined on ",
      kind.empty() ? checker.Text(problem.operand->type) : std::string(kind));
}

[[gnu::noinline, gnu::cold]] void Report(Checker& checker, Operand& x,
                                         const Operand& y, TokenKind op,
                                         bool is_switch_case, Problem problem) {
  if (problem.cause.empty()) {
    ExplainOperator(checker, x, y, op, problem);
  }
  if (is_switch_case) {
    checker.Error(
        checker.AtOperand(x), problem.code,
        Concat("invalid case ", checker.Text(x.expr), " in switch on ",
               y.expr.has_value() ? checker.Text(y.expr) : "true", " (",
               problem.cause, ")"));
  } else {
    checker.Error(checker.AtOperand(*problem.operand), problem.code,
                  Concat("invalid operation: ", checker.Text(x.expr), " ",
                         lexer::TokenKindName(op), " ", checker.Text(y.expr),
                         " (", problem.cause, ")"));
  }
  x.Invalidate();
}

}  // namespace

std::string_view CompositeKind(const Type* type) {
  switch (Under(type)->kind) {
    case TypeKind::kArray:
      return "array";
    case TypeKind::kSlice:
      return "slice";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kPointer:
      return "pointer";
    case TypeKind::kSignature:
      return "func";
    case TypeKind::kInterface:
      return "interface";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kChan:
      return "chan";
    case TypeKind::kTuple:
      return "tuple";
    case TypeKind::kUnion:
      return "union";
    default:
      return "";
  }
}

void Checker::Comparison(Operand& x, Operand& y, TokenKind op,
                         bool is_switch_case) {
  if (!IsValid(x.type) || !IsValid(y.type)) {
    x.Invalidate();
    return;
  }
  if (is_switch_case) {
    op = TokenKind::kEql;
  }
  Problem problem = CheckComparison(*this, x, y, op);
  if (problem.operand != nullptr) {
    return Report(*this, x, y, op, is_switch_case, std::move(problem));
  }
  if (x.mode == Mode::kConstant && y.mode == Mode::kConstant) {
    const bool is_affordable = AffordString(x) && AffordString(y);
    x.value = is_affordable ? constant::MakeBool(constant::Compare(
                                  arena(), x.value, op, y.value))
                            : Value();
  } else {
    x.mode = Mode::kValue;
    // The operands exist when the program runs, with these types.
    UpdateExprType(x.expr, Default(x.type), true);
    UpdateExprType(y.expr, Default(y.type), true);
  }
  x.type = BasicType(BasicKind::kUntypedBool);
}

const Type* Checker::CommonUnder(const Type* type, std::string* cause) {
  return gdlint::types::CommonUnder(
      types, type, cause,
      cause != nullptr && IsTypeParam(type) ? TextOptions() : kMessageText);
}

std::string Checker::IncomparableCause(const Type* type) {
  switch (Under(type)->kind) {
    case TypeKind::kSlice:
    case TypeKind::kSignature:
    case TypeKind::kMap:
      return Concat(CompositeKind(type), " can only be compared to nil");
    default:
      break;
  }
  std::string cause;
  Comparable(type, true, &cause, TextOptions());
  return cause;
}

}  // namespace gdlint::types
