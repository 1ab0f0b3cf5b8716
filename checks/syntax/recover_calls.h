// Finds calls of `recover` that can never stop a panic.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/check.h"

namespace gdlint::checks::syntax {

enum class RecoverMistake : uint8_t {
  // `defer recover()` in a function that is not deferred itself.
  kDeferredItself,
  // In the body of a range over a function, which is a function of its own.
  kInRangeOverFunc,
  // In a function literal that is called where it stands, or by its variable's
  // name.
  kInCalledLiteral,
  // In a function literal that is the function of a goroutine.
  kInStartedLiteral,
  // In a declared function that is only ever called.
  kInCalledFunction,
  // In main, init or a test, which the runtime calls.
  kInEntryFunction,
  // A deferred literal calls a function that has the `recover`.
  kThroughHelper,
};

struct RecoverCall {
  RecoverMistake mistake;
  // The call of `recover`; for kThroughHelper the call of the helper.
  ast::Ref<ast::CallExpr> call;
  // A related place: the call of the literal or function, the range statement,
  // or the helper's call of `recover`. None if there is nothing to show.
  ast::NodeId related;
};

// In source order.
std::vector<RecoverCall> FindIneffectiveRecovers(const Package& package,
                                                 const File& file,
                                                 const FileIndex& index);

}  // namespace gdlint::checks::syntax
