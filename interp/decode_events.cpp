// What becomes of results, for an observer: code that only a traced program
// has.

#include "interp/decoder.h"
#include "interp/events.h"
#include "interp/slow.h"

namespace gdlint::interp {
namespace {

std::string_view NameOf(const types::Name* name) {
  return name == nullptr ? std::string_view() : name->text();
}

// The parameter that is result `index`.
const types::Param& ResultOf(const ssa::Function& function, size_t index) {
  return function.signature()->results->params[index];
}

}  // namespace

// A store to the cell of a result: in the function itself, or in a literal that
// captures a named one.
void Decoder::TellResult(const ssa::Inst& store) {
  const auto operands = function_.Operands(store);
  const ssa::Value address = operands[0];
  const types::Name* name = nullptr;
  bool is_result = false;
  if (address.kind() == ssa::Value::Kind::kFreeVar) {
    const types::Var* const var = function_.free_vars()[address.index()].var;
    is_result = var != nullptr && var->var_kind == types::VarKind::kResultVar;
    name = is_result ? var->name : nullptr;
  } else if (address.is_inst() && function_.has_defers()) {
    const auto cells = function_.result_cells();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].has_value() && cells[i] == address) {
        is_result = true;
        name = ResultOf(function_, i).name;
      }
    }
  }
  if (is_result) {
    const int32_t value = Reg(operands[1]);
    Site& site = EmitHelper(slow::TellResult);
    site.operands = {value};
    site.type = TypeOf(operands[1]);
    site.text = NameOf(name);
  }
}

void Decoder::TellReturn(const ssa::Inst& inst) {
  if (!function_.has_defers() || function_.signature() == nullptr) {
    return;
  }
  std::vector<int32_t> values;
  std::vector<const RunType*> value_types;
  for (const ssa::Value operand : function_.Operands(inst)) {
    values.push_back(Reg(operand));
    value_types.push_back(TypeOf(operand));
  }
  Site& site = EmitHelper(slow::TellReturn);
  site.operands = std::move(values);
  site.types = std::move(value_types);
  site.function = &function_;
}

namespace slow {

Next TellResult(Execution& at, const CodeInst& /*inst*/, const Site& site) {
  if (Observer* const observer = at.machine.observer()) {
    observer->OnResultStored(
        at.machine.PlaceOf(at.goroutine),
        {site.text, site.type, at.registers + site.operands[0]});
  }
  return Next::kContinue;
}

Next TellReturn(Execution& at, const CodeInst& /*inst*/, const Site& site) {
  if (Observer* const observer = at.machine.observer()) {
    std::vector<EventValue> values;
    for (size_t i = 0; i < site.operands.size(); ++i) {
      values.push_back({NameOf(ResultOf(*site.function, i).name), site.types[i],
                        at.registers + site.operands[i]});
    }
    observer->OnReturn(at.machine.PlaceOf(at.goroutine), values);
  }
  return Next::kContinue;
}

}  // namespace slow
}  // namespace gdlint::interp
