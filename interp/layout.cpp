#include "interp/layout.h"

#include <algorithm>
#include <utility>

#include "support/invariant.h"
#include "types/object.h"
#include "types/pointer_shape.h"

namespace gdlint::interp {
namespace {

Kind KindOfBasic(types::BasicKind kind) {
  using types::BasicKind;
  switch (kind) {
    case BasicKind::kBool:
    case BasicKind::kUntypedBool:
      return Kind::kBool;
    case BasicKind::kInt:
    case BasicKind::kUntypedInt:
      return Kind::kInt;
    case BasicKind::kInt8:
      return Kind::kInt8;
    case BasicKind::kInt16:
      return Kind::kInt16;
    case BasicKind::kInt32:
    case BasicKind::kUntypedRune:
      return Kind::kInt32;
    case BasicKind::kInt64:
      return Kind::kInt64;
    case BasicKind::kUint:
      return Kind::kUint;
    case BasicKind::kUint8:
      return Kind::kUint8;
    case BasicKind::kUint16:
      return Kind::kUint16;
    case BasicKind::kUint32:
      return Kind::kUint32;
    case BasicKind::kUint64:
      return Kind::kUint64;
    case BasicKind::kUintptr:
      return Kind::kUintptr;
    case BasicKind::kFloat32:
      return Kind::kFloat32;
    case BasicKind::kFloat64:
    case BasicKind::kUntypedFloat:
      return Kind::kFloat64;
    case BasicKind::kComplex64:
      return Kind::kComplex64;
    case BasicKind::kComplex128:
    case BasicKind::kUntypedComplex:
      return Kind::kComplex128;
    case BasicKind::kString:
    case BasicKind::kUntypedString:
      return Kind::kString;
    case BasicKind::kUnsafePointer:
    case BasicKind::kUntypedNil:
      return Kind::kUnsafePointer;
    case BasicKind::kInvalid:
      return Kind::kInvalid;
  }
  return Kind::kInvalid;
}

bool BasicHasPointers(Kind kind) {
  return kind == Kind::kString || kind == Kind::kUnsafePointer;
}

// gc's greatest object.
constexpr int64_t kMaxSize = int64_t{1} << 50;

// Adds up the members of a struct or a tuple.
class Members {
 public:
  explicit Members(Layout& layout) : layout_(layout) {}

  void Add(const Layout& member) {
    if (layout_.is_too_large || member.is_too_large) {
      layout_.is_too_large = true;
      offsets_.push_back(0);
      return;
    }
    const int64_t offset = AlignUp(layout_.size, member.align);
    offsets_.push_back(offset);
    layout_.size = offset + member.size;
    layout_.align = std::max(layout_.align, member.align);
    layout_.has_pointers |= member.has_pointers;
    layout_.is_too_large = layout_.size > kMaxSize;
    last_size_ = member.size;
  }

  // `is_struct`: an address behind the last member must be within it.
  std::vector<int64_t> Finish(bool is_struct) {
    if (is_struct && layout_.size > 0 && last_size_ == 0) {
      ++layout_.size;
    }
    layout_.size = AlignUp(layout_.size, layout_.align);
    return std::move(offsets_);
  }

 private:
  Layout& layout_;
  std::vector<int64_t> offsets_;
  int64_t last_size_ = 1;
};

}  // namespace

Kind KindOf(const types::Type* type) {
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kBasic:
      return KindOfBasic(types::As<types::Basic>(under)->basic);
    case types::TypeKind::kArray:
      return Kind::kArray;
    case types::TypeKind::kSlice:
      return Kind::kSlice;
    case types::TypeKind::kStruct:
      return Kind::kStruct;
    case types::TypeKind::kPointer:
      return Kind::kPointer;
    case types::TypeKind::kSignature:
      return Kind::kFunc;
    case types::TypeKind::kInterface:
      return Kind::kInterface;
    case types::TypeKind::kMap:
      return Kind::kMap;
    case types::TypeKind::kChan:
      return Kind::kChan;
    default:
      return Kind::kInvalid;
  }
}

const Layout& Layouts::Of(const types::Type* type) {
  const auto it = layouts_.find(type);
  if (it != layouts_.end()) {
    return *it->second;
  }
  // Members are laid out on the way, so that `it` may be stale.
  auto layout = std::make_unique<Layout>(Make(type));
  return *layouts_.emplace(type, std::move(layout)).first->second;
}

std::span<const int64_t> Layouts::Keep(std::vector<int64_t> offsets) {
  offsets_.push_back(
      std::make_unique<std::vector<int64_t>>(std::move(offsets)));
  return *offsets_.back();
}

Layout Layouts::Make(const types::Type* type) {
  Layout layout;
  if (const auto* const tuple = types::TryAs<types::Tuple>(type)) {
    Members members(layout);
    for (const types::Param& param : tuple->params) {
      members.Add(Of(param.type));
    }
    layout.offsets = Keep(members.Finish(/*is_struct=*/false));
    return layout;
  }
  const types::Type* const under = types::Under(type);
  layout.kind = KindOf(under);
  layout.is_direct = types::IsPointerShaped(under);
  switch (layout.kind) {
    case Kind::kArray: {
      const auto* const array = types::As<types::Array>(under);
      const Layout& elem = Of(array->elem);
      layout.align = elem.align;
      layout.has_pointers = elem.has_pointers && array->length > 0;
      layout.is_too_large =
          elem.is_too_large ||
          __builtin_mul_overflow(elem.size, array->length, &layout.size) ||
          layout.size > kMaxSize;
      break;
    }
    case Kind::kStruct: {
      const auto* const struct_type = types::As<types::Struct>(under);
      Members members(layout);
      for (const types::Var* const field : struct_type->fields) {
        members.Add(Of(field->type));
      }
      // The marker types of sync/atomic ask for more than their fields do.
      layout.align =
          std::max(layout.align, static_cast<uint32_t>(sizes_.AlignOf(type)));
      layout.offsets = Keep(members.Finish(/*is_struct=*/true));
      break;
    }
    case Kind::kPointer:
    case Kind::kMap:
    case Kind::kChan:
    case Kind::kFunc:
    case Kind::kUnsafePointer:
      layout.size = 8;
      layout.align = 8;
      layout.has_pointers = true;
      break;
    case Kind::kSlice:
      layout.size = sizeof(SliceValue);
      layout.align = 8;
      layout.has_pointers = true;
      break;
    case Kind::kInterface:
      layout.size = sizeof(InterfaceValue);
      layout.align = 8;
      layout.has_pointers = true;
      break;
    case Kind::kInvalid:
      break;
    default:
      layout.size = sizes_.SizeOf(under).value_or(0);
      layout.align = static_cast<uint32_t>(sizes_.AlignOf(under));
      layout.has_pointers = BasicHasPointers(layout.kind);
      break;
  }
  return layout;
}

}  // namespace gdlint::interp
