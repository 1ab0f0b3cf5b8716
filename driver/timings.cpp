#include "driver/timings.h"

#include <sys/resource.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace gdlint::driver {
namespace {

std::string Milliseconds(int64_t nanoseconds) {
  return fmt::format("{:.1f} ms", static_cast<double>(nanoseconds) / 1e6);
}

// Blank for stages that have no such number.
std::string Count(size_t count) {
  return count == 0 ? "" : fmt::format("{}", count);
}

// Of all threads, in nanoseconds.
int64_t ProcessTime() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](timeval time) {
    return int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
  };
  return (microseconds(usage.ru_utime) + microseconds(usage.ru_stime)) * 1000;
}

void AppendRow(std::string_view name, TimeSpent time, const StageTotals& totals,
               std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "{:<8}{:>13}{:>13}{:>9}{:>11}{:>13}\n", name,
                 Milliseconds(time.wall), Milliseconds(time.cpu),
                 Count(totals.files), Count(totals.lines), Count(totals.bytes));
}

}  // namespace

StageTotals& StageTotals::operator+=(const StageTotals& other) {
  time += other.time;
  files += other.files;
  lines += other.lines;
  bytes += other.bytes;
  return *this;
}

Timings& Timings::operator+=(const Timings& other) {
  list += other.list;
  read += other.read;
  parse += other.parse;
  check += other.check;
  types += other.types;
  lower += other.lower;
  summarise += other.summarise;
  rules += other.rules;
  report += other.report;
  return *this;
}

std::string CheckTimesTable(std::span<const CheckTime> times) {
  std::vector<CheckTime> sorted(times.begin(), times.end());
  std::ranges::stable_sort(sorted, std::ranges::greater(),
                           [](const CheckTime& time) { return time.time.cpu; });
  const int64_t total = std::max<int64_t>(ProcessTime(), 1);
  std::string out = fmt::format("{:<32}{:>13}{:>8}\n", "rule", "cpu", "share");
  for (const CheckTime& time : sorted) {
    fmt::format_to(
        std::back_inserter(out), "{:<32}{:>13}{:>6.1f} %\n", time.check,
        Milliseconds(time.time.cpu),
        100 * static_cast<double>(time.time.cpu) / static_cast<double>(total));
  }
  out +=
      "Shares are of the processor time of the whole run; what several rules "
      "share counts for the first of them.\n";
  return out;
}

std::string TimingsTable(const Timings& timings, TimeSpent total,
                         unsigned threads) {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  std::string out = fmt::format("{:<8}{:>13}{:>13}{:>9}{:>11}{:>13}\n", "stage",
                                "wall", "cpu", "files", "lines", "bytes");
  AppendRow("list", timings.list.time, timings.list, out);
  AppendRow("read", timings.read.time, timings.read, out);
  AppendRow("parse", timings.parse.time, timings.parse, out);
  AppendRow("check", timings.check.time, timings.check, out);
  AppendRow("types", timings.types.time, timings.types, out);
  AppendRow("lower", timings.lower.time, timings.lower, out);
  AppendRow("summary", timings.summarise.time, timings.summarise, out);
  AppendRow("rules", timings.rules.time, timings.rules, out);
  AppendRow("report", timings.report.time, timings.report, out);
  total.cpu = ProcessTime();
  AppendRow("total", total, {}, out);
  fmt::format_to(
      std::back_inserter(out),
      "{} thread{}: the stages read, parse and check are summed over them. "
      "Peak memory {:.1f} MB.\n",
      threads, threads == 1 ? "" : "s",
      static_cast<double>(usage.ru_maxrss) / 1024);
  return out;
}

}  // namespace gdlint::driver
