#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "support/utf8.h"
#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

bool IsIntegerOrFloat(const Type* type) {
  return IsBasic(type, kIsInteger | kIsFloat);
}

bool IsBasicKind(const Type* under, BasicKind kind) {
  const Basic* const basic = TryAs<Basic>(under);
  return basic != nullptr && basic->basic == kind;
}

// The string that an integer constant is converted to: its character.
Value CharacterString(Checker& checker, Value x) {
  constexpr uint64_t kMaxCharacter = 0x10ffff;
  char32_t character = kReplacementCharacter;
  if (x.kind() == ConstantKind::kInt) {
    const std::optional<uint64_t> number = constant::Uint64Value(x);
    if (number && *number <= kMaxCharacter) {
      character = static_cast<char32_t>(*number);
    }
  }
  std::string text;
  AppendUtf8(character, text);
  return constant::MakeString(checker.arena(), text);
}

// The constant `x` can be converted to `type`; `value` may be null.
bool ConstantConvertibleTo(Checker& checker, const Operand& x, const Type* type,
                           Value* value) {
  const Basic* const basic = UnderAs<Basic>(type);
  if (basic == nullptr) {
    return false;
  }
  if (checker.RepresentableConst(x.value, basic, value)) {
    return true;
  }
  if (IsInteger(x.type) && (basic->info & kIsString) != 0) {
    if (value != nullptr) {
      *value = CharacterString(checker, x.value);
    }
    return true;
  }
  return false;
}

// The constant `x` can be converted to each type of the type set of `type`.
bool ConstantConvertibleToTypeParam(Checker& checker, const Operand& x,
                                    const Type* type, std::string& cause) {
  return AllUnder(type, [&](const Type* under) {
    if (under == nullptr) {
      cause = Concat(checker.Text(type), " does not contain specific types");
      return false;
    }
    if ((IsString(x.type) && IsBytesOrRunes(under)) ||
        ConstantConvertibleTo(checker, x, under, nullptr)) {
      return true;
    }
    const std::string in =
        Concat(checker.Text(under), " (in ", checker.Text(type), ")");
    cause = IsInteger(x.type) && IsInteger(under)
                ? Concat("constant ", constant::ShortString(x.value),
                         " overflows ", in)
                : Concat("cannot convert ", checker.Text(x), " to type ", in);
    return false;
  });
}

// Finds out whether the conversion is valid and makes `x` its mode and value.
bool Convert(Checker& checker, Operand& x, const Type* type,
             std::string& cause) {
  if (x.mode == Mode::kConstant) {
    if (IsConstType(type)) {
      return ConstantConvertibleTo(checker, x, type, &x.value);
    }
    if (IsTypeParam(type)) {
      const bool is_ok =
          ConstantConvertibleToTypeParam(checker, x, type, cause);
      // A type parameter's values are no constants.
      x.mode = Mode::kValue;
      return is_ok;
    }
  }
  if (!checker.ConvertibleTo(x, type, &cause)) {
    return false;
  }
  x.mode = Mode::kValue;
  return true;
}

// The final type of an untyped operand of a conversion to `type`. `x` is the
// operand, but with the mode of the result.
const Type* FinalOperandType(const Operand& x, const Type* type,
                             bool was_constant, bool was_nil) {
  if (was_nil || IsNonTypeParamInterface(type) ||
      (was_constant && !IsConstType(type))) {
    return Default(x.type);
  }
  // The integer in string(65) stays what it is.
  if (x.mode == Mode::kConstant && IsInteger(x.type) && AllString(type)) {
    return x.type;
  }
  return type;
}

// From slices to arrays and pointers to them: nothing if `from` and `to` are
// not such types, else whether the language version has it.
std::optional<bool> SliceToArray(const Checker& checker, const Type* from_under,
                                 const Type* to_under, std::string* cause) {
  const Slice* const slice = TryAs<Slice>(from_under);
  if (slice == nullptr) {
    return std::nullopt;
  }
  const Pointer* const pointer = TryAs<Pointer>(to_under);
  const Array* const array = pointer != nullptr ? UnderAs<Array>(pointer->elem)
                                                : TryAs<Array>(to_under);
  if (array == nullptr || !Identical(slice->elem, array->elem)) {
    return std::nullopt;
  }
  if (checker.AllowVersion(pointer != nullptr ? 17 : 20)) {
    return true;
  }
  if (cause != nullptr) {
    *cause = pointer != nullptr
                 ? "conversion of slice to array pointer requires go1.17 or "
                   "later"
                 : "conversion of slice to array requires go1.20 or later";
  }
  return false;
}

// Package unsafe's conversions.
bool UnsafeConvertible(const Type* from_under, const Type* to_under) {
  const auto is_address = [](const Type* under) {
    return under->kind == TypeKind::kPointer ||
           IsBasicKind(under, BasicKind::kUintptr);
  };
  return (is_address(from_under) &&
          IsBasicKind(to_under, BasicKind::kUnsafePointer)) ||
         (IsBasicKind(from_under, BasicKind::kUnsafePointer) &&
          is_address(to_under));
}

bool BasePointersConvertible(const Type* from, const Type* to) {
  const Pointer* const from_pointer = TryAs<Pointer>(from);
  const Pointer* const to_pointer = TryAs<Pointer>(to);
  return from_pointer != nullptr && to_pointer != nullptr &&
         IdenticalIgnoreTags(Under(from_pointer->elem),
                             Under(to_pointer->elem)) &&
         !IsTypeParam(from_pointer->elem) && !IsTypeParam(to_pointer->elem);
}

// The spec's rules for underlying types.
bool UnderlyingConvertible(const Type* from_under, const Type* to_under) {
  return (IsIntegerOrFloat(from_under) && IsIntegerOrFloat(to_under)) ||
         (IsBasic(from_under, kIsComplex) && IsBasic(to_under, kIsComplex)) ||
         (IsString(to_under) &&
          (IsInteger(from_under) || IsBytesOrRunes(from_under))) ||
         (IsString(from_under) && IsBytesOrRunes(to_under)) ||
         UnsafeConvertible(from_under, to_under);
}

// Tells why a type of a type set cannot be converted: `from` and `to`, each
// perhaps of the type parameter behind it.
void Explain(const Checker& checker, std::string* cause, const Type* from,
             const Type* from_param, const Type* to, const Type* to_param) {
  if (cause == nullptr) {
    return;
  }
  const auto in = [&](const Type* param) {
    return param == nullptr ? std::string()
                            : Concat(" (in ", checker.Text(param), ")");
  };
  std::string text =
      Concat("cannot convert ", checker.Text(from), in(from_param), " to type ",
             checker.Text(to), in(to_param));
  if (!cause->empty()) {
    text += "\n\t";
    text += *cause;
  }
  *cause = std::move(text);
}

// `x` can be converted to each type of the type set of `to`.
bool ConvertibleToTypeParam(Checker& checker, const Operand& x,
                            const Type* from_param, const Type* to,
                            std::string* cause) {
  return ForEachInTypeSet(to, [&](const Type* term, const Type*) {
    if (term == nullptr) {
      return false;
    }
    if (checker.ConvertibleTo(x, term, cause)) {
      return true;
    }
    Explain(checker, cause, x.type, from_param, term, to);
    return false;
  });
}

// Values of each type of the type set of `from` can be converted to `to`.
bool ConvertibleFromTypeParam(Checker& checker, const Operand& x,
                              const Type* from, const Type* to,
                              std::string* cause) {
  const Type* const unaliased = Unalias(to);
  Operand copy = x;
  return ForEachInTypeSet(from, [&](const Type* term, const Type*) {
    if (term == nullptr) {
      return false;
    }
    copy.type = term;
    if (unaliased->kind == TypeKind::kTypeParam) {
      return ConvertibleToTypeParam(checker, copy, from, unaliased, cause);
    }
    if (checker.ConvertibleTo(copy, unaliased, cause)) {
      return true;
    }
    Explain(checker, cause, term, from, to, nullptr);
    return false;
  });
}

[[gnu::noinline, gnu::cold]] void ReportConversion(Checker& checker, Operand& x,
                                                   const Type* type,
                                                   const std::string& cause) {
  // An integer that is too large is told so.
  if (x.mode == Mode::kConstant && IsConstType(type) && IsInteger(x.type) &&
      IsInteger(type)) {
    checker.Error(checker.AtOperand(x), Code::kInvalidConversion,
                  Concat("constant ", constant::ShortString(x.value),
                         " overflows ", checker.Text(type)));
  } else {
    checker.Error(checker.AtOperand(x), Code::kInvalidConversion,
                  Concat("cannot convert ", checker.Text(x), " to type ",
                         checker.Text(type), cause.empty() ? "" : ": ", cause));
  }
  x.Invalidate();
}

}  // namespace

void Checker::Conversion(Operand& x, const Type* type) {
  const bool was_constant = x.mode == Mode::kConstant;
  const bool was_nil = x.is_nil();
  std::string cause;
  if (!Convert(*this, x, type, cause)) {
    return ReportConversion(*this, x, type, cause);
  }
  if (IsUntypedBasic(x.type)) {
    UpdateExprType(x.expr, FinalOperandType(x, type, was_constant, was_nil),
                   true);
  }
  x.type = type;
}

bool Checker::ConvertibleTo(const Operand& x, const Type* type,
                            std::string* cause) {
  if (AssignableTo(x, type, cause, nullptr)) {
    return true;
  }
  const Type* const from = Unalias(x.type);
  const Type* const to = Unalias(type);
  const Type* const from_under = Under(from);
  const Type* const to_under = Under(to);
  const bool from_param = from->kind == TypeKind::kTypeParam;
  const bool to_param = to->kind == TypeKind::kTypeParam;

  if (!from_param && !to_param && IdenticalIgnoreTags(from_under, to_under)) {
    return true;
  }
  if (BasePointersConvertible(from, to) ||
      UnderlyingConvertible(from_under, to_under)) {
    return true;
  }
  if (const std::optional<bool> is_allowed =
          SliceToArray(*this, from_under, to_under, cause)) {
    return *is_allowed;
  }
  if (from_param) {
    return ConvertibleFromTypeParam(*this, x, from, type, cause);
  }
  if (to_param) {
    return ConvertibleToTypeParam(*this, x, nullptr, to, cause);
  }
  return false;
}

}  // namespace gdlint::types
