#include "checks/resources/holders.h"

#include <algorithm>
#include <utility>

#include "checks/resources/lifetime.h"
#include "checks/resources/lists.h"
#include "dataflow/values.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr int kMaxDepth = 4;

// The address that `value` is stored to, if that is all that becomes of it.
Value OnlyStoreOf(const Function& function, Value value) {
  const auto users = function.UsersOf(value);
  if (users.size() != 1) {
    return Value::None();
  }
  const Inst& user = function.inst(users[0]);
  if (user.op == Op::kMakeInterface || user.op == Op::kChangeType) {
    return OnlyStoreOf(function, users[0]);
  }
  return user.op == Op::kStore && function.Operands(user)[1] == value
             ? function.Operands(user)[0]
             : Value::None();
}

// Where a pointer to a struct is stored, whatever is done with its fields.
Value StoreOfWhole(const Function& function, Value whole) {
  Value found = Value::None();
  for (const InstId user : function.UsersOf(whole)) {
    const Inst& inst = function.inst(user);
    Value addr = Value::None();
    if (inst.op == Op::kStore && function.Operands(inst)[1] == whole) {
      addr = function.Operands(inst)[0];
    } else if (inst.op == Op::kMakeInterface) {
      addr = OnlyStoreOf(function, user);
    } else if (inst.op == Op::kFieldAddr) {
      continue;
    }
    if (!addr.has_value() || found.has_value()) {
      return Value::None();
    }
    found = addr;
  }
  return found;
}

Value OutermostOf(const Function& function, Value whole) {
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const Value addr = StoreOfWhole(function, whole);
    const Value next =
        addr.has_value() ? LocalWhole(function, addr) : Value::None();
    if (!next.has_value()) {
      break;
    }
    whole = next;
  }
  return whole;
}

}  // namespace

std::optional<Holder> HolderOf(const Function& function, Value addr) {
  if (const Value whole = LocalWhole(function, addr); whole.has_value()) {
    return Holder{whole, OutermostOf(function, whole), std::nullopt};
  }
  const Value list = ListOf(function, addr);
  const Value field =
      list.has_value() ? OnlyStoreOf(function, list) : Value::None();
  const Value whole =
      field.has_value() ? LocalWhole(function, field) : Value::None();
  if (!whole.has_value() ||
      function.Operands(function.inst(field.inst()))[0] != whole) {
    return std::nullopt;
  }
  return Holder{whole, OutermostOf(function, whole),
                function.inst(field.inst()).aux};
}

std::vector<InstId> CallsOnElements(const Function& function, uint32_t field) {
  const auto is_element = [&](Value value) {
    constexpr Op kWay[] = {Op::kLoad, Op::kIndexAddr, Op::kLoad,
                           Op::kFieldAddr};
    for (const Op op : kWay) {
      if (!value.is_inst() || function.inst(value.inst()).op != op ||
          (op == Op::kFieldAddr && function.inst(value.inst()).aux != field)) {
        return false;
      }
      value = function.Operands(function.inst(value.inst()))[0];
    }
    return value == Value(Value::Kind::kParam, 0);
  };
  std::vector<InstId> calls;
  for (const Inst& inst : function.insts()) {
    if ((inst.op == Op::kCall || inst.op == Op::kDefer) &&
        std::ranges::any_of(function.Operands(inst), is_element)) {
      calls.push_back(function.IdOf(inst));
    }
  }
  return calls;
}

}  // namespace gdlint::checks::resources
