#include "checks/resources/net_effects.h"

#include <algorithm>
#include <string_view>

#include "dataflow/values.h"
#include "types/object.h"

namespace gdlint::checks::resources {

using dataflow::AccessPath;
using ssa::Function;
using ssa::Inst;
using ssa::Op;

bool CountsItself(const Function& function, const AccessPath& group) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    const types::Func* const named =
        inst.op == Op::kCall && ModeOf(inst) == ssa::CallMode::kStatic
            ? dataflow::NamedCallee(function, inst)
            : nullptr;
    if (named == nullptr || named->recv == nullptr ||
        named->name->text() != "Add") {
      return false;
    }
    const AccessPath path =
        dataflow::PathOf(function, function.Operands(inst)[1]);
    return path.function == group.function && path.global == group.global &&
           path.root == group.root && path.steps.size() <= group.steps.size() &&
           std::equal(path.steps.begin(), path.steps.end(),
                      group.steps.begin());
  });
}

bool IsDeferredForUnlock(const Function& function,
                         std::span<const PlaceEvent> events,
                         const AccessPath& path) {
  bool is_deferred = false;
  for (const PlaceEvent& event : events) {
    if (event.path != path) {
      continue;
    }
    if (event.op == PlaceOp::kUnlock || event.op == PlaceOp::kRUnlock ||
        event.is_by_helper) {
      return false;
    }
    is_deferred |= function.inst(event.inst).op == Op::kDefer;
  }
  const std::string_view full = function.name();
  const std::string_view name = full.substr(full.rfind('.') + 1);
  return is_deferred && !name.starts_with("lock") &&
         name.find("Lock") == name.npos;
}

}  // namespace gdlint::checks::resources
