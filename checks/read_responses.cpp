#include "checks/read_responses.h"

#include <algorithm>

#include "checks/places.h"
#include "dataflow/value_flow.h"
#include "types/predicates.h"

namespace gdlint::checks {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

bool ReadsBody(const Function& function) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    if (inst.op != Op::kFieldAddr) {
      return false;
    }
    return std::ranges::any_of(
        function.UsersOf(function.IdOf(inst)), [&](InstId load) {
          return std::ranges::any_of(function.UsersOf(load), [&](InstId user) {
            const Inst& use = function.inst(user);
            return use.op == Op::kMakeInterface ||
                   use.op == Op::kChangeInterface ||
                   (use.op == Op::kCall &&
                    CalleeNameOf(function, use) != "Close");
          });
        });
  });
}

bool ReturnsResponse(const Function& function) {
  return std::ranges::any_of(
      function.result_types(), [](const types::Type* type) {
        const auto* const pointer = types::UnderAs<types::Pointer>(type);
        const types::Named* const named =
            pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
        return named != nullptr && named->obj->name->text() == "Response";
      });
}

bool StoresResponse(const Function& function, const Inst& store) {
  const types::Type* const type = function.TypeOf(function.Operands(store)[1]);
  if (dataflow::IsErrorType(type)) {
    return true;
  }
  if (const auto* const whole = types::UnderAs<types::Struct>(type)) {
    return std::ranges::none_of(whole->fields, [](const types::Var* field) {
      return types::IsInterface(field->type) &&
             !dataflow::IsErrorType(field->type);
    });
  }
  const auto* const pointer = types::UnderAs<types::Pointer>(type);
  const types::Named* const named =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  return named != nullptr && named->obj->name->text() == "Response";
}

}  // namespace gdlint::checks
