#include "dataflow/value_flow.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "types/object.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr size_t kMaxSteps = 256;

bool IsCall(Op op) {
  return op == Op::kCall || op == Op::kDefer || op == Op::kGo;
}

// The array behind the list of a variadic call.
bool IsListArray(const Function& function, Value value) {
  return value.is_inst() && function.inst(value.inst()).op == Op::kAlloc &&
         function.inst(value.inst()).aux == ssa::kNoAux;
}

}  // namespace

Value StripConversions(const Function& function, Value value) {
  while (value.is_inst()) {
    const Inst& inst = function.inst(value.inst());
    if (inst.op != Op::kChangeType && inst.op != Op::kChangeInterface &&
        inst.op != Op::kMakeInterface) {
      break;
    }
    value = function.Operands(inst)[0];
  }
  return value;
}

bool IsMadeOf(const Function& function, Value value,
              const std::function<bool(Value)>& found) {
  std::vector<Value> work = {value};
  std::unordered_set<uint32_t> seen;
  while (!work.empty() && seen.size() < kMaxSteps) {
    const Value at = work.back();
    work.pop_back();
    if (found(at)) {
      return true;
    }
    if (!at.is_inst() || !seen.insert(at.index()).second) {
      continue;
    }
    for (const Value operand : function.Operands(function.inst(at.inst()))) {
      work.push_back(operand);
    }
    if (!IsListArray(function, at)) {
      continue;
    }
    for (const InstId element : function.UsersOf(at)) {
      if (function.inst(element).op != Op::kIndexAddr) {
        continue;
      }
      for (const InstId store : function.UsersOf(element)) {
        const Inst& inst = function.inst(store);
        if (inst.op == Op::kStore) {
          work.push_back(function.Operands(inst)[1]);
        }
      }
    }
  }
  return false;
}

namespace {

bool IsGiven(const Function& function, Value alloc,
             const std::function<bool(Value)>& found) {
  return std::ranges::any_of(function.UsersOf(alloc), [&](InstId user) {
    const Inst& inst = function.inst(user);
    const std::span<const Value> operands = function.Operands(inst);
    return inst.op == Op::kStore
               ? operands[0] == alloc && IsMadeOf(function, operands[1], found)
               : inst.op == Op::kCall &&
                     std::ranges::any_of(
                         operands.subspan(1), [&](Value operand) {
                           return IsMadeOf(function, operand, found);
                         });
  });
}

}  // namespace

bool IsCollectedFrom(const Function& function, Value value,
                     const std::function<bool(Value)>& found) {
  return IsMadeOf(function, value, [&](Value at) {
    return at.is_inst() && function.inst(at.inst()).op == Op::kAlloc &&
           IsGiven(function, at, found);
  });
}

bool IsLoadOf(const Function& function, Value value, const Origin& variable) {
  if (!value.is_inst()) {
    return false;
  }
  const Inst& inst = function.inst(value.inst());
  return inst.op == Op::kLoad &&
         VariableOf(function, function.Operands(inst)[0]) == variable;
}

bool OnlyFlowsInto(const Function& function, InstId value,
                   const Origin& variable) {
  std::vector<InstId> work = {value};
  std::unordered_set<uint32_t> seen = {value.index};
  const auto add = [&](InstId id) {
    if (seen.insert(id.index).second) {
      work.push_back(id);
    }
  };
  bool gets_there = false;
  while (!work.empty()) {
    const InstId at = work.back();
    work.pop_back();
    for (const InstId user : function.UsersOf(at)) {
      const Inst& inst = function.inst(user);
      const auto operands = function.Operands(inst);
      if (seen.size() > kMaxSteps) {
        return false;
      }
      if (inst.op == Op::kStore) {
        if (VariableOf(function, operands[0]) == variable) {
          gets_there = true;
          continue;
        }
        // Into the list of a variadic call, and out of it by a slice.
        const Value element = operands[0];
        if (!element.is_inst() ||
            function.inst(element.inst()).op != Op::kIndexAddr) {
          return false;
        }
        const Value array = function.Operands(function.inst(element.inst()))[0];
        if (!IsListArray(function, array)) {
          return false;
        }
        for (const InstId slice : function.UsersOf(array)) {
          if (function.inst(slice).op == Op::kSlice) {
            add(slice);
          }
        }
        continue;
      }
      if (inst.op != Op::kBinOp && inst.op != Op::kUnOp &&
          inst.op != Op::kCall && inst.op != Op::kPhi &&
          inst.op != Op::kConvert && inst.op != Op::kChangeType &&
          inst.op != Op::kChangeInterface && inst.op != Op::kMakeInterface &&
          inst.op != Op::kExtract && inst.op != Op::kSlice &&
          inst.op != Op::kField && inst.op != Op::kIndex) {
        return false;
      }
      // What a call is given for its own sake is read.
      if (IsCall(inst.op) && function.UsersOf(user).empty()) {
        return false;
      }
      add(user);
    }
  }
  return gets_there;
}

bool IsZeroConst(const Function& function, Value value) {
  if (value.kind() != Value::Kind::kConst) {
    return false;
  }
  const types::Value constant = function.consts()[value.index()].value;
  switch (constant.kind()) {
    case types::ConstantKind::kUnknown:
      return true;
    case types::ConstantKind::kBool:
      return !types::constant::BoolValue(constant);
    case types::ConstantKind::kString:
      return types::constant::StringSize(constant) == 0;
    default:
      return types::constant::Sign(constant) == 0;
  }
}

bool IsErrorType(const types::Type* type) {
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package == nullptr &&
         named->obj->name != nullptr && named->obj->name->text() == "error";
}

}  // namespace gdlint::dataflow
