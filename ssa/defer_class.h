// How gc implements each defer statement: what `go build -gcflags=-d=defer`
// says. By the compiler's own rules (of Go 1.26), on syntax and types:
//
// - what its noder leaves out (kept_syntax.h) has no class and does not count;
// - a defer in a loop, after a label that a later goto jumps back to, or in the
//   body of a range-over-func loop is allocated on the heap;
// - all others of a function are open-coded if it has at most 8, none on the
//   heap, at most 15 as the product of its return statements and its defers,
//   and no result parameter on the heap (heap_results.h);
// - otherwise they are allocated on the stack.

#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ast/tree.h"
#include "types/package.h"

namespace gdlint::ssa {

enum class DeferClass : uint8_t {
  // Not compiled.
  kNone,
  kOpenCoded,
  kStackAllocated,
  kHeapAllocated,
};

// "open-coded".
std::string_view DeferClassName(DeferClass defer_class);

struct DeferClassOptions {
  // See InstantiatedGenerics (instances.h).
  const std::unordered_set<const types::Object*>* instantiated = nullptr;
  // True if gc moves a result parameter of a function to the heap. Asked at
  // most once for a function (a FuncDecl or a FuncLit).
  std::function<bool(const types::Unit& unit, ast::NodeId function)>
      has_heap_result = {};
};

// By the index of the DeferStmt: the class of each in a file or a function's
// tree, whose bodies are checked.
std::vector<DeferClass> ClassifyDefers(const types::Unit& unit,
                                       const DeferClassOptions& options);

}  // namespace gdlint::ssa
