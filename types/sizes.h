// Sizes and alignments of types, as gc lays them out (go/types' gcSizes).

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gdlint::types {

struct Struct;
struct Type;

// In bytes. Arithmetic saturates: a result that exceeds int64 is nothing or, in
// Offsetsof's sums, negative as go/types has it; no work or memory is
// proportional to sizes.
struct Sizes {
  int64_t word_size = 8;
  int64_t max_align = 8;

  // For a GOARCH, as gc; 64 bits for one that is not known.
  static Sizes ForArchitecture(std::string_view goarch);

  int64_t AlignOf(const Type* type) const;
  // Nothing if it exceeds int64.
  std::optional<int64_t> SizeOf(const Type* type) const;
  // The offset of field `index`; nothing if it exceeds int64.
  std::optional<int64_t> OffsetOf(const Struct* type, uint32_t index) const;
};

}  // namespace gdlint::types
