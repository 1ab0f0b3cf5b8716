// What goes into a value, and where it goes.

#pragma once

#include <functional>

#include "dataflow/values.h"
#include "ssa/function.h"
#include "types/type.h"

namespace gdlint::dataflow {

// `value` without the conversions that change only its type.
ssa::Value StripConversions(const ssa::Function& function, ssa::Value value);

// True if `found` holds for `value` or for something that it is made of: looks
// through operands, arguments of calls, elements of the lists of variadic
// calls, and what closures capture. False too where that is more than a bounded
// number of instructions.
bool IsMadeOf(const ssa::Function& function, ssa::Value value,
              const std::function<bool(ssa::Value)>& found);

// What is asked of a variable that was given what `found` accepts before:
// `errs.Add(err)`, then `errs.Err()`.
bool IsCollectedFrom(const ssa::Function& function, ssa::Value value,
                     const std::function<bool(ssa::Value)>& found);
// Loads of a variable, seen through closures.
bool IsLoadOf(const ssa::Function& function, ssa::Value value,
              const Origin& variable);
inline bool IsMadeOfVariable(const ssa::Function& function, ssa::Value value,
                             const Origin& variable) {
  return IsMadeOf(function, value, [&](ssa::Value part) {
    return IsLoadOf(function, part, variable);
  });
}

// All that uses the value does so only to compute what is stored to
// `variable`: `err = errors.Join(err, f.Close())` reads err for nobody else.
bool OnlyFlowsInto(const ssa::Function& function, ssa::InstId value,
                   const Origin& variable);

// A constant that is the zero value of its type.
bool IsZeroConst(const ssa::Function& function, ssa::Value value);

// The predeclared `error`.
bool IsErrorType(const types::Type* type);

}  // namespace gdlint::dataflow
