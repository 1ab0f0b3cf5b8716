// What a deferred call gives back, judged by names, and whether the code behind
// a loop still needs it.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/syntax/file_index.h"
#include "checks/syntax/names.h"

namespace gdlint::checks::syntax {

enum class Held : uint8_t {
  // Nothing that the name of the call tells of.
  kNothing,
  kResource,
  kLock,
};

// A local variable that a deferred call works on.
struct ReleasedRoot {
  Declaration decl;
  // The expression that begins with it: the receiver, the argument or the
  // callee.
  ast::ExprId expr;
  // True for the receiver of a method, and for the channel of `close`.
  bool is_receiver = false;
};

struct Released {
  Held held = Held::kNothing;
  // The variables whose values are given back, or that are called to do so.
  std::vector<ReleasedRoot> roots;
};

Released DescribeDeferred(const FileIndex& index, const ast::DeferStmt& stmt);

// True if the code itself shows that each iteration's value must outlive the
// iteration: it is put into something declared outside `loop`, handed to a
// goroutine, released only on a condition that is known after the loop, or was
// there before the loop.
bool IsNeededAfterLoop(const FileIndex& index, const ast::DeferStmt& stmt,
                       const Released& released, ast::NodeId loop);

// True if every iteration of `loop` unlocks the same lock.
bool IsSameInEveryIteration(const FileIndex& index, const ast::DeferStmt& stmt,
                            const Released& released, ast::NodeId loop);

}  // namespace gdlint::checks::syntax
