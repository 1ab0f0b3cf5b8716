// Finds the `defer` statements that can run more than once in one activation of
// their function.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checks/syntax/file_index.h"

namespace gdlint::checks::syntax {

struct RepeatedDefer {
  ast::Ref<ast::DeferStmt> stmt;
  // The innermost loop that comes back to the statement; none for a loop made
  // by goto.
  ast::NodeId loop;
  // For a loop made by goto: the jump back.
  ast::NodeId jump;
  // How often the statement runs, where constants say so.
  std::optional<uint64_t> times;
};

struct RepeatedDefers {
  // In source order. Not those that a condition in the loop lets pass only
  // once.
  std::vector<RepeatedDefer> found;
  // False if the file asks for more work than is done for one, and some may be
  // missing.
  bool is_complete = true;
};

RepeatedDefers FindRepeatedDefers(const FileIndex& index);

}  // namespace gdlint::checks::syntax
