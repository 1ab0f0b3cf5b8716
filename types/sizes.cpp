#include "types/sizes.h"

#include <algorithm>
#include <unordered_map>

#include "types/object.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type.h"

namespace gdlint::types {
namespace {

// The size of what exceeds int64.
constexpr int64_t kTooLarge = -1;

int64_t AddSizes(int64_t a, int64_t b) {
  int64_t sum = 0;
  return a < 0 || b < 0 || __builtin_add_overflow(a, b, &sum) ? kTooLarge : sum;
}

int64_t MultiplySizes(int64_t a, int64_t b) {
  int64_t product = 0;
  return a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product) ? kTooLarge
                                                                  : product;
}

// The least multiple of `alignment`, a power of two, from `size` on.
int64_t AlignUp(int64_t size, int64_t alignment) {
  const int64_t end = AddSizes(size, alignment - 1);
  return end < 0 ? kTooLarge : end & ~(alignment - 1);
}

// 0 for those of the size of a word or more.
int64_t FixedSize(BasicKind kind) {
  switch (kind) {
    case BasicKind::kBool:
    case BasicKind::kInt8:
    case BasicKind::kUint8:
      return 1;
    case BasicKind::kInt16:
    case BasicKind::kUint16:
      return 2;
    case BasicKind::kInt32:
    case BasicKind::kUint32:
    case BasicKind::kFloat32:
      return 4;
    case BasicKind::kInt64:
    case BasicKind::kUint64:
    case BasicKind::kFloat64:
    case BasicKind::kComplex64:
      return 8;
    case BasicKind::kComplex128:
      return 16;
    default:
      return 0;
  }
}

// An empty struct that asks for its surroundings to be aligned to 64 bits, as
// gc knows it.
bool IsAlign64(const Type* type) {
  const Named* const named = AsNamed(type);
  if (named == nullptr || named->obj->package == nullptr ||
      named->obj->name->text() != "align64") {
    return false;
  }
  const std::string_view path = named->obj->package->path;
  return path == "sync/atomic" || path == "internal/runtime/atomic";
}

// Looks at each struct once, if there are many.
class Layout {
 public:
  struct Extent {
    int64_t size;
    int64_t alignment;
  };

  explicit Layout(const Sizes& sizes) : sizes_(sizes) {}

  Extent Of(const Type* type) {
    const Type* const under = Under(type);
    switch (under->kind) {
      case TypeKind::kBasic:
        return OfBasic(As<Basic>(under));
      case TypeKind::kArray:
        return OfArray(As<Array>(under));
      case TypeKind::kSlice:
        return Words(3);
      case TypeKind::kInterface:
        return Words(2);
      case TypeKind::kStruct:
        return As<Struct>(under)->fields.empty() && IsAlign64(type)
                   ? Extent{0, 8}
                   : OfStruct(As<Struct>(under));
      default:
        return Words(1);
    }
  }

  // The extent of all fields before `count`; the offset of that field if there
  // is one.
  Extent OfFields(const Struct* type, size_t count) {
    Extent all = {0, 1};
    for (size_t i = 0; i < count; ++i) {
      const Extent field = Of(type->fields[i]->type);
      all.alignment = std::max(all.alignment, field.alignment);
      const int64_t offset = AlignUp(all.size, field.alignment);
      // The address past the end of a struct must not be that of something
      // else.
      const bool is_padded =
          i + 1 == type->fields.size() && field.size == 0 && offset > 0;
      all.size = AddSizes(offset, is_padded ? 1 : field.size);
    }
    return all;
  }

 private:
  // Most structs hold fewer.
  static constexpr int kFreeSteps = 32;

  Extent Words(int64_t count) const {
    return {sizes_.word_size * count,
            std::min(sizes_.word_size, sizes_.max_align)};
  }

  Extent OfBasic(const Basic* type) const {
    if ((type->info & kIsString) != 0) {
      return Words(2);
    }
    const int64_t fixed = FixedSize(type->basic);
    if (fixed == 0) {
      return Words(1);
    }
    // Complex numbers are aligned as their parts.
    const int64_t natural = (type->info & kIsComplex) != 0 ? fixed / 2 : fixed;
    return {fixed, std::min(natural, sizes_.max_align)};
  }

  Extent OfArray(const Array* type) {
    const Extent elem = Of(type->elem);
    if (type->length <= 0) {
      return {0, elem.alignment};
    }
    return {MultiplySizes(elem.size, type->length), elem.alignment};
  }

  Extent OfStruct(const Struct* type) {
    if (++steps_ <= kFreeSteps) {
      return ComputeStruct(type);
    }
    // A struct that contains itself is an error reported elsewhere; here it
    // takes no room in itself.
    const auto [known, is_new] = known_.try_emplace(type, Extent{0, 1});
    if (!is_new) {
      return known->second;
    }
    const Extent extent = ComputeStruct(type);
    known_[type] = extent;
    return extent;
  }

  Extent ComputeStruct(const Struct* type) {
    const Extent fields = OfFields(type, type->fields.size());
    return {AlignUp(fields.size, fields.alignment), fields.alignment};
  }

  const Sizes& sizes_;
  int steps_ = 0;
  std::unordered_map<const Struct*, Extent> known_;
};

std::optional<int64_t> Checked(int64_t size) {
  return size < 0 ? std::nullopt : std::optional(size);
}

}  // namespace

Sizes Sizes::ForArchitecture(std::string_view goarch) {
  if (goarch == "386" || goarch == "arm" || goarch == "mips" ||
      goarch == "mipsle") {
    return {.word_size = 4, .max_align = 4};
  }
  if (goarch == "amd64p32") {
    return {.word_size = 4, .max_align = 8};
  }
  return {};
}

int64_t Sizes::AlignOf(const Type* type) const {
  return Layout(*this).Of(type).alignment;
}

std::optional<int64_t> Sizes::SizeOf(const Type* type) const {
  return Checked(Layout(*this).Of(type).size);
}

std::optional<int64_t> Sizes::OffsetOf(const Struct* type,
                                       uint32_t index) const {
  Layout layout(*this);
  const Layout::Extent before = layout.OfFields(type, index);
  const Layout::Extent field = layout.Of(type->fields[index]->type);
  return Checked(AlignUp(before.size, field.alignment));
}

}  // namespace gdlint::types
