// Makes a Program: takes functions in any order, links them, and finds out what
// each does.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "dataflow/program.h"
#include "dataflow/summary.h"
#include "ssa/function.h"
#include "support/task_pool.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::dataflow {

// What is known of a function without looking at its body; nothing for most.
// Asked once a function, from any thread.
using ModelFn =
    std::function<std::optional<Summary>(const types::Func& function)>;

class ProgramBuilder {
 public:
  explicit ProgramBuilder(ModelFn models = {});
  ~ProgramBuilder();
  ProgramBuilder(const ProgramBuilder&) = delete;
  ProgramBuilder& operator=(const ProgramBuilder&) = delete;

  // A declared function or an initialiser, with the literals and loop bodies in
  // it. The same declaration may come twice (a package and its test variant):
  // the first counts. Not for several threads at a time.
  //
  // A root stays in the program as Node::body. What is no root is dropped by
  // Finish once its summary is made, if the program owns it.
  void AddFunction(std::unique_ptr<ssa::Function> function, bool is_root);
  // As above; `function` must outlive the program.
  void AddFunction(const ssa::Function& function, bool is_root);

  // No code outside of the roots can use what this package declares: it is a
  // main package, or a test.
  void SetWhole(const types::Package& package);

  // Declared functions that what was added since the last call may call, that
  // have no model and were not added: each once over all calls, in an order
  // that does not depend on threads. The driver adds the bodies it has and asks
  // again, until nothing is left or it has had enough.
  std::vector<const types::Func*> TakeMissing();

  // The program. The builder is of no more use.
  std::unique_ptr<Program> Finish(TaskPool& pool);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::dataflow
