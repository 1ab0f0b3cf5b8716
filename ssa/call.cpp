// Calls of functions and methods.

#include <optional>
#include <utility>

#include "ssa/exits.h"
#include "ssa/function_builder.h"
#include "support/invariant.h"
#include "types/lookup.h"
#include "types/predicates.h"

namespace gdlint::ssa {

using ast::NodeKind;
using types::Mode;
using types::SelectionKind;

namespace {

// What a call with these results gives.
const types::Type* ResultOf(const types::Signature* signature) {
  const auto results = signature->results->params;
  return results.size() == 1 ? results[0].type : signature->results;
}

// `T.m` is the method as declared, not a promoted one, nor one of *T for T.
bool IsDeclaredFor(const types::Func* func, const types::Selection& selection) {
  bool is_pointer = false;
  types::Deref(types::Unalias(selection.recv), &is_pointer);
  return selection.index.size() == 1 && is_pointer == func->has_pointer_recv;
}

}  // namespace

CallParts FunctionBuilder::PartsOfCall(ast::Ref<ast::CallExpr> call) {
  AheadWithin(call);
  return LatePartsOfCall(call);
}

Value FunctionBuilder::CallExpr(ast::Ref<ast::CallExpr> call) {
  return Expr(call);
}

Value FunctionBuilder::LateCall(ast::Ref<ast::CallExpr> ref) {
  const ast::CallExpr& call = tree().Get(ref);
  if (info().TypeOf(call.fun).mode() == Mode::kBuiltin) {
    const ast::ExprId name = Unparen(call.fun);
    const auto* const selector = tree().TryGet<ast::SelectorExpr>(name);
    const ast::Ref<ast::Ident> ident =
        selector != nullptr ? selector->sel
                            : ast::Ref<ast::Ident>::FromNode(name);
    return LateBuiltin(
        ref, types::TryAs<types::Builtin>(info().UsedObject(ident))->id);
  }
  return EmitCall(LatePartsOfCall(ref), ref);
}

CallParts FunctionBuilder::LatePartsOfCall(ast::Ref<ast::CallExpr> ref) {
  const ast::CallExpr& call = tree().Get(ref);
  const ast::ExprId fun = Unparen(call.fun);
  if (info().TypeOf(call.fun).mode() == Mode::kBuiltin) {
    const auto* const selector = tree().TryGet<ast::SelectorExpr>(fun);
    const ast::Ref<ast::Ident> ident =
        selector != nullptr ? selector->sel
                            : ast::Ref<ast::Ident>::FromNode(fun);
    return LatePartsOfBuiltin(
        ref, types::TryAs<types::Builtin>(info().UsedObject(ident))->id);
  }
  const auto* const signature =
      types::TryAs<types::Signature>(CoreOf(TypeOf(call.fun)));
  GDLINT_ASSERT(signature != nullptr);
  CallParts parts;
  parts.pos = call.lparen;
  parts.type = ResultOf(signature);
  parts.operands.reserve(signature->params->params.size() + 2);

  if (const ast::Ref<ast::Ident> ident = FunctionIdent(fun);
      ident.has_value()) {
    const auto* const func =
        types::TryAs<types::Func>(info().UsedObject(ident));
    parts.operands.push_back(FunctionValue(KeyOf(ident, func), signature));
    AppendArguments(call, signature, parts.operands);
    return parts;
  }
  const auto selector = fun.kind() == NodeKind::kSelectorExpr
                            ? ast::Ref<ast::SelectorExpr>::FromNode(fun)
                            : ast::Ref<ast::SelectorExpr>();
  const types::Selection* const selection =
      selector.has_value() ? info().SelectionOf(selector) : nullptr;
  const bool is_ahead = !ahead_.empty() && ahead_.contains(fun.raw());
  if (selection != nullptr && !is_ahead &&
      selection->kind == SelectionKind::kMethodVal) {
    const source::Pos pos = PosOf(fun);
    const Method method = MethodOf(selector, *selection);
    const Value receiver = ReceiverOf(method, pos, fun);
    if (method.is_invoke) {
      parts.mode = CallMode::kInvoke;
      parts.method = draft_->MethodIndex(method.key.func);
    } else {
      parts.operands.push_back(FunctionValue(method.key, signature));
    }
    parts.operands.push_back(receiver);
    AppendArguments(call, signature, parts.operands);
    return parts;
  }
  if (selection != nullptr && selection->kind == SelectionKind::kMethodExpr) {
    const auto* const func = types::TryAs<types::Func>(selection->object);
    const types::Type* const recv = Subst(selection->recv);
    if (!types::IsInterface(recv) && !types::IsTypeParam(selection->recv) &&
        IsDeclaredFor(func, *selection)) {
      // The method itself, which has no receiver among its parameters.
      const types::Named* const owner = types::AsNamed(types::Deref(recv));
      const types::Signature* const method = types().SignatureOf(
          {}, types().TupleOf(signature->params->params.subspan(1)),
          signature->results, signature->variadic);
      parts.operands.push_back(FunctionValue(
          {.kind = FunctionKind::kDeclared,
           .func = func->origin != nullptr ? func->origin : func,
           .recv = nullptr,
           .type_args = owner != nullptr
                            ? owner->type_args
                            : std::span<const types::Type* const>()},
          method));
      AppendArguments(call, signature, parts.operands);
      return parts;
    }
  }
  const Value callee = Late(fun);
  parts.mode = callee.kind() == Value::Kind::kFunction ? CallMode::kStatic
                                                       : CallMode::kDynamic;
  parts.operands.push_back(callee);
  AppendArguments(call, signature, parts.operands);
  return parts;
}

void FunctionBuilder::AppendArguments(const ast::CallExpr& call,
                                      const types::Signature* signature,
                                      std::vector<Value>& operands) {
  const auto params = signature->params->params;
  const auto list = tree().Items(call.args);
  const bool packs = signature->variadic && !call.ellipsis.is_valid();
  const size_t fixed = packs ? params.size() - 1 : params.size();
  if (list.size() == 1) {
    const ast::ExprId arg = Unparen(list[0]);
    const types::Tuple* const tuple =
        arg.kind() == NodeKind::kCallExpr
            ? types::TryAs<types::Tuple>(info().TypeOf(arg).type())
            : nullptr;
    if (tuple != nullptr) {
      // f(g()).
      const source::Pos pos = PosOf(arg);
      const std::vector<Value> values = Components(Late(arg), pos, arg);
      for (size_t i = 0; i < fixed; ++i) {
        operands.push_back(Assigned(values[i], params[i].type, pos, arg));
      }
      if (packs) {
        operands.push_back(PackVariadic({}, std::span(values).subspan(fixed),
                                        params.back().type, pos, arg));
      }
      return;
    }
  }
  for (size_t i = 0; i < fixed; ++i) {
    operands.push_back(LateAs(list[i], params[i].type));
  }
  if (packs) {
    std::vector<ast::ExprId> rest;
    for (size_t i = fixed; i < list.size(); ++i) {
      rest.push_back(list[i]);
    }
    operands.push_back(PackVariadic(rest, {}, params.back().type, call.lparen,
                                    rest.empty() ? ast::NodeId() : rest[0]));
  }
}

Value FunctionBuilder::PackVariadic(std::span<const ast::ExprId> exprs,
                                    std::span<const Value> values,
                                    const types::Type* slice, source::Pos pos,
                                    ast::NodeId node) {
  const size_t count = exprs.size() + values.size();
  if (count == 0) {
    return ZeroOf(slice);
  }
  const types::Type* const elem =
      types::As<types::Slice>(types::Under(slice))->elem;
  const Value array = Emit(
      Op::kAlloc,
      types().PointerTo(types().ArrayOf(elem, static_cast<int64_t>(count))),
      pos, node, {}, kEscapes);
  for (size_t i = 0; i < count; ++i) {
    const source::Pos at = exprs.empty() ? pos : PosOf(exprs[i]);
    const ast::NodeId of = exprs.empty() ? node : ast::NodeId(exprs[i]);
    const Value value = exprs.empty() ? Assigned(values[i], elem, at, of)
                                      : LateAs(exprs[i], elem);
    const Value to =
        ElementAddress(array, IntConst(static_cast<int64_t>(i)), elem, at, of);
    Store(to, value, at, of);
  }
  return Emit(Op::kSlice, slice, pos, node,
              {array, Value::None(), Value::None(), Value::None()});
}

Value FunctionBuilder::EmitCall(const CallParts& parts, ast::NodeId node) {
  if (parts.mode == CallMode::kBuiltin &&
      parts.operands[0].index() ==
          static_cast<uint32_t>(types::BuiltinId::kPanic)) {
    return Emit(Op::kPanic, nullptr, parts.pos, node, {parts.operands[1]});
  }
  const Value call =
      Emit(Op::kCall, parts.type, parts.pos, node, parts.operands,
           static_cast<uint8_t>(parts.mode), parts.method);
  const types::Func* callee = nullptr;
  if (parts.mode == CallMode::kStatic) {
    callee = draft_->tables().callees[parts.operands[0].index()].key.func;
  } else if (parts.mode == CallMode::kInvoke) {
    callee = draft_->tables().methods[parts.method];
  }
  if (callee != nullptr) {
    if (const std::optional<ExitKind> exit = ExitOf(callee)) {
      Emit(Op::kExit, nullptr, parts.pos, node, {},
           static_cast<uint8_t>(*exit));
    }
  }
  return call;
}

}  // namespace gdlint::ssa
