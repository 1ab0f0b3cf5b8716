// Expressions as short text for messages.

#pragma once

#include <string>

#include "ast/node_id.h"
#include "types/package.h"

namespace gdlint::types {

// The expression on one line, as go/types' ExprString has it: function bodies
// are "{…}", composite literals "T{…}". Past 1024 bytes the text is cut with
// "…".
std::string ExprString(const Unit& unit, ast::ExprId expr);

}  // namespace gdlint::types
