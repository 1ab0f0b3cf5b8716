// `for` statements with a range clause over anything but a function.
//
// What is ranged over is evaluated once, before the loop. An array or a pointer
// to one of which only the length matters is not evaluated at all, unless there
// is a call or a receive in it.

#include <array>

#include "source/lang_version.h"
#include "ssa/ident_text.h"
#include "ssa/stmt_state.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

struct FunctionBuilder::RangeLoop {
  const ast::RangeStmt* stmt;
  source::Pos pos;
  ast::NodeId node;
  const types::Object* label;
  // None if there is none, or it is blank.
  ast::ExprId key;
  ast::ExprId value;
  // New variables in each iteration.
  bool defines = false;
  BlockId head;
  BlockId body;
  BlockId step;
  BlockId done;
};

void FunctionBuilder::Range(ast::Ref<ast::RangeStmt> range) {
  const types::Object* const label = stmts_->TakeLabel();
  const ast::RangeStmt& stmt = tree().Get(range);
  const types::Type* const type = TypeOf(stmt.x);
  const types::Type* const core = CoreOf(type);
  if (const auto* const iterator = types::TryAs<types::Signature>(core)) {
    RangeOverFunc(range, label, iterator);
    return;
  }

  RangeLoop loop{.stmt = &stmt,
                 .pos = stmt.pos,
                 .node = range,
                 .label = label,
                 .key = {},
                 .value = {},
                 .head = {},
                 .body = {},
                 .step = {},
                 .done = {}};
  const auto unless_blank = [&](ast::ExprId expr) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
    const bool is_blank =
        expr.kind() == ast::NodeKind::kIdent && IsBlank(*unit_, ident);
    return is_blank ? ast::ExprId() : expr;
  };
  loop.key = unless_blank(stmt.key);
  loop.value = unless_blank(stmt.value);
  if (stmt.op == TokenKind::kDefine) {
    loop.defines = unit_->file->version >= source::kPerIterationLoopVars;
  }
  switch (core->kind) {
    case types::TypeKind::kBasic:
      types::IsString(core) ? RangeIterator(loop, core) : RangeInt(loop, type);
      break;
    case types::TypeKind::kMap:
      RangeIterator(loop, core);
      break;
    case types::TypeKind::kChan:
      RangeChan(loop, types::As<types::Chan>(core));
      break;
    default:
      RangeElements(loop, core);
      break;
  }
}

bool FunctionBuilder::HasCallOrReceive(ast::NodeId expr) const {
  if (expr.kind() == ast::NodeKind::kFuncLit) {
    return false;
  }
  if (const auto* const call = tree().TryGet<ast::CallExpr>(expr)) {
    const auto fact = info().TypeOf(ast::Ref<ast::CallExpr>::FromNode(expr));
    if (!fact.is_constant() && !IsTypeExpr(call->fun)) {
      return true;
    }
  }
  if (const auto* const unary = tree().TryGet<ast::UnaryExpr>(expr);
      unary != nullptr && unary->op == TokenKind::kArrow) {
    return true;
  }
  bool has = false;
  ast::ForEachChild(tree(), expr, [&](ast::NodeId child) {
    has = has || HasCallOrReceive(child);
  });
  return has;
}

// To the head of the loop, where the next element is asked for.
void FunctionBuilder::EnterLoop(RangeLoop& loop, bool has_step) {
  if (loop.stmt->op == TokenKind::kDefine && !loop.defines) {
    for (const ast::ExprId expr : {loop.key, loop.value}) {
      if (expr.has_value()) {
        TargetOf(expr, true);
      }
    }
  }
  loop.head = NewBlock();
  loop.body = NewBlock();
  loop.step = has_step ? NewBlock() : loop.head;
  loop.done = NewBlock();
  Jump(loop.head, loop.pos);
  SetBlock(loop.head);
}

// In the body: assigns the variables and lowers it, up to where it steps on.
void FunctionBuilder::Iterate(RangeLoop& loop, Value key, Value value) {
  ExprSpan lhs;
  SmallVector<Value, 2> values;
  if (loop.key.has_value()) {
    lhs.push_back(loop.key);
    values.push_back(key);
  }
  if (loop.value.has_value()) {
    lhs.push_back(loop.value);
    values.push_back(value);
  }
  if (!loop.defines) {
    for (const ast::ExprId expr : lhs) {
      Ahead(expr, true);
    }
  }
  StoreAll(lhs, values, loop.defines, loop.pos, loop.node);
  stmts_->targets.push_back({loop.label, loop.done, loop.step});
  Body(loop.stmt->body);
  stmts_->targets.pop_back();
  Jump(loop.step, loop.pos);
  SetBlock(loop.step.index == loop.head.index ? loop.done : loop.step);
}

// In the head: goes on while index < `count`.
void FunctionBuilder::Count(RangeLoop& loop, Value index, Value count) {
  const Value i = Load(index, loop.pos, loop.node);
  If(Compare(TokenKind::kLss, i, count, loop.pos, loop.node), loop.body,
     loop.done, loop.pos, loop.node);
  SetBlock(loop.body);
}

// In the step.
void FunctionBuilder::CountOn(RangeLoop& loop, Value index,
                              const types::Type* type) {
  const Value one = ConstantAs(type, types::constant::MakeInt64(1));
  const Value i = Load(index, loop.pos, loop.node);
  Store(index,
        Emit(Op::kBinOp, type, loop.pos, loop.node, {i, one},
             static_cast<uint8_t>(TokenKind::kAdd)),
        loop.pos, loop.node);
  Jump(loop.head, loop.pos);
  SetBlock(loop.done);
}

void FunctionBuilder::RangeInt(RangeLoop& loop, const types::Type* type) {
  type = types::Default(type);
  const Value count = ExprAs(loop.stmt->x, type);
  const Value index = AddTemp(type, loop.pos, loop.node);
  Store(index, ConstantAs(type, types::constant::MakeInt64(0)), loop.pos,
        loop.node);
  EnterLoop(loop, true);
  Count(loop, index, count);
  Iterate(loop, Load(index, loop.pos, loop.node), {});
  CountOn(loop, index, type);
}

void FunctionBuilder::RangeElements(RangeLoop& loop, const types::Type* core) {
  const types::Type* const integer = types::Typ(types::BasicKind::kInt);
  const bool is_pointer = core->kind == types::TypeKind::kPointer;
  const auto* const array = types::TryAs<types::Array>(
      is_pointer ? types::Under(types::As<types::Pointer>(core)->elem) : core);
  const types::Type* const elem =
      array != nullptr ? array->elem : types::As<types::Slice>(core)->elem;
  Value x;
  Value length;
  if (array == nullptr) {
    x = Expr(loop.stmt->x);
    length =
        BuiltinCall(types::BuiltinId::kLen, x, integer, loop.pos, loop.node);
  } else {
    length = IntConst(array->length);
    // Otherwise its length is a constant, and it is not evaluated.
    if (loop.value.has_value() || HasCallOrReceive(loop.stmt->x)) {
      x = Expr(loop.stmt->x);
    }
  }
  const Value index = AddTemp(integer, loop.pos, loop.node);
  Store(index, IntConst(0), loop.pos, loop.node);
  EnterLoop(loop, true);
  Count(loop, index, length);
  const Value i = Load(index, loop.pos, loop.node);
  Value element;
  if (loop.value.has_value()) {
    if (array != nullptr && !is_pointer) {
      element = Emit(Op::kIndex, elem, loop.pos, loop.node, {x, i});
    } else {
      const Value address = Emit(Op::kIndexAddr, types().PointerTo(elem),
                                 loop.pos, loop.node, {x, i});
      element = Emit(Op::kLoad, elem, loop.pos, loop.node, {address});
    }
  }
  Iterate(loop, i, element);
  CountOn(loop, index, integer);
}

void FunctionBuilder::RangeIterator(RangeLoop& loop, const types::Type* core) {
  const auto* const map = types::TryAs<types::Map>(core);
  const types::Type* const key =
      map != nullptr ? map->key : types::Typ(types::BasicKind::kInt);
  const types::Type* const value =
      map != nullptr ? map->elem : types::RuneType();
  const std::array<types::Param, 3> parts = {
      types::Param{nullptr, types::Typ(types::BasicKind::kBool)},
      types::Param{nullptr, key}, types::Param{nullptr, value}};
  const Value x = Expr(loop.stmt->x);
  const Value iterator =
      Emit(Op::kRange, types::Typ(types::BasicKind::kUnsafePointer), loop.pos,
           loop.node, {x});
  EnterLoop(loop, false);
  const Value next =
      Emit(Op::kNext, types().TupleOf(parts), loop.pos, loop.node, {iterator});
  If(Extract(next, 0, loop.pos, loop.node), loop.body, loop.done, loop.pos,
     loop.node);
  SetBlock(loop.body);
  Value key_value;
  Value element;
  if (loop.key.has_value()) {
    key_value = Extract(next, 1, loop.pos, loop.node);
  }
  if (loop.value.has_value()) {
    element = Extract(next, 2, loop.pos, loop.node);
  }
  Iterate(loop, key_value, element);
}

void FunctionBuilder::RangeChan(RangeLoop& loop, const types::Chan* chan) {
  const std::array<types::Param, 2> parts = {
      types::Param{nullptr, chan->elem},
      types::Param{nullptr, types::Typ(types::BasicKind::kBool)}};
  const Value x = Expr(loop.stmt->x);
  EnterLoop(loop, false);
  const Value received = Emit(Op::kRecv, types().TupleOf(parts), loop.pos,
                              loop.node, {x}, kCommaOk);
  If(Extract(received, 1, loop.pos, loop.node), loop.body, loop.done, loop.pos,
     loop.node);
  SetBlock(loop.body);
  Iterate(loop,
          loop.key.has_value() ? Extract(received, 0, loop.pos, loop.node)
                               : Value(),
          {});
}

}  // namespace gdlint::ssa
