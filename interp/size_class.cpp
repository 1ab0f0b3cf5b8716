#include "interp/size_class.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace gdlint::interp {
namespace {

constexpr std::array<int32_t, 66> kSizes = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,   144,
    160,   176,   192,   208,   224,   240,   256,   288,   320,   352,   384,
    416,   448,   480,   512,   576,   640,   704,   768,   896,   1024,  1152,
    1280,  1408,  1536,  1792,  2048,  2304,  2688,  3072,  3200,  3456,  4096,
    4864,  5376,  6144,  6528,  6784,  6912,  8192,  9472,  9728,  10240, 10880,
    12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672,
};

// gc puts a word before an object with pointers that is larger than this.
constexpr int64_t kMaxWithoutHeader = 512;
constexpr int64_t kHeaderSize = 8;

constexpr auto kAllSizes = [] {
  std::array<int32_t, kSizes.size() + 1> sizes = {};
  std::ranges::copy(kSizes, sizes.begin());
  sizes.back() = static_cast<int32_t>(kMaxSmallSize);
  return sizes;
}();

// By size in units of 8 bytes, rounded up.
constexpr auto kClassOf = [] {
  std::array<uint8_t, kMaxSmallSize / 8 + 1> classes = {};
  size_t size_class = 0;
  for (size_t i = 1; i < classes.size(); ++i) {
    if (i * 8 > static_cast<size_t>(kAllSizes[size_class])) {
      ++size_class;
    }
    classes[i] = static_cast<uint8_t>(size_class);
  }
  return classes;
}();

}  // namespace

std::span<const int32_t> SizeClasses() { return kAllSizes; }

int SizeClassOf(int64_t size) {
  return kClassOf[static_cast<size_t>((size + 7) / 8)];
}

int64_t RoundUpSize(int64_t size, bool has_pointers) {
  if (size <= kMaxSmallSize - kHeaderSize) {
    const int64_t header =
        has_pointers && size > kMaxWithoutHeader ? kHeaderSize : 0;
    if (size + header == 0) {
      return 0;
    }
    return kAllSizes[static_cast<size_t>(SizeClassOf(size + header))] - header;
  }
  return (size + kPageSize - 1) / kPageSize * kPageSize;
}

}  // namespace gdlint::interp
