// What the programs that check or lower whole packages and say what it took
// have in common: their command line, loading, and times.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "driver/type_check.h"
#include "loader/package.h"
#include "support/stopwatch.h"
#include "support/task_pool.h"

namespace gdlint::bench {

// A flag of one program: `name`, or, if it ends in `=`, with a positive number.
struct Flag {
  std::string_view name;
  bool* is_set = nullptr;
  unsigned* number = nullptr;
};

struct Arguments {
  unsigned threads = 1;
  std::string dir = ".";
  std::vector<std::string> packages;
};

// `--threads=N`, `--dir=DIR` and what `flags` has, then packages. Nothing if
// that is not what is there.
std::optional<Arguments> ParseArguments(int count, char** arguments,
                                        std::span<const Flag> flags);

// The packages with all that they import, before they are checked.
class LoadedPackages {
 public:
  LoadedPackages(const Arguments& arguments, bool tests);

  // False, and a message on standard error that begins with `program`, if there
  // is nothing to be measured.
  bool IsUsable(std::string_view program) const;
  // Dependencies are worked on as what is named is.
  void MakeAllRoots();

  TaskPool pool;
  driver::CheckedPackages checked;
};

double Seconds(TimeSpent spent);

// Of this process, so far.
struct Usage {
  double user_seconds;
  double cpu_seconds;
  long peak_rss_kb;
};
Usage UsageSoFar();

// Ends the program at once: what is left is freed by the system.
[[noreturn]] void ExitWithoutCleanup();

}  // namespace gdlint::bench
