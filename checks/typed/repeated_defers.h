// Finds the `defer` statements that can run more than once in one activation of
// their function.

#pragma once

#include <cstdint>
#include <optional>

#include "checks/package_pass.h"
#include "checks/typed/outlives.h"
#include "checks/typed/source.h"

namespace gdlint::checks::typed {

struct RepeatedDefer {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  ast::Ref<ast::DeferStmt> stmt;
  // The innermost loop that comes back to the statement; none for a loop made
  // by goto.
  ast::NodeId loop;
  // For a loop made by goto: the jump back.
  ast::NodeId jump;
  // How often the statement runs, where constants say so.
  std::optional<uint64_t> times;
  // Of `loop`. Its function may be one around `function`.
  Iteration iteration;
  // The loop is left by nothing but a panic: the deferred calls never run.
  bool is_endless = false;
};

// Of a Defer of `function`. Not if a condition in the loop lets it pass only
// once, or every way behind it leaves the loop.
std::optional<RepeatedDefer> FindRepetition(const Source& source,
                                            const ssa::Function& function,
                                            ssa::InstId inst,
                                            dataflow::Analyses& analyses);

}  // namespace gdlint::checks::typed
