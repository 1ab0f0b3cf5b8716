// What the files that check calls, built-ins and selectors share. Internal to
// types/.

#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ast/tree.h"
#include "types/checker.h"
#include "types/type_set.h"

namespace gdlint::types {

inline std::span<const Param> ParamsOf(const Tuple* tuple) {
  return tuple == nullptr ? std::span<const Param>() : tuple->params;
}

// ForEachInTypeSet, without its cost for what is no type parameter.
template <typename Fn>
bool ForEachTypeAndUnder(const Type* type, Fn fn) {
  if (!IsTypeParam(type)) {
    return fn(type, Under(type));
  }
  return ForEachInTypeSet(type, std::ref(fn));
}

// The dots of `f(xs...)`.
inline bool HasDots(const ast::CallExpr& call) {
  return call.ellipsis.is_valid();
}

// Where too few arguments are reported: the closing parenthesis.
inline At AtRparen(const Checker& checker, ast::Ref<ast::CallExpr> call) {
  const source::Pos rparen = checker.Get(call).rparen;
  return rparen.is_valid() ? checker.AtPos(rparen) : checker.AtNode(call);
}

// Reports and invalidates `x` if it is a call without result, a built-in or a
// type: go/types' exclude.
void ExcludeNonValues(Checker& checker, Operand& x);

// A type as messages about the number of values name it: an untyped number is
// just that, as its default type would ask for too much.
std::string CountedTypeText(const Checker& checker, const Type* type);

// What a call's arguments must match. `params` has one for each argument.
void CheckArgumentTypes(Checker& checker, ast::ExprId fun,
                        std::span<const Param> params, std::span<Operand> args);

// True if the code being checked may mention these type parameters, because it
// is inside of the declaration that has them: inference must then keep those
// to be found apart from those that occur in arguments.
bool MayMentionTypeParams(const Checker& checker,
                          std::span<const TypeParam* const> type_params);

// Why a field or method was not found, `alternative` being what was found by
// ignoring the case of letters (or null): go/types' lookupError.
std::string LookupErrorText(const Checker& checker, const Type* type,
                            const Name* name, const Object* alternative,
                            bool is_struct_literal);

// How a call of a built-in may be used.
ExprKind KindOfBuiltin(BuiltinId id);

// Whether the size of `type` depends on type parameters.
bool HasVariableSize(const Type* type);

}  // namespace gdlint::types
