// Loops of one file: their variables and how often they run.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checks/syntax/file_index.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {

bool IsLoop(ast::NodeId id);

// The `for` and `range` statements around `id` in its own function, innermost
// first.
std::vector<ast::NodeId> EnclosingLoops(const FileIndex& index, ast::NodeId id);

// From `for` to the brace of the body.
source::Span LoopHeader(const ast::Tree& tree, ast::NodeId loop);
ast::Ref<ast::BlockStmt> LoopBody(const ast::Tree& tree, ast::NodeId loop);

// How often the body runs if nothing leaves it early, where constants in this
// file say so: `i < 3`, `range 3`, a range over a literal or over a variable
// that holds one.
std::optional<uint64_t> TripCount(const FileIndex& index, ast::NodeId loop);

// True if the loop ranges over an array, slice or map literal, or over a
// variable that holds one: a table.
bool RangesOverTable(const FileIndex& index, ast::NodeId loop);

// True if something below `where` assigns to the variable that `decl` declares,
// or takes its address, or if there is too much to look at. The declaration
// itself does not count.
bool IsAssignedBelow(const FileIndex& index, const Declaration& decl,
                     ast::NodeId where);

// True if `range` calls a function for its iterations, as far as this file and
// the standard library tell.
bool RangesOverFunction(const FileIndex& index, const ast::RangeStmt& range);

// The value of an integer constant.
std::optional<int64_t> ConstantInt(const FileIndex& index, ast::ExprId expr);

}  // namespace gdlint::checks::syntax
