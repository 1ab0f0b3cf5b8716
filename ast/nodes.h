// The AST node types, one struct each.
//
// Adding a node: add a line to ast/node_kind.def and a struct in the header of
// its category, then fix what stops compiling. `Fields()` lists a node's
// children in source order; the walker and the dumper are derived from it.
// Nodes are plain data, so a Tree is one block of memory. Field names and
// meanings are go/ast's where it has the node.

#pragma once

#include <type_traits>

#include "ast/decl_nodes.h"  // IWYU pragma: export
#include "ast/expr_nodes.h"  // IWYU pragma: export
#include "ast/stmt_nodes.h"  // IWYU pragma: export

namespace gdlint::ast {

#define AST_NODE(Name, Category)                      \
  static_assert(std::is_trivially_copyable_v<Name> && \
                std::is_trivially_destructible_v<Name>);
#include "ast/node_kind.def"

}  // namespace gdlint::ast
