// Finding one of many fields or methods by its name. Internal to types/.

#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>

#include "support/arena.h"
#include "types/name_table.h"
#include "types/object.h"

namespace gdlint::types {

// Fewer are looked at one by one.
inline constexpr size_t kManyMembers = 64;

// The places of `members` (objects), in the order of the addresses of their
// names, those of one name in their order; empty if they are few.
template <typename T>
std::span<const uint32_t> IndexByName(Arena& arena,
                                      std::span<T* const> members) {
  if (members.size() <= kManyMembers) {
    return {};
  }
  const std::span<uint32_t> places = arena.NewArray<uint32_t>(members.size());
  std::iota(places.begin(), places.end(), 0);
  std::ranges::stable_sort(places, std::less<>(), [&](uint32_t place) {
    return static_cast<const Name*>(members[place]->name);
  });
  return places;
}

// Those places in `index`, which IndexByName made of `members`, where the name
// is `name`.
template <typename T>
std::span<const uint32_t> PlacesOf(std::span<const uint32_t> index,
                                   std::span<T* const> members,
                                   const Name* name) {
  const auto [begin, end] =
      std::ranges::equal_range(index, name, std::less<>(), [&](uint32_t place) {
        return static_cast<const Name*>(members[place]->name);
      });
  return {begin, end};
}

}  // namespace gdlint::types
