#include "checks/resources/captured.h"

#include <algorithm>
#include <span>

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

bool IsSetIn(const Function& literal, uint32_t index);

// The literal that `closure` makes, or one in it, sets what it captures.
bool IsSetBy(const Function& function, const Inst& closure, Value var) {
  const std::span<const Value> operands = function.Operands(closure);
  const Function* const literal = function.callees()[operands[0].index()].child;
  const auto at = std::ranges::find(operands, var) - operands.begin();
  return literal == nullptr || IsSetIn(*literal, static_cast<uint32_t>(at - 1));
}

bool IsSetIn(const Function& literal, uint32_t index) {
  const Value var(Value::Kind::kFreeVar, index);
  return std::ranges::any_of(literal.UsersOf(var), [&](InstId user) {
    const Inst& inst = literal.inst(user);
    switch (inst.op) {
      case Op::kLoad:
      case Op::kFieldAddr:
        return false;
      case Op::kMakeClosure:
        return IsSetBy(literal, inst, var);
      default:
        return true;
    }
  });
}

}  // namespace

bool MayBeSetAfter(const Function& function, InstId closure, Value var) {
  return std::ranges::any_of(function.UsersOf(var), [&](InstId user) {
    const Inst& inst = function.inst(user);
    switch (inst.op) {
      case Op::kLoad:
        return false;
      case Op::kStore:
        return function.Operands(inst)[1] == var || user.index > closure.index;
      case Op::kMakeClosure:
        return IsSetBy(function, inst, var);
      default:
        return true;
    }
  });
}

}  // namespace gdlint::checks::resources
