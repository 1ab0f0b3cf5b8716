// Ways out of a function at which someone wants to know how things are.

#pragma once

#include <cstdint>
#include <map>

namespace gdlint::checks::resources {

// By the number of the instruction: whether deferred calls run there. Returns
// need not be among them.
using Watch = std::map<uint32_t, bool>;

}  // namespace gdlint::checks::resources
