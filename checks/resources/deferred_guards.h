// Under which conditions a deferred literal releases what it captures:
// `defer func() { if err != nil { f.Close() } }()` does so only where the
// function fails.

#pragma once

#include <span>
#include <vector>

#include "ssa/function.h"

namespace gdlint::checks::resources {

// A variable of the function that defers, which the literal asks for before
// each release.
struct DeferredGuard {
  ssa::Value cell;
  // It is compared with nil; else it is a flag.
  bool is_nil_test;
  // That it is nil, or that the flag is set, is so where it releases.
  bool holds;

  friend bool operator==(const DeferredGuard&, const DeferredGuard&) = default;
};

// What all that `literal`, which `closure` makes, does with its free variable
// `index` hangs on, but for comparisons. Empty: nothing that is known.
std::vector<DeferredGuard> GuardsOf(const ssa::Function& function,
                                    const ssa::Inst& closure,
                                    const ssa::Function& literal,
                                    uint32_t index);

// At `run`, a RunDefers, one of `guards` keeps the literal from releasing, or
// may do so: an error result that is nil, or what a call gives that may
// succeed; a flag that was set just before.
bool KeepsFromRelease(const ssa::Function& function, ssa::InstId run,
                      std::span<const DeferredGuard> guards);

}  // namespace gdlint::checks::resources
