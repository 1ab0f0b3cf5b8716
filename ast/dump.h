// Prints trees, for people and to be held against go/ast.

#pragma once

#include <string>
#include <string_view>

#include "ast/tree.h"

namespace gdlint::ast {

// Appends `tree` to `out` in the format of `gdlint debug ast` (docs/decisions
// has it): the package clause, then a line for each node in preorder. `text` is
// what the tree was parsed from.
void Dump(const Tree& tree, std::string_view text, std::string& out);

}  // namespace gdlint::ast
