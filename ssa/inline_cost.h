// Which functions gc inlines, as near as syntax tells.
//
// cmd/compile/internal/inline counts the nodes of its own intermediate form;
// this counts what they are made from. Near the limit the two may disagree.

#pragma once

#include <functional>
#include <string_view>
#include <unordered_map>

#include "ast/tree.h"
#include "ssa/heap_results.h"
#include "types/package.h"

namespace gdlint::ssa {

// True if the comment before a function's declaration has a line that begins
// with `directive`, such as "//go:noinline".
bool HasDirective(const types::Func* func, std::string_view directive);

class InlineCosts {
 public:
  explicit InlineCosts(const HeapResults::FindBody& find_body)
      : find_body_(find_body) {}

  // gc inlines calls of this declared function.
  bool CanInline(const types::Func* func) { return CostOf(func) <= kMaxCost; }
  // What a call of it adds to the cost of its caller, at most kTooHigh.
  int CostOf(const types::Func* func);

  static constexpr int kMaxCost = 80;
  static constexpr int kTooHigh = 10'000;

 private:
  const HeapResults::FindBody& find_body_;
  // kTooHigh while it is being found: functions that call themselves are not
  // inlined.
  std::unordered_map<const types::Func*, int> costs_;
};

}  // namespace gdlint::ssa
