// Loads packages with all that they import, type-checks them and prints what it
// took, as one JSON object. bench/compare holds it against go/types.
//
//   types_all [--api] [--tests] [--threads=N] [--dir=DIR] PACKAGE...
//
// The bodies of all functions of all packages are checked, dependencies'
// included. With --api as in a run over the named packages alone: dependencies'
// bodies are not read. Everything is kept in memory until the end.

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

#include "bench/packages_run.h"
#include "driver/type_check.h"
#include "loader/package.h"
#include "support/stopwatch.h"

namespace gdlint::bench {
namespace {

// What was checked.
struct Counts {
  size_t packages = 0;
  size_t files = 0;
  size_t lines = 0;
  size_t text_bytes = 0;
  size_t tree_bytes = 0;
  size_t bodies = 0;
  size_t errors = 0;
};

Counts Count(const driver::CheckedPackages& checked) {
  Counts counts;
  for (size_t i = 0; i < checked.packages.size(); ++i) {
    const loader::Package& loaded = checked.graph.packages[i];
    const types::Package& package = *checked.packages[i];
    ++counts.packages;
    counts.files += loaded.files.size();
    for (const loader::PackageFile& file : loaded.files) {
      const std::string_view text = file.source->text();
      counts.lines += std::ranges::count(text, '\n') + 1;
      counts.errors += checked.parsed[file.source_index].errors.size();
    }
    counts.errors += loaded.problems.size() + package.errors.size();
    if (loaded.is_root) {
      counts.bodies += package.bodies.size();
    }
  }
  for (size_t i = 0; i < checked.parsed.size(); ++i) {
    counts.text_bytes += checked.graph.sources[i]->text().size();
    counts.tree_bytes += checked.parsed[i].tree.byte_size();
  }
  return counts;
}

int Main(int count, char** arguments) {
  bool api = false;
  bool tests = false;
  const Flag flags[] = {{.name = "--api", .is_set = &api},
                        {.name = "--tests", .is_set = &tests}};
  const auto parsed = ParseArguments(count, arguments, flags);
  if (!parsed) {
    fmt::print(stderr,
               "usage: types_all [--api] [--tests] [--threads=N] [--dir=DIR] "
               "PACKAGE...\n");
    return 2;
  }
  const Stopwatch whole;
  Stopwatch watch;
  LoadedPackages packages(*parsed, tests);
  if (!packages.IsUsable("types_all")) {
    return 2;
  }
  if (!api) {
    packages.MakeAllRoots();
  }
  const TimeSpent load = watch.Lap();
  driver::TypeCheckTimes times;
  driver::CheckPackages(packages.checked, {}, packages.pool, &times);
  const TimeSpent all = whole.Elapsed();
  const Usage usage = UsageSoFar();
  const Counts counts = Count(packages.checked);
  fmt::print(
      "{{\"packages\": {}, \"files\": {}, \"lines\": {}, \"bodies\": {}, "
      "\"errors\": {}, \"threads\": {}, \"load_seconds\": {:.4f}, "
      "\"parse_seconds\": {:.4f}, \"api_seconds\": {:.4f}, "
      "\"bodies_seconds\": {:.4f}, "
      "\"seconds\": {:.4f}, \"cpu_seconds\": {:.4f}, "
      "\"user_seconds\": {:.4f}, \"text_bytes\": {}, \"tree_bytes\": {}, "
      "\"type_bytes\": {}, \"peak_rss_kb\": {}}}\n",
      counts.packages, counts.files, counts.lines, counts.bodies, counts.errors,
      packages.pool.worker_count(), Seconds(load), Seconds(times.parse),
      Seconds(times.api), Seconds(times.bodies), Seconds(all),
      usage.cpu_seconds, usage.user_seconds, counts.text_bytes,
      counts.tree_bytes, packages.checked.table.byte_size(), usage.peak_rss_kb);
  ExitWithoutCleanup();
}

}  // namespace
}  // namespace gdlint::bench

int main(int count, char** arguments) {
  return gdlint::bench::Main(count, arguments);
}
