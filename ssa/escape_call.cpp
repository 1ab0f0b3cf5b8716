// What calls do to the escape graph.

#include <algorithm>

#include "ssa/escape_batch.h"
#include "ssa/escape_frame.h"
#include "types/pointer_shape.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

using types::TryAs;

bool IsByteOrRuneSlice(const types::Type* type) {
  const auto* const slice = TryAs<types::Slice>(CoreOf(type));
  return slice != nullptr && !HasPointers(slice->elem);
}

}  // namespace

EscapeBatch::Callee EscapeBatch::CalleeOfFunc(const types::Func* func) {
  Callee callee;
  callee.func = func;
  callee.is_known = true;
  if (const auto found = functions_.find(func); found != functions_.end()) {
    callee.function = found->second;
  }
  return callee;
}

EscapeBatch::StaticValue EscapeBatch::StaticValueOf(ast::ExprId expr) {
  // Longer chains are rare, and there may be cycles.
  constexpr int kMaxSteps = 20;
  StaticValue value = {unit_, expr};
  for (int i = 0; i < kMaxSteps; ++i) {
    value.expr = Unparen(*value.unit->tree, value.expr);
    if (const types::Var* const var = LocalVarOf(*value.unit, value.expr)) {
      const auto found = definitions_.find(var);
      if (found == definitions_.end() || found->second.is_reassigned ||
          !found->second.value.has_value()) {
        break;
      }
      value = {found->second.unit, found->second.value};
      continue;
    }
    const auto* const call =
        value.unit->tree->TryGet<ast::CallExpr>(value.expr);
    if (call == nullptr) {
      break;
    }
    if (value.unit->info.TypeOf(call->fun).is_type()) {
      if (call->args.size != 1) {
        break;
      }
      value.expr = value.unit->tree->Items(call->args)[0];
      continue;
    }
    StaticValue returned = {value.unit, ast::ExprId()};
    if (const types::Func* const func = StaticFunc(*value.unit, call->fun)) {
      const FunctionBody* const body =
          functions_.contains(func) ? nullptr : callees_.BodyToInline(func);
      if (body != nullptr) {
        returned = {body->unit, OnlyReturned(*body->unit, body->body)};
      }
    } else if (LocalVarOf(*value.unit, call->fun) != nullptr) {
      const auto found = definitions_.find(LocalVarOf(*value.unit, call->fun));
      if (found != definitions_.end() && !found->second.is_reassigned) {
        returned.unit = found->second.unit;
        const auto* const literal =
            found->second.value.has_value()
                ? returned.unit->tree->TryGet<ast::FuncLit>(
                      Unparen(*returned.unit->tree, found->second.value))
                : nullptr;
        if (literal != nullptr) {
          returned.expr = OnlyReturned(*returned.unit, literal->body);
        }
      }
    }
    if (!returned.expr.has_value()) {
      break;
    }
    value = returned;
  }
  return value;
}

void EscapeBatch::DefineParams(const Callee& callee,
                               const ast::CallExpr& call) {
  const FunctionBody& body = *callee.inlined;
  const auto args = tree_->Items(call.args);
  const types::Signature* const signature = callee.func->signature();
  const size_t param_count =
      signature->params != nullptr ? signature->params->params.size() : 0;
  const size_t result_count = callee.function->results.size();
  if (args.size() != param_count || signature->variadic ||
      body.vars.size() < param_count + result_count) {
    return;
  }
  const auto params = body.vars.last(param_count + result_count);
  for (size_t i = 0; i < param_count; ++i) {
    definitions_[params[i]].unit = unit_;
    definitions_[params[i]].value = args[i];
  }
}

EscapeBatch::Callee EscapeBatch::CalleeOf(ast::ExprId fun) {
  const StaticValue value = StaticValueOf(fun);
  if (const types::Func* const func = StaticFunc(*value.unit, value.expr)) {
    return CalleeOfFunc(func);
  }
  Callee callee;
  const auto found = literals_.find({value.unit, value.expr});
  if (found != literals_.end()) {
    callee.function = found->second;
    callee.is_known = true;
  }
  return callee;
}

Hole EscapeBatch::ParamHole(const Callee& callee, size_t index,
                            std::span<const Hole> results) {
  if (!callee.is_known) {
    return graph_.Heap();
  }
  if (callee.function != nullptr) {
    EscapeLocation* const param = index < callee.function->params.size()
                                      ? callee.function->params[index]
                                      : nullptr;
    return param != nullptr ? Hole{param} : graph_.Discard();
  }
  const ParamLeaks* const all = callees_.Of(callee.func);
  if (all == nullptr || index >= all->size()) {
    return graph_.Heap();
  }
  const Leaks& leaks = (*all)[index];
  std::vector<Hole> holes;
  if (leaks.heap() >= 0) {
    holes.push_back(graph_.Heap().Shift(leaks.heap()));
  }
  if (leaks.callee() >= 0) {
    holes.push_back(graph_.Callee().Shift(leaks.callee()));
  }
  for (size_t i = 0; i < results.size() && i < Leaks::kMaxResults; ++i) {
    const int derefs = leaks.result(static_cast<int>(i));
    if (derefs >= 0) {
      holes.push_back(results[i].Shift(derefs));
    }
  }
  return Tee(holes);
}

void EscapeBatch::Argument(Hole hole, ast::ExprId expr, const types::Type* to,
                           EscapeLocation* deferred) {
  if (deferred == nullptr) {
    ExprAs(hole, expr, to);
    return;
  }
  EscapeLocation* const copy = NewTemp();
  ExprAs({copy}, expr, to);
  graph_.Flow({deferred}, copy);
  graph_.Flow(hole, copy);
}

void EscapeBatch::Call(std::span<const Hole> results, const ast::CallExpr& call,
                       EscapeLocation* deferred) {
  if (info_->TypeOf(call.fun).is_type()) {
    Conversion(results.empty() ? graph_.Discard() : results[0], call);
    return;
  }
  if (const types::Builtin* const builtin =
          BuiltinOf(*tree_, *info_, call.fun)) {
    BuiltinCall(results, call, builtin->id, deferred);
    return;
  }
  const ast::ExprId fun = Unparen(*tree_, call.fun);
  // What makes the function that is called must be in the graph first.
  EscapeLocation* made = nullptr;
  if (fun.kind() == ast::NodeKind::kFuncLit ||
      fun.kind() == ast::NodeKind::kCallExpr) {
    made = NewTemp();
    Expr({made}, fun);
    if (deferred != nullptr) {
      graph_.Flow({deferred}, made);
    }
  }
  Callee callee = CalleeOf(fun);
  BeginInline(callee);
  if (callee.function != nullptr) {
    const auto& values = callee.function->results;
    for (size_t i = 0; i < results.size() && i < values.size(); ++i) {
      graph_.Flow(results[i], values[i]);
    }
  }
  size_t first_param = 0;
  const types::Selection* selection =
      fun.kind() == ast::NodeKind::kSelectorExpr
          ? info_->SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun))
          : nullptr;
  if (selection != nullptr &&
      selection->kind == types::SelectionKind::kMethodVal) {
    const ast::ExprId x = tree_->TryGet<ast::SelectorExpr>(fun)->x;
    Hole receiver = ReceiverHole(ParamHole(callee, 0, results), *selection);
    if (deferred != nullptr) {
      EscapeLocation* const copy = NewTemp();
      graph_.Flow({deferred}, copy);
      graph_.Flow(ParamHole(callee, 0, results), copy);
      receiver = ReceiverHole({copy}, *selection);
    }
    Expr(receiver, x);
    first_param = 1;
  } else {
    Hole hole = graph_.Discard();
    if (!callee.is_known &&
        std::ranges::any_of(results, [this](const Hole& result) {
          return !graph_.IsDiscard(result);
        })) {
      hole = graph_.Callee();
    }
    if (made != nullptr) {
      graph_.Flow(hole, made);
    } else {
      if (deferred != nullptr && callee.func == nullptr) {
        EscapeLocation* const copy = NewTemp();
        graph_.Flow({deferred}, copy);
        graph_.Flow(hole, copy);
        hole = {copy};
      }
      Expr(hole, fun);
    }
  }
  if (callee.func != nullptr && callee.func->is_method() && first_param == 0 &&
      selection == nullptr) {
    // A variable that holds a method value: the receiver flowed there.
    first_param = 1;
  }
  Arguments(call, callee, results, first_param, deferred);
  if (callee.inlined != nullptr) {
    DefineParams(callee, call);
    EndInline(callee);
  }
}

void EscapeBatch::Arguments(const ast::CallExpr& call, const Callee& callee,
                            std::span<const Hole> results, size_t first_param,
                            EscapeLocation* deferred) {
  const auto* const signature =
      TryAs<types::Signature>(CoreOf(TypeOf(call.fun)));
  const auto args = tree_->Items(call.args);
  if (signature == nullptr || signature->params == nullptr) {
    for (const ast::ExprId arg : args) {
      Argument(graph_.Heap(), arg, nullptr, deferred);
    }
    return;
  }
  const auto params = signature->params->params;
  const bool packs = signature->variadic && !call.ellipsis.is_valid();
  const auto* const rest =
      packs ? TryAs<types::Slice>(CoreOf(params.back().type)) : nullptr;
  // The slice that a variadic call makes.
  Hole packed;
  const auto hole_of = [&](size_t i) {
    if (rest == nullptr || i + 1 < params.size()) {
      return ParamHole(callee, first_param + i, results);
    }
    if (packed.dst == nullptr) {
      packed =
          Spill(ParamHole(callee, first_param + params.size() - 1, results));
    }
    return packed;
  };
  const auto type_of = [&](size_t i) {
    return rest != nullptr && i + 1 >= params.size() ? rest->elem
                                                     : params[i].type;
  };
  const auto* const tuple =
      args.size() == 1 ? TryAs<types::Tuple>(info_->TypeOf(args[0]).type())
                       : nullptr;
  if (tuple != nullptr) {
    // `f(g())`.
    std::vector<Hole> temps;
    for (size_t i = 0; i < tuple->params.size(); ++i) {
      EscapeLocation* const temp = NewTemp();
      temps.push_back({temp});
      if (i < params.size() || rest != nullptr) {
        graph_.Flow(Converted(hole_of(i), tuple->params[i].type, type_of(i)),
                    temp);
      }
      if (deferred != nullptr) {
        graph_.Flow({deferred}, temp);
      }
    }
    if (const auto* const inner =
            tree_->TryGet<ast::CallExpr>(Unparen(*tree_, args[0]))) {
      Call(temps, *inner, nullptr);
    }
    return;
  }
  for (size_t i = 0; i < args.size(); ++i) {
    if (i >= params.size() && rest == nullptr) {
      Argument(graph_.Heap(), args[i], nullptr, deferred);
      continue;
    }
    // What has no pointers flows nowhere: nothing need be known of the callee.
    const types::Type* const from = TypeOf(args[i]);
    const types::Type* const to = type_of(i);
    const bool flows =
        info_->TypeOf(args[i]).mode() != types::Mode::kConstant &&
        (HasPointers(from) || HasPointers(to));
    Argument(flows ? hole_of(i) : graph_.Discard(), args[i], to, deferred);
  }
}

void EscapeBatch::Conversion(Hole hole, const ast::CallExpr& call) {
  const auto args = tree_->Items(call.args);
  if (args.size() != 1) {
    return;
  }
  const ast::ExprId arg = args[0];
  const types::Type* const to = CoreOf(TypeOf(call.fun));
  const types::Type* const from = CoreOf(TypeOf(arg));
  const auto* const to_basic = TryAs<types::Basic>(to);
  const auto* const from_basic = TryAs<types::Basic>(from);
  if (to == nullptr || from == nullptr) {
    Expr(hole, arg);
  } else if (types::IsInterface(TypeOf(call.fun))) {
    ExprAs(hole, arg, TypeOf(call.fun));
  } else if (to_basic != nullptr &&
             to_basic->basic == types::BasicKind::kUnsafePointer &&
             from_basic != nullptr &&
             from_basic->basic == types::BasicKind::kUintptr) {
    UnsafeValue(hole, arg);
  } else if ((types::IsString(to) && !types::IsString(from)) ||
             (types::IsString(from) && IsByteOrRuneSlice(to))) {
    Spill(hole);
    Discard(arg);
  } else if (from->kind == types::TypeKind::kSlice &&
             to->kind == types::TypeKind::kArray) {
    Expr(hole.Deref(), arg);
  } else {
    Expr(hole, arg);
  }
}

void EscapeBatch::BuiltinCall(std::span<const Hole> results,
                              const ast::CallExpr& call, types::BuiltinId id,
                              EscapeLocation* deferred) {
  const Hole hole = results.empty() ? graph_.Discard() : results[0];
  const auto args = tree_->Items(call.args);
  const auto discard_all = [&] {
    for (const ast::ExprId arg : args) {
      if (!info_->TypeOf(arg).is_type()) {
        Argument(graph_.Discard(), arg, nullptr, deferred);
      }
    }
  };
  const auto elem_of = [&](ast::ExprId arg) -> const types::Type* {
    const auto* const slice = TryAs<types::Slice>(CoreOf(TypeOf(arg)));
    return slice != nullptr ? slice->elem : nullptr;
  };
  switch (id) {
    case types::BuiltinId::kAppend: {
      if (args.empty()) {
        return;
      }
      const types::Type* const elem = elem_of(args[0]);
      const bool has_pointers = elem != nullptr && HasPointers(elem);
      const Hole appendee[] = {hole, graph_.Heap().Deref()};
      Expr(has_pointers ? Tee(appendee) : hole, args[0]);
      for (size_t i = 1; i < args.size(); ++i) {
        if (call.ellipsis.is_valid()) {
          Expr(has_pointers && elem_of(args[i]) != nullptr
                   ? graph_.Heap().Deref()
                   : graph_.Discard(),
               args[i]);
        } else {
          ExprAs(graph_.Heap(), args[i], elem);
        }
      }
      // The new backing store; it is made once, whatever the loop.
      Spill(hole).dst->loop_depth = 0;
      return;
    }
    case types::BuiltinId::kCopy:
      if (args.size() == 2) {
        const types::Type* const elem = elem_of(args[1]);
        Argument(graph_.Discard(), args[0], nullptr, deferred);
        Argument(elem != nullptr && HasPointers(elem) ? graph_.Heap().Deref()
                                                      : graph_.Discard(),
                 args[1], nullptr, deferred);
      }
      return;
    case types::BuiltinId::kPanic:
      for (const ast::ExprId arg : args) {
        // To `any`: what is boxed is copied to the heap.
        const types::Type* const from = TypeOf(arg);
        EscapeLocation* const copy = NewTemp();
        const bool is_boxed =
            !types::IsInterface(from) && !types::IsPointerShaped(from);
        graph_.Flow(is_boxed ? Spill(graph_.Heap()) : graph_.Heap(), copy);
        Argument({copy}, arg, nullptr, deferred);
      }
      return;
    case types::BuiltinId::kMin:
    case types::BuiltinId::kMax:
    case types::BuiltinId::kSliceData:
    case types::BuiltinId::kStringData:
      for (const ast::ExprId arg : args) {
        Expr(hole, arg);
      }
      return;
    case types::BuiltinId::kAdd:
    case types::BuiltinId::kSlice:
    case types::BuiltinId::kString:
      for (size_t i = 0; i < args.size(); ++i) {
        Expr(i == 0 ? hole : graph_.Discard(), args[i]);
      }
      return;
    case types::BuiltinId::kNew:
      if (args.size() == 1 && !info_->TypeOf(args[0]).is_type()) {
        Expr(Spill(hole), args[0]);
      } else {
        Spill(hole);
      }
      return;
    case types::BuiltinId::kMake:
      Spill(hole);
      discard_all();
      return;
    default:
      discard_all();
      return;
  }
}

}  // namespace gdlint::ssa
