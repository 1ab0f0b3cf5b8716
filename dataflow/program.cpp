#include "dataflow/program.h"

#include <algorithm>

#include "dataflow/call_targets.h"
#include "dataflow/program_state.h"
#include "dataflow/summary_of_call.h"
#include "types/predicates.h"
#include "types/type_string.h"

namespace gdlint::dataflow {
namespace {

const Summary kUnknown;

}  // namespace

DeclKey KeyOf(const types::Object& object) {
  if (object.place.file != nullptr && object.place.is_valid()) {
    return {object.place.file->source, object.place.pos.raw};
  }
  return {&object, 0};
}

bool IsInterfaceMethod(const types::Func& func) {
  return func.recv != nullptr && types::IsInterface(func.recv);
}

FunctionId ProgramState::Find(const types::Func& func) const {
  const auto found = by_declaration.find(KeyOf(OriginOf(func)));
  return found != by_declaration.end() ? found->second : FunctionId{};
}

const CallRecord* ProgramState::RecordOf(const ssa::Function& caller,
                                         const ssa::Inst& call) const {
  const FunctionId node = Find(&caller);
  if (!node.has_value()) {
    return nullptr;
  }
  const std::span<const CallRecord> records = CallsOf(node);
  const auto found = std::ranges::lower_bound(records, caller.IdOf(call), {},
                                              &CallRecord::inst);
  return found != records.end() && found->inst == caller.IdOf(call) ? &*found
                                                                    : nullptr;
}

Program::Program() : state_(std::make_unique<ProgramState>()) {}
Program::~Program() = default;

std::span<const Node> Program::nodes() const { return state_->nodes; }

FunctionId Program::Find(const types::Func* func) const {
  return func != nullptr ? state_->Find(*func) : FunctionId{};
}

FunctionId Program::Find(const ssa::Function* body) const {
  return state_->Find(body);
}

const Summary& Program::SummaryOf(FunctionId id) const {
  return id.has_value() ? state_->summaries[id.index] : kUnknown;
}

const Summary& Program::SummaryOf(const types::Func* func) const {
  return SummaryOf(Find(func));
}

CallTargets Program::TargetsOf(const ssa::Function& caller,
                               const ssa::Inst& call) const {
  CallTargets targets;
  if (ModeOf(call) == ssa::CallMode::kBuiltin) {
    targets.is_complete = true;
  } else if (const CallRecord* const record = state_->RecordOf(caller, call)) {
    const std::span<const FunctionId> found = state_->TargetsOf(*record);
    targets.functions.assign(found.begin(), found.end());
    targets.is_complete = record->is_complete;
  }
  return targets;
}

Summary Program::SummaryOfCall(const ssa::Function& caller,
                               const ssa::Inst& call) const {
  const CallRecord* const record = state_->RecordOf(caller, call);
  if (record == nullptr) {
    return ModeOf(call) == ssa::CallMode::kBuiltin
               ? SummaryOfBuiltin(caller, call)
               : kUnknown;
  }
  return dataflow::SummaryOfCall(*state_, caller, call, *record,
                                 state_->summaries);
}

std::span<const CallSite> Program::CallersOf(FunctionId id) const {
  if (!id.has_value()) {
    return {};
  }
  return std::span(state_->callers)
      .subspan(state_->callers_begin[id.index],
               state_->callers_begin[id.index + 1] -
                   state_->callers_begin[id.index]);
}

bool Program::MayHaveOtherCallers(FunctionId id) const {
  return !id.has_value() || state_->has_other_callers[id.index];
}

const types::Func* NamedCallee(const ssa::Function& caller,
                               const ssa::Inst& call) {
  switch (ModeOf(call)) {
    case ssa::CallMode::kStatic:
      return caller.callees()[caller.Operands(call)[0].index()].key.func;
    case ssa::CallMode::kInvoke:
      return caller.methods()[call.aux];
    default:
      return nullptr;
  }
}

std::string FullName(const types::Func& func) {
  const types::Func& origin = OriginOf(func);
  const std::string_view name =
      origin.name != nullptr ? origin.name->text() : "_";
  std::string text;
  if (origin.recv == nullptr) {
    if (origin.package != nullptr) {
      text = origin.package->path + ".";
    }
    return text.append(name);
  }
  bool is_pointer = false;
  const types::Type* const recv = types::Deref(origin.recv, &is_pointer);
  const types::Named* const named = types::AsNamed(recv);
  text = is_pointer ? "(*" : "(";
  if (named != nullptr && named->obj != nullptr) {
    // Without type arguments.
    if (named->obj->package != nullptr) {
      text += named->obj->package->path + ".";
    }
    text += named->obj->name->text();
  } else {
    text += types::TypeString(recv);
  }
  return text.append(").").append(name);
}

}  // namespace gdlint::dataflow
