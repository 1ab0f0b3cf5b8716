#include "ssa/function.h"

#include <algorithm>
#include <numeric>

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
      return slot + static_cast<uint32_t>(insts().size()) + value.index();
    default:
      return kNoAux;
  }
}

void Function::MakeUserIndex(UserIndex& index) const {
  const std::span<const Inst> insts = this->insts();
  const auto for_each_use = [&](const auto& fn) {
    for (uint32_t i = 0; i < insts.size(); ++i) {
      const std::span<const Value> operands = Operands(insts[i]);
      for (size_t at = 0; at < operands.size(); ++at) {
        const uint32_t slot = SlotOf(operands[at]);
        const auto before = operands.first(std::min<size_t>(at, kFewOperands));
        if (slot != kNoAux && std::ranges::count(before, operands[at]) == 0) {
          fn(slot, InstId{i});
        }
      }
    }
  };
  // First how many users each has, then where they end, then their places.
  const size_t slots =
      insts.size() + params().size() + free_vars().size() + callees().size();
  std::vector<uint32_t> ends(slots + 1);
  for_each_use([&](uint32_t slot, InstId) { ++ends[slot]; });
  std::partial_sum(ends.begin(), ends.end(), ends.begin());

  index.begin = index.memory.Plan<uint32_t>(slots + 1);
  index.users = index.memory.Plan<InstId>(ends.back());
  index.memory.Allocate();
  index.memory.Fill(index.begin, std::span<const uint32_t>(ends));
  const std::span<uint32_t> begins = index.memory.Items(index.begin);
  const std::span<InstId> users = index.memory.Items(index.users);
  for_each_use(
      [&](uint32_t slot, InstId user) { users[--begins[slot]] = user; });
  for (size_t slot = 0; slot < slots; ++slot) {
    std::reverse(users.begin() + begins[slot],
                 users.begin() + begins[slot + 1]);
  }
}

std::span<const InstId> Function::UsersOf(Value value) const {
  const uint32_t slot = SlotOf(value);
  if (slot == kNoAux) {
    return {};
  }
  std::call_once(users_once_, [&] { MakeUserIndex(users_); });
  const std::span begins = users_.memory.Items(users_.begin);
  return users_.memory.Items(users_.users)
      .subspan(begins[slot], begins[slot + 1] - begins[slot]);
}

}  // namespace gdlint::ssa
