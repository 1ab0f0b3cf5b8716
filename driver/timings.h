// Where the time of a run goes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/stopwatch.h"

namespace gdlint::driver {

// What one stage did.
struct StageTotals {
  TimeSpent time;
  size_t files = 0;
  size_t lines = 0;
  size_t bytes = 0;

  StageTotals& operator+=(const StageTotals& other);
};

// What each check took, on all threads together.
struct CheckTime {
  std::string_view check;
  TimeSpent time;
};

// The stages of a lint run. Those that run on all threads have one of these a
// thread, to be added up.
struct Timings {
  StageTotals list;
  StageTotals read;
  StageTotals parse;
  StageTotals check;
  StageTotals types;
  StageTotals lower;
  // The call graph and summaries.
  StageTotals summarise;
  // The checks that need the whole program.
  StageTotals rules;
  StageTotals report;
  // In the order of the checks; empty unless they are timed.
  std::vector<CheckTime> checks;

  // All but `checks`.
  Timings& operator+=(const Timings& other);
};

// A table for people, the slowest check first; each with its share of the
// processor time of the whole run until now.
std::string CheckTimesTable(std::span<const CheckTime> times);

// A table for people. `total` is the elapsed time of the whole run.
std::string TimingsTable(const Timings& timings, TimeSpent total,
                         unsigned threads);

}  // namespace gdlint::driver
