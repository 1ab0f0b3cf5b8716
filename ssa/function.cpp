#include "ssa/function.h"

#include <algorithm>

namespace gdlint::ssa {
namespace {

// Repeats of an operand are looked for among so many: a phi of 100,000 edges
// may name a user twice.
constexpr size_t kFewOperands = 16;

constexpr OpInfo kOps[] = {
#define SSA_OP(Name, Text, Operands, Traits) {Text, Operands, Traits},
#include "ssa/op.def"
};

}  // namespace

const OpInfo& InfoOf(Op op) { return kOps[static_cast<size_t>(op)]; }

Function::Function() = default;
Function::~Function() = default;

uint32_t Function::SlotOf(Value value) const {
  uint32_t slot = 0;
  switch (value.kind()) {
    case Value::Kind::kInst:
      return value.index();
    case Value::Kind::kFunction:
      slot += static_cast<uint32_t>(free_vars().size());
      [[fallthrough]];
    case Value::Kind::kFreeVar:
      slot += static_cast<uint32_t>(params().size());
      [[fallthrough]];
    case Value::Kind::kParam:
      return slot + static_cast<uint32_t>(insts_.size()) + value.index();
    default:
      return kNoAux;
  }
}

void Function::MakeUserIndex(UserIndex& index) const {
  const size_t slots =
      insts_.size() + params().size() + free_vars().size() + callees().size();
  // First how many users each has, then where they end, then their places.
  index.begin.assign(slots + 1, 0);
  const auto for_each_use = [&](const auto& fn) {
    for (uint32_t i = 0; i < insts_.size(); ++i) {
      const std::span<const Value> operands = Operands(insts_[i]);
      for (size_t at = 0; at < operands.size(); ++at) {
        const uint32_t slot = SlotOf(operands[at]);
        const auto before = operands.first(std::min<size_t>(at, kFewOperands));
        if (slot != kNoAux && std::ranges::count(before, operands[at]) == 0) {
          fn(slot, InstId{i});
        }
      }
    }
  };
  for_each_use([&](uint32_t slot, InstId) { ++index.begin[slot]; });
  uint32_t end = 0;
  for (uint32_t& begin : index.begin) {
    end += begin;
    begin = end;
  }
  index.users.resize(end);
  for_each_use([&](uint32_t slot, InstId user) {
    index.users[--index.begin[slot]] = user;
  });
  for (size_t slot = 0; slot < slots; ++slot) {
    std::reverse(index.users.begin() + index.begin[slot],
                 index.users.begin() + index.begin[slot + 1]);
  }
}

std::span<const InstId> Function::UsersOf(Value value) const {
  const uint32_t slot = SlotOf(value);
  if (slot == kNoAux) {
    return {};
  }
  std::call_once(users_once_, [&] {
    auto index = std::make_unique<UserIndex>();
    MakeUserIndex(*index);
    users_ = std::move(index);
  });
  return std::span(users_->users)
      .subspan(users_->begin[slot],
               users_->begin[slot + 1] - users_->begin[slot]);
}

const types::Type* ValueTables::TypeOf(Value value,
                                       std::span<const Inst> insts) const {
  switch (value.kind()) {
    case Value::Kind::kNone:
    case Value::Kind::kBuiltin:
      return nullptr;
    case Value::Kind::kInst:
      return insts[value.index()].type;
    case Value::Kind::kParam:
      return params[value.index()].type;
    case Value::Kind::kFreeVar:
      return free_vars[value.index()].type;
    case Value::Kind::kConst:
      return consts[value.index()].type;
    case Value::Kind::kGlobal:
      return global_types[value.index()];
    case Value::Kind::kFunction:
      return callees[value.index()].type;
  }
  return nullptr;
}

}  // namespace gdlint::ssa
