// What is known of an acquired resource at one place on one path.

#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "ssa/function.h"

namespace gdlint::checks::resources {

// Sorted.
using Values = std::vector<uint32_t>;

inline constexpr uint32_t kIndexMask = (1u << 29) - 1;
// Any value as a number.
constexpr uint32_t RawOf(ssa::Value value) {
  return static_cast<uint32_t>(value.kind()) << 29 | value.index();
}

inline bool Has(const Values& values, uint32_t raw) {
  return std::ranges::binary_search(values, raw);
}

inline void Insert(Values& values, uint32_t raw) {
  const auto at = std::ranges::lower_bound(values, raw);
  if (at == values.end() || *at != raw) {
    values.insert(at, raw);
  }
}

inline void Erase(Values& values, uint32_t raw) {
  const auto at = std::ranges::lower_bound(values, raw);
  if (at != values.end() && *at == raw) {
    values.erase(at);
  }
}

enum class Known : uint8_t { kUnknown, kNil, kNonNil };

// Everything that is known at one place on one path.
struct State {
  // Values that are the resource, and those that only hold it.
  Values aliases;
  Values holders;
  // Variables that hold it: their addresses, in this function.
  Values cells;
  // Those that hold what only holds it.
  Values holder_cells;
  Values errors;
  Values error_cells;
  // What conditions are known to be; see FactOf.
  Values facts;
  Known error = Known::kUnknown;
  bool is_released = false;
  // A deferred call will release it, whatever variables hold then.
  bool is_deferred = false;
  // A deferred literal will release what these variables hold then.
  Values deferred_cells;
  ssa::InstId release;
  bool release_was_deferred = false;
  // The Defer that surely releases it; see is_deferred, deferred_cells.
  ssa::InstId deferred_by;
  // Defers registered before one that releases it: they run after that, and use
  // it.
  Values early_defers;
  // Something was written, and somebody looked whether that went well.
  bool is_written = false;
  bool is_checked = false;
  // The command whose pipe it is.
  bool is_started = false;
  ssa::InstId branch;
  // It gave itself back: rows whose `Next` said that there are no more.
  ssa::InstId ended_by;
  // Someone else has it since; only where paths go on beyond that.
  ssa::InstId handed_by;

  // Of the state at the beginning of a block: equal for equal ones alone.
  std::string KeyAt(ssa::BlockId block) const {
    std::string key(reinterpret_cast<const char*>(&block.index),
                    sizeof(block.index));
    for (const Values* values :
         {&aliases, &holders, &cells, &holder_cells, &errors, &error_cells,
          &facts, &deferred_cells, &early_defers}) {
      const auto size = static_cast<uint32_t>(values->size());
      key.append(reinterpret_cast<const char*>(&size), sizeof(size));
      key.append(reinterpret_cast<const char*>(values->data()),
                 values->size() * sizeof(uint32_t));
    }
    key.push_back(static_cast<char>(error));
    key.push_back(static_cast<char>(
        is_released | is_deferred << 1 | release_was_deferred << 2 |
        is_written << 3 | is_checked << 4 | is_started << 5));
    for (const ssa::InstId id : {release, deferred_by, ended_by, handed_by}) {
      key.append(reinterpret_cast<const char*>(&id.index), sizeof(id.index));
    }
    return key;
  }
};

}  // namespace gdlint::checks::resources
