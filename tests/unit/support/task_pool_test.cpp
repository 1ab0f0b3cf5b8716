#include "support/task_pool.h"

#include <doctest/doctest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace gdlint {
namespace {

TEST_CASE("every index is handed out once, for any number of threads") {
  for (const unsigned threads : {1u, 2u, 7u}) {
    TaskPool pool(threads);
    CHECK(pool.worker_count() == threads);
    for (const size_t count : {0u, 1u, 3u, 1000u}) {
      std::vector<int> calls(count, 0);
      pool.ParallelFor(count, [&](size_t i, unsigned worker) {
        CHECK(worker < threads);
        ++calls[i];
      });
      CHECK(std::accumulate(calls.begin(), calls.end(), size_t{0}) == count);
    }
  }
}

TEST_CASE("an exception ends the work and reaches the caller") {
  TaskPool pool(2);
  std::atomic<int> calls = 0;
  CHECK_THROWS_AS(pool.ParallelFor(1'000'000,
                                   [&](size_t i, unsigned) {
                                     ++calls;
                                     if (i == 10) {
                                       throw std::runtime_error("no");
                                     }
                                   }),
                  std::runtime_error);
  CHECK(calls < 1'000'000);
  pool.ParallelFor(5, [&](size_t, unsigned) {});
}

// A frame of a kilobyte; `depth` of them.
int Descend(int depth) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? frame[0] : Descend(depth - 1) + (frame[0] != 0 ? 1 : 0);
}

TEST_CASE("workers have deep stacks") {
  TaskPool pool(2);
  pool.ParallelFor(2, [&](size_t, unsigned) { CHECK(Descend(50'000) > 0); });
}

TEST_CASE("there is a processor") { CHECK(AvailableProcessors() >= 1); }

}  // namespace
}  // namespace gdlint
