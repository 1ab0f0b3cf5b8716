// Values as Go source would write them, for people: `"text"`, `[]int{1, 2}`,
// `&main.T{A: 1}`. Calls no method of the program.

#pragma once

#include <cstdint>
#include <string>

#include "interp/run_type.h"

namespace gdlint::interp {

struct ValueTextOptions {
  // What is longer is cut with "…".
  size_t max_string = 64;
  int max_elements = 8;
  int max_depth = 4;
};

// The value at `memory`. Long and deep values are cut; a pointer to a struct is
// followed once.
std::string ValueText(const RunType* type, const void* memory,
                      const ValueTextOptions& options = {});

}  // namespace gdlint::interp
