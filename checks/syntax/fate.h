// What becomes of a function literal: called, deferred, started, kept.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/syntax/file_index.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {

enum class FateKind : uint8_t {
  kUnknown,
  // Runs where it stands.
  kCalled,
  // Runs when the function around it returns; as an argument of a deferred call
  // too.
  kDeferred,
  // Runs on another goroutine.
  kStarted,
  // Stored, to run some time later.
  kKept,
};

struct Fate {
  FateKind kind = FateKind::kUnknown;
  // The `defer` or `go` statement; else the literal.
  ast::NodeId cause;
  // For kKept: the variable at the root of what it is stored in; none if it is
  // given to a function known to keep it.
  ast::Ref<ast::Ident> keeper;
};

// All that becomes of `literal`: one entry, or one for each use of the local
// variable that holds it. `use` is the place in the literal that matters, since
// the body of a subtest runs where it stands up to its call of Parallel, and
// later behind it.
std::vector<Fate> FatesOf(const FileIndex& index,
                          ast::Ref<ast::FuncLit> literal, ast::NodeId use);

// The uses of a local variable in its function, without its declaration and
// assignments.
std::vector<ast::Ref<ast::Ident>> UsesOf(const FileIndex& index,
                                         const Declaration& decl);

// The local variable that `value` initialises or is assigned to as a whole;
// none if something else is done with it.
Declaration HolderOf(const FileIndex& index, ast::ExprId value);

}  // namespace gdlint::checks::syntax
