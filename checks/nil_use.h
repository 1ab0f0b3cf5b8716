// What happens to a nil pointer, interface or function that is used.

#pragma once

#include <cstdint>

#include "dataflow/fallible_call.h"
#include "dataflow/program.h"
#include "dataflow/values.h"
#include "ssa/function.h"
#include "types/object.h"
#include "types/type.h"

namespace gdlint::checks {

enum class NilFate : uint8_t {
  // It is not used, or only under some condition.
  kGuarded,
  // It is tolerated.
  kHarmless,
  kUnknown,
  kPanics,
};

class NilUse {
 public:
  explicit NilUse(const dataflow::Program& program) : program_(program) {}

  // Of a method that is called on nil.
  NilFate OfReceiver(const types::Func& method) const;
  // Of operand `operand` of a Call, Defer or Go.
  NilFate OfOperand(const ssa::Function& function, const ssa::Inst& call,
                    uint32_t operand) const;
  // Of a value within a function that is called: a parameter, or a loaded
  // variable.
  NilFate OfValue(const ssa::Function& function, ssa::Value value) const;
  // Of the variable that a free variable of `literal` is, if that is called.
  NilFate OfFreeVar(const ssa::Function& literal, uint32_t index) const;

  // Whether the value of a call that fails is nil.
  enum class OnError : uint8_t { kNil, kNotNil, kUnknown };
  OnError ValueOnError(const dataflow::FallibleCall& call) const;
  // The function under analysis never returns an error.
  bool NeverFails(const dataflow::FallibleCall& call) const;

 private:
  static constexpr int kMaxDepth = 4;

  NilFate OfOperand(const ssa::Function& function, const ssa::Inst& call,
                    uint32_t operand, int depth) const;
  NilFate OfValue(const ssa::Function& function, ssa::Value value,
                  int depth) const;
  NilFate OfFreeVar(const ssa::Function& literal, uint32_t index,
                    int depth) const;
  NilFate OfUser(const ssa::Function& function, ssa::Value value,
                 const ssa::Inst& user, int depth) const;
  bool IsNeverNil(const ssa::Function& caller, const ssa::Inst& call,
                  uint32_t index) const;
  bool IsNeverNil(const dataflow::Origin& origin) const;
  OnError ValueOnError(const ssa::Function& body, uint32_t index,
                       int depth) const;
  OnError ValueOnError(const dataflow::FallibleCall& call, int depth) const;
  const ssa::Function* BodyOf(const ssa::Function& caller,
                              const ssa::Inst& call) const;

  const dataflow::Program& program_;
};

// It is given back by a method: Close, Stop, Release, Rollback …; a function
// that cleans up is, too.
bool IsReleasable(const types::Type* type);

}  // namespace gdlint::checks
