// What a `defer` statement evaluates: the variables whose values its call gets.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ast/tree.h"
#include "types/info.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::checks {

// A variable, or a field of one, whose value the deferred call is given.
struct DeferredOperand {
  // `err`, `s.count`, `*p`, `m` of `len(m)`.
  ast::ExprId expr;
  const types::Var* var = nullptr;
  // Field indices from the variable.
  std::vector<uint32_t> path;
  // The fields are those of what the variable points to; without fields, all of
  // that.
  bool through_pointer = false;
  // The function that is called, or its receiver.
  bool is_function = false;
  bool is_receiver = false;
  // A method copies its receiver.
  const types::Func* copied_by = nullptr;
  // It is asked by a method that only says what it holds: `sb.String()`.
  bool is_viewed = false;
  // What the deferred call gets is computed from it.
  bool is_nested = false;
  // The argument that it is, or is in.
  uint32_t arg = 0;
  const types::Type* type = nullptr;
};

struct DeferredOperands {
  std::vector<DeferredOperand> operands;
  // `time.Since(start)` or the like: the time until now; none if there is none.
  ast::ExprId elapsed;
  // The last name of what is called: `Close` of `f.Close`; none for others.
  ast::Ref<ast::Ident> callee;
  ast::Ref<ast::FuncLit> literal;
};

DeferredOperands OperandsOf(const types::Unit& unit, std::string_view text,
                            const ast::CallExpr& call);

// The variable and path that `expr` names; a null var if it is none.
DeferredOperand PathOf(const types::Unit& unit, ast::ExprId expr);

}  // namespace gdlint::checks
