// Composite literals.

#include <algorithm>

#include "ssa/function_builder.h"
#include "support/invariant.h"
#include "types/predicates.h"

namespace gdlint::ssa {

using ast::NodeKind;
using types::Mode;

namespace {

// A literal of constants alone, all the way down.
bool IsStatic(const ast::Tree& tree, const types::Info& info,
              ast::ExprId expr) {
  while (const auto* const paren = tree.TryGet<ast::ParenExpr>(expr)) {
    expr = paren->x;
  }
  const Mode mode = info.TypeOf(expr).mode();
  if (mode == Mode::kConstant || mode == Mode::kNilValue) {
    return true;
  }
  const auto* const literal = tree.TryGet<ast::CompositeLit>(expr);
  const types::Type* const type = info.TypeOf(expr).type();
  if (literal == nullptr || type == nullptr) {
    return false;
  }
  const types::TypeKind kind = types::Under(type)->kind;
  if (kind != types::TypeKind::kStruct && kind != types::TypeKind::kArray) {
    return false;
  }
  return std::ranges::all_of(tree.Items(literal->elts), [&](ast::ExprId elt) {
    const auto* const pair = tree.TryGet<ast::KeyValueExpr>(elt);
    return IsStatic(tree, info, pair != nullptr ? pair->value : elt);
  });
}

}  // namespace

void FunctionBuilder::CompositeInto(Value address,
                                    ast::Ref<ast::CompositeLit> literal) {
  AheadWithin(literal);
  if (!ahead_.empty() && ahead_.contains(literal.raw())) {
    Store(address, Late(literal), PosOf(literal), literal);
    return;
  }
  LateLiteralInto(address, literal);
}

Value FunctionBuilder::LateLiteral(ast::Ref<ast::CompositeLit> ref) {
  const ast::CompositeLit& literal = tree().Get(ref);
  const types::Type* const type = TypeOf(ref);
  const types::Type* const core = CoreOf(type);
  const source::Pos pos = literal.lbrace;
  switch (core->kind) {
    case types::TypeKind::kPointer:
      // `&T` was left out.
      return NewLiteral(ref, types::As<types::Pointer>(core));
    case types::TypeKind::kMap:
      return MapLiteral(ref);
    case types::TypeKind::kSlice:
      return SliceLiteral(ref, type);
    default: {
      if (literal.elts.empty()) {
        return ZeroOf(type);
      }
      const Value memory = AddTemp(type, pos, ref);
      LateLiteralInto(memory, ref);
      return LoadAs(type, memory, pos, ref);
    }
  }
}

Value FunctionBuilder::SliceLiteral(ast::Ref<ast::CompositeLit> ref,
                                    const types::Type* type) {
  const ast::CompositeLit& literal = tree().Get(ref);
  const types::Slice* const slice = types::As<types::Slice>(CoreOf(type));
  int64_t length = 0;
  int64_t next = 0;
  for (const ast::ExprId elt : tree().Items(literal.elts)) {
    if (const auto* const pair = tree().TryGet<ast::KeyValueExpr>(elt)) {
      next = types::constant::Int64Value(
                 types::constant::ToInt(types().arena(),
                                        info().TypeOf(pair->key).value()))
                 .value_or(next);
    }
    length = std::max(length, ++next);
  }
  const Value array =
      Emit(Op::kAlloc, types().PointerTo(types().ArrayOf(slice->elem, length)),
           literal.lbrace, ref, {}, kEscapes);
  LateLiteralInto(array, ref);
  return Emit(Op::kSlice, type, literal.lbrace, ref,
              {array, Value::None(), Value::None(), Value::None()});
}

Value FunctionBuilder::NewLiteral(ast::Ref<ast::CompositeLit> ref,
                                  const types::Pointer* type) {
  const source::Pos pos = PosOf(ref);
  const Value memory =
      Emit(Op::kAlloc, types().PointerTo(type->elem), pos, ref, {}, kEscapes);
  const types::Type* const core = CoreOf(type->elem);
  if (core->kind == types::TypeKind::kMap) {
    const bool is_ahead = !ahead_.empty() && ahead_.contains(ref.raw());
    Store(memory, is_ahead ? Late(ref) : MapLiteral(ref), pos, ref);
  } else if (core->kind == types::TypeKind::kSlice) {
    Store(memory, SliceLiteral(ref, type->elem), pos, ref);
  } else {
    LateLiteralInto(memory, ref);
  }
  return memory;
}

// `address` points to the struct or array, or to the array of a slice.
void FunctionBuilder::LateLiteralInto(Value address,
                                      ast::Ref<ast::CompositeLit> ref) {
  const ast::CompositeLit& literal = tree().Get(ref);
  const auto elts = tree().Items(literal.elts);
  const types::Type* const core =
      CoreOf(types::As<types::Pointer>(draft_->TypeOf(address))->elem);
  const auto store = [&](Value to, ast::ExprId value, const types::Type* type) {
    const ast::ExprId inner = Unparen(value);
    if (inner.kind() == NodeKind::kCompositeLit &&
        (ahead_.empty() || !ahead_.contains(inner.raw()))) {
      // In place.
      const types::Type* const inner_type = TypeOf(inner);
      const types::TypeKind kind = CoreOf(inner_type)->kind;
      if ((kind == types::TypeKind::kStruct ||
           kind == types::TypeKind::kArray) &&
          types::Identical(inner_type, type)) {
        LateLiteralInto(to, ast::Ref<ast::CompositeLit>::FromNode(inner));
        return;
      }
    }
    Store(to, LateAs(value, type), PosOf(inner), inner);
  };
  if (const auto* const fields = types::TryAs<types::Struct>(core)) {
    for (size_t i = 0; i < elts.size(); ++i) {
      const auto* const pair = tree().TryGet<ast::KeyValueExpr>(elts[i]);
      size_t index = i;
      if (pair != nullptr) {
        const auto key = ast::Ref<ast::Ident>::FromNode(Unparen(pair->key));
        const types::Object* const field = info().UsedObject(key);
        // Names, as the field of an instance is another object.
        index = 0;
        while (index + 1 < fields->fields.size() &&
               (fields->fields[index]->name != field->name ||
                fields->fields[index]->package != field->package)) {
          ++index;
        }
      }
      const types::Type* const type = fields->fields[index]->type;
      const ast::ExprId value = pair != nullptr ? pair->value : elts[i];
      if (fields->fields[index]->name->is_blank) {
        // gc leaves it zero.
        LateAs(value, type);
        continue;
      }
      const Value to = FieldAddress(address, static_cast<uint32_t>(index), type,
                                    PosOf(elts[i]), elts[i]);
      store(to, value, type);
    }
    return;
  }
  if (core->kind == types::TypeKind::kSlice ||
      core->kind == types::TypeKind::kMap) {
    Store(address, LateLiteral(ref), literal.lbrace, ref);
    return;
  }
  // A type of a missing package, perhaps.
  GDLINT_ASSERT(core->kind == types::TypeKind::kArray);
  const types::Type* const elem = types::As<types::Array>(core)->elem;
  int64_t next = 0;
  for (const ast::ExprId elt : elts) {
    const auto* const pair = tree().TryGet<ast::KeyValueExpr>(elt);
    if (pair != nullptr) {
      next = types::constant::Int64Value(
                 types::constant::ToInt(types().arena(),
                                        info().TypeOf(pair->key).value()))
                 .value_or(next);
    }
    const Value to =
        ElementAddress(address, IntConst(next), elem, PosOf(elt), elt);
    store(to, pair != nullptr ? pair->value : elt, elem);
    ++next;
  }
}

// As gc does it: first the elements that are constant, then one after the
// other each key, its value, and the assignment.
Value FunctionBuilder::MapLiteral(ast::Ref<ast::CompositeLit> ref) {
  const ast::CompositeLit& literal = tree().Get(ref);
  const auto elts = tree().Items(literal.elts);
  const types::Type* type = TypeOf(ref);
  if (!literal.type.has_value()) {
    if (const auto* const pointer =
            types::TryAs<types::Pointer>(CoreOf(type))) {
      type = pointer->elem;
    }
  }
  const types::Map* const map = types::As<types::Map>(CoreOf(type));
  const Value result =
      Emit(Op::kMakeMap, type, literal.lbrace, ref,
           {elts.empty() ? Value::None()
                         : IntConst(static_cast<int64_t>(elts.size()))});
  const auto add = [&](const ast::KeyValueExpr& pair, ast::ExprId elt) {
    AheadAs(pair.key, map->key);
    AheadAs(pair.value, map->elem);
    const Value key = LateAs(pair.key, map->key);
    const Value value = LateAs(pair.value, map->elem);
    Emit(Op::kMapUpdate, nullptr, pair.colon, elt, {result, key, value});
  };
  const auto is_static = [&](const ast::KeyValueExpr& pair) {
    return IsStatic(tree(), info(), pair.key) &&
           IsStatic(tree(), info(), pair.value);
  };
  bool has_dynamic = false;
  for (const ast::ExprId elt : elts) {
    const auto& pair = *tree().TryGet<ast::KeyValueExpr>(elt);
    if (is_static(pair)) {
      add(pair, elt);
    } else {
      has_dynamic = true;
    }
  }
  for (size_t i = 0; has_dynamic && i < elts.size(); ++i) {
    const auto& pair = *tree().TryGet<ast::KeyValueExpr>(elts[i]);
    if (!is_static(pair)) {
      add(pair, elts[i]);
    }
  }
  return result;
}

}  // namespace gdlint::ssa
