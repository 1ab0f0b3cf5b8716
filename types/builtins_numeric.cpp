// The built-ins complex, real, imag, min and max.

#include <string>
#include <utility>

#include <fmt/format.h>

#include "types/builtins_internal.h"
#include "types/constant.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// What a built-in makes of an argument's type; null if it takes no such type.
using TypeFunction = const Type* (*)(const Type* type);

const Type* ComplexOf(const Type* type) {
  const Basic* const basic = UnderAs<Basic>(type);
  if (basic == nullptr) {
    return nullptr;
  }
  switch (basic->basic) {
    case BasicKind::kFloat32:
      return Typ(BasicKind::kComplex64);
    case BasicKind::kFloat64:
      return Typ(BasicKind::kComplex128);
    case BasicKind::kUntypedFloat:
      return Typ(BasicKind::kUntypedComplex);
    default:
      return nullptr;
  }
}

const Type* PartOf(const Type* type) {
  const Basic* const basic = UnderAs<Basic>(type);
  if (basic == nullptr) {
    return nullptr;
  }
  switch (basic->basic) {
    case BasicKind::kComplex64:
      return Typ(BasicKind::kFloat32);
    case BasicKind::kComplex128:
      return Typ(BasicKind::kFloat64);
    case BasicKind::kUntypedComplex:
      return Typ(BasicKind::kUntypedFloat);
    default:
      return nullptr;
  }
}

// `function` of the type of `b.x`. Of a type parameter it is another one, whose
// type set has what the function makes of each type; that is reported, as Go
// does not support it, but serves to go on.
const Type* Apply(BuiltinCall& b, TypeFunction function, Code code) {
  const TypeParam* const type_param = TryAs<TypeParam>(Unalias(b.x.type));
  if (type_param == nullptr) {
    return function(b.x.type);
  }
  Checker& checker = b.checker;
  const TypeSet* const set = TypeSetOf(ConstraintInterface(type_param));
  if (!set->HasTerms()) {
    return nullptr;
  }
  std::vector<Term> terms;
  for (const TypeTerm& term : set->terms) {
    const Type* const result = function(term.type);
    if (result == nullptr) {
      return nullptr;
    }
    terms.push_back({result, term.tilde});
  }
  checker.SoftError(
      checker.AtOperand(b.x), code,
      fmt::format("{} not supported as argument to built-in {} for go1.18 (see "
                  "go.dev/issue/50937)",
                  checker.Text(b.x), b.name()));
  TypeName* const name = checker.arena().New<TypeName>();
  name->name = type_param->obj->name;
  name->package = &checker.package;
  TypeParam* const result = checker.types.NewTypeParam(name, type_param->index);
  name->type = result;
  const Type* const embedded = checker.types.UnionOf(terms);
  result->bound = checker.types.NewInterface({}, {&embedded, 1}, false);
  return result;
}

// An untyped constant as untyped float, if it is a real number.
void ToUntypedFloat(Operand& x) {
  if (IsNumeric(x.type) && constant::Sign(constant::Imag(x.value)) == 0) {
    x.type = Typ(BasicKind::kUntypedFloat);
  }
}

// Gives the arguments of complex one type if one of them is untyped.
void MatchComplexArgs(Checker& checker, Operand& x, Operand& y) {
  const bool is_x_untyped = IsUntyped(x.type);
  const bool is_y_untyped = IsUntyped(y.type);
  if (is_x_untyped && is_y_untyped) {
    if (x.mode == Mode::kConstant && y.mode == Mode::kConstant) {
      ToUntypedFloat(x);
      ToUntypedFloat(y);
    } else {
      // A shift whose type is open: no shift of floats is allowed.
      checker.ConvertUntyped(x, Typ(BasicKind::kFloat64));
      checker.ConvertUntyped(y, Typ(BasicKind::kFloat64));
    }
  } else if (is_x_untyped) {
    checker.ConvertUntyped(x, y.type);
  } else if (is_y_untyped) {
    checker.ConvertUntyped(y, x.type);
  }
}

}  // namespace

bool CheckComplex(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  Operand& y = b.args[1];
  MatchComplexArgs(checker, x, y);
  if (!x.is_valid() || !y.is_valid()) {
    return false;
  }
  if (!Identical(x.type, y.type)) {
    return b.Fail(
        x, Code::kInvalidComplex,
        fmt::format("invalid operation: {} (mismatched types {} and {})",
                    checker.Text(b.ref), checker.Text(x.type),
                    checker.Text(y.type)));
  }
  const Type* const result = Apply(b, ComplexOf, Code::kInvalidComplex);
  if (result == nullptr) {
    return b.Fail(x, Code::kInvalidComplex,
                  fmt::format("invalid argument: arguments have type {}, "
                              "expected floating-point",
                              checker.Text(x.type)));
  }
  if (x.mode == Mode::kConstant && y.mode == Mode::kConstant) {
    Arena& arena = checker.arena();
    b.GiveConstant(
        result,
        constant::BinaryOp(
            arena, constant::ToFloat(arena, x.value), lexer::TokenKind::kAdd,
            constant::MakeImag(arena, constant::ToFloat(arena, y.value))));
    return true;
  }
  b.RecordSignature(result, {x.type, x.type});
  b.Give(Mode::kValue, result);
  return true;
}

bool CheckRealOrImag(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  const bool is_real = b.id == BuiltinId::kReal;
  if (IsUntyped(x.type)) {
    if (x.mode != Mode::kConstant) {
      // A shift whose type is open: no shift of complex numbers is allowed.
      checker.ConvertUntyped(x, Typ(BasicKind::kComplex128));
      if (!x.is_valid()) {
        return false;
      }
    } else if (IsNumeric(x.type)) {
      x.type = Typ(BasicKind::kUntypedComplex);
    }
  }
  const Code code = is_real ? Code::kInvalidReal : Code::kInvalidImag;
  const Type* const result = Apply(b, PartOf, code);
  if (result == nullptr) {
    return b.Fail(
        x, code,
        fmt::format("invalid argument: argument has type {}, expected complex "
                    "type",
                    checker.Text(x.type)));
  }
  if (x.mode == Mode::kConstant) {
    b.GiveConstant(result,
                   is_real ? constant::Real(x.value) : constant::Imag(x.value));
    return true;
  }
  b.RecordSignature(result, {x.type});
  b.Give(Mode::kValue, result);
  return true;
}

bool CheckMinOrMax(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  checker.VerifyVersion(
      checker.AtNode(b.call.fun), 21,
      b.id == BuiltinId::kMax ? "built-in max" : "built-in min");
  const lexer::TokenKind op =
      b.id == BuiltinId::kMax ? lexer::TokenKind::kGtr : lexer::TokenKind::kLss;
  for (size_t i = 0; i < b.args.size(); ++i) {
    Operand& arg = b.args[i];
    if (!AllOrdered(arg.type)) {
      return b.Fail(arg, Code::kInvalidMinMaxOperand,
                    fmt::format("invalid argument: {} cannot be ordered",
                                checker.Text(arg)));
    }
    if (i == 0) {
      continue;
    }
    checker.MatchTypes(x, arg);
    if (!x.is_valid()) {
      return false;
    }
    if (!Identical(x.type, arg.type)) {
      return b.Fail(
          arg, Code::kMismatchedTypes,
          fmt::format("invalid argument: mismatched types {} (previous "
                      "argument) and {} (type of {})",
                      checker.Text(x.type), checker.Text(arg.type),
                      checker.Text(arg.expr)));
    }
    if (x.mode != Mode::kConstant || arg.mode != Mode::kConstant) {
      x.mode = Mode::kValue;
    } else if (checker.AffordString(arg) && checker.AffordString(x) &&
               constant::Compare(checker.arena(), arg.value, op, x.value)) {
      x = arg;
    }
  }
  if (x.mode != Mode::kConstant) {
    x.mode = Mode::kValue;
    checker.Assignment(x, checker.universe().empty_interface(),
                       b.id == BuiltinId::kMax ? "argument to built-in max"
                                               : "argument to built-in min");
    if (!x.is_valid()) {
      return false;
    }
  }
  for (const Operand& arg : b.args) {
    checker.UpdateExprType(arg.expr, x.type, true);
  }
  if (x.mode != Mode::kConstant) {
    const std::vector<const Type*> params(b.args.size(), x.type);
    b.RecordSignature(x.type, params);
  }
  return true;
}

}  // namespace gdlint::types
