#include "checks/resources/place_names.h"

#include <algorithm>

#include "checks/places.h"

namespace gdlint::checks::resources {
namespace {

using dataflow::AccessPath;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

std::string_view TextOf(const Function& function, ast::NodeId node) {
  const source::Span span = ast::SpanOf(*function.unit()->tree, node);
  return function.unit()->file->source->text().substr(
      span.begin.offset(), span.end.offset() - span.begin.offset());
}

}  // namespace

const types::Var* VariableAt(const Function& function, Value addr) {
  if (addr.kind() == Value::Kind::kGlobal) {
    return function.globals()[addr.index()];
  }
  if (addr.kind() == Value::Kind::kFreeVar) {
    return function.free_vars()[addr.index()].var;
  }
  if (!addr.is_inst()) {
    return nullptr;
  }
  const Inst& inst = function.inst(addr.inst());
  if (inst.op == Op::kAlloc && inst.aux != ssa::kNoAux) {
    return function.vars()[inst.aux];
  }
  if (inst.op == Op::kLoad) {
    return VariableAt(function, function.Operands(inst)[0]);
  }
  if (inst.op == Op::kLookup || inst.op == Op::kExtract) {
    // `p.locks[id]`: the map.
    return inst.aux != 0 && inst.op == Op::kExtract
               ? nullptr
               : VariableAt(function, function.Operands(inst)[0]);
  }
  if (inst.op == Op::kPhi) {
    // One that was there, or a new one.
    for (const Value operand : function.Operands(inst)) {
      if (operand.is_inst() &&
          (function.inst(operand.inst()).op == Op::kLookup ||
           function.inst(operand.inst()).op == Op::kExtract)) {
        return VariableAt(function, operand);
      }
    }
    return nullptr;
  }
  if (inst.op != Op::kFieldAddr) {
    return nullptr;
  }
  const auto* const pointer = types::TryAs<types::Pointer>(
      types::Under(function.TypeOf(function.Operands(inst)[0])));
  const auto* const type =
      pointer == nullptr
          ? nullptr
          : types::TryAs<types::Struct>(types::Under(pointer->elem));
  if (type == nullptr || inst.aux >= type->fields.size()) {
    return nullptr;
  }
  const types::Var* const field = type->fields[inst.aux];
  return field->origin != nullptr ? field->origin : field;
}

std::string_view PlaceText(const Function& function, InstId id) {
  const Inst& inst = function.inst(id);
  const ast::Tree& tree = *function.unit()->tree;
  if (const auto* const send = tree.TryGet<ast::SendStmt>(inst.node)) {
    return TextOf(function, send->chan);
  }
  ast::NodeId node = inst.node;
  if (const auto* const stmt = tree.TryGet<ast::DeferStmt>(node)) {
    node = stmt->call;
  }
  const auto* const call = tree.TryGet<ast::CallExpr>(node);
  if (call == nullptr) {
    return "the lock";
  }
  if (ModeOf(inst) == ssa::CallMode::kBuiltin) {
    return TextOf(function, tree.Items(call->args)[0]);
  }
  if (tree.TryGet<ast::FuncLit>(call->fun) != nullptr) {
    return "the lock";
  }
  std::string_view text = TextOf(function, call->fun);
  for (const std::string_view name :
       {".Lock", ".RLock", ".TryLock", ".TryRLock", ".Unlock", ".RUnlock",
        ".Done"}) {
    if (text.ends_with(name)) {
      text.remove_suffix(name.size());
      break;
    }
  }
  return text;
}

const PlaceEvent* EventAt(std::span<const PlaceEvent> events,
                          const AccessPath& path, InstId inst) {
  const auto found = std::ranges::find_if(events, [&](const PlaceEvent& event) {
    return event.inst == inst && event.path == path;
  });
  return found == events.end() ? nullptr : &*found;
}

const types::Var* VariableOf(const Function& function,
                             std::span<const PlaceEvent> events,
                             const AccessPath& path) {
  if (path.global != nullptr && path.steps.empty()) {
    return path.global;
  }
  for (const PlaceEvent& event : events) {
    const Inst& inst = function.inst(event.inst);
    if (event.is_by_helper || event.path != path ||
        (inst.op != Op::kCall && inst.op != Op::kDefer)) {
      continue;
    }
    const std::span<const Value> operands = function.Operands(inst);
    const size_t at = ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1;
    if (at < operands.size()) {
      if (const types::Var* const var = VariableAt(function, operands[at])) {
        return var;
      }
    }
  }
  return nullptr;
}

PlaceSite SiteOf(PackagePass& pass, const Function& function,
                 const PlacePaths& paths, InstId inst) {
  const PlaceEvent* const event =
      EventAt(pass.Get<FunctionPlaces>(function).events(), paths.path, inst);
  if (event == nullptr || !event->is_by_helper) {
    return {&function, inst};
  }
  const dataflow::FunctionId target =
      pass.program().TargetsOf(function, function.inst(inst)).only();
  const Function* const body =
      target.has_value() ? pass.program().node(target).body : nullptr;
  if (body == nullptr || body->kind() != ssa::FunctionKind::kLiteral ||
      body->parent() != &function) {
    return {&function, inst};
  }
  for (const PlaceEvent& inner : pass.Get<FunctionPlaces>(*body).events()) {
    if (inner.path == paths.path && inner.op == event->op) {
      return {body, inner.inst};
    }
  }
  return {&function, inst};
}

}  // namespace gdlint::checks::resources
