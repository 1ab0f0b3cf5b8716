// Loads packages with all that they import, type-checks them and prints what it
// took, as one JSON object. bench/compare holds it against go/types.
//
//   types_all [--api] [--tests] [--threads=N] [--dir=DIR] PACKAGE...
//
// The bodies of all functions of all packages are checked, dependencies'
// included. With --api as in a run over the named packages alone: dependencies'
// bodies are not read. Everything is kept in memory until the end.

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "driver/type_check.h"
#include "loader/build_context.h"
#include "loader/package.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"
#include "types/sizes.h"

namespace gdlint::bench {
namespace {

struct Options {
  bool api = false;
  bool tests = false;
  unsigned threads = 1;
  std::string dir = ".";
  std::vector<std::string> packages;
};

std::optional<Options> ParseOptions(int count, char** arguments) {
  static constexpr std::string_view kThreads = "--threads=";
  static constexpr std::string_view kDir = "--dir=";
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--api") {
      options.api = true;
    } else if (argument == "--tests") {
      options.tests = true;
    } else if (argument.starts_with(kThreads)) {
      const std::string_view number = argument.substr(kThreads.size());
      const char* const end = number.data() + number.size();
      const auto parsed = std::from_chars(number.data(), end, options.threads);
      if (parsed.ec != std::errc() || parsed.ptr != end ||
          options.threads == 0) {
        return std::nullopt;
      }
    } else if (argument.starts_with(kDir)) {
      options.dir = argument.substr(kDir.size());
    } else if (argument.starts_with("-")) {
      return std::nullopt;
    } else {
      options.packages.emplace_back(argument);
    }
  }
  return options.packages.empty() ? std::nullopt : std::optional(options);
}

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

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

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

double Seconds(TimeSpent spent) {
  return static_cast<double>(spent.wall) * 1e-9;
}

int Main(int count, char** arguments) {
  const std::optional<Options> options = ParseOptions(count, arguments);
  if (!options) {
    fmt::print(stderr,
               "usage: types_all [--api] [--tests] [--threads=N] [--dir=DIR] "
               "PACKAGE...\n");
    return 2;
  }
  const auto context = loader::BuildContext::Make({}, GetEnvironment);
  const Stopwatch whole;
  Stopwatch watch;
  TaskPool pool(options->threads);
  driver::CheckedPackages checked(
      types::Sizes::ForArchitecture(context.goarch()));
  loader::LoadOptions load_options;
  load_options.tests = options->tests;
  load_options.dir = options->dir;
  checked.graph = loader::LoadPackages(options->packages, load_options, context,
                                       GetEnvironment, &pool);
  for (const std::string& error : checked.graph.usage_errors) {
    fmt::print(stderr, "types_all: {}\n", error);
  }
  if (!checked.graph.usage_errors.empty() || checked.graph.packages.empty()) {
    return 2;
  }
  if (!options->api) {
    for (loader::Package& package : checked.graph.packages) {
      package.is_root = true;
    }
  }
  const TimeSpent load = watch.Lap();
  driver::TypeCheckTimes times;
  driver::CheckPackages(checked, {}, pool, &times);
  const TimeSpent all = whole.Elapsed();
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);

  const Counts counts = Count(checked);
  fmt::print(
      "{{\"packages\": {}, \"files\": {}, \"lines\": {}, \"bodies\": {}, "
      "\"errors\": {}, \"threads\": {}, \"load_seconds\": {:.4f}, "
      "\"parse_seconds\": {:.4f}, \"api_seconds\": {:.4f}, "
      "\"bodies_seconds\": {:.4f}, "
      "\"seconds\": {:.4f}, \"cpu_seconds\": {:.4f}, "
      "\"user_seconds\": {:.4f}, \"text_bytes\": {}, \"tree_bytes\": {}, "
      "\"type_bytes\": {}, \"peak_rss_kb\": {}}}\n",
      counts.packages, counts.files, counts.lines, counts.bodies, counts.errors,
      pool.worker_count(), Seconds(load), Seconds(times.parse),
      Seconds(times.api), Seconds(times.bodies), Seconds(all),
      Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
      Seconds(usage.ru_utime), counts.text_bytes, counts.tree_bytes,
      checked.table.byte_size(), usage.ru_maxrss);
  // What is left is freed by the system, all at once.
  std::fflush(stdout);
  std::_Exit(0);
}

}  // namespace
}  // namespace gdlint::bench

int main(int count, char** arguments) {
  return gdlint::bench::Main(count, arguments);
}
