// `==` and the hashes of map keys, for values of any type in memory.

#pragma once

#include <cstdint>
#include <string>

#include "interp/run_type.h"

namespace gdlint::interp {

struct Equality {
  bool equal = false;
  // The dynamic type for which gc panics with UncomparableText; `equal` is then
  // meaningless.
  const RunType* uncomparable = nullptr;
};

// `*a == *b`, both of `type`, which is comparable. Parts are compared in order
// up to the first that differs.
Equality Equal(const RunType* type, const void* a, const void* b);
Equality EqualInterfaces(const InterfaceValue& a, const InterfaceValue& b);

struct KeyHash {
  uint64_t hash = 0;
  // The dynamic type for which gc panics with UnhashableText.
  const RunType* unhashable = nullptr;
};

// Equal values have equal hashes; the same in every run for the same seed but
// for pointers. Each NaN has a new one.
KeyHash Hash(const RunType* type, const void* value, uint64_t seed);

// "comparing uncomparable type []int": what follows "runtime error: ".
std::string UncomparableText(const RunType* type);
// "hash of unhashable type []int".
std::string UnhashableText(const RunType* type);

}  // namespace gdlint::interp
