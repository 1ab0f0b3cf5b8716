// Which category nodes of a kind have.

#pragma once

#include "ast/node_id.h"

namespace gdlint::ast {

// `kind` must not be kNone.
constexpr Category CategoryOf(NodeKind kind) {
  constexpr Category kCategories[] = {
      // kNone.
      Category::kFieldList,
#define AST_NODE(Name, Kind) Category::k##Kind,
#include "ast/node_kind.def"
  };
  return kCategories[static_cast<size_t>(kind)];
}

}  // namespace gdlint::ast
