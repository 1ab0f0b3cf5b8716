#include "support/deep_stack.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <thread>

namespace gdlint {
namespace {

// Touches `bytes` of stack, a page or so a call. The write after the call keeps
// it from becoming a loop.
size_t UseStack(size_t bytes) {
  volatile char page[4096];
  page[0] = 1;
  const size_t below = bytes <= sizeof page ? 0 : UseStack(bytes - sizeof page);
  page[1] = page[0];
  return below + sizeof page;
}

TEST_CASE("a deep stack holds far more than the usual 8 MB") {
  constexpr size_t kBytes = size_t{64} << 20;
  static_assert(kBytes < kDeepStackSize);
  size_t used = 0;
  RunOnDeepStack([&] { used = UseStack(kBytes); });
  CHECK(used >= kBytes);
}

TEST_CASE("a deep stack is a thread of its own, and is waited for") {
  std::thread::id inside;
  RunOnDeepStack([&] { inside = std::this_thread::get_id(); });
  CHECK(inside != std::thread::id());
  CHECK(inside != std::this_thread::get_id());
}

TEST_CASE("an exception crosses from the deep stack to the caller") {
  CHECK_THROWS_WITH_AS(RunOnDeepStack([] { throw std::runtime_error("lost"); }),
                       "lost", std::runtime_error);
}

TEST_CASE("deep stacks nest") {
  int order = 0;
  RunOnDeepStack([&] {
    order = order * 10 + 1;
    RunOnDeepStack([&] { order = order * 10 + 2; });
    order = order * 10 + 3;
  });
  CHECK(order == 123);
}

}  // namespace
}  // namespace gdlint
