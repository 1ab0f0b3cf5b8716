// Where values come from, within a function and the literals in it.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ssa/function.h"
#include "types/constant.h"

namespace gdlint::dataflow {

// A value in the function whose it is.
struct Origin {
  const ssa::Function* function = nullptr;
  ssa::Value value;
  friend bool operator==(const Origin&, const Origin&) = default;
};

// What a value may be, looked at through phis, changes of type, loads of local
// variables all of whose stores are seen, free variables, and parameters of
// literals that are only called, deferred or started where they stand: each
// possibility once. `is_complete` is false if there may be others (loads of
// memory that others write; a bound on the work was reached): such a value is
// among `values` itself.
struct Origins {
  std::vector<Origin> values;
  bool is_complete = true;
  // It may also be the zero value of a variable that nothing was stored to yet.
  bool may_be_zero = false;
};
Origins OriginsOf(const ssa::Function& function, ssa::Value value);
// The only one, if it is complete and there is one, and it cannot be zero.
std::optional<Origin> OnlyOrigin(const ssa::Function& function,
                                 ssa::Value value);

// The variable behind an address: the Alloc (in the function that declares the
// variable) or the global; looks through free variables, not through fields.
// Nothing (a null function) for other addresses.
Origin VariableOf(const ssa::Function& function, ssa::Value addr);

// The instruction of `literal.parent()` that makes the closure, or that names
// the literal if it captures nothing; none if it is not used.
std::optional<ssa::InstId> CreationOf(const ssa::Function& literal);

// All loads and stores of a variable that is an Alloc, in the function that has
// it and in the literals and loop bodies below. `escapes`: its address, or that
// of a part, goes elsewhere, so that there may be others.
struct VariableUse {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
};
struct VariableUses {
  std::vector<VariableUse> loads;
  std::vector<VariableUse> stores;
  // FieldAddr and IndexAddr on it: parts that are read or written.
  std::vector<VariableUse> parts;
  // Also if there are more uses than anyone could follow.
  bool escapes = false;
};
VariableUses UsesOf(const Origin& variable);

bool IsNilConst(const ssa::Function& function, ssa::Value value);
// A bool, integer or string constant.
std::optional<types::Value> ConstantOf(const ssa::Function& function,
                                       ssa::Value value);

// The literal or declared function that a closure, function or method value is;
// nothing if it is unknown or may be one of several. That the variable may be
// nil does not count.
struct FunctionValue {
  const ssa::Function* literal = nullptr;
  // Of an interface for a method value of one.
  const types::Func* func = nullptr;
  // The MakeClosure, or the function's value.
  Origin closure;
  // Of a method value: x of `x.M`, in closure.function.
  ssa::Value receiver;
};
std::optional<FunctionValue> FunctionOf(const ssa::Function& function,
                                        ssa::Value value);
// As above, of what OriginsOf gave.
std::optional<FunctionValue> FunctionOf(const Origin& origin);

}  // namespace gdlint::dataflow
