// The program that runs, as the passes of dataflow/ see it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "dataflow/program_builder.h"
#include "driver/load_program.h"
#include "ssa/function.h"
#include "support/task_pool.h"

namespace gdlint::soundness {

// A function of the run and the one that was analysed: lowered from the same
// text, but not the same object, and generic where the other is an instance.
struct Match {
  const ssa::Function* function = nullptr;
  dataflow::FunctionId node;
  // Of each instruction that runs, the one that was analysed; null if it has no
  // counterpart.
  std::vector<const ssa::Inst*> insts;
};

// All packages of a program but those of the standard library.
class Analysed {
 public:
  Analysed(driver::LoadedProgram& loaded, TaskPool& pool,
           dataflow::ModelFn models);
  Analysed(const Analysed&) = delete;
  Analysed& operator=(const Analysed&) = delete;

  const dataflow::Program& program() const { return *program_; }
  dataflow::Analyses& analyses() { return *analyses_; }

  // Null for functions that were not analysed.
  const Match* MatchOf(const ssa::Function* running);

 private:
  // An initialiser may be all of a literal.
  using Syntax = std::tuple<const types::Unit*, uint32_t, ssa::FunctionKind>;
  void Add(const ssa::Function& function);

  std::unique_ptr<dataflow::Program> program_;
  std::unique_ptr<dataflow::Analyses> analyses_;
  std::map<Syntax, const ssa::Function*> by_syntax_;
  std::unordered_map<const ssa::Function*, std::unique_ptr<Match>> matches_;
};

}  // namespace gdlint::soundness
