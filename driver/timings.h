// Where the time of a run goes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

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

  Timings& operator+=(const Timings& other);
};

// A table for people. `total` is the elapsed time of the whole run.
std::string TimingsTable(const Timings& timings, TimeSpent total,
                         unsigned threads);

}  // namespace gdlint::driver
