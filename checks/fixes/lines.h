// Edits of whole lines, made so that gofmt would leave them as they are.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/tree.h"
#include "checks/fix.h"
#include "checks/syntax/file_index.h"
#include "source/pos.h"

namespace gdlint::checks::fixes {

// The white space before the first thing in the line of `pos`.
std::string_view IndentAt(const syntax::FileIndex& index, source::Pos pos);

// Inserts `lines` below the last line of `node`, indented like its first one. A
// comment behind it stays where it is. Nothing if something else follows in
// that line.
std::optional<Edit> InsertBelow(const syntax::FileIndex& index,
                                ast::NodeId node,
                                const std::vector<std::string>& lines);

// Inserts `lines` as the first of the block, indented by one more than the line
// of its brace. Nothing if something follows the brace in its line.
std::optional<Edit> InsertFirst(const syntax::FileIndex& index,
                                ast::Ref<ast::BlockStmt> block,
                                const std::vector<std::string>& lines);

// Moves the lines of `stmt`, and the comment above that belongs to it, below
// those of `target`, which is in the same list. Empty if they share lines with
// others.
std::vector<Edit> MoveBelow(const syntax::FileIndex& index, ast::NodeId stmt,
                            ast::NodeId target);

// `mu.RUnlock()` of `mu.Unlock()`: another method is called. Without edits for
// other calls.
Fix Rename(const syntax::FileIndex& index, ast::ExprId call,
           std::string_view method);

// `lines` in place of `node`: the first where it begins, the others indented
// like it.
Edit Replace(const syntax::FileIndex& index, ast::NodeId node,
             const std::vector<std::string>& lines);

}  // namespace gdlint::checks::fixes
