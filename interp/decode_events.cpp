// What becomes of results, for an observer: code that only a traced program
// has.

#include <algorithm>

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

// What a Return of this site gives.
std::vector<EventValue> ResultsOf(const Execution& at, const Site& site) {
  std::vector<EventValue> values;
  for (size_t i = 0; i < site.operands.size(); ++i) {
    values.push_back({NameOf(ResultOf(*site.function, i).name), site.types[i],
                      at.registers + site.operands[i]});
  }
  return values;
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
  const bool tells_steps = program_.options().tells_steps;
  if ((!function_.has_defers() && !tells_steps) ||
      function_.signature() == nullptr) {
    return;
  }
  std::vector<int32_t> values;
  std::vector<const RunType*> value_types;
  for (const ssa::Value operand : function_.Operands(inst)) {
    values.push_back(Reg(operand));
    value_types.push_back(TypeOf(operand));
  }
  Site& site = EmitHelper(tells_steps ? slow::TellLeave : slow::TellReturn);
  site.operands = std::move(values);
  site.types = std::move(value_types);
  site.function = &function_;
}

void Decoder::TellEnter() {
  if (program_.options().tells_steps) {
    EmitHelper(slow::TellEnter);
  }
}

// Of those steps that Observer::OnStep names.
void Decoder::TellStep(const ssa::Inst& inst) {
  if (!program_.options().tells_steps) {
    return;
  }
  ssa::Value memory;
  if (inst.op == ssa::Op::kAlloc) {
    memory = function_.IdOf(inst);
    if (std::ranges::find(function_.result_cells(), memory) ==
        function_.result_cells().end()) {
      return;
    }
  } else if (inst.op == ssa::Op::kStore) {
    memory = function_.Operands(inst)[0];
  }
  const int32_t address = memory.has_value() ? Reg(memory) : -1;
  EmitHelper(slow::TellStep).operands = {address};
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
    observer->OnReturn(at.machine.PlaceOf(at.goroutine), ResultsOf(at, site));
  }
  return Next::kContinue;
}

Next TellLeave(Execution& at, const CodeInst& /*inst*/, const Site& site) {
  if (Observer* const observer = at.machine.observer()) {
    observer->OnLeaveByReturn(at.machine.PlaceOf(at.goroutine, *at.frame),
                              ResultsOf(at, site));
  }
  return Next::kContinue;
}

Next TellEnter(Execution& at, const CodeInst& /*inst*/, const Site& /*site*/) {
  Observer* const observer = at.machine.observer();
  if (observer == nullptr) {
    return Next::kContinue;
  }
  // Compiler-made functions do not count: who enters them enters this one.
  uint32_t flags = at.frame->flags;
  const Frame* caller = at.frame->caller;
  while (caller != nullptr && caller->code->is_wrapper) {
    flags |= caller->flags;
    caller = caller->caller;
  }
  const EnteredBy by =
      (flags & (kDeferredCall | kPanicCall)) != 0 ? EnteredBy::kDefer
      : (flags & kGoroutineBase) != 0             ? EnteredBy::kGo
      : (flags & (kStartCall | kPrintCall)) != 0  ? EnteredBy::kRuntime
                                                  : EnteredBy::kCall;
  observer->OnEnter(at.machine.PlaceOf(at.goroutine, *at.frame), by,
                    caller == nullptr
                        ? EventPlace()
                        : at.machine.PlaceOf(at.goroutine, *caller));
  return Next::kContinue;
}

Next TellStep(Execution& at, const CodeInst& /*inst*/, const Site& site) {
  if (Observer* const observer = at.machine.observer()) {
    observer->OnStep(
        at.machine.PlaceOf(at.goroutine, *at.frame),
        site.operands[0] < 0 ? nullptr : at.Reg<const void*>(site.operands[0]));
  }
  return Next::kContinue;
}

}  // namespace slow
}  // namespace gdlint::interp
