#include "checks/read_responses.h"

#include <algorithm>
#include <vector>

#include "checks/places.h"
#include "dataflow/value_flow.h"
#include "types/method_set.h"
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

bool ReturnsReader(const Function& function) {
  return std::ranges::any_of(
      function.result_types(), [](const types::Type* type) {
        return std::ranges::any_of(
            types::MethodSetOf(type), [](const auto& entry) {
              return entry.method->name->text() == "Read";
            });
      });
}

bool MayCarry(const Function& function) {
  constexpr size_t kMaxTypes = 100;
  std::vector<const types::Type*> pending(function.result_types().begin(),
                                          function.result_types().end());
  for (size_t i = 0; i < pending.size(); ++i) {
    const types::Type* const under = types::Under(pending[i]);
    const auto add = [&](const types::Type* type) {
      if (std::ranges::find(pending, type) == pending.end()) {
        pending.push_back(type);
      }
    };
    if (i == kMaxTypes ||
        (types::TryAs<types::Interface>(under) != nullptr &&
         !dataflow::IsErrorType(pending[i])) ||
        types::TryAs<types::Signature>(under) != nullptr ||
        types::TryAs<types::Chan>(under) != nullptr ||
        types::TryAs<types::Map>(under) != nullptr ||
        types::TryAs<types::Pointer>(under) != nullptr) {
      return true;
    }
    if (const auto* const slice = types::TryAs<types::Slice>(under)) {
      add(slice->elem);
    } else if (const auto* const array = types::TryAs<types::Array>(under)) {
      add(array->elem);
    } else if (const auto* const whole = types::TryAs<types::Struct>(under)) {
      for (const types::Var* const field : whole->fields) {
        add(field->type);
      }
    }
  }
  return false;
}

}  // namespace gdlint::checks
