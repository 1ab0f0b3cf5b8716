#include "checks/resources/deferred_guards.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "checks/places.h"
#include "dataflow/flow_order.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/constant.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr int kMaxBlocks = 16;

// Of a literal: what its free variable `index` is in the function around it.
Value CapturedAs(const Function& function, const Inst& closure,
                 const Function& literal, Value addr) {
  if (addr.kind() != Value::Kind::kFreeVar ||
      addr.index() >= literal.free_vars().size()) {
    return {};
  }
  return function.Operands(closure)[addr.index() + 1];
}

Value LoadedFrom(const Function& function, Value value) {
  return value.is_inst() && function.inst(value.inst()).op == Op::kLoad
             ? function.Operands(function.inst(value.inst()))[0]
             : Value();
}

// What `value`, a condition in the literal, asks of a variable around it.
std::optional<DeferredGuard> GuardIn(const Function& function,
                                     const Inst& closure,
                                     const Function& literal, Value value,
                                     bool holds) {
  if (const auto test = dataflow::NilTestOf(literal, value)) {
    const Value cell = CapturedAs(function, closure, literal,
                                  LoadedFrom(literal, test->tested));
    return cell.has_value() ? std::optional(DeferredGuard{
                                  cell, true, test->is_equal == holds})
                            : std::nullopt;
  }
  const Value cell =
      CapturedAs(function, closure, literal, LoadedFrom(literal, value));
  return cell.has_value() ? std::optional(DeferredGuard{cell, false, holds})
                          : std::nullopt;
}

// Blocks where something is done with what the variable holds; nothing if its
// address is used otherwise.
std::optional<std::vector<ssa::BlockId>> BlocksOfUse(const Function& literal,
                                                     Value var) {
  std::vector<ssa::BlockId> blocks;
  for (const InstId user : literal.UsersOf(var)) {
    const Inst& load = literal.inst(user);
    if (load.op != Op::kLoad && load.op != Op::kFieldAddr) {
      return std::nullopt;
    }
    for (const InstId use : literal.UsersOf(user)) {
      if (literal.inst(use).op != Op::kBinOp) {
        blocks.push_back(literal.inst(use).block);
      }
    }
  }
  return blocks;
}

// The last store to a variable on the only way to an instruction, and what was
// found out about it since.
struct LastStore {
  Value value;
  // It was compared with nil on the way: whether it was nil.
  std::optional<bool> is_nil;
};

// Whether a branch on the way to `at` says that what `loads` gave of `cell` was
// nil.
std::optional<bool> TestedSince(const Function& function, InstId at, Value cell,
                                std::span<const InstId> loads) {
  const dataflow::FlowOrder order(function);
  for (const dataflow::Condition& condition :
       order.ConditionsOf(function.inst(at).block)) {
    const auto test = dataflow::NilTestOf(function, condition.value);
    if (test && LoadedFrom(function, test->tested) == cell &&
        std::ranges::find(loads, test->tested.inst()) != loads.end()) {
      return test->is_equal == condition.holds;
    }
  }
  return std::nullopt;
}

// None if ways join before.
std::optional<LastStore> StoredLast(const Function& function, InstId at,
                                    Value cell) {
  ssa::BlockId block = function.inst(at).block;
  uint32_t end = at.index;
  std::vector<InstId> loads;
  for (int i = 0; i < kMaxBlocks; ++i) {
    const auto insts = function.InstsOf(block);
    for (size_t k = insts.size(); k-- > 0;) {
      const Inst& inst = insts[k];
      if (function.IdOf(inst).index >= end ||
          (inst.op != Op::kStore && inst.op != Op::kLoad) ||
          function.Operands(inst)[0] != cell) {
        continue;
      }
      if (inst.op == Op::kStore) {
        return LastStore{function.Operands(inst)[1],
                         TestedSince(function, at, cell, loads)};
      }
      loads.push_back(function.IdOf(inst));
    }
    const auto preds = function.Preds(block);
    if (preds.size() != 1) {
      return std::nullopt;
    }
    block = preds[0];
    end = UINT32_MAX;
  }
  return std::nullopt;
}

// `return use(f)`: what a call gives that is about no error and makes none, and
// that nobody has asked for.
bool MayBeNil(const Function& function, Value value) {
  if (dataflow::IsNilConst(function, value)) {
    return true;
  }
  Value result = value;
  if (result.is_inst() && function.inst(result.inst()).op == Op::kExtract) {
    result = function.Operands(function.inst(result.inst()))[0];
  }
  if (!result.is_inst() || function.inst(result.inst()).op != Op::kCall) {
    return false;
  }
  const Inst& call = function.inst(result.inst());
  const auto operands = function.Operands(call);
  const std::string_view name = CalleeNameOf(function, call);
  const bool makes_error = name.empty() ||
                           name.find("rr") != std::string_view::npos ||
                           name.find("Wrap") != std::string_view::npos ||
                           name.find("New") != std::string_view::npos ||
                           name.find("ail") != std::string_view::npos;
  return !makes_error &&
         std::ranges::none_of(
             operands.subspan(1),
             [&](Value operand) {
               return dataflow::IsErrorType(function.TypeOf(operand));
             }) &&
         // Stored, and nothing else.
         std::ranges::all_of(function.UsersOf(value), [&](InstId user) {
           return function.inst(user).op == Op::kStore;
         });
}

}  // namespace

std::vector<DeferredGuard> GuardsOf(const Function& function,
                                    const Inst& closure,
                                    const Function& literal, uint32_t index) {
  const auto blocks = BlocksOfUse(literal, Value(Value::Kind::kFreeVar, index));
  if (!blocks || blocks->empty()) {
    return {};
  }
  const dataflow::FlowOrder order(literal);
  std::vector<DeferredGuard> guards;
  for (size_t i = 0; i < blocks->size(); ++i) {
    std::vector<DeferredGuard> here;
    for (const dataflow::Condition& condition :
         order.ConditionsOf((*blocks)[i])) {
      if (const auto guard = GuardIn(function, closure, literal,
                                     condition.value, condition.holds)) {
        here.push_back(*guard);
      }
    }
    if (i == 0) {
      guards = std::move(here);
    } else {
      std::erase_if(guards, [&](const DeferredGuard& guard) {
        return std::ranges::find(here, guard) == here.end();
      });
    }
  }
  return guards;
}

bool KeepsFromRelease(const Function& function, InstId run,
                      std::span<const DeferredGuard> guards) {
  return std::ranges::any_of(guards, [&](const DeferredGuard& guard) {
    const auto stored = StoredLast(function, run, guard.cell);
    if (!stored) {
      return false;
    }
    if (guard.is_nil_test) {
      return !guard.holds &&
             dataflow::IsErrorType(function.TypeOf(stored->value)) &&
             stored->is_nil.value_or(MayBeNil(function, stored->value));
    }
    const auto constant = dataflow::ConstantOf(function, stored->value);
    return constant && constant->kind() == types::ConstantKind::kBool &&
           types::constant::BoolValue(*constant) != guard.holds;
  });
}

}  // namespace gdlint::checks::resources
