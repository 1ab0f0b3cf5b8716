// What a deferred call does that would be missed if the process ended before it
// runs.

#pragma once

#include <string>
#include <vector>

#include "checks/knowledge/process_end.h"
#include "dataflow/program.h"
#include "dataflow/values.h"
#include "ssa/function.h"

namespace gdlint::checks {

// The work of one call.
struct Work {
  knowledge::Undone undone = knowledge::Undone::kNothing;
  // The full names of the functions that do what is kWork, sorted, each once.
  std::vector<std::string> names;
};

// Looks into bodies that the program has; of others it knows what
// checks/knowledge/ says.
class DeferredWork {
 public:
  explicit DeferredWork(const dataflow::Program& program) : program_(program) {}

  // Of a Call or Defer. What only runs during a panic does not count.
  Work Of(const ssa::Function& function, const ssa::Inst& call);

 private:
  static constexpr int kMaxDepth = 6;

  // `is_sure`: it is called whenever the outermost call is.
  void AddCall(const ssa::Function& function, const ssa::Inst& call, int depth,
               bool is_sure);
  void AddNamed(const types::Func& func, const ssa::Function& caller,
                const ssa::Inst& call, int depth, bool is_sure);
  void AddBody(const ssa::Function& body, int depth, bool is_sure);
  // A function value that is called.
  void AddValue(const ssa::Function& function, ssa::Value value, int depth,
                bool is_sure);
  // False if it is not known what the function is.
  bool AddOrigin(const dataflow::Origin& origin, int depth, bool is_sure);
  bool AddReturned(const dataflow::Origin& origin, int depth, bool is_sure);
  void Add(knowledge::Undone undone, std::string_view name, int depth,
           bool is_sure);

  const dataflow::Program& program_;
  Work work_;
  std::vector<const ssa::Function*> path_;
};

// The blocks that control can get to while no panic is under way: a recover()
// gives nil.
std::vector<bool> BlocksWithoutPanic(const ssa::Function& function);

// Every way from the entry to a return passes the block.
bool IsOnEveryWay(const ssa::Function& function, ssa::BlockId block);

}  // namespace gdlint::checks
