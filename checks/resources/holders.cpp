#include "checks/resources/holders.h"

#include <algorithm>
#include <span>
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

// The list that `list` makes longer, if that is all that becomes of it: `all =
// append(all, f)`; else itself.
Value LongerList(const Function& function, Value list) {
  const auto users = function.UsersOf(list);
  if (users.size() != 1) {
    return list;
  }
  const Inst& user = function.inst(users[0]);
  return user.op == Op::kCall && ModeOf(user) == ssa::CallMode::kBuiltin &&
                 static_cast<types::BuiltinId>(
                     function.Operands(user)[0].index()) ==
                     types::BuiltinId::kAppend
             ? Value(users[0])
             : list;
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

// The address of the field that a list with an element at `addr` is stored to.
Value FieldOfList(const Function& function, Value addr) {
  const Value list = ListOf(function, addr);
  return list.has_value() ? OnlyStoreOf(function, LongerList(function, list))
                          : Value::None();
}

}  // namespace

std::optional<Holder> HolderOf(const Function& function, Value addr) {
  if (const Value whole = LocalWhole(function, addr); whole.has_value()) {
    return Holder{whole, OutermostOf(function, whole), {}, {}};
  }
  const Value field = FieldOfList(function, addr);
  const Value whole =
      field.has_value() ? LocalWhole(function, field) : Value::None();
  if (!whole.has_value() ||
      function.Operands(function.inst(field.inst()))[0] != whole) {
    return std::nullopt;
  }
  return Holder{
      whole, OutermostOf(function, whole), function.inst(field.inst()).aux, {}};
}

std::optional<Holder> FunctionHolderOf(const Function& function, Value addr) {
  std::optional<Holder> holder = HolderOf(function, addr);
  if (!holder) {
    return std::nullopt;
  }
  if (holder->list) {
    holder->function = holder->list;
    return holder;
  }
  const Inst& field = function.inst(addr.inst());
  if (field.op != Op::kFieldAddr ||
      function.Operands(field)[0] != holder->inner) {
    return std::nullopt;
  }
  holder->function = field.aux;
  return holder;
}

std::optional<KeptPart> PartOfReceiver(const Function& function, Value addr) {
  const auto is_field = [&](Value value) {
    return value.is_inst() &&
           function.inst(value.inst()).op == Op::kFieldAddr &&
           function.Operands(function.inst(value.inst()))[0] ==
               Value(Value::Kind::kParam, 0);
  };
  if (is_field(addr)) {
    return KeptPart{};
  }
  const Value field = FieldOfList(function, addr);
  return is_field(field)
             ? std::optional(KeptPart{function.inst(field.inst()).aux})
             : std::nullopt;
}

Holder HolderWith(const Function& function, Value whole, const KeptPart& part) {
  return Holder{whole, OutermostOf(function, whole), part.list, {}};
}

namespace {

// `value` is made from field `field` of the receiver by `way`, the last step
// first.
bool ComesBy(const Function& function, Value value, std::span<const Op> way,
             uint32_t field) {
  for (const Op op : way) {
    if (!value.is_inst() || function.inst(value.inst()).op != op ||
        (op == Op::kFieldAddr && function.inst(value.inst()).aux != field)) {
      return false;
    }
    value = function.Operands(function.inst(value.inst()))[0];
  }
  return value == Value(Value::Kind::kParam, 0);
}

constexpr Op kElement[] = {Op::kLoad, Op::kIndexAddr, Op::kLoad,
                           Op::kFieldAddr};
constexpr Op kField[] = {Op::kLoad, Op::kFieldAddr};

}  // namespace

std::vector<InstId> CallsOnElements(const Function& function, uint32_t field) {
  std::vector<InstId> calls;
  for (const Inst& inst : function.insts()) {
    if ((inst.op == Op::kCall || inst.op == Op::kDefer) &&
        std::ranges::any_of(function.Operands(inst), [&](Value value) {
          return ComesBy(function, value, kElement, field);
        })) {
      calls.push_back(function.IdOf(inst));
    }
  }
  return calls;
}

bool CallsFunctionIn(const Function& function, uint32_t field, bool is_list) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    return (inst.op == Op::kCall || inst.op == Op::kDefer) &&
           ModeOf(inst) == ssa::CallMode::kDynamic &&
           ComesBy(function, function.Operands(inst)[0],
                   is_list ? std::span<const Op>(kElement) : kField, field);
  });
}

}  // namespace gdlint::checks::resources
