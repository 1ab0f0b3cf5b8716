#include "checks/value_changes.h"

#include <algorithm>
#include <utility>

#include "checks/knowledge/snapshot_names.h"
#include "checks/places.h"
#include "dataflow/value_flow.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::Access;
using dataflow::AccessKind;
using dataflow::Origin;
using ssa::Function;
using ssa::FunctionKind;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Calls are followed so deep.
constexpr int kMaxDepth = 3;

// An address as fields of a base.
struct FieldPath {
  Value base;
  std::vector<uint32_t> fields;
};

FieldPath FieldPathOf(const Function& function, Value address) {
  FieldPath path{address, {}};
  while (path.base.is_inst()) {
    const Inst& inst = function.inst(path.base.inst());
    if (inst.op == Op::kFieldAddr) {
      path.fields.insert(path.fields.begin(), inst.aux);
    } else if (inst.op == Op::kIndexAddr) {
      path.fields.clear();  // Some element of it: all that is known is where.
    } else {
      break;
    }
    path.base = function.Operands(inst)[0];
  }
  return path;
}

// Which fields of what a parameter points to a function surely may write:
// what it does in ways that are not seen does not count.
void AddFieldsWritten(const Function& body, Value param,
                      const dataflow::Program& program, int depth,
                      std::set<uint32_t>& fields, bool& writes_all) {
  for (const Access& access : dataflow::AccessesOf(body, param)) {
    if (access.function != &body) {
      continue;
    }
    const auto operands = body.Operands(body.inst(access.inst));
    if (access.kind == AccessKind::kStore) {
      if (!access.is_part) {
        writes_all = true;
        continue;
      }
      const FieldPath path = FieldPathOf(body, operands[0]);
      if (path.base == param && !path.fields.empty()) {
        fields.insert(path.fields[0]);
      }
    } else if (access.kind == AccessKind::kPassed && !access.is_part &&
               !access.in_list && depth < kMaxDepth) {
      const dataflow::PassedTo target = dataflow::ParamOf(access, program);
      if (target.body != nullptr) {
        AddFieldsWritten(*target.body, target.param, program, depth + 1, fields,
                         writes_all);
      }
    }
  }
}

// Which fields of its parameter, a struct, a function reads; nothing if it may
// be all.
std::optional<std::set<uint32_t>> FieldsRead(const Function& body,
                                             Value param) {
  std::set<uint32_t> fields;
  for (const InstId user : body.UsersOf(param)) {
    const Inst& inst = body.inst(user);
    const auto operands = body.Operands(inst);
    if (inst.op == Op::kField) {
      fields.insert(inst.aux);
      continue;
    }
    if (inst.op != Op::kStore || operands[1] != param ||
        !operands[0].is_inst() ||
        body.inst(operands[0].inst()).op != Op::kAlloc) {
      return std::nullopt;
    }
    for (const Access& access : dataflow::AccessesOf(body, operands[0])) {
      if (access.kind == AccessKind::kStore) {
        continue;
      }
      if (access.kind != AccessKind::kLoad || !access.is_part ||
          access.function != &body) {
        return std::nullopt;
      }
      const FieldPath path =
          FieldPathOf(body, body.Operands(body.inst(access.inst))[0]);
      if (path.fields.empty()) {
        return std::nullopt;
      }
      fields.insert(path.fields[0]);
    }
  }
  return fields;
}

}  // namespace

const Inst* ResultOfCall(const Function& function, Value value) {
  value = dataflow::StripConversions(function, value);
  if (value.is_inst() && function.inst(value.inst()).op == Op::kExtract) {
    value = function.Operands(function.inst(value.inst()))[0];
  }
  if (!value.is_inst() || function.inst(value.inst()).op != Op::kCall) {
    return nullptr;
  }
  return &function.inst(value.inst());
}

ValueHistory::ValueHistory(PackagePass& pass, const Function& function,
                           InstId defer, const DeferredOperand& operand)
    : pass_(pass),
      function_(function),
      defer_(defer),
      operand_(operand),
      order_(pass.Get<dataflow::FlowOrder>(function)) {
  FindStorage();
  if (storage_.function != nullptr) {
    accesses_ = dataflow::AccessesOf(storage_);
  }
  if (operand.copied_by != nullptr) {
    const dataflow::FunctionId id = pass.program().Find(operand.copied_by);
    const Function* const body =
        id.has_value() ? pass.program().node(id).body : nullptr;
    if (body != nullptr && !body->params().empty()) {
      fields_read_ = FieldsRead(*body, Value(Value::Kind::kParam, 0));
    }
  }
}

void ValueHistory::FindStorage() {
  const types::Var* const var = operand_.var;
  if (var->var_kind == types::VarKind::kPackageVar) {
    const auto globals = function_.globals();
    const auto place = std::ranges::find(globals, var);
    if (place != globals.end()) {
      storage_ = {&function_,
                  Value(Value::Kind::kGlobal,
                        static_cast<uint32_t>(place - globals.begin()))};
    }
    return;
  }
  for (const Inst& inst : function_.insts()) {
    if (inst.op == Op::kAlloc && inst.aux != ssa::kNoAux &&
        function_.vars()[inst.aux] == var) {
      storage_ = {&function_, function_.IdOf(inst)};
      return;
    }
  }
  for (uint32_t i = 0; i < function_.free_vars().size(); ++i) {
    if (function_.free_vars()[i].var == var) {
      // What happens to it elsewhere, and when, is not known: only what this
      // function itself does counts.
      storage_ = {&function_, Value(Value::Kind::kFreeVar, i)};
      return;
    }
  }
}

ValueChange ValueHistory::At(InstId inst) const {
  const Inst& i = function_.inst(inst);
  return {.pos = i.pos, .block = i.block, .inst = inst, .value = {}};
}

// Assignments of the whole variable in the function itself.
std::vector<ValueChange> ValueHistory::Assignments() const {
  std::vector<ValueChange> all;
  if (storage_.function == nullptr) {
    for (const ssa::Binding& binding : function_.bindings()) {
      if (binding.var == operand_.var) {
        all.push_back({.pos = binding.pos,
                       .block = binding.block,
                       .inst = {},
                       .value = binding.value});
      }
    }
    return all;
  }
  if (storage_.value.kind() == Value::Kind::kGlobal) {
    for (const Inst& inst : function_.insts()) {
      if (inst.op == Op::kStore &&
          function_.Operands(inst)[0] == storage_.value) {
        all.push_back(At(function_.IdOf(inst)));
        all.back().value = function_.Operands(inst)[1];
      }
    }
    return all;
  }
  for (const Access& access : accesses_) {
    if (access.kind == AccessKind::kStore && !access.is_part &&
        access.function == &function_) {
      all.push_back(At(access.inst));
      all.back().value = function_.Operands(function_.inst(access.inst))[1];
    }
  }
  return all;
}

bool ValueHistory::Precedes(const ValueChange& change) const {
  if (change.inst.has_value()) {
    return order_.MayFollow(change.inst, defer_);
  }
  const Inst& defer = function_.inst(defer_);
  return (change.block == defer.block && change.pos < defer.pos) ||
         order_.Reaches(change.block, defer.block);
}

bool ValueHistory::Follows(const ValueChange& change) const {
  if (change.inst.has_value()) {
    return order_.MayFollow(defer_, change.inst);
  }
  const Inst& defer = function_.inst(defer_);
  return (change.block == defer.block && change.pos > defer.pos) ||
         order_.Reaches(defer.block, change.block);
}

bool ValueHistory::IsRootValue(Value value) const {
  value = dataflow::StripConversions(function_, value);
  if (value.kind() == Value::Kind::kParam) {
    return function_.params()[value.index()].var == operand_.var;
  }
  if (storage_.function != nullptr) {
    return value.is_inst() && function_.inst(value.inst()).op == Op::kLoad &&
           function_.Operands(function_.inst(value.inst()))[0] ==
               storage_.value;
  }
  if (value.is_inst() && function_.inst(value.inst()).op == Op::kPhi &&
      function_.inst(value.inst()).aux != ssa::kNoAux &&
      function_.vars()[function_.inst(value.inst()).aux] == operand_.var) {
    return true;
  }
  return std::ranges::any_of(
      function_.bindings(), [&](const ssa::Binding& binding) {
        return binding.var == operand_.var && binding.value == value;
      });
}

bool ValueHistory::IsZeroBefore() const {
  if (operand_.var->var_kind == types::VarKind::kPackageVar ||
      operand_.through_pointer ||
      (storage_.function != nullptr && !storage_.value.is_inst())) {
    return false;
  }
  for (const ValueChange& change : Assignments()) {
    if (Precedes(change) && !dataflow::IsZeroConst(function_, change.value)) {
      return false;
    }
  }
  return std::ranges::none_of(accesses_, [&](const Access& access) {
    if (access.kind == AccessKind::kLoad) {
      return false;
    }
    if (access.kind == AccessKind::kStore && access.function == &function_) {
      return access.is_part && order_.MayFollow(access.inst, defer_);
    }
    return access.function != &function_ ||
           order_.MayFollow(access.inst, defer_);
  });
}

bool ValueHistory::IsDerived(Value value) const {
  std::vector<Value> old;
  for (const ValueChange& change : Assignments()) {
    if (Precedes(change) && change.value.has_value() &&
        change.value.kind() != Value::Kind::kConst) {
      old.push_back(dataflow::StripConversions(function_, change.value));
    }
  }
  return dataflow::IsMadeOf(function_, value, [&](Value part) {
    return (storage_.function != nullptr &&
            (part == storage_.value ||
             dataflow::IsLoadOf(function_, part, storage_))) ||
           (part != dataflow::StripConversions(function_, value) &&
            std::ranges::count(old, part) > 0) ||
           (storage_.function == nullptr && IsRootValue(part) &&
            part != dataflow::StripConversions(function_, value));
  });
}

bool ValueHistory::IsFromSameFunction(Value value) const {
  const Inst* const call = ResultOfCall(function_, value);
  const types::Func* const func =
      call == nullptr ? nullptr : dataflow::NamedCallee(function_, *call);
  if (func == nullptr) {
    return false;
  }
  for (const ValueChange& change : Assignments()) {
    const Inst* const other =
        Precedes(change) ? ResultOfCall(function_, change.value) : nullptr;
    if (other != nullptr && other != call &&
        dataflow::NamedCallee(function_, *other) == func) {
      return true;
    }
  }
  return false;
}

bool ValueHistory::IsKnownNonNil() const {
  const auto conditions = order_.ConditionsOf(function_.inst(defer_).block);
  return std::ranges::any_of(
      conditions, [&](const dataflow::Condition& condition) {
        const auto test = dataflow::NilTestOf(function_, condition.value);
        return test && test->is_equal != condition.holds &&
               IsRootValue(test->tested);
      });
}

// What is assigned is what is there already.
bool ValueHistory::IsSame(const ValueChange& change,
                          const std::vector<ValueChange>& before) const {
  if (!change.value.has_value()) {
    return false;
  }
  const Value value = dataflow::StripConversions(function_, change.value);
  if (dataflow::IsZeroConst(function_, value) && IsZeroBefore()) {
    return true;
  }
  if (storage_.function != nullptr && value.is_inst() &&
      function_.inst(value.inst()).op == Op::kLoad &&
      function_.Operands(function_.inst(value.inst()))[0] == storage_.value) {
    return true;
  }
  return std::ranges::any_of(before, [&](const ValueChange& old) {
    return old.pos != change.pos &&
           dataflow::StripConversions(function_, old.value) == value;
  });
}

void ValueHistory::AddWholeChanges(std::vector<ValueChange>& changes) const {
  const std::vector<ValueChange> all = Assignments();
  std::vector<ValueChange> before;
  std::ranges::copy_if(
      all, std::back_inserter(before),
      [&](const ValueChange& change) { return Precedes(change); });
  for (const ValueChange& change : all) {
    if (Follows(change) && !IsSame(change, before)) {
      changes.push_back(change);
    }
  }
}

// A change of these fields is one of what was read.
bool ValueHistory::Touches(const std::vector<uint32_t>& path) const {
  if (path.empty()) {
    return true;
  }
  if (operand_.path.empty()) {
    return operand_.copied_by == nullptr || !fields_read_ ||
           fields_read_->contains(path[0]);
  }
  const size_t size = std::min(path.size(), operand_.path.size());
  return std::equal(path.begin(), path.begin() + static_cast<long>(size),
                    operand_.path.begin());
}

// It goes as an interface to someone who is not known, and has a method that
// writes the field: `next.ServeHTTP(rec, r)` will call WriteHeader.
bool ValueHistory::MethodsChangeIt(const Access& access) const {
  const Value passed =
      function_.Operands(function_.inst(access.inst))[access.operand];
  const types::Type* type = operand_.var->type;
  if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
    type = pointer->elem;
  }
  const types::Named* const named = types::AsNamed(type);
  if (access.in_list || operand_.path.empty() || named == nullptr ||
      !types::IsInterface(function_.TypeOf(passed)) ||
      types::IsInterface(type)) {
    return false;
  }
  for (const types::Func* const method : types::MethodsOf(named)) {
    const dataflow::FunctionId id = pass_.program().Find(method);
    const Function* const body =
        id.has_value() ? pass_.program().node(id).body : nullptr;
    if (!method->has_pointer_recv || body == nullptr ||
        body->params().empty()) {
      continue;
    }
    std::set<uint32_t> fields;
    bool writes_all = false;
    AddFieldsWritten(*body, Value(Value::Kind::kParam, 0), pass_.program(), 0,
                     fields, writes_all);
    if (fields.contains(operand_.path[0])) {
      return true;
    }
  }
  return false;
}

bool ValueHistory::ChangesWhenPassed(const Access& access) const {
  const Inst& call = function_.inst(access.inst);
  if (call.op != Op::kCall) {
    return false;
  }
  const dataflow::PassedTo target =
      access.in_list ? dataflow::PassedTo{}
                     : dataflow::ParamOf(access, pass_.program());
  if (target.body == nullptr) {
    const std::string_view name = CalleeNameOf(function_, call);
    return knowledge::NamesDecode(name) ||
           (operand_.is_viewed && knowledge::NamesMutation(name)) ||
           MethodsChangeIt(access);
  }
  std::set<uint32_t> fields;
  bool writes_all = false;
  AddFieldsWritten(*target.body, target.param, pass_.program(), 0, fields,
                   writes_all);
  if (writes_all) {
    return true;
  }
  if (access.is_part) {
    return !fields.empty();
  }
  return std::ranges::any_of(fields,
                             [&](uint32_t field) { return Touches({field}); });
}

void ValueHistory::AddMemoryChanges(std::vector<ValueChange>& changes) const {
  for (const Access& access : accesses_) {
    if (access.function != &function_) {
      if (access.kind == AccessKind::kStore) {
        AddClosureChange(access, changes);
      }
      continue;
    }
    if (access.kind == AccessKind::kStore && access.is_part) {
      const FieldPath path = FieldPathOf(
          function_, function_.Operands(function_.inst(access.inst))[0]);
      if (path.base == storage_.value && Touches(path.fields)) {
        changes.push_back(At(access.inst));
      }
    } else if (access.kind == AccessKind::kPassed &&
               ChangesWhenPassed(access)) {
      changes.push_back(At(access.inst));
    }
  }
}

// A literal that stores to the variable changes it when it is called; one that
// is made behind the Defer, for whatever it is made.
void ValueHistory::AddClosureChange(const Access& access,
                                    std::vector<ValueChange>& changes) const {
  const Function* literal = access.function;
  while (literal != nullptr && literal->parent() != &function_) {
    literal = literal->parent();
  }
  const std::optional<InstId> creation =
      literal != nullptr ? dataflow::CreationOf(*literal) : std::nullopt;
  if (!creation) {
    return;
  }
  if (order_.MayFollow(defer_, *creation)) {
    changes.push_back(At(*creation));
    changes.back().pos = access.function->inst(access.inst).pos;
    return;
  }
  for (const InstId user : function_.UsersOf(*creation)) {
    const Inst& inst = function_.inst(user);
    if (inst.op == Op::kCall &&
        function_.Operands(inst)[0] == Value(*creation)) {
      changes.push_back(At(user));
    }
  }
}

void ValueHistory::AddPointeeChanges(std::vector<ValueChange>& changes) const {
  for (const Inst& inst : function_.insts()) {
    const InstId id = function_.IdOf(inst);
    const auto operands = function_.Operands(inst);
    if (inst.op == Op::kStore) {
      const FieldPath path = FieldPathOf(function_, operands[0]);
      if (IsRootValue(path.base) && Touches(path.fields)) {
        changes.push_back(At(id));
      }
      continue;
    }
    if (inst.op != Op::kCall) {
      continue;
    }
    for (uint32_t i = 1; i < operands.size(); ++i) {
      if (IsRootValue(operands[i]) &&
          ChangesWhenPassed({.function = &function_,
                             .inst = id,
                             .kind = AccessKind::kPassed,
                             .is_part = false,
                             .in_list = false,
                             .operand = i})) {
        changes.push_back(At(id));
        break;
      }
    }
  }
}

// `len(m)` changes with the map's elements.
void ValueHistory::AddMapChanges(std::vector<ValueChange>& changes) const {
  for (const Inst& inst : function_.insts()) {
    if (inst.op == Op::kMapUpdate && IsRootValue(function_.Operands(inst)[0])) {
      changes.push_back(At(function_.IdOf(inst)));
    }
  }
}

void ValueHistory::KeepFollowing(std::vector<ValueChange>& changes) const {
  std::erase_if(changes,
                [&](const ValueChange& change) { return !Follows(change); });
  std::ranges::stable_sort(changes, {}, &ValueChange::pos);
}

std::vector<ValueChange> ValueHistory::Changes() const {
  std::vector<ValueChange> changes;
  if (operand_.through_pointer) {
    AddPointeeChanges(changes);
  } else {
    if (operand_.path.empty()) {
      AddWholeChanges(changes);
    } else {
      for (const ValueChange& change : Assignments()) {
        changes.push_back(change);
      }
    }
    if (storage_.function != nullptr &&
        storage_.value.kind() != Value::Kind::kGlobal) {
      AddMemoryChanges(changes);
    }
    if (operand_.is_nested && types::UnderAs<types::Map>(operand_.type)) {
      AddMapChanges(changes);
    }
  }
  KeepFollowing(changes);
  return changes;
}

std::vector<ValueChange> ValueHistory::RootChanges() const {
  std::vector<ValueChange> changes;
  AddWholeChanges(changes);
  KeepFollowing(changes);
  return changes;
}

}  // namespace gdlint::checks
