#include "support/arena.h"

#include <cstdint>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace gdlint {
namespace {

TEST_CASE("an arena aligns what it hands out and keeps it apart") {
  Arena arena;
  std::vector<uint64_t*> numbers;
  for (uint64_t i = 0; i < 10'000; ++i) {
    arena.New<char>('x');
    numbers.push_back(arena.New<uint64_t>(i));
  }
  for (uint64_t i = 0; i < numbers.size(); ++i) {
    CHECK(reinterpret_cast<uintptr_t>(numbers[i]) % alignof(uint64_t) == 0);
    CHECK(*numbers[i] == i);
  }
}

TEST_CASE("an arena copies lists and text, large ones too") {
  Arena arena;
  const std::vector<int> large(1'000'000, 7);
  const std::span<int> copy = arena.Copy(large);
  const std::string_view text = arena.Copy(std::string_view("abc"));
  CHECK(copy.size() == large.size());
  CHECK(copy.back() == 7);
  CHECK(text == "abc");
  CHECK(arena.Copy(std::string_view()).empty());
  CHECK(arena.byte_size() >= large.size() * sizeof(int));
}

TEST_CASE("an arena that is reset keeps a little memory") {
  Arena arena;
  for (int round = 0; round < 3; ++round) {
    const std::span<int> few = arena.NewArray<int>(500);
    CHECK(few.back() == 0);
    few.back() = 1;
    for (int i = 0; i < 10; ++i) {
      arena.NewArray<int>(500);
    }
    arena.Reset();
    CHECK(arena.byte_size() > 0);
    CHECK(arena.byte_size() <= size_t{64} << 10);
  }
  arena.NewArray<int>(1'000'000);
  arena.Reset();
  CHECK(arena.byte_size() <= size_t{64} << 10);
  CHECK(Arena().byte_size() == 0);
}

TEST_CASE("an arena knows its own memory, wherever it is moved") {
  Arena arena;
  const int outside = 0;
  const int* const inside = arena.New<int>(1);
  const std::span<int> large = arena.NewArray<int>(100'000);
  CHECK(arena.Owns(inside));
  CHECK(arena.Owns(&large.back()));
  CHECK_FALSE(arena.Owns(&outside));
  const Arena moved = std::move(arena);
  CHECK(moved.Owns(inside));
  CHECK_FALSE(Arena().Owns(inside));
}

}  // namespace
}  // namespace gdlint
