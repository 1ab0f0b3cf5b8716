// Loads packages with all that they import, type-checks them, lowers all their
// functions to SSA and prints what it took, as one JSON object. bench/compare
// holds it against go/ssa.
//
//   ssa_all [--naive] [--drop] [--passes=N] [--threads=N] [--dir=DIR]
//           PACKAGE...
//
// Dependencies are lowered too. Everything is kept in memory until the end;
// with
// --drop functions are not. Of several passes the last one is timed.

#include <cstddef>
#include <cstdio>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/packages_run.h"
#include "driver/lower.h"
#include "driver/type_check.h"
#include "ssa/function.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"

namespace gdlint::bench {
namespace {

// What was made.
struct Counts {
  size_t functions = 0;
  size_t blocks = 0;
  size_t instructions = 0;

  void Add(const ssa::Function& function) {
    ++functions;
    blocks += function.blocks().size();
    instructions += function.insts().size();
    for (const std::unique_ptr<ssa::Function>& child : function.children()) {
      Add(*child);
    }
  }
};

int Main(int count, char** arguments) {
  bool naive = false;
  bool drop = false;
  unsigned passes = 1;
  const Flag flags[] = {{.name = "--naive", .is_set = &naive},
                        {.name = "--drop", .is_set = &drop},
                        {.name = "--passes=", .number = &passes}};
  const auto parsed = ParseArguments(count, arguments, flags);
  if (!parsed) {
    fmt::print(stderr,
               "usage: ssa_all [--naive] [--drop] [--passes=N] [--threads=N] "
               "[--dir=DIR] PACKAGE...\n");
    return 2;
  }
  Stopwatch watch;
  LoadedPackages packages(*parsed, /*tests=*/false);
  if (!packages.IsUsable("ssa_all")) {
    return 2;
  }
  packages.MakeAllRoots();
  driver::CheckedPackages& checked = packages.checked;
  TaskPool& pool = packages.pool;
  driver::CheckPackages(checked, {}, pool);
  const TimeSpent checking = watch.Lap();
  const double checking_cpu = UsageSoFar().cpu_seconds;

  std::vector<driver::LowerTask> tasks;
  size_t left_out = 0;
  for (const std::unique_ptr<types::Package>& package : checked.packages) {
    std::vector<driver::LowerTask> own = driver::LowerTasksOf(*package);
    left_out += driver::IsLowerable(*package) ? 0 : 1;
    tasks.insert(tasks.end(), std::make_move_iterator(own.begin()),
                 std::make_move_iterator(own.end()));
  }
  std::vector<std::unique_ptr<ssa::Function>> functions(tasks.size());
  TimeSpent lowering;
  double lowering_cpu = 0;
  for (unsigned pass = 0; pass < passes; ++pass) {
    functions.clear();
    functions.resize(tasks.size());
    const double before = UsageSoFar().cpu_seconds;
    watch.Lap();
    driver::LowerAll(checked, tasks, {.is_naive = naive, .verify = false}, pool,
                     [&](size_t i, std::unique_ptr<ssa::Function> function) {
                       if (!drop) {
                         functions[i] = std::move(function);
                       }
                     });
    lowering = watch.Lap();
    lowering_cpu = UsageSoFar().cpu_seconds - before;
  }

  Counts counts;
  for (const std::unique_ptr<ssa::Function>& function : functions) {
    if (function != nullptr) {
      counts.Add(*function);
    }
  }
  fmt::print(
      "{{\"packages\": {}, \"left_out\": {}, \"failures\": {}, "
      "\"functions\": {}, \"blocks\": {}, \"instructions\": {}, "
      "\"threads\": {}, \"load_seconds\": {:.4f}, "
      "\"load_cpu_seconds\": {:.4f}, \"seconds\": {:.4f}, "
      "\"cpu_seconds\": {:.4f}, \"peak_rss_kb\": {}}}\n",
      checked.packages.size(), left_out, checked.failures.size(),
      counts.functions, counts.blocks, counts.instructions, pool.worker_count(),
      Seconds(checking), checking_cpu, Seconds(lowering), lowering_cpu,
      UsageSoFar().peak_rss_kb);
  ExitWithoutCleanup();
}

}  // namespace
}  // namespace gdlint::bench

int main(int count, char** arguments) {
  return gdlint::bench::Main(count, arguments);
}
