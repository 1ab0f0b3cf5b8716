// What gc holds in an interface itself.

#pragma once

namespace gdlint::types {

struct Type;

// A value of it is one pointer and nothing else in memory: gc has it as the
// data word of an interface, where other values lie behind a pointer. A type
// parameter is not.
bool IsPointerShaped(const Type* type);

}  // namespace gdlint::types
