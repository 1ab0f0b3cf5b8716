// Operands: intermediate results while expressions are checked.

#pragma once

#include <string>

#include "ast/node_id.h"
#include "types/constant.h"
#include "types/info.h"
#include "types/object.h"
#include "types/type.h"

namespace gdlint::types {

struct Operand {
  Mode mode = Mode::kInvalid;
  BuiltinId builtin = BuiltinId::kAppend;
  // In the current unit; none for an operand that no expression stands for,
  // such as a result of a call with several.
  ast::ExprId expr;
  const Type* type = nullptr;
  // Of a kConstant.
  Value value;

  bool is_valid() const { return mode != Mode::kInvalid; }
  bool is_nil() const { return mode == Mode::kNilValue; }
  void Invalidate() { mode = Mode::kInvalid; }
};

}  // namespace gdlint::types
