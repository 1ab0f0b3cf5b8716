// Comments that take findings back:
//
//   //lint:ignore RULE[,RULE...] reason       this line, or the statement below
//   //lint:file-ignore RULE[,RULE...] reason  the whole file
//   //nolint[:RULE[,RULE...]] // reason       this line, or what begins below:
//                                             a statement or a whole
//                                             declaration
//
// RULE is a rule's name, a name that another tool has for it, or `all`. Names
// that are no rule of ours are other tools' affair.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ast/tree.h"
#include "checks/check.h"
#include "lexer/token.h"
#include "report/finding.h"
#include "source/line_table.h"

namespace gdlint::driver {

struct SuppressedFile {
  std::string_view text;
  const ast::Tree& tree;
  std::span<const lexer::Comment> comments;
};

// Takes what is suppressed out of `findings`. Adds what is wrong with the
// comments: a missing reason (such a lint:ignore suppresses nothing) and, with
// `report_unused`, those of `checks` that suppress nothing.
void ApplySuppressions(const SuppressedFile& file,
                       std::span<const checks::Check* const> checks,
                       bool report_unused,
                       std::vector<report::Finding>& findings);

}  // namespace gdlint::driver
