// Calls that only look at what they are given: they say the same when they are
// asked again, as `strings.HasPrefix(path, "/")` and `len(list)` do.

#pragma once

#include <map>
#include <string>

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// What a call reads besides the values that it is given.
enum class Looks : uint8_t {
  kAtValues,
  // At what its arguments point to.
  kThroughPointers,
  // It does something, or looks elsewhere, or who knows.
  kUnknown,
};

bool IsMap(const types::Type* type);
// An instruction of the function changes the map, or may.
bool MayChangeMap(const ssa::Function& function, ssa::Value map);

class PureCalls {
 public:
  PureCalls(const ssa::Function& function, const dataflow::Program& program)
      : function_(function), program_(program) {}

  // What it calls, by a name that is unique, if the call is pure; else "".
  std::string CalleeOf(const ssa::Inst& call);
  // Of a function that compares an argument with a constant and does nothing
  // else: its comparison, in its body, and the argument.
  struct Comparison {
    const ssa::Function* body = nullptr;
    const ssa::Inst* inst = nullptr;
    ssa::Value argument;
  };
  Comparison ComparisonOf(const ssa::Inst& call) const;
  // The arguments of such a call.
  std::span<const ssa::Value> ArgumentsOf(const ssa::Inst& call) const {
    return function_.Operands(call).subspan(1);
  }

 private:
  Looks LooksOf(const ssa::Function& caller, const ssa::Inst& call, int depth);
  Looks LooksOfBody(const ssa::Function& body, int depth);
  Looks LooksOfLoad(const ssa::Function& body, ssa::Value addr) const;
  bool IsOnlyAsked(ssa::Value pointer);

  const ssa::Function& function_;
  const dataflow::Program& program_;
  std::map<const ssa::Function*, Looks> bodies_;
};

}  // namespace gdlint::checks::resources
