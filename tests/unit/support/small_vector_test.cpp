#include "support/small_vector.h"

#include <cstdint>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace gdlint {
namespace {

using Numbers = SmallVector<uint32_t, 3>;

Numbers UpTo(uint32_t count) {
  Numbers numbers;
  for (uint32_t i = 0; i < count; ++i) {
    numbers.push_back(i);
  }
  return numbers;
}

TEST_CASE("a small vector holds few items and many") {
  for (const uint32_t count : {0u, 1u, 3u, 4u, 100u}) {
    CAPTURE(count);
    const Numbers numbers = UpTo(count);
    std::vector<uint32_t> expected;
    for (uint32_t i = 0; i < count; ++i) {
      expected.push_back(i);
    }
    CHECK(numbers == expected);

    Numbers copy = numbers;
    CHECK(copy == expected);
    copy.push_back(7);
    CHECK(copy.size() == count + 1);
    CHECK(numbers == expected);

    Numbers moved = std::move(copy);
    CHECK(moved.back() == 7);
    moved = numbers;
    CHECK(moved == expected);
  }
}

TEST_CASE("a moved-from small vector is empty and can be used again") {
  Numbers from = UpTo(10);
  const Numbers to = std::move(from);
  CHECK(to.size() == 10);
  CHECK(from.empty());
  from.push_back(1);
  CHECK(from == std::vector<uint32_t>{1});
}

TEST_CASE("new items of a small vector are zero, in memory used before too") {
  Numbers numbers = UpTo(3);
  numbers.resize(1);
  numbers.resize(5);
  CHECK(numbers == std::vector<uint32_t>{0, 0, 0, 0, 0});
}

}  // namespace
}  // namespace gdlint
