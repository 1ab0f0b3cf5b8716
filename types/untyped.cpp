// How untyped expressions get their types.
//
// An untyped expression is recorded as such when it is checked. What it is
// used in then decides its type, and UpdateExprType rewrites the records: a
// record of untyped type is one that may still be rewritten. Each is made final
// once, so that this takes linear time.

#include <string>
#include <utility>

#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

// The operands that have the type of the expression itself.
void UpdateOperandTypes(Checker& checker, ast::ExprId expr, const Type* type,
                        bool is_final, bool is_constant) {
  using ast::NodeKind;
  switch (expr.kind()) {
    case NodeKind::kParenExpr:
      checker.UpdateExprType(checker.TryGet<ast::ParenExpr>(expr)->x, type,
                             is_final);
      return;
    case NodeKind::kUnaryExpr:
      // Operands of constants never exist when the program runs: they stay
      // untyped.
      if (!is_constant) {
        checker.UpdateExprType(checker.TryGet<ast::UnaryExpr>(expr)->x, type,
                               is_final);
      }
      return;
    case NodeKind::kBinaryExpr: {
      if (is_constant) {
        return;
      }
      const ast::BinaryExpr& node = *checker.TryGet<ast::BinaryExpr>(expr);
      switch (node.op) {
        case TokenKind::kEql:
        case TokenKind::kNeq:
        case TokenKind::kLss:
        case TokenKind::kLeq:
        case TokenKind::kGtr:
        case TokenKind::kGeq:
          // Its operands have types of their own.
          return;
        case TokenKind::kShl:
        case TokenKind::kShr:
          checker.UpdateExprType(node.x, type, is_final);
          return;
        default:
          checker.UpdateExprType(node.x, type, is_final);
          checker.UpdateExprType(node.y, type, is_final);
          return;
      }
    }
    default:
      return;
  }
}

bool IsUntypedRecord(const TypeAndValue& fact) {
  return fact.is_recorded() && IsUntypedBasic(fact.type());
}

// True if the conversion cannot have changed the value.
bool IsSameValue(Value x, Value y) {
  if (x.is_int64()) {
    return y.is_int64() && x.int64() == y.int64();
  }
  if (x.kind() != y.kind()) {
    return false;
  }
  switch (x.kind()) {
    case ConstantKind::kBool:
    case ConstantKind::kString:
      return true;
    default:
      return false;
  }
}

// A type for a value that is not constant and of untyped kind `kind`: the
// result of a comparison or of a shift, or nil. Null if `target`, whose
// underlying type is basic, cannot be.
const Type* TypeOfUntypedValue(BasicKind kind, const Type* target) {
  switch (kind) {
    case BasicKind::kUntypedBool:
      return IsBoolean(target) ? target : nullptr;
    case BasicKind::kUntypedInt:
    case BasicKind::kUntypedRune:
    case BasicKind::kUntypedFloat:
    case BasicKind::kUntypedComplex:
      return IsNumeric(target) ? target : nullptr;
    case BasicKind::kUntypedString:
      return IsString(target) ? target : nullptr;
    case BasicKind::kUntypedNil:
      // Only unsafe.Pointer. The nil itself stays untyped.
      return HasNil(target) ? BasicType(BasicKind::kUntypedNil) : nullptr;
    default:
      return nullptr;
  }
}

const Type* TypeInTypeParam(Checker& checker, Operand& x, const Type* target) {
  const bool is_ok = AllUnder(target, [&](const Type* under) {
    return under != nullptr &&
           checker.ImplicitTypeAndValue(x, under).type != nullptr;
  });
  if (!is_ok) {
    return nullptr;
  }
  return x.is_nil() ? BasicType(BasicKind::kUntypedNil) : target;
}

const Type* TypeInInterface(const Operand& x, const Interface* target) {
  if (x.is_nil()) {
    return BasicType(BasicKind::kUntypedNil);
  }
  // A type set with methods has no basic types.
  return TypeSetOf(target)->IsAll() ? Default(x.type) : nullptr;
}

[[gnu::noinline, gnu::cold]] void ReportShifted(Checker& checker,
                                                ast::ExprId expr,
                                                const Type* type) {
  checker.Error(
      checker.AtNode(expr), Code::kInvalidShiftOperand,
      Concat("invalid operation: shifted operand ", checker.Text(expr),
             " (type ", checker.Text(type), ") must be integer"));
}

// True if the constant that `fact` is the record of can have the final type
// `type`; reports it if not.
[[gnu::noinline]] bool RequireConstantType(Checker& checker, ast::ExprId expr,
                                           const TypeAndValue& fact,
                                           const Type* type) {
  Operand x{.mode = fact.mode(),
            .expr = expr,
            .type = fact.type(),
            .value = fact.value()};
  const Checker::ImplicitType converted = checker.ImplicitTypeAndValue(x, type);
  if (converted.type != nullptr) {
    return true;
  }
  InvalidConversion(checker, converted.code, x,
                    IsTypeParam(type) ? type : Under(type));
  return false;
}

}  // namespace

bool Checker::ConvertSmallInt(Operand& x, const Type* target) {
  constexpr uint16_t kMask = kIsInteger | kIsUntyped;
  if (x.mode != Mode::kConstant || !x.value.is_int64() || !x.expr.has_value() ||
      x.expr.kind() == ast::NodeKind::kParenExpr) {
    return false;
  }
  const auto* const from = TryAs<Basic>(x.type);
  const auto* const to = TryAs<Basic>(Under(target));
  if (from == nullptr || (from->info & kMask) != kMask || to == nullptr ||
      (to->info & kMask) != kIsInteger ||
      !RepresentableConst(x.value, to, nullptr)) {
    return false;
  }
  const TypeAndValue old = info().TypeOf(x.expr);
  if (!old.is_constant() || !old.value().is_int64() ||
      old.value().int64() != x.value.int64()) {
    return false;
  }
  if (IsUntypedBasic(old.type())) {
    info().RecordConstant(arena(), x.expr, target, x.value);
  }
  x.type = target;
  return true;
}

void Checker::UpdateExprType(ast::ExprId expr, const Type* type,
                             bool is_final) {
  if (!expr.has_value()) {
    return;
  }
  const TypeAndValue old = info().TypeOf(expr);
  if (!IsUntypedRecord(old)) {
    return;
  }
  UpdateOperandTypes(*this, expr, type, is_final, old.is_constant());

  const Type* const under = Under(type);
  if (!is_final && IsUntypedBasic(under)) {
    RecordTypeAndValue(expr, old.mode(), under, old.value());
    return;
  }
  if (!delayed_shifts.empty() && delayed_shifts.erase(expr.raw()) != 0 &&
      !AllInteger(type)) {
    ReportShifted(*this, expr, type);
    info().Record(expr, TypeAndValue());
    return;
  }
  if (old.is_constant() && !RequireConstantType(*this, expr, old, type)) {
    info().Record(expr, TypeAndValue());
    return;
  }
  RecordTypeAndValue(expr, old.mode(), type, old.value());
}

void Checker::UpdateExprValue(ast::ExprId expr, Value value) {
  if (!expr.has_value()) {
    return;
  }
  const TypeAndValue old = info().TypeOf(expr);
  if (old.is_constant() && IsUntypedRecord(old) &&
      !IsSameValue(old.value(), value)) {
    RecordTypeAndValue(expr, old.mode(), old.type(), value);
  }
}

Checker::ImplicitType Checker::ImplicitTypeAndValue(Operand& x,
                                                    const Type* target) {
  if (!x.is_valid() || !IsUntypedBasic(x.type) || !IsValid(target)) {
    return {.type = x.type != nullptr ? x.type : InvalidType(), .value = {}};
  }
  const ImplicitType failure{.value = {},
                             .code = Code::kInvalidUntypedConversion};
  if (IsUntypedBasic(target)) {
    const Type* const greater =
        x.type == target ? target : MaxUntyped(x.type, target);
    return greater != nullptr ? ImplicitType{.type = greater, .value = {}}
                              : failure;
  }

  const Type* const under = Under(target);
  const Type* type = nullptr;
  switch (under->kind) {
    case TypeKind::kBasic: {
      if (x.mode == Mode::kConstant) {
        ImplicitType result;
        if (Representation(*this, x, As<Basic>(under), result.value,
                           result.code)) {
          result.type = target;
        }
        return result;
      }
      type = TypeOfUntypedValue(As<Basic>(x.type)->basic, target);
      break;
    }
    case TypeKind::kInterface:
      type = IsTypeParam(target) ? TypeInTypeParam(*this, x, target)
                                 : TypeInInterface(x, As<Interface>(under));
      break;
    case TypeKind::kPointer:
    case TypeKind::kSignature:
    case TypeKind::kSlice:
    case TypeKind::kMap:
    case TypeKind::kChan:
      type = x.is_nil() ? BasicType(BasicKind::kUntypedNil) : nullptr;
      break;
    default:
      break;
  }
  return type != nullptr ? ImplicitType{.type = type, .value = {}} : failure;
}

void Checker::ConvertUntyped(Operand& x, const Type* target) {
  if (!x.is_valid() || ConvertSmallInt(x, target)) {
    return;
  }
  const ImplicitType converted = ImplicitTypeAndValue(x, target);
  if (converted.type == nullptr) {
    InvalidConversion(*this, converted.code, x,
                      IsTypeParam(target) ? target : Under(target));
    return;
  }
  if (!converted.value.is_unknown()) {
    x.value = converted.value;
    UpdateExprValue(x.expr, converted.value);
  }
  if (converted.type != x.type) {
    x.type = converted.type;
    UpdateExprType(x.expr, converted.type, false);
  }
}

}  // namespace gdlint::types
