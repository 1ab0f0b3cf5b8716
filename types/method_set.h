// Method sets, after the spec's section of that name.

#pragma once

#include <cstdint>
#include <vector>

#include "types/object.h"
#include "types/type.h"

namespace gdlint::types {

// A method of a type, perhaps promoted from an embedded field.
struct MethodSetEntry {
  // As declared; see MethodSignature for its type as `owner`'s.
  Func* method = nullptr;
  // The Named whose method it is; null for an interface's.
  const Named* owner = nullptr;
  // The path, as in LookupResult.
  std::vector<uint32_t> index;
  // There is a pointer on the way, or an interface at its end.
  bool is_indirect = false;
};

// All methods of values of `type`, ordered by Id as go/types' NewMethodSet has
// them: unexported ones by package path and name. The interfaces and method
// lists involved must be complete.
std::vector<MethodSetEntry> MethodSetOf(const Type* type);

}  // namespace gdlint::types
