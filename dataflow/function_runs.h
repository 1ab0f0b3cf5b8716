// Who runs a function, and how: called, deferred or as a goroutine.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// What brings a function to run.
enum class RunKind : uint8_t {
  kCalled,
  kDeferred,
  kSpawned,
  // It is handed to a function that calls it before it returns.
  kPassed,
  // It is handed to a function that runs it in a goroutine.
  kPassedToSpawn,
};

struct RunSite {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  RunKind kind = RunKind::kCalled;
};

// Of a declared function or a literal under analysis.
class FunctionRuns {
 public:
  FunctionRuns(const ssa::Function& function, Analyses& analyses);

  const std::vector<RunSite>& sites() const { return sites_; }
  // There may be other sites: nothing is known of them.
  bool may_be_more() const { return may_be_more_; }
  // main, init, a test: the runtime calls it.
  bool is_entry() const { return is_entry_; }

  bool Has(RunKind kind) const;
  // Some `defer` runs it, with nothing between.
  bool is_deferred() const { return Has(RunKind::kDeferred); }
  // All that runs it is known, and none of it is a `defer`.
  bool is_never_deferred() const {
    return !is_deferred() && (is_entry_ || !may_be_more_) &&
           (is_entry_ || !sites_.empty());
  }
  // Only `defer` runs it, as far as is known.
  bool is_only_deferred() const;

 private:
  std::vector<RunSite> sites_;
  bool may_be_more_ = false;
  bool is_entry_ = false;
};

// True for main, init and what `go test` calls.
bool IsEntryFunction(const ssa::Function& function);

}  // namespace gdlint::dataflow
