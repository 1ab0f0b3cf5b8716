// Finds function literals that outlive an iteration and see a variable that the
// iterations of a loop share.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/package_pass.h"
#include "checks/typed/source.h"

namespace gdlint::checks::typed {

enum class Delay : uint8_t { kDefer, kGo, kKept };

struct LoopCapture {
  Delay delay = Delay::kDefer;
  const ssa::Function* function = nullptr;
  // The `defer` or `go` statement; else the literal.
  ast::NodeId cause;
  // None for a call that is given the variable's address.
  ast::Ref<ast::FuncLit> literal;
  ast::NodeId loop;
  const types::Var* variable = nullptr;
  // Where the variable is used.
  source::Span use;
  // The loop's own clause declares the variable.
  bool declared_by_loop = false;
};

// Of what `function` creates, defers and starts.
std::vector<LoopCapture> FindLoopCaptures(const Source& source,
                                          const ssa::Function& function,
                                          dataflow::Analyses& analyses);

}  // namespace gdlint::checks::typed
