// What a Checker does not do however it is asked to.

#include "types/checker.h"
#include "types/substitute.h"

namespace gdlint::types {
namespace {

// Short strings are as many as the source has.
constexpr size_t kShortString = 4096;
// A package's declarations are checked once, its bodies one by one.
constexpr size_t kMaxStringBytes = size_t{1} << 26;
constexpr size_t kMaxStringBytesOfBody = size_t{1} << 20;
// Chains and lattices of interfaces may have the square of the methods that are
// written.
constexpr size_t kMaxTypeSetMethods = size_t{1} << 23;

}  // namespace

bool Checker::AffordString(const Operand& x) {
  const size_t size = constant::StringSize(x.value);
  if (size <= kShortString) {
    return true;
  }
  const size_t limit = is_body ? kMaxStringBytesOfBody : kMaxStringBytes;
  const bool was_affordable = string_bytes <= limit;
  string_bytes += size;
  if (string_bytes <= limit) {
    return true;
  }
  if (was_affordable) {
    Error(AtOperand(x), Code::kTooComplex,
          "constant strings are too complex: they are too long in all");
  }
  return false;
}

bool Checker::AffordTypeSets() const {
  return type_set_methods <= kMaxTypeSetMethods;
}

void Checker::ReportGivenUp(At at) {
  if (!has_given_up) {
    has_given_up = true;
    Error(at, Code::kTooComplex,
          "type is too complex: type arguments make it grow too much");
  }
}

}  // namespace gdlint::types
