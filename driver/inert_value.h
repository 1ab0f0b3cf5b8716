// Initial values of variables in which nothing happens.

#pragma once

#include "ast/node_id.h"
#include "types/package.h"

namespace gdlint::driver {

// A constant, or a composite literal of nothing but such: nothing is called, no
// function is named, nothing becomes an interface's value. Tables of them are
// long, and there is nothing to find in them.
bool IsInert(const types::Unit& unit, ast::ExprId value);

}  // namespace gdlint::driver
