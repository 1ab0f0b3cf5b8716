// The order in which the package-level variables of a package are initialised.

#pragma once

#include <vector>

#include "ast/node_id.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::types {

// `var lhs… = init`. One that is called `_` is among the variables.
struct InitStep {
  std::vector<const Var*> lhs;
  // In the tree of `unit`.
  ast::ExprId init;
  const Unit* unit = nullptr;
};

// The initialisers of `package` in the order in which they run: the first in
// the source that depends on nothing that is yet to be initialised, again and
// again. All its bodies must have been checked, and without errors.
std::vector<InitStep> InitSequence(const Package& package);

}  // namespace gdlint::types
