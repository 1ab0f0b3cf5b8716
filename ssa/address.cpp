// Addresses of expressions, and places to store to.

#include "ssa/function_builder.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

using ast::NodeKind;
using types::Mode;

Value FunctionBuilder::LoadAs(const types::Type* type, Value pointer,
                              source::Pos pos, ast::NodeId node) {
  return Emit(Op::kLoad, type, pos, node, {pointer});
}

Value FunctionBuilder::FieldAddress(Value base, uint32_t field,
                                    const types::Type* type, source::Pos pos,
                                    ast::NodeId node) {
  return Emit(Op::kFieldAddr, types().PointerTo(type), pos, node, {base}, 0,
              field);
}

Value FunctionBuilder::ElementAddress(Value base, Value index,
                                      const types::Type* elem, source::Pos pos,
                                      ast::NodeId node) {
  return Emit(Op::kIndexAddr, types().PointerTo(elem), pos, node,
              {base, index});
}

Value FunctionBuilder::AddressOf(ast::ExprId expr, bool escapes) {
  expr = Unparen(expr);
  AheadWithin(expr);
  if (expr.kind() == NodeKind::kCompositeLit) {
    return NewLiteral(ast::Ref<ast::CompositeLit>::FromNode(expr),
                      types().PointerTo(TypeOf(expr)));
  }
  const Value address = LateAddress(expr, escapes);
  if (expr.kind() == NodeKind::kStarExpr) {
    LoadAs(TypeOf(expr), address, PosOf(expr), expr);
  }
  return address;
}

Value FunctionBuilder::LateAddress(ast::ExprId expr, bool escapes) {
  expr = Unparen(expr);
  switch (expr.kind()) {
    case NodeKind::kIdent: {
      const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
      return VarAddress(types::TryAs<types::Var>(info().ObjectOf(ident)),
                        escapes);
    }
    case NodeKind::kSelectorExpr: {
      const auto ref = ast::Ref<ast::SelectorExpr>::FromNode(expr);
      const ast::SelectorExpr& selector = tree().Get(ref);
      const types::Selection* const selection = info().SelectionOf(ref);
      if (selection == nullptr) {
        return VarAddress(
            types::TryAs<types::Var>(info().UsedObject(selector.sel)), escapes);
      }
      Reached at = Reach(selector.x, escapes);
      const source::Pos pos = PosOf(expr);
      for (const uint32_t field : selection->index) {
        StepTo(at, field, pos, expr);
      }
      return at.value;
    }
    case NodeKind::kIndexExpr: {
      const ast::IndexExpr& index = *tree().TryGet<ast::IndexExpr>(expr);
      const types::Type* const core = CoreOf(TypeOf(index.x));
      const Value base =
          core != nullptr && core->kind == types::TypeKind::kArray
              ? LateAddress(index.x, escapes)
              : Late(index.x);
      const Value i = Late(index.index);
      return ElementAddress(base, i, TypeOf(expr), index.lbrack, expr);
    }
    case NodeKind::kStarExpr:
      return Late(tree().TryGet<ast::StarExpr>(expr)->x);
    default: {
      // What is in no variable: a copy of it.
      const types::Type* const type = TypeOf(expr);
      const Value copy = Emit(Op::kAlloc, types().PointerTo(type), PosOf(expr),
                              expr, {}, escapes ? kEscapes : 0);
      Store(copy, Late(expr), PosOf(expr), expr);
      return copy;
    }
  }
}

Location FunctionBuilder::LocationOf(ast::ExprId expr, bool) {
  expr = Unparen(expr);
  AheadWithin(expr);
  return LateLocation(expr);
}

// Values of variables on the way are read here, so that later assignments do
// not change what the location means.
Location FunctionBuilder::LateLocation(ast::ExprId expr) {
  expr = Unparen(expr);
  Location location;
  location.kind = Location::Kind::kAddress;
  location.pos = PosOf(expr);
  location.node = expr;
  switch (expr.kind()) {
    case NodeKind::kIdent: {
      const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
      const auto* const var = types::TryAs<types::Var>(info().ObjectOf(ident));
      if (var == nullptr || var->name->is_blank) {
        location.kind = Location::Kind::kBlank;
        return location;
      }
      location.type = Subst(var->type);
      location.base = VarAddress(var, false);
      return location;
    }
    case NodeKind::kSelectorExpr: {
      const auto ref = ast::Ref<ast::SelectorExpr>::FromNode(expr);
      const ast::SelectorExpr& selector = tree().Get(ref);
      const types::Selection* const selection = info().SelectionOf(ref);
      if (selection == nullptr) {
        const auto* const var =
            types::TryAs<types::Var>(info().UsedObject(selector.sel));
        location.type = var->type;
        location.base = VarAddress(var, false);
        return location;
      }
      const source::Pos pos = location.pos;
      const types::Type* type = TypeOf(selector.x);
      bool is_pointer = types::UnderAs<types::Pointer>(type) != nullptr;
      if (!is_pointer) {
        location = LateLocation(selector.x);
      }
      for (const uint32_t field : selection->index) {
        if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
          const Value base = is_pointer ? Late(selector.x) : LoadFrom(location);
          location.base = base;
          location.steps.clear();
          type = pointer->elem;
        }
        is_pointer = false;
        type = types::UnderAs<types::Struct>(type)->fields[field]->type;
        location.steps.push_back({.field = field,
                                  .index = Value::None(),
                                  .type = type,
                                  .pos = pos,
                                  .node = expr});
        location.type = type;
      }
      location.pos = pos;
      location.node = expr;
      return location;
    }
    case NodeKind::kIndexExpr: {
      const ast::IndexExpr& index = *tree().TryGet<ast::IndexExpr>(expr);
      const types::Type* const core = CoreOf(TypeOf(index.x));
      if (const auto* const map = types::TryAs<types::Map>(core)) {
        location.kind = Location::Kind::kMapElement;
        location.base = Late(index.x);
        location.index = LateAs(index.index, map->key);
        location.type = map->elem;
        return location;
      }
      if (core != nullptr && core->kind == types::TypeKind::kArray) {
        location = LateLocation(index.x);
        location.pos = index.lbrack;
        location.node = expr;
      } else {
        location.base = Late(index.x);
      }
      location.type = TypeOf(expr);
      location.steps.push_back({.field = kNoAux,
                                .index = Late(index.index),
                                .type = location.type,
                                .pos = index.lbrack,
                                .node = expr});
      return location;
    }
    case NodeKind::kStarExpr:
      location.base = Late(tree().TryGet<ast::StarExpr>(expr)->x);
      location.type = TypeOf(expr);
      return location;
    default:
      location.base = LateAddress(expr, false);
      location.type = TypeOf(expr);
      return location;
  }
}

void FunctionBuilder::FollowSteps(Location& location) {
  for (const Location::Step& step : location.steps) {
    location.base = step.index.has_value()
                        ? ElementAddress(location.base, step.index, step.type,
                                         step.pos, step.node)
                        : FieldAddress(location.base, step.field, step.type,
                                       step.pos, step.node);
  }
  location.steps.clear();
}

Value FunctionBuilder::LoadFrom(Location& location) {
  if (location.kind == Location::Kind::kMapElement) {
    return Emit(Op::kLookup, location.type, location.pos, location.node,
                {location.base, location.index});
  }
  FollowSteps(location);
  return LoadAs(location.type, location.base, location.pos, location.node);
}

void FunctionBuilder::StoreTo(const Location& location, Value value) {
  if (location.kind == Location::Kind::kBlank) {
    return;
  }
  value = Assigned(value, location.type, location.pos, location.node);
  if (location.kind == Location::Kind::kMapElement) {
    Emit(Op::kMapUpdate, nullptr, location.pos, location.node,
         {location.base, location.index, value});
    return;
  }
  if (location.steps.empty()) {
    Store(location.base, value, location.pos, location.node);
    return;
  }
  Location followed = location;
  FollowSteps(followed);
  Store(followed.base, value, location.pos, location.node);
}

}  // namespace gdlint::ssa
