// Elapsed and processor time.

#pragma once

#include <ctime>

#include <cstdint>

namespace gdlint {

// Nanoseconds. `cpu` is the time that the calling thread was running.
struct TimeSpent {
  int64_t wall = 0;
  int64_t cpu = 0;

  TimeSpent& operator+=(TimeSpent other) {
    wall += other.wall;
    cpu += other.cpu;
    return *this;
  }
};

// Runs from its construction, on one thread.
class Stopwatch {
 public:
  Stopwatch() : start_(Now()) {}

  TimeSpent Elapsed() const {
    const TimeSpent now = Now();
    return {.wall = now.wall - start_.wall, .cpu = now.cpu - start_.cpu};
  }

  // The time since the construction or the last Lap.
  TimeSpent Lap() {
    const TimeSpent now = Now();
    const TimeSpent lap = {.wall = now.wall - start_.wall,
                           .cpu = now.cpu - start_.cpu};
    start_ = now;
    return lap;
  }

 private:
  static int64_t Read(clockid_t clock) {
    timespec time = {};
    clock_gettime(clock, &time);
    return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  }
  static TimeSpent Now() {
    return {.wall = Read(CLOCK_MONOTONIC),
            .cpu = Read(CLOCK_THREAD_CPUTIME_ID)};
  }

  TimeSpent start_;
};

}  // namespace gdlint
