#include "support/packed.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace gdlint {
namespace {

struct Pair {
  uint64_t first;
  uint8_t second;
};

TEST_CASE("arrays of one Packed lie beside each other, aligned") {
  Packed packed;
  const auto bytes = packed.Plan<char>(3);
  const auto pairs = packed.Plan<Pair>(2);
  const auto shorts = packed.Plan<uint16_t>(1);
  packed.Allocate();
  packed.Fill(bytes, std::span<const char>("abc", 3));
  packed.Fill(pairs, std::span<const Pair>(std::array{Pair{1, 2}, Pair{3, 4}}));
  packed.Items(shorts)[0] = 5;

  const Packed& read = packed;
  CHECK(bytes.size() == 3);
  CHECK(std::string_view(read.Items(bytes).data(), 3) == "abc");
  CHECK(read.Items(pairs)[1].first == 3);
  CHECK(read.Items(pairs)[1].second == 4);
  CHECK(read.Items(shorts)[0] == 5);
  const auto address = reinterpret_cast<uintptr_t>(read.Items(pairs).data());
  CHECK(address % alignof(Pair) == 0);
}

TEST_CASE("an array of nothing takes no memory") {
  Packed packed;
  const auto none = packed.Plan<Pair>(0);
  CHECK(packed.Items(none).empty());
  CHECK(packed.Items(Packed::Array<uint32_t>()).empty());
  packed.Allocate();
  CHECK(packed.Items(none).empty());
}

TEST_CASE("arrays stay when the Packed moves") {
  Packed packed;
  const auto numbers = packed.Plan<uint32_t>(2);
  packed.Allocate();
  packed.Items(numbers)[1] = 7;
  const Packed moved = std::move(packed);
  CHECK(moved.Items(numbers)[1] == 7);
}

}  // namespace
}  // namespace gdlint
