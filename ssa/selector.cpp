// Selectors: fields, methods as values, and members of packages.

#include <algorithm>

#include "ssa/function_builder.h"
#include "support/invariant.h"
#include "types/lookup.h"
#include "types/predicates.h"
#include "types/type_set.h"

namespace gdlint::ssa {

using ast::NodeKind;
using types::Mode;
using types::SelectionKind;

FunctionBuilder::Reached FunctionBuilder::Reach(ast::ExprId expr,
                                                bool escapes) {
  expr = Unparen(expr);
  const types::Type* const type = TypeOf(expr);
  if (info().TypeOf(expr).mode() == Mode::kVariable &&
      types::UnderAs<types::Pointer>(type) == nullptr &&
      (ahead_.empty() || !ahead_.contains(expr.raw()))) {
    return {LateAddress(expr, escapes), type, true};
  }
  return {Late(expr), type, false};
}

void FunctionBuilder::StepTo(Reached& at, uint32_t field, source::Pos pos,
                             ast::NodeId node) {
  if (const auto* const pointer = types::UnderAs<types::Pointer>(at.type)) {
    at.value = LoadReached(at, pos, node);
    at.is_address = true;
    at.type = pointer->elem;
  }
  const types::Type* const type =
      types::UnderAs<types::Struct>(at.type)->fields[field]->type;
  at.value = at.is_address
                 ? FieldAddress(at.value, field, type, pos, node)
                 : Emit(Op::kField, type, pos, node, {at.value}, 0, field);
  at.type = type;
}

Value FunctionBuilder::LoadReached(const Reached& at, source::Pos pos,
                                   ast::NodeId node) {
  return at.is_address ? LoadAs(at.type, at.value, pos, node) : at.value;
}

Value FunctionBuilder::LateSelector(ast::Ref<ast::SelectorExpr> ref) {
  const ast::SelectorExpr& selector = tree().Get(ref);
  const source::Pos pos = tree().Get(selector.sel).pos;
  const types::Selection* const selection = info().SelectionOf(ref);
  if (selection == nullptr) {
    types::Object* const object = info().UsedObject(selector.sel);
    if (const auto* const var = types::TryAs<types::Var>(object)) {
      return LoadAs(var->type, VarAddress(var, false), pos, ref);
    }
    const auto* const func = types::TryAs<types::Func>(object);
    GDLINT_ASSERT(func != nullptr);
    return FunctionValue(KeyOf(selector.sel, func),
                         types::As<types::Signature>(TypeOf(ref)));
  }
  switch (selection->kind) {
    case SelectionKind::kFieldVal: {
      Reached at = Reach(selector.x, false);
      for (const uint32_t field : selection->index) {
        StepTo(at, field, pos, ref);
      }
      return LoadReached(at, pos, ref);
    }
    case SelectionKind::kMethodVal:
      return BoundMethod(ref, *selection);
    case SelectionKind::kMethodExpr:
      break;
  }
  const types::Type* const recv = TypeOf(selector.x);
  const auto* func = types::TryAs<types::Func>(selection->object);
  if (types::IsTypeParam(selection->recv) && !types::IsTypeParam(recv)) {
    func = types::TryAs<types::Func>(
        types::LookupFieldOrMethod(recv, false, func->package, func->name)
            .object);
  }
  return FunctionValue({.kind = FunctionKind::kThunk,
                        .func = func,
                        .recv = recv,
                        .type_args = {}},
                       types::As<types::Signature>(TypeOf(ref)));
}

FunctionBuilder::Method FunctionBuilder::MethodOf(
    ast::Ref<ast::SelectorExpr> ref, const types::Selection& selection) {
  const ast::SelectorExpr& selector = tree().Get(ref);
  const source::Pos pos = tree().Get(selector.sel).pos;
  const auto* func = types::TryAs<types::Func>(selection.object);
  SmallVector<uint32_t, 4> path;
  for (const uint32_t step : selection.index) {
    path.push_back(step);
  }
  const types::Type* const recv = Subst(selection.recv);
  if (!substitution_.from.empty() &&
      types::IsTypeParam(types::Deref(selection.recv)) &&
      !types::IsTypeParam(types::Deref(recv))) {
    // What a type parameter's method is depends on the type argument.
    types::LookupResult found =
        types::LookupFieldOrMethod(recv, true, func->package, func->name);
    func = types::TryAs<types::Func>(found.object);
    GDLINT_ASSERT(func != nullptr);
    path = found.index;
  }
  Method method;
  method.receiver = Reach(selector.x, func->has_pointer_recv);
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    StepTo(method.receiver, path[i], pos, ref);
  }
  const types::Type* const type = method.receiver.type;
  if (types::IsInterface(type)) {
    method.is_invoke = true;
    if (!substitution_.from.empty() && !types::IsTypeParam(type)) {
      // The interface is an instance, perhaps: its method is another one.
      if (const types::Func* const own =
              types::TypeSetOf(types::UnderAs<types::Interface>(type))
                  ->LookupMethod(func->package, func->name, false)) {
        func = own;
      }
    }
    method.key.func = func;
    return method;
  }
  const types::Named* const owner = types::AsNamed(types::Deref(type));
  method.key = {.kind = FunctionKind::kDeclared,
                .func = func->origin != nullptr ? func->origin : func,
                .recv = nullptr,
                .type_args = {}};
  if (owner != nullptr) {
    method.key.type_args = owner->type_args;
  }
  return method;
}

Value FunctionBuilder::ReceiverOf(const Method& method, source::Pos pos,
                                  ast::NodeId node) {
  const Reached& at = method.receiver;
  const auto* const pointer = types::UnderAs<types::Pointer>(at.type);
  if (method.is_invoke) {
    return LoadReached(at, pos, node);
  }
  if (method.key.func->has_pointer_recv) {
    return pointer == nullptr && at.is_address ? at.value
                                               : LoadReached(at, pos, node);
  }
  const Value value = LoadReached(at, pos, node);
  return pointer == nullptr ? value : LoadAs(pointer->elem, value, pos, node);
}

Value FunctionBuilder::BoundMethod(ast::Ref<ast::SelectorExpr> ref,
                                   const types::Selection& selection) {
  const source::Pos pos = PosOf(ref);
  const Method method = MethodOf(ref, selection);
  const Value receiver = ReceiverOf(method, pos, ref);
  const auto* const signature = types::As<types::Signature>(TypeOf(ref));
  const Value function = FunctionValue({.kind = FunctionKind::kBound,
                                        .func = method.key.func,
                                        .recv = draft_->TypeOf(receiver),
                                        .type_args = {}},
                                       signature);
  return Emit(Op::kMakeClosure, signature, pos, ref, {function, receiver});
}

ast::Ref<ast::Ident> FunctionBuilder::FunctionIdent(ast::ExprId expr) {
  expr = Unparen(expr);
  if (const auto* const index = tree().TryGet<ast::IndexExpr>(expr)) {
    expr = Unparen(index->x);
  } else if (const auto* const list = tree().TryGet<ast::IndexListExpr>(expr)) {
    expr = Unparen(list->x);
  }
  ast::Ref<ast::Ident> ident;
  if (expr.kind() == NodeKind::kIdent) {
    ident = ast::Ref<ast::Ident>::FromNode(expr);
  } else if (const auto* const selector =
                 tree().TryGet<ast::SelectorExpr>(expr);
             selector != nullptr &&
             info().SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(expr)) ==
                 nullptr) {
    ident = selector->sel;
  }
  if (!ident.has_value() ||
      types::TryAs<types::Func>(info().UsedObject(ident)) == nullptr) {
    return {};
  }
  return ident;
}

FunctionKey FunctionBuilder::KeyOf(ast::Ref<ast::Ident> ident,
                                   const types::Func* func) {
  FunctionKey key = {.kind = FunctionKind::kDeclared,
                     .func = func->origin != nullptr ? func->origin : func,
                     .recv = nullptr,
                     .type_args = {}};
  if (const types::Instance* const instance = info().InstanceOf(ident)) {
    key.type_args = SubstList(instance->type_args);
  }
  return key;
}

Value FunctionBuilder::FunctionValue(const FunctionKey& key,
                                     const types::Signature* type) {
  return draft_->FunctionOf(key, type);
}

}  // namespace gdlint::ssa
