// Where values come from, within a function and the literals in it.

#pragma once

#include <optional>
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
// variables all of whose stores are seen, and free variables: each possibility
// once. `is_complete` is false if there may be others (loads of memory that
// others write; a bound on the work was reached).
struct Origins {
  std::vector<Origin> values;
  bool is_complete = true;
};
Origins OriginsOf(const ssa::Function& function, ssa::Value value);
// The only one, if it is complete and there is one.
std::optional<Origin> OnlyOrigin(const ssa::Function& function,
                                 ssa::Value value);

// The variable behind an address: the Alloc (in the function that declares the
// variable), parameter's cell or global; looks through free variables, not
// through fields.
Origin VariableOf(const ssa::Function& function, ssa::Value addr);

// All loads and stores of a variable that is an Alloc, in the function that has
// it and in the literals and loop bodies below. `escapes`: its address goes
// elsewhere, so that there may be others.
struct VariableUse {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
};
struct VariableUses {
  std::vector<VariableUse> loads;
  std::vector<VariableUse> stores;
  // FieldAddr and IndexAddr on it: parts that are read or written.
  std::vector<VariableUse> parts;
  bool escapes = false;
};
VariableUses UsesOf(const Origin& variable);

// Who uses an instruction's value, by operand. Made once for a function.
class DefUse {
 public:
  explicit DefUse(const ssa::Function& function);
  std::span<const ssa::InstId> UsersOf(ssa::Value value) const;

 private:
  std::vector<uint32_t> begin_;
  std::vector<ssa::InstId> users_;
  const ssa::Function& function_;
};

bool IsNilConst(const ssa::Function& function, ssa::Value value);
// A bool, integer or string constant.
std::optional<types::Value> ConstantOf(const ssa::Function& function,
                                       ssa::Value value);

// The literal or declared function that a closure, function or method value is;
// null if unknown. `bound` is the receiver of a method value, if any.
struct FunctionValue {
  const ssa::Function* literal = nullptr;
  const types::Func* func = nullptr;
  Origin closure;
};
std::optional<FunctionValue> FunctionOf(const ssa::Function& function,
                                        ssa::Value value);

}  // namespace gdlint::dataflow
