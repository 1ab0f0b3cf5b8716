// What the files that check expressions share beyond Checker. Internal to
// types/.

#pragma once

#include <string>
#include <string_view>

#include "types/checker.h"

namespace gdlint::types {

// The parts of a message, joined.
template <typename... Parts>
std::string Concat(const Parts&... parts) {
  std::string text;
  (text.append(std::string_view(parts)), ...);
  return text;
}

// A predeclared type: Typ, where Checker::Typ hides it.
inline const Basic* BasicType(BasicKind kind) { return Typ(kind); }

// Only a Basic is ever untyped, so that no underlying type need be asked for.
inline bool IsUntypedBasic(const Type* type) {
  const Basic* const basic = TryAs<Basic>(type);
  return basic != nullptr && (basic->info & kIsUntyped) != 0;
}

// "slice", "struct" and so on; empty for a basic type.
std::string_view CompositeKind(const Type* type);

// Where an operation's error is reported: at the operator of a binary
// expression, at the beginning of others.
source::Pos OperatorPos(const Checker& checker, ast::ExprId expr);

// Invalidates a generic type or function, unless `target` says what the
// function's type arguments are, and reports it.
void RequireInstance(Checker& checker, const Target* target, Operand& x);
// Invalidates a value of a type whose size depends on the declaration being
// checked. That is a cycle, as in `type T [unsafe.Sizeof(T{})]int`.
void RequireFiniteSize(Checker& checker, Operand& x);

// True and `rounded` set if constant `x` is representable as `basic`; else
// false and the code of the error.
bool Representation(Checker& checker, const Operand& x, const Basic* basic,
                    Value& rounded, Code& code);
// Reports that `x` cannot become a `target`, and invalidates it.
void InvalidConversion(Checker& checker, Code code, Operand& x,
                       const Type* target);

}  // namespace gdlint::types
