// Bodies of dependencies: those of functions that the packages under analysis
// may call, and what these call in turn.

#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "dataflow/program_builder.h"
#include "driver/type_check.h"
#include "loader/walk.h"
#include "support/task_pool.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::driver {

// Functions of dependencies in one run, and bytes of their bodies, at most. The
// rest count as unknown.
struct DiscoveryLimits {
  size_t functions = 100'000;
  size_t bytes = size_t{64} << 20;
};

// What it makes lives as long as it: keep it as long as the program is used.
class Discovery {
 public:
  // The packages of each were checked; null ones are passed over.
  Discovery(std::span<CheckedPackages* const> checked,
            const DiscoveryLimits& limits, TaskPool& pool);
  ~Discovery();
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;

  // Parses, checks and lowers, wave by wave, what `builder` misses and has no
  // model of, and adds it as no root. Bodies with errors are left out. The
  // result does not depend on the number of threads.
  void Run(dataflow::ProgramBuilder& builder);

  // What is not in `program`, which is finished, is not needed any more.
  void KeepOnly(const dataflow::Program& program);

  // How many bodies were lowered.
  size_t count() const { return count_; }
  // What the user should know: that a limit was hit. Else empty.
  std::string Remark() const;
  // What could not be lowered (a bug, or memory).
  std::vector<loader::Problem> TakeFailures();

 private:
  // A package that has bodies to be asked for.
  struct Home {
    CheckedPackages* checked = nullptr;
    bool is_indexed = false;
    std::unordered_map<const types::Func*, const types::BodyTask*> tasks;
  };
  struct Late;
  class Worker;

  void AddHomes(CheckedPackages& checked);
  Home* HomeOf(const types::Package& package);
  // The bodies of `missing` that are there, as far as the limits allow.
  void Take(std::span<const types::Func* const> missing,
            std::vector<std::unique_ptr<Late>>& wave);
  void Make(Late& late, unsigned worker);

  const DiscoveryLimits limits_;
  TaskPool& pool_;
  std::unordered_map<const types::Package*, Home> homes_;
  std::vector<std::unique_ptr<Late>> made_;
  std::vector<std::unique_ptr<Worker>> workers_;
  size_t count_ = 0;
  size_t bytes_ = 0;
  bool hit_limit_ = false;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<loader::Problem> failures_;
};

}  // namespace gdlint::driver
