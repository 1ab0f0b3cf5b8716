// Functions that take over what they are given: they release it where they
// fail, and return it, or what they wrap around it, where they do not. Their
// caller then has the result to release. See lifetime.h.

#include <algorithm>
#include <optional>

#include "checks/resources/lifetime.h"
#include "checks/resources/returned_error.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks::resources {
namespace {

// The call that `value` is the result of; null if it is none.
const ssa::Inst* CallOf(const ssa::Function& function, ssa::Value value,
                        uint32_t& result) {
  value = dataflow::StripConversions(function, value);
  result = 0;
  if (value.is_inst() && function.inst(value.inst()).op == ssa::Op::kExtract) {
    result = function.inst(value.inst()).aux;
    value = function.Operands(function.inst(value.inst()))[0];
  }
  return value.is_inst() && function.inst(value.inst()).op == ssa::Op::kCall
             ? &function.inst(value.inst())
             : nullptr;
}

}  // namespace

// What `function` returns of its parameter where it does not fail; nothing if
// it leaves it open, or closes it, whatever happens.
std::optional<Acquisition> Fates::GivenBack(const ssa::Function& function,
                                            uint32_t param, ResourceKind kind) {
  const auto [at, is_new] =
      given_back_.try_emplace(std::tuple(&function, param, kind));
  if (!is_new || depth_ >= kMaxDepth || param >= function.params().size() ||
      !ReturnsError(function)) {
    return at->second;
  }
  ++depth_;
  const ssa::Value root(ssa::Value::Kind::kParam, param);
  FlowTrace trace;
  std::optional<Acquisition> result;
  if (Flow(function, root, false, kind, &trace) == Fate::kReleased &&
      !trace.is_kept && !IsSurelyReleased(function, root)) {
    result = ReturnedOf(function, root, Acquisition{kind, 0, -1});
  }
  --depth_;
  if (result && result->error < 0) {
    result.reset();
  }
  return given_back_[{&function, param, kind}] = result;
}

// The caller does nothing else with it that releases or keeps it, but where it
// fails.
bool Fates::IsLeftTo(const ssa::Function& caller, const ssa::Inst& call,
                     ssa::Value value, ResourceKind kind) {
  FlowTrace trace;
  trace.besides = caller.IdOf(call);
  static_cast<void>(Flow(caller, value, false, kind, &trace));
  return !trace.is_kept &&
         std::ranges::all_of(trace.released_in, [&](ssa::BlockId block) {
           const ssa::Inst& last = caller.Terminator(block);
           return last.op == ssa::Op::kReturn &&
                  ReturnsFoundError(caller, last);
         });
}

// What a call gives back of what `caller` acquired itself and gave it.
std::optional<Acquisition> Fates::GivenBackBy(const ssa::Function& caller,
                                              const ssa::Inst& call,
                                              const ssa::Function& body) {
  if (!ReturnsError(body) || depth_ >= kMaxDepth) {
    return std::nullopt;
  }
  const std::span<const ssa::Value> operands = caller.Operands(call);
  for (uint32_t i = 1; i < operands.size(); ++i) {
    uint32_t result = 0;
    const ssa::Inst* const from = CallOf(caller, operands[i], result);
    if (from == nullptr || !MayHold(from->type)) {
      continue;
    }
    ++depth_;
    const auto acquired = AcquiredBy(caller, *from);
    --depth_;
    if (!acquired || acquired->result != result || acquired->cleanup >= 0) {
      continue;
    }
    auto given = GivenBack(body, i - 1, acquired->kind);
    if (given && IsLeftTo(caller, call, operands[i], acquired->kind)) {
      given->is_writable = acquired->is_writable;
      return given;
    }
  }
  return std::nullopt;
}

}  // namespace gdlint::checks::resources
