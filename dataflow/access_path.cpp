#include "dataflow/access_path.h"

#include <algorithm>

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// No path by hand is so long.
constexpr int kMaxSteps = 64;

// The only value that is ever stored to a variable, such as a parameter's cell;
// none if there are several or others may write it.
Value OnlyStored(const Origin& variable) {
  const VariableUses uses = UsesOf(variable);
  if (uses.escapes || uses.stores.size() != 1 ||
      uses.stores[0].function != variable.function) {
    return {};
  }
  const Function& function = *variable.function;
  return function.Operands(function.inst(uses.stores[0].inst))[1];
}

}  // namespace

AccessPath PathOf(const Function& start, Value value) {
  const Function* function = &start;
  AccessPath path;
  for (int i = 0; i < kMaxSteps; ++i) {
    if (value.kind() == Value::Kind::kFreeVar) {
      const Origin variable = VariableOf(*function, value);
      if (variable.function == nullptr || variable.function == function) {
        break;
      }
      function = variable.function;
      value = variable.value;
      continue;
    }
    if (!value.is_inst()) {
      break;
    }
    const Inst& inst = function->inst(value.inst());
    bool goes_on = true;
    switch (inst.op) {
      case Op::kFieldAddr:
      case Op::kField:
        path.steps.push_back(inst.aux);
        break;
      case Op::kLoad: {
        const Value addr = function->Operands(inst)[0];
        const Origin variable = VariableOf(*function, addr);
        const Value stored =
            variable.function != nullptr && variable.value.is_inst()
                ? OnlyStored(variable)
                : Value();
        if (stored.has_value()) {
          // A variable that only names another value.
          function = variable.function;
          value = stored;
          continue;
        }
        path.steps.push_back(AccessPath::kPointer);
        break;
      }
      case Op::kChangeType:
      case Op::kChangeInterface:
      case Op::kMakeInterface:
        break;
      default:
        goes_on = false;
        break;
    }
    if (!goes_on) {
      break;
    }
    value = function->Operands(inst)[0];
  }
  std::ranges::reverse(path.steps);
  if (value.kind() == Value::Kind::kGlobal) {
    path.global = function->globals()[value.index()];
  } else {
    path.function = function;
    path.root = value;
  }
  return path;
}

}  // namespace gdlint::dataflow
