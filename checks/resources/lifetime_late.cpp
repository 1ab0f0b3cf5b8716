// What functions do that are given what was released, or a struct around it.

#include "checks/resources/explorer.h"
#include "dataflow/values.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {

Explorer::OnPart Explorer::OnReleasedPart(const ssa::Function& body,
                                          uint32_t param, const State& state) {
  if (param >= body.params().size()) {
    return OnPart::kNothing;
  }
  const ssa::Inst& release = function_.inst(state.release);
  const dataflow::FunctionId target =
      release.op == ssa::Op::kCall
          ? fates_.program().TargetsOf(function_, release).only()
          : dataflow::FunctionId{};
  const ssa::Function* const releasing =
      target.has_value() ? fates_.program().node(target).body : nullptr;
  const auto* const pointer =
      types::UnderAs<types::Pointer>(body.params()[param].type);
  const auto* const type = pointer == nullptr
                               ? nullptr
                               : types::UnderAs<types::Struct>(pointer->elem);
  if (releasing == nullptr || type == nullptr || releasing->params().empty() ||
      !types::Identical(releasing->params()[0].type,
                        body.params()[param].type)) {
    return OnPart::kNothing;
  }
  OnPart what = OnPart::kNothing;
  for (uint32_t field = 0; field < type->fields.size(); ++field) {
    if (fates_.OfPart(*releasing, 0, field, what_.kind) != Fate::kReleased) {
      continue;
    }
    if (fates_.OfPart(body, param, field, what_.kind) != Fate::kBorrowed) {
      return OnPart::kMayReplace;
    }
    if (fates_.UsesPart(body, param, field, what_.kind)) {
      what = OnPart::kUses;
    }
  }
  return what;
}

bool Explorer::CallOnReleased(ssa::InstId id, const ssa::Function& body,
                              uint32_t param, const State& state) {
  const OnPart on_part = OnReleasedPart(body, param, state);
  if (on_part == OnPart::kUses || fates_.UsesParam(body, param, what_.kind)) {
    AddLateUse({.use = id, .release = state.release});
  }
  // `w.Reset(out)` begins anew.
  return on_part != OnPart::kMayReplace &&
         NameOf(dataflow::NamedCallee(function_, function_.inst(id))) !=
             "Reset";
}

bool Explorer::IsSetAnew(ssa::Value addr, const State& state) const {
  return state.is_released && addr.is_inst() &&
         function_.inst(addr.inst()).op == ssa::Op::kFieldAddr &&
         Has(state.aliases,
             RawOf(function_.Operands(function_.inst(addr.inst()))[0]));
}

}  // namespace gdlint::checks::resources
