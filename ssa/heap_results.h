// Which functions have result parameters that gc moves to the heap: escape
// analysis (escape_graph.h) of as much of a program as that takes.
//
// What is not as gc has it: which calls are inlined is an estimate
// (inline_cost.h), interface calls are not made static, and generic functions
// are looked at once, not for each shape.

#pragma once

#include <functional>
#include <memory>
#include <span>

#include "ast/tree.h"
#include "types/package.h"

namespace gdlint::ssa {

// A declared function's body, checked.
struct FunctionBody {
  // Has the body and its facts.
  const types::Unit* unit = nullptr;
  ast::Ref<ast::BlockStmt> body;
  // Receiver, parameters and results, in order.
  std::span<types::Var* const> vars;
};

class HeapResults {
 public:
  // The body of a function, or null if it has none in Go, or none that is
  // known. What is returned must stay.
  using FindBody = std::function<const FunctionBody*(const types::Func*)>;

  explicit HeapResults(FindBody find_body);
  ~HeapResults();

  // True if a result parameter of `function`, a FuncDecl or a FuncLit of
  // `unit`, lies on the heap. Not for several threads at a time. Needs a deep
  // stack (support/deep_stack.h) for long chains of calls.
  bool Has(const types::Unit& unit, ast::NodeId function);

 private:
  class Program;
  std::unique_ptr<Program> program_;
};

}  // namespace gdlint::ssa
