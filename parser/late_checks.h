// What the compiler's syntax phase checks beyond the grammar: labels and
// branches.

#pragma once

#include <string_view>

#include "ast/tree.h"
#include "source/emitter.h"

namespace gdlint::parser {

// Reports misused labels and misplaced branch statements in every function of
// `tree`, after the spec's sections on labeled, break, continue, goto and
// fallthrough statements. `text` is what the tree was parsed from, without
// errors.
void CheckBranches(std::string_view text, const ast::Tree& tree,
                   source::Emitter& errors);

}  // namespace gdlint::parser
