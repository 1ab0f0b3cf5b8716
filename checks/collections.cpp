#include "checks/collections.h"

#include <algorithm>
#include <span>

#include "checks/knowledge/resources.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/returned_error.h"
#include "dataflow/program.h"
#include "dataflow/values.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// So many values have to do with one element.
constexpr size_t kMaxValues = 100;

bool IsAppend(const Inst& call, std::span<const Value> operands) {
  return call.op == Op::kCall && ModeOf(call) == ssa::CallMode::kBuiltin &&
         static_cast<types::BuiltinId>(operands[0].index()) ==
             types::BuiltinId::kAppend;
}

class Flow {
 public:
  explicit Flow(const Function& function) : function_(function) {}

  // What is the element.
  void AddElement(Value value) { Add(elements_, value); }

  void Run() {
    for (size_t before = 0; before != Size() && Size() < kMaxValues;) {
      before = Size();
      for (const Inst& inst : function_.insts()) {
        Visit(inst);
      }
    }
  }

  bool IsCollection(Value value) const { return Has(collections_, value); }

 private:
  using Values = std::vector<Value>;

  size_t Size() const {
    return elements_.size() + collections_.size() + cells_.size();
  }
  static bool Has(const Values& values, Value value) {
    return std::ranges::find(values, value) != values.end();
  }
  static void Add(Values& values, Value value) {
    if (!Has(values, value)) {
      values.push_back(value);
    }
  }

  void Visit(const Inst& inst) {
    const std::span<const Value> operands = function_.Operands(inst);
    const Value self(function_.IdOf(inst));
    switch (inst.op) {
      case Op::kMakeInterface:
      case Op::kChangeInterface:
      case Op::kChangeType:
      case Op::kPhi:
        for (const Value operand : operands) {
          Copy(operand, self);
        }
        break;
      case Op::kStore:
        VisitStore(operands);
        break;
      case Op::kLoad:
        if (Has(cells_, operands[0])) {
          Add(collections_, self);
        }
        break;
      case Op::kSlice:
        Copy(operands[0], self);
        break;
      case Op::kMapUpdate:
        if (Has(elements_, operands[2])) {
          AddTable(operands[0]);
        }
        break;
      case Op::kCall:
        if ((IsAppend(inst, operands) || Wraps(inst)) &&
            std::ranges::any_of(operands.subspan(1), [&](Value operand) {
              return Has(collections_, operand);
            })) {
          Add(collections_, self);
        }
        break;
      default:
        break;
    }
  }

  // And the variable that it was loaded from.
  void AddTable(Value table) {
    Add(collections_, table);
    if (table.is_inst() && function_.inst(table.inst()).op == Op::kLoad) {
      Add(cells_, function_.Operands(function_.inst(table.inst()))[0]);
    }
  }

  void Copy(Value from, Value to) {
    if (Has(elements_, from)) {
      Add(elements_, to);
    }
    if (Has(collections_, from)) {
      Add(collections_, to);
    }
  }

  // Of an element into an array, or of a list into a variable.
  void VisitStore(std::span<const Value> operands) {
    if (!operands[0].is_inst()) {
      return;
    }
    const Inst& addr = function_.inst(operands[0].inst());
    if (addr.op == Op::kIndexAddr && Has(elements_, operands[1])) {
      const Value array = function_.Operands(addr)[0];
      if (array.is_inst() && function_.inst(array.inst()).op == Op::kAlloc) {
        Add(collections_, array);
      }
    } else if (addr.op == Op::kAlloc && Has(collections_, operands[1])) {
      Add(cells_, operands[0]);
    }
  }

  // The standard library's readers of readers.
  bool Wraps(const Inst& call) const {
    const types::Func* const named = dataflow::NamedCallee(function_, call);
    if (named == nullptr || named->package == nullptr ||
        !resources::IsStandard(*named) || named->recv != nullptr) {
      return false;
    }
    const knowledge::ArgumentUse use = knowledge::UseOfArgument(*named);
    return (use == knowledge::ArgumentUse::kWraps ||
            use == knowledge::ArgumentUse::kWrapsAndOwns) &&
           types::IsInterface(call.type);
  }

  const Function& function_;
  Values elements_;
  Values collections_;
  // Variables that collections are stored in.
  Values cells_;
};

}  // namespace

std::vector<InstId> ReturnsOfCollection(const Function& function, Value element,
                                        dataflow::Analyses& analyses) {
  Flow flow(function);
  flow.AddElement(element);
  flow.Run();
  std::vector<InstId> returns;
  for (const Inst& inst : function.insts()) {
    const InstId id = function.IdOf(inst);
    if (inst.op == Op::kReturn &&
        std::ranges::any_of(function.Operands(inst),
                            [&](Value operand) {
                              return flow.IsCollection(
                                  resources::StoredBefore(function, operand));
                            }) &&
        resources::ReturnedErrorAt(function, id, analyses) !=
            resources::Known::kNonNil) {
      returns.push_back(id);
    }
  }
  return returns;
}

}  // namespace gdlint::checks
