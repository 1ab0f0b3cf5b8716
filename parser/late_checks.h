// What the compiler's syntax phase checks beyond the grammar: labels and
// branches.

#pragma once

#include <span>
#include <string_view>

#include "ast/tree.h"
#include "source/emitter.h"

namespace gdlint::parser {

// Reports misused labels and misplaced branch statements in the functions of
// `tree`, after the spec's sections on labeled, break, continue, goto and
// fallthrough statements. `text` is what the tree was parsed from. A function
// with one of `syntax_errors` in its body is left out: what it lacks may be
// what could not be parsed.
void CheckBranches(std::string_view text, const ast::Tree& tree,
                   std::span<const source::Diagnostic> syntax_errors,
                   source::Emitter& errors);

}  // namespace gdlint::parser
