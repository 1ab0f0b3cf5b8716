#include "checks/resources/explorer.h"

#include <algorithm>
#include <string_view>

#include "types/method_set.h"

namespace gdlint::checks::resources {
bool Explorer::Touches(const ssa::Inst& inst, const State& state) {
  const auto is_in = [&](ssa::Value value) {
    if (Has(state.aliases, RawOf(value)) || Has(state.holders, RawOf(value))) {
      return true;
    }
    const auto cell = CellOf(value);
    return cell && HasAny(*cell, state);
  };
  switch (inst.op) {
    case ssa::Op::kPhi:
    case ssa::Op::kLoad:
    case ssa::Op::kFieldAddr:
    case ssa::Op::kField:
    case ssa::Op::kExtract:
    case ssa::Op::kBinOp:
    case ssa::Op::kChangeType:
    case ssa::Op::kChangeInterface:
    case ssa::Op::kMakeInterface:
      return false;
    case ssa::Op::kStore:
      return is_in(function_.Operands(inst)[1]);
    case ssa::Op::kMakeClosure:
      // What is called where it stands is looked at there.
      return !IsOnlyCalled(function_.IdOf(inst)) &&
             std::ranges::any_of(function_.Operands(inst).subspan(1), is_in);
    case ssa::Op::kCall:
    case ssa::Op::kDefer:
    case ssa::Op::kGo: {
      const ssa::Inst* closure = nullptr;
      LiteralOf(function_.Operands(inst)[0], &closure);
      if (closure != nullptr &&
          std::ranges::any_of(function_.Operands(*closure).subspan(1), is_in)) {
        return true;
      }
      break;
    }
    default:
      break;
  }
  return std::ranges::any_of(function_.Operands(inst), is_in);
}

void Explorer::AddUse(ssa::InstId id, const State& state) {
  const ssa::Inst& inst = function_.inst(id);
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  if (inst.op == ssa::Op::kStore && CellOf(operands[0])) {
    // It only gets another name.
    return;
  }
  const bool is_release =
      inst.op == ssa::Op::kDefer &&
      (state.deferred_by == id ||
       std::ranges::any_of(deferrals_, [&](const auto& deferral) {
         return deferral.second == id;
       }));
  if (!is_release && used_.insert(id.index).second) {
    result_.uses.push_back(id);
    result_.is_handed_on |= MayBeKept(inst, state);
  }
}

// A closure that someone may call later; what a call returns that may go on
// using it, such as a logger over it.
bool Explorer::MayBeKept(const ssa::Inst& inst, const State& state) const {
  if (inst.op == ssa::Op::kMakeClosure) {
    return true;
  }
  if (inst.op != ssa::Op::kCall || !MayHold(inst.type) ||
      Has(state.aliases, RawOf(function_.IdOf(inst))) ||
      Has(state.holders, RawOf(function_.IdOf(inst)))) {
    return false;
  }
  const auto goes_on = [](const types::Type* type) {
    return MayHold(type) &&
           std::ranges::any_of(types::MethodSetOf(type), [](const auto& entry) {
             const std::string_view name = entry.method->name->text();
             return name == "Close" || name == "Read" || name == "Write" ||
                    name == "Handle" || name == "Info" || name == "Print" ||
                    name == "Next" || name == "Do" || name == "Exec";
           });
  };
  const auto* const tuple = types::TryAs<types::Tuple>(inst.type);
  return tuple == nullptr
             ? goes_on(inst.type)
             : std::ranges::any_of(tuple->params, [&](const auto& param) {
                 return goes_on(param.type);
               });
}

void Explorer::AddHolding(ssa::InstId id, const ssa::Inst& inst,
                          const State& state) {
  const bool may_wait =
      inst.op == ssa::Op::kCall || inst.op == ssa::Op::kRecv ||
      inst.op == ssa::Op::kSelect || inst.op == ssa::Op::kSend;
  if (!may_wait || state.is_released) {
    return;
  }
  ssa::InstId release = state.is_deferred ? state.deferred_by : ssa::InstId{};
  for (const uint32_t cell : state.deferred_cells) {
    const auto found = deferrals_.find(cell);
    if (!release.has_value() && found != deferrals_.end() &&
        (Has(state.cells, cell) || HasPart(cell, state))) {
      release = found->second;
    }
  }
  if (release.has_value() && held_.insert(id.index).second) {
    result_.held.push_back({.at = id, .release = release});
  }
}

}  // namespace gdlint::checks::resources
