// Who reads and writes what lies behind an address.

#pragma once

#include <cstdint>
#include <vector>

#include "dataflow/program.h"
#include "dataflow/values.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

enum class AccessKind : uint8_t {
  kLoad,
  kStore,
  // A Call, Defer or Go is given the address, perhaps in an interface;
  // `operand` says as which operand.
  kPassed,
  // It goes anywhere else.
  kEscape,
};

struct Access {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  AccessKind kind = AccessKind::kLoad;
  // Of a field or an element only.
  bool is_part = false;
  // Passed within the list of a variadic parameter, as one of several.
  bool in_list = false;
  uint32_t operand = 0;
};

// Of an address that `function` has: of a variable, a parameter of pointer
// type, a free variable. In the function and in the literals and loop bodies
// that capture it; in no order.
std::vector<Access> AccessesOf(const ssa::Function& function,
                               ssa::Value address);
inline std::vector<Access> AccessesOf(const Origin& variable) {
  return AccessesOf(*variable.function, variable.value);
}

// What a call does with the memory whose address it is given; bits.
enum Effect : uint8_t {
  kNoEffect = 0,
  kMayRead = 1 << 0,
  kMayWrite = 1 << 1,
  // It may do anything with it, also keep it.
  kMayDoAnything = 1 << 2,
};
// Of a kPassed access; looks into bodies that the program has.
uint8_t EffectOf(const Access& passed, const Program& program);

// The function that a call surely runs, and which of its parameters an operand
// is; a null body if it is not known.
struct PassedTo {
  const ssa::Function* body = nullptr;
  ssa::Value param;
};
PassedTo ParamOf(const Access& passed, const Program& program);

// The body that a Call, Defer or Go surely runs: that of a literal, or of a
// declared function that the program has. Null if it is not known.
const ssa::Function* BodyOfCall(const ssa::Function& caller,
                                const ssa::Inst& call, const Program& program);

// True if `function` is `outer` or a literal or loop body within.
bool IsWithin(const ssa::Function& function, const ssa::Function& outer);

}  // namespace gdlint::dataflow
