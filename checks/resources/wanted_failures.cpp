// Tests that want an acquisition to fail, as they say in what they ask.

#include <algorithm>
#include <span>
#include <string_view>

#include "checks/resources/explorer.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/package.h"

namespace gdlint::checks::resources {
namespace {

// `*testing.T`, `testing.TB`.
bool IsOfTesting(const types::Type* type) {
  type = types::Unalias(type);
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = types::Unalias(pointer->elem);
  }
  const auto* const named = types::TryAs<types::Named>(type);
  return named != nullptr && named->obj != nullptr &&
         named->obj->package != nullptr &&
         named->obj->package->path == "testing";
}

std::string_view PathOf(const types::Func& named) {
  return named.package == nullptr ? std::string_view()
                                  : std::string_view(named.package->path);
}

// Without `!` before it.
const ssa::Inst* ConditionOf(const ssa::Function& function,
                             const ssa::Inst& branch) {
  ssa::Value condition = function.Operands(branch)[0];
  while (condition.is_inst() &&
         function.inst(condition.inst()).op == ssa::Op::kUnOp) {
    condition = function.Operands(function.inst(condition.inst()))[0];
  }
  return condition.is_inst() ? &function.inst(condition.inst()) : nullptr;
}

// The call that `value` is the result of; null if it is none.
const ssa::Inst* CallOf(const ssa::Function& function, ssa::Value value) {
  value = dataflow::StripConversions(function, value);
  if (!value.is_inst()) {
    return nullptr;
  }
  const ssa::Inst& inst = function.inst(value.inst());
  return inst.op == ssa::Op::kCall ? &inst : nullptr;
}

// The function of gomega that `value` is the result of, by its name.
std::string_view GomegaOf(const ssa::Function& function,
                          const ssa::Inst* call) {
  const types::Func* const named =
      call == nullptr ? nullptr : dataflow::NamedCallee(function, *call);
  return named != nullptr && PathOf(*named) == "github.com/onsi/gomega"
             ? NameOf(named)
             : std::string_view();
}

}  // namespace

bool Explorer::AsksForError(const ssa::Inst& call, const State& state) const {
  const std::span<const ssa::Value> operands =
      function_.Operands(call).subspan(1);
  return std::ranges::any_of(
             operands,
             [&](ssa::Value value) {
               // testify takes an interface.
               return IsOfTesting(function_.TypeOf(
                   dataflow::StripConversions(function_, value)));
             }) &&
         std::ranges::any_of(operands, [&](ssa::Value value) {
           if (!value.is_inst()) {
             return false;
           }
           const ssa::Inst& inst = function_.inst(value.inst());
           return inst.op == ssa::Op::kCall && Conditions::IsBool(inst) &&
                  std::ranges::any_of(function_.Operands(inst).subspan(1),
                                      [&](ssa::Value operand) {
                                        return Has(state.errors,
                                                   RawOf(operand));
                                      });
         });
}

bool Explorer::FailsTestBehind(const ssa::Inst& call,
                               const State& state) const {
  if (!state.branch.has_value()) {
    return false;
  }
  // Right behind the question.
  const ssa::Inst& branch = function_.inst(state.branch);
  if (std::ranges::count(function_.Succs(branch.block), call.block) == 0) {
    return false;
  }
  const ssa::Inst* const condition = ConditionOf(function_, branch);
  if (condition == nullptr) {
    return false;
  }
  const auto operands = function_.Operands(*condition);
  const auto is_error = [&](ssa::Value value) {
    return Has(state.errors, RawOf(value));
  };
  if (condition->op == ssa::Op::kCall) {
    // `!errors.Is(err, fs.ErrNotExist)`
    return Conditions::IsBool(*condition) &&
           std::ranges::any_of(operands.subspan(1), is_error);
  }
  return state.error == Known::kNil && std::ranges::any_of(operands, is_error);
}

bool Explorer::ExpectsError(const ssa::Inst& call, const types::Func& named,
                            const State& state) const {
  const std::string_view name = NameOf(&named);
  const bool is_positive = name == "To" || name == "Should";
  if (!PathOf(named).starts_with("github.com/onsi/gomega") ||
      (!is_positive && name != "NotTo" && name != "ToNot" &&
       name != "ShouldNot")) {
    return false;
  }
  const size_t receiver = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
  const auto operands = function_.Operands(call);
  if (operands.size() < receiver + 2) {
    return false;
  }
  const std::string_view matcher =
      GomegaOf(function_, CallOf(function_, operands[receiver + 1]));
  const bool is_failure = matcher == "HaveOccurred" || matcher == "MatchError";
  const bool is_success = matcher == "Succeed" || matcher == "BeNil";
  if (is_positive ? !is_failure : !is_success) {
    return false;
  }
  const ssa::Inst* const actual = CallOf(function_, operands[receiver]);
  const std::string_view asked = GomegaOf(function_, actual);
  return (asked.starts_with("Expect") || asked == "Ω") &&
         std::ranges::any_of(
             function_.Operands(*actual).subspan(1), [&](ssa::Value value) {
               return Has(state.errors, RawOf(dataflow::StripConversions(
                                            function_, value))) ||
                      Has(state.errors, RawOf(value));
             });
}

bool Explorer::WantsFailure(const ssa::Inst& call, const types::Func* named,
                            const State& state) const {
  const std::string_view name = NameOf(named);
  const std::string_view path = PathOf(*named);
  if (path == "testing") {
    return (name == "Error" || name == "Errorf" || name == "Fail") &&
           FailsTestBehind(call, state);
  }
  if (ExpectsError(call, *named, state) || AsksForError(call, state)) {
    return true;
  }
  if (!path.ends_with("testify/assert") && !path.ends_with("testify/require")) {
    return false;
  }
  const bool is_of_error =
      name.starts_with("Error") || name.starts_with("EqualError");
  const bool is_of_value = name == "Nil" || name == "Nilf";
  return std::ranges::any_of(
      function_.Operands(call).subspan(1), [&](ssa::Value value) {
        return (is_of_error && Has(state.errors, RawOf(value))) ||
               (is_of_value && Has(state.aliases, RawOf(value)));
      });
}

}  // namespace gdlint::checks::resources
