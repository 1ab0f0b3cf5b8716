// Loads packages with all that they import, type-checks them, lowers all their
// functions to SSA and prints what it took, as one JSON object. bench/compare
// holds it against go/ssa.
//
//   ssa_all [--naive] [--drop] [--passes=N] [--threads=N] [--dir=DIR]
//   PACKAGE...
//
// Dependencies are lowered too. Everything is kept in memory until the end;
// with
// --drop functions are not. Of several passes the last one is timed.

#include <sys/resource.h>
#include <time.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "driver/lower.h"
#include "driver/type_check.h"
#include "loader/build_context.h"
#include "loader/package.h"
#include "ssa/function.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"
#include "types/sizes.h"

namespace gdlint::bench {
namespace {

struct Options {
  bool naive = false;
  bool drop = false;
  unsigned passes = 1;
  unsigned threads = 1;
  std::string dir = ".";
  std::vector<std::string> packages;
};

// A positive number.
bool ParseNumber(std::string_view text, unsigned& number) {
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end && number > 0;
}

std::optional<Options> ParseOptions(int count, char** arguments) {
  static constexpr std::string_view kPasses = "--passes=";
  static constexpr std::string_view kThreads = "--threads=";
  static constexpr std::string_view kDir = "--dir=";
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    bool is_known = true;
    if (argument == "--naive") {
      options.naive = true;
    } else if (argument == "--drop") {
      options.drop = true;
    } else if (argument.starts_with(kPasses)) {
      is_known = ParseNumber(argument.substr(kPasses.size()), options.passes);
    } else if (argument.starts_with(kThreads)) {
      is_known = ParseNumber(argument.substr(kThreads.size()), options.threads);
    } else if (argument.starts_with(kDir)) {
      options.dir = argument.substr(kDir.size());
    } else if (argument.starts_with("-")) {
      is_known = false;
    } else {
      options.packages.emplace_back(argument);
    }
    if (!is_known) {
      return std::nullopt;
    }
  }
  return options.packages.empty() ? std::nullopt : std::optional(options);
}

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

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

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

double Seconds(TimeSpent spent) {
  return static_cast<double>(spent.wall) * 1e-9;
}

double CpuSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

int Main(int count, char** arguments) {
  const std::optional<Options> options = ParseOptions(count, arguments);
  if (!options) {
    fmt::print(stderr,
               "usage: ssa_all [--naive] [--drop] [--passes=N] [--threads=N] "
               "[--dir=DIR] PACKAGE...\n");
    return 2;
  }
  const auto context = loader::BuildContext::Make({}, GetEnvironment);
  Stopwatch watch;
  TaskPool pool(options->threads);
  driver::CheckedPackages checked(
      types::Sizes::ForArchitecture(context.goarch()));
  loader::LoadOptions load_options;
  load_options.dir = options->dir;
  checked.graph = loader::LoadPackages(options->packages, load_options, context,
                                       GetEnvironment, &pool);
  for (const std::string& error : checked.graph.usage_errors) {
    fmt::print(stderr, "ssa_all: {}\n", error);
  }
  if (!checked.graph.usage_errors.empty() || checked.graph.packages.empty()) {
    return 2;
  }
  for (loader::Package& package : checked.graph.packages) {
    package.is_root = true;
  }
  driver::CheckPackages(checked, {}, pool);
  const TimeSpent checking = watch.Lap();
  const double checking_cpu = CpuSeconds();

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
  for (unsigned pass = 0; pass < options->passes; ++pass) {
    functions.clear();
    functions.resize(tasks.size());
    const double before = CpuSeconds();
    watch.Lap();
    driver::LowerAll(checked, tasks,
                     {.is_naive = options->naive, .verify = false}, pool,
                     [&](size_t i, std::unique_ptr<ssa::Function> function) {
                       if (!options->drop) {
                         functions[i] = std::move(function);
                       }
                     });
    lowering = watch.Lap();
    lowering_cpu = CpuSeconds() - before;
  }
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);

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
      usage.ru_maxrss);
  // What is left is freed by the system, all at once.
  std::fflush(stdout);
  std::_Exit(0);
}

}  // namespace
}  // namespace gdlint::bench

int main(int count, char** arguments) {
  return gdlint::bench::Main(count, arguments);
}
