#include "bench/packages_run.h"

#include <sys/resource.h>
#include <time.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "loader/build_context.h"
#include "types/sizes.h"

namespace gdlint::bench {
namespace {

bool ParseNumber(std::string_view text, unsigned& number) {
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end && number > 0;
}

std::optional<std::string> GetEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

loader::BuildContext MakeContext() {
  return loader::BuildContext::Make({}, GetEnvironment);
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

std::optional<Arguments> ParseArguments(int count, char** arguments,
                                        std::span<const Flag> flags) {
  static constexpr std::string_view kDir = "--dir=";
  Arguments parsed;
  std::vector<Flag> known(flags.begin(), flags.end());
  known.push_back({.name = "--threads=", .number = &parsed.threads});
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.starts_with(kDir)) {
      parsed.dir = argument.substr(kDir.size());
      continue;
    }
    if (!argument.starts_with("-")) {
      parsed.packages.emplace_back(argument);
      continue;
    }
    bool is_known = false;
    for (const Flag& flag : known) {
      if (flag.is_set != nullptr && argument == flag.name) {
        is_known = *flag.is_set = true;
      } else if (flag.number != nullptr && argument.starts_with(flag.name)) {
        is_known = ParseNumber(argument.substr(flag.name.size()), *flag.number);
      }
    }
    if (!is_known) {
      return std::nullopt;
    }
  }
  return parsed.packages.empty() ? std::nullopt : std::optional(parsed);
}

LoadedPackages::LoadedPackages(const Arguments& arguments, bool tests)
    : pool(arguments.threads),
      checked(types::Sizes::ForArchitecture(MakeContext().goarch())) {
  loader::LoadOptions options;
  options.tests = tests;
  options.dir = arguments.dir;
  checked.graph = loader::LoadPackages(arguments.packages, options,
                                       MakeContext(), GetEnvironment, &pool);
}

bool LoadedPackages::IsUsable(std::string_view program) const {
  const loader::PackageGraph& graph = checked.graph;
  for (const std::string& error : graph.usage_errors) {
    fmt::print(stderr, "{}: {}\n", program, error);
  }
  return graph.usage_errors.empty() && !graph.packages.empty();
}

void LoadedPackages::MakeAllRoots() {
  for (loader::Package& package : checked.graph.packages) {
    package.is_root = true;
  }
}

double Seconds(TimeSpent spent) {
  return static_cast<double>(spent.wall) * 1e-9;
}

Usage UsageSoFar() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return {.user_seconds = Seconds(usage.ru_utime),
          .cpu_seconds = Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
          .peak_rss_kb = usage.ru_maxrss};
}

void ExitWithoutCleanup() {
  std::fflush(stdout);
  std::_Exit(0);
}

}  // namespace gdlint::bench
