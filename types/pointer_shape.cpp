#include "types/pointer_shape.h"

#include "types/object.h"
#include "types/sizes.h"
#include "types/type.h"

namespace gdlint::types {
namespace {

// Of a struct that is no larger than its only field that takes space, the type
// of that field; else null.
const Type* OnlyContent(const Struct* type) {
  const Type* content = nullptr;
  for (const Var* const field : type->fields) {
    if (Sizes().SizeOf(field->type) == 0) {
      continue;
    }
    if (content != nullptr) {
      return nullptr;
    }
    content = field->type;
  }
  // Behind a last field of no size there is room for its address.
  return content != nullptr && type->fields.back()->type == content ? content
                                                                    : nullptr;
}

}  // namespace

bool IsPointerShaped(const Type* type) {
  for (;;) {
    const Type* const under = Under(type);
    switch (under->kind) {
      case TypeKind::kPointer:
      case TypeKind::kMap:
      case TypeKind::kChan:
      case TypeKind::kSignature:
        return true;
      case TypeKind::kBasic:
        return As<Basic>(under)->basic == BasicKind::kUnsafePointer;
      case TypeKind::kArray:
        if (As<Array>(under)->length != 1) {
          return false;
        }
        type = As<Array>(under)->elem;
        break;
      case TypeKind::kStruct:
        type = OnlyContent(As<Struct>(under));
        if (type == nullptr) {
          return false;
        }
        break;
      default:
        return false;
    }
  }
}

}  // namespace gdlint::types
