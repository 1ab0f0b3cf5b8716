// How values lie in memory: as gc lays them out on amd64, so that loads, stores
// and copies are copies of bytes, and what the standard library does with
// package unsafe holds.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "types/sizes.h"
#include "types/type.h"

namespace gdlint::interp {

struct RunType;

// reflect.Kind, number by number. Tuples are of kind kInvalid.
enum class Kind : uint8_t {
  kInvalid,
  kBool,
  kInt,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kUintptr,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kArray,
  kChan,
  kFunc,
  kInterface,
  kMap,
  kPointer,
  kSlice,
  kString,
  kStruct,
  kUnsafePointer,
};

// A Go string. `data` is anything if `size` is 0.
struct StringValue {
  const char* data = nullptr;
  int64_t size = 0;

  std::string_view view() const { return {data, static_cast<size_t>(size)}; }
};

struct SliceValue {
  std::byte* data = nullptr;
  int64_t size = 0;
  int64_t capacity = 0;
};

// A value of any interface type; nil if `type` is null. A pointer-shaped value
// (RunType::is_direct) is `data` itself, others lie at `data` and are never
// changed there.
struct InterfaceValue {
  const RunType* type = nullptr;
  void* data = nullptr;
};

static_assert(sizeof(StringValue) == 16 && sizeof(SliceValue) == 24 &&
              sizeof(InterfaceValue) == 16);

// What a type takes in memory.
struct Layout {
  int64_t size = 0;
  uint32_t align = 1;
  Kind kind = Kind::kInvalid;
  // Anything that the collector must follow.
  bool has_pointers = false;
  // One pointer and nothing else: what an interface holds directly.
  bool is_direct = false;
  // Too large for any address space; size is then meaningless.
  bool is_too_large = false;
  // Of a struct's fields or a tuple's components.
  std::span<const int64_t> offsets;
};

// Layouts by type. A tuple is laid out as a struct of its components; the
// iterators of Range are pointers. For one thread.
class Layouts {
 public:
  explicit Layouts(const types::Sizes& sizes) : sizes_(sizes) {}

  // The same address for the same type. No type parameter may occur in it.
  const Layout& Of(const types::Type* type);
  int64_t SizeOf(const types::Type* type) { return Of(type).size; }
  const types::Sizes& sizes() const { return sizes_; }

 private:
  Layout Make(const types::Type* type);
  std::span<const int64_t> Keep(std::vector<int64_t> offsets);

  types::Sizes sizes_;
  std::unordered_map<const types::Type*, std::unique_ptr<Layout>> layouts_;
  std::vector<std::unique_ptr<std::vector<int64_t>>> offsets_;
};

// The kind of a type that is no tuple and no type parameter.
Kind KindOf(const types::Type* type);

constexpr int64_t AlignUp(int64_t offset, int64_t align) {
  return (offset + align - 1) / align * align;
}

}  // namespace gdlint::interp
