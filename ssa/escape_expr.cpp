// What expressions do to the escape graph.

#include <algorithm>

#include "lexer/operator.h"
#include "ssa/escape_batch.h"
#include "ssa/escape_frame.h"
#include "types/pointer_shape.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;
using types::TryAs;

bool IsBasicKind(const types::Type* type, types::BasicKind kind) {
  const auto* const basic = TryAs<types::Basic>(CoreOf(type));
  return basic != nullptr && basic->basic == kind;
}

// How many pointers there are on the way from `type` along field indices; sets
// `type` to what they lead to.
int FollowFields(const types::Type*& type, std::span<const uint32_t> fields) {
  int pointers = 0;
  for (const uint32_t index : fields) {
    const types::Type* core = CoreOf(type);
    if (const auto* const pointer = TryAs<types::Pointer>(core)) {
      ++pointers;
      core = CoreOf(pointer->elem);
    }
    const auto* const record = TryAs<types::Struct>(core);
    if (record == nullptr || index >= record->fields.size()) {
      break;
    }
    type = record->fields[index]->type;
  }
  return pointers;
}

}  // namespace

void EscapeBatch::Discard(ast::ExprId expr) {
  if (expr.has_value()) {
    Expr(graph_.Discard(), expr);
  }
}

Hole EscapeBatch::Converted(Hole hole, const types::Type* from,
                            const types::Type* to) {
  if (from == nullptr || to == nullptr || !types::IsInterface(to) ||
      types::IsTypeParam(to) || !types::IsValid(from)) {
    return hole;
  }
  const bool is_boxed =
      types::IsTypeParam(from) ||
      (!types::IsInterface(from) && !types::IsPointerShaped(from));
  return is_boxed ? Spill(hole) : hole;
}

void EscapeBatch::ExprAs(Hole hole, ast::ExprId expr, const types::Type* to) {
  const types::Type* const from = info_->TypeOf(expr).type();
  if (from != nullptr && !info_->TypeOf(expr).is_type() &&
      info_->TypeOf(expr).mode() != types::Mode::kNilValue) {
    hole = Converted(hole, from, to);
  }
  Expr(hole, expr);
}

void EscapeBatch::Expr(Hole hole, ast::ExprId expr) {
  expr = Unparen(*tree_, expr);
  const types::TypeAndValue fact = info_->TypeOf(expr);
  if (fact.is_type() || fact.is_constant() || !expr.has_value()) {
    return;
  }
  if (hole.derefs >= 0 && fact.type() != nullptr &&
      fact.type()->kind != types::TypeKind::kTuple &&
      !HasPointers(fact.type())) {
    hole = graph_.Discard();
  }
  switch (expr.kind()) {
    case ast::NodeKind::kIdent:
      if (const types::Var* const var = LocalVar(expr)) {
        graph_.Flow(hole, LocationOf(var));
      }
      break;
    case ast::NodeKind::kFuncLit:
      Literal(hole, ast::Ref<ast::FuncLit>::FromNode(expr));
      break;
    case ast::NodeKind::kCompositeLit:
      Composite(hole, ast::Ref<ast::CompositeLit>::FromNode(expr));
      break;
    case ast::NodeKind::kSelectorExpr:
      Selector(hole, ast::Ref<ast::SelectorExpr>::FromNode(expr));
      break;
    case ast::NodeKind::kIndexExpr:
      Index(hole, *tree_->TryGet<ast::IndexExpr>(expr));
      break;
    case ast::NodeKind::kSliceExpr: {
      const auto& slice = *tree_->TryGet<ast::SliceExpr>(expr);
      const types::Type* const core = CoreOf(TypeOf(slice.x));
      const bool is_array =
          core != nullptr && core->kind == types::TypeKind::kArray;
      Expr(is_array ? hole.Address() : hole, slice.x);
      Discard(slice.low);
      Discard(slice.high);
      Discard(slice.max);
      break;
    }
    case ast::NodeKind::kTypeAssertExpr: {
      const auto& assertion = *tree_->TryGet<ast::TypeAssertExpr>(expr);
      const types::Type* const to =
          assertion.type.has_value() ? TypeOf(assertion.type) : nullptr;
      const bool is_boxed =
          to != nullptr &&
          (types::IsTypeParam(to) ||
           (!types::IsInterface(to) && !types::IsPointerShaped(to)));
      Expr(is_boxed ? hole.Deref() : hole, assertion.x);
      break;
    }
    case ast::NodeKind::kCallExpr: {
      const Hole holes[] = {hole};
      Call(holes, *tree_->TryGet<ast::CallExpr>(expr), nullptr);
      break;
    }
    case ast::NodeKind::kStarExpr:
      Expr(hole.Deref(), tree_->TryGet<ast::StarExpr>(expr)->x);
      break;
    case ast::NodeKind::kUnaryExpr:
      Unary(hole, *tree_->TryGet<ast::UnaryExpr>(expr));
      break;
    case ast::NodeKind::kBinaryExpr: {
      const auto& binary = *tree_->TryGet<ast::BinaryExpr>(expr);
      if (!graph_.IsDiscard(hole)) {
        Spill(hole);  // A string made of two.
      }
      Discard(binary.x);
      Discard(binary.y);
      break;
    }
    default:
      break;
  }
}

void EscapeBatch::Unary(Hole hole, const ast::UnaryExpr& unary) {
  if (unary.op != TokenKind::kAnd) {
    Discard(unary.x);
    return;
  }
  const ast::ExprId x = Unparen(*tree_, unary.x);
  Expr(x.kind() == ast::NodeKind::kCompositeLit ? Spill(hole) : hole.Address(),
       x);
}

void EscapeBatch::Selector(Hole hole, ast::Ref<ast::SelectorExpr> ref) {
  const ast::SelectorExpr& selector = tree_->Get(ref);
  const types::Selection* const selection = info_->SelectionOf(ref);
  // Without one it is a package's member.
  if (selection == nullptr ||
      selection->kind == types::SelectionKind::kMethodExpr) {
    return;
  }
  if (selection->kind == types::SelectionKind::kMethodVal) {
    MethodValue(hole, selector, *selection);
    return;
  }
  const types::Type* type = selection->recv;
  const int pointers = FollowFields(type, selection->index);
  for (int i = 0; i < pointers; ++i) {
    hole = hole.Deref();
  }
  Expr(hole, selector.x);
}

Hole EscapeBatch::ReceiverHole(Hole hole,
                               const types::Selection& selection) const {
  const types::Type* type = selection.recv;
  const int pointers = FollowFields(
      type, selection.index.first(selection.index.size() -
                                  (selection.index.empty() ? 0 : 1)));
  const auto* const func = TryAs<types::Func>(selection.object);
  const bool is_pointer = TryAs<types::Pointer>(CoreOf(type)) != nullptr;
  if (func != nullptr && func->recv != nullptr &&
      !types::IsInterface(func->recv)) {
    const bool wants_pointer =
        TryAs<types::Pointer>(types::Unalias(func->recv)) != nullptr;
    if (wants_pointer && !is_pointer) {
      hole = hole.Address();
    } else if (!wants_pointer && is_pointer) {
      hole = hole.Deref();
    }
  }
  for (int i = 0; i < pointers; ++i) {
    hole = hole.Deref();
  }
  return hole;
}

// `x.M` without a call: a closure that holds the receiver.
void EscapeBatch::MethodValue(Hole hole, const ast::SelectorExpr& selector,
                              const types::Selection& selection) {
  const Hole closure = Spill(hole);
  Callee callee;
  if (!IsDynamicMethod(selection)) {
    const auto* const func = TryAs<types::Func>(selection.object);
    callee = CalleeOfFunc(func->origin != nullptr ? func->origin : func);
  }
  // Nobody knows where the results of later calls go.
  std::vector<Hole> results;
  if (const auto* const signature = TryAs<types::Signature>(selection.type);
      signature != nullptr && signature->results != nullptr) {
    results.assign(signature->results->params.size(), graph_.Heap());
  }
  const Hole holes[] = {ParamHole(callee, 0, results), closure};
  Expr(ReceiverHole(Tee(holes), selection), selector.x);
}

void EscapeBatch::Index(Hole hole, const ast::IndexExpr& index) {
  const types::TypeAndValue fact = info_->TypeOf(index.index);
  if (fact.is_type()) {
    return;  // An instance of a function.
  }
  const types::Type* const core = CoreOf(TypeOf(index.x));
  if (core != nullptr && core->kind == types::TypeKind::kMap) {
    Discard(index.x);
  } else if (core != nullptr && core->kind == types::TypeKind::kArray) {
    Expr(hole, index.x);
  } else {
    Expr(hole.Deref(), index.x);
  }
  Discard(index.index);
}

void EscapeBatch::Composite(Hole hole, ast::Ref<ast::CompositeLit> ref) {
  const ast::CompositeLit& literal = tree_->Get(ref);
  const types::Type* core = CoreOf(TypeOf(ref));
  if (const auto* const pointer = TryAs<types::Pointer>(core)) {
    hole = Spill(hole);  // `{…}` for `&T{…}`.
    core = CoreOf(pointer->elem);
  }
  const auto* const record = TryAs<types::Struct>(core);
  const auto* const map = TryAs<types::Map>(core);
  const types::Type* elem = nullptr;
  if (const auto* const array = TryAs<types::Array>(core)) {
    elem = array->elem;
  } else if (const auto* const slice = TryAs<types::Slice>(core)) {
    elem = slice->elem;
    hole = Spill(hole);
  } else if (map != nullptr) {
    elem = map->elem;
    Spill(hole);
    hole = graph_.Heap();
  }
  size_t place = 0;
  for (const ast::ExprId elt : tree_->Items(literal.elts)) {
    ast::ExprId value = elt;
    const types::Type* to = elem;
    if (const auto* const pair = tree_->TryGet<ast::KeyValueExpr>(elt)) {
      value = pair->value;
      if (record != nullptr) {
        const auto* const field = TryAs<types::Var>(
            info_->UsedObject(ast::Ref<ast::Ident>::FromNode(pair->key)));
        to = field != nullptr ? field->type : nullptr;
      } else if (map != nullptr) {
        ExprAs(graph_.Heap(), pair->key, map->key);
      }
    } else if (record != nullptr && place < record->fields.size()) {
      to = record->fields[place]->type;
    }
    ++place;
    ExprAs(hole, value, to);
  }
}

void EscapeBatch::Literal(Hole hole, ast::Ref<ast::FuncLit> ref) {
  const ast::FuncLit& literal = tree_->Get(ref);
  const Hole closure = Spill(hole);
  std::vector<Closure::Captured> captured = Capture({literal.body});
  Frame frame;
  frame.function = graph_.NewFunction(frame_->function);
  literals_[{unit_, ref}] = frame.function;
  closure.dst->literal = frame.function;
  const auto* const signature = TryAs<types::Signature>(CoreOf(TypeOf(ref)));
  if (signature != nullptr && signature->results != nullptr) {
    for (const types::Param& result : signature->results->params) {
      frame.result_types.push_back(result.type);
    }
  }
  AddVars(*frame.function, info_->Params(literal.type),
          frame.result_types.size(), /*has_unnamed_receiver=*/false);
  frame.results = frame.function->results;
  WalkBody(frame, literal.body);
  closures_.push_back({closure, std::move(captured)});
}

// An integer that may be made of a pointer: `uintptr(p) + offset`.
void EscapeBatch::UnsafeValue(Hole hole, ast::ExprId expr) {
  expr = Unparen(*tree_, expr);
  if (const auto* const call = tree_->TryGet<ast::CallExpr>(expr);
      call != nullptr && info_->TypeOf(call->fun).is_type() &&
      call->args.size == 1) {
    const ast::ExprId arg = tree_->Items(call->args)[0];
    if (IsBasicKind(TypeOf(arg), types::BasicKind::kUnsafePointer)) {
      Expr(hole, arg);
    } else {
      Discard(arg);
    }
  } else if (const auto* const unary = tree_->TryGet<ast::UnaryExpr>(expr);
             unary != nullptr && unary->op != TokenKind::kArrow) {
    UnsafeValue(hole, unary->x);
  } else if (const auto* const binary = tree_->TryGet<ast::BinaryExpr>(expr)) {
    UnsafeValue(hole, binary->x);
    if (lexer::IsShift(binary->op)) {
      Discard(binary->y);
    } else {
      UnsafeValue(hole, binary->y);
    }
  } else {
    Discard(expr);
  }
}

}  // namespace gdlint::ssa
