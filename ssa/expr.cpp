// Expressions in general: what the other stages ask for, and which file lowers
// which kind.

#include <utility>

#include "ast/span.h"
#include "ssa/function_builder.h"
#include "support/invariant.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/universe.h"

namespace gdlint::ssa {

using ast::NodeKind;
using lexer::TokenKind;
using types::Mode;

source::Pos FunctionBuilder::PosOf(ast::NodeId node) const {
  switch (node.kind()) {
    case NodeKind::kSelectorExpr:
      return tree().Get(tree().TryGet<ast::SelectorExpr>(node)->sel).pos;
    case NodeKind::kIndexExpr:
      return tree().TryGet<ast::IndexExpr>(node)->lbrack;
    case NodeKind::kIndexListExpr:
      return tree().TryGet<ast::IndexListExpr>(node)->lbrack;
    case NodeKind::kSliceExpr:
      return tree().TryGet<ast::SliceExpr>(node)->lbrack;
    case NodeKind::kTypeAssertExpr:
      return tree().TryGet<ast::TypeAssertExpr>(node)->lparen;
    case NodeKind::kCallExpr:
      return tree().TryGet<ast::CallExpr>(node)->lparen;
    case NodeKind::kCompositeLit:
      return tree().TryGet<ast::CompositeLit>(node)->lbrace;
    case NodeKind::kBinaryExpr:
      return tree().TryGet<ast::BinaryExpr>(node)->op_pos;
    case NodeKind::kKeyValueExpr:
      return tree().TryGet<ast::KeyValueExpr>(node)->colon;
    default:
      return ast::Begin(tree(), node);
  }
}

const types::Type* FunctionBuilder::CoreOf(const types::Type* type) {
  return types::IsTypeParam(type)
             ? types::CommonUnder(types(), types::Unalias(type))
             : types::Under(type);
}

const Const* FunctionBuilder::ConstantOf(Value value) const {
  return value.kind() == Value::Kind::kConst
             ? &draft_->tables().consts[value.index()]
             : nullptr;
}

Value FunctionBuilder::ConstantAs(const types::Type* type, types::Value value) {
  type = types::Default(type);
  if (types::IsInteger(type) && value.kind() != types::ConstantKind::kInt) {
    value = types::constant::ToInt(types().arena(), value);
  } else if (value.kind() == types::ConstantKind::kComplex &&
             types::IsBasic(type, types::kIsFloat)) {
    value = types::constant::ToFloat(types().arena(), value);
  }
  return draft_->ConstOf(type, value);
}

std::span<const types::Type* const> FunctionBuilder::SubstList(
    std::span<const types::Type* const> list) {
  if (substitution_.from.empty()) {
    return list;
  }
  std::vector<const types::Type*> substituted;
  substituted.reserve(list.size());
  for (const types::Type* const type : list) {
    substituted.push_back(Subst(type));
  }
  return types().arena().Copy(std::span<const types::Type* const>(substituted));
}

// ---- What the statements ask for.

Value FunctionBuilder::Expr(ast::ExprId expr) {
  expr = Unparen(expr);
  AheadWithin(expr);
  return Late(expr);
}

Value FunctionBuilder::ExprAs(ast::ExprId expr, const types::Type* to) {
  return Assigned(Expr(expr), to, PosOf(expr), expr);
}

std::vector<Value> FunctionBuilder::ExprList(
    std::span<const ast::ExprId> exprs,
    std::span<const types::Type* const> to) {
  std::vector<Value> values;
  if (exprs.size() == 1) {
    const ast::ExprId expr = Unparen(exprs[0]);
    const types::Tuple* const tuple =
        expr.kind() == NodeKind::kCallExpr
            ? types::TryAs<types::Tuple>(info().TypeOf(expr).type())
            : nullptr;
    if (tuple != nullptr) {
      const source::Pos pos = PosOf(expr);
      values = Components(Expr(expr), pos, expr);
      for (size_t i = 0; i < values.size() && i < to.size(); ++i) {
        values[i] = Assigned(values[i], to[i], pos, expr);
      }
      return values;
    }
  }
  for (size_t i = 0; i < exprs.size(); ++i) {
    AheadAs(exprs[i], i < to.size() ? Subst(to[i]) : nullptr);
  }
  values.reserve(exprs.size());
  for (size_t i = 0; i < exprs.size(); ++i) {
    values.push_back(LateAs(exprs[i], i < to.size() ? to[i] : nullptr));
  }
  return values;
}

std::vector<Value> FunctionBuilder::Components(Value tuple, source::Pos pos,
                                               ast::NodeId node) {
  const size_t count =
      types::As<types::Tuple>(draft_->TypeOf(tuple))->params.size();
  std::vector<Value> values;
  values.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    values.push_back(Extract(tuple, i, pos, node));
  }
  return values;
}

void FunctionBuilder::Effect(ast::ExprId expr) { Expr(expr); }

Value FunctionBuilder::CommaOkExpr(ast::ExprId expr) {
  expr = Unparen(expr);
  // Its parts alone: what it gives is not the value that ahead_ would hold.
  AheadWithin(expr);
  switch (expr.kind()) {
    case NodeKind::kIndexExpr:
      return LateIndex(ast::Ref<ast::IndexExpr>::FromNode(expr), true);
    case NodeKind::kTypeAssertExpr:
      return LateTypeAssert(ast::Ref<ast::TypeAssertExpr>::FromNode(expr),
                            true);
    default:
      return LateUnary(ast::Ref<ast::UnaryExpr>::FromNode(expr), true);
  }
}

void FunctionBuilder::Condition(ast::ExprId expr, BlockId then,
                                BlockId otherwise) {
  while (true) {
    expr = Unparen(expr);
    const types::TypeAndValue fact = info().TypeOf(expr);
    if (fact.is_constant() &&
        fact.value().kind() == types::ConstantKind::kBool) {
      Jump(types::constant::BoolValue(fact.value()) ? then : otherwise,
           ast::Begin(tree(), expr));
      return;
    }
    if (!ahead_.empty() && ahead_.contains(expr.raw())) {
      break;
    }
    if (const auto* const unary = tree().TryGet<ast::UnaryExpr>(expr);
        unary != nullptr && unary->op == TokenKind::kNot) {
      std::swap(then, otherwise);
      expr = unary->x;
      continue;
    }
    const auto* const binary = tree().TryGet<ast::BinaryExpr>(expr);
    if (binary == nullptr ||
        (binary->op != TokenKind::kLand && binary->op != TokenKind::kLor)) {
      break;
    }
    const BlockId right = NewBlock();
    if (binary->op == TokenKind::kLand) {
      Condition(binary->x, right, otherwise);
    } else {
      Condition(binary->x, then, right);
    }
    SetBlock(right);
    expr = binary->y;
  }
  const Value condition = Expr(expr);
  If(condition, then, otherwise, PosOf(expr), expr);
}

Value FunctionBuilder::Extract(Value tuple, uint32_t index, source::Pos pos,
                               ast::NodeId node) {
  const types::Tuple* const type =
      types::As<types::Tuple>(draft_->TypeOf(tuple));
  return Emit(Op::kExtract, type->params[index].type, pos, node, {tuple}, 0,
              index);
}

// ---- By kind.

Value FunctionBuilder::Late(ast::ExprId expr) {
  expr = Unparen(expr);
  if (!ahead_.empty()) {
    if (const auto found = ahead_.find(expr.raw()); found != ahead_.end()) {
      const Value value = found->second;
      ahead_.erase(found);
      return value;
    }
  }
  return LateNode(expr);
}

Value FunctionBuilder::LateAs(ast::ExprId expr, const types::Type* to) {
  const Value value = Late(expr);
  return to == nullptr ? value : Assigned(value, to, PosOf(expr), expr);
}

Value FunctionBuilder::LateNode(ast::ExprId expr) {
  const types::TypeAndValue fact = info().TypeOf(expr);
  if (fact.mode() == Mode::kConstant) {
    return ConstantAs(Subst(fact.type()), fact.value());
  }
  if (fact.mode() == Mode::kNilValue) {
    return ZeroOf(Subst(fact.type()));
  }
  switch (expr.kind()) {
    case NodeKind::kIdent:
      return LateIdent(ast::Ref<ast::Ident>::FromNode(expr));
    case NodeKind::kFuncLit:
      return FuncLit(ast::Ref<ast::FuncLit>::FromNode(expr));
    case NodeKind::kCompositeLit:
      return LateLiteral(ast::Ref<ast::CompositeLit>::FromNode(expr));
    case NodeKind::kSelectorExpr:
      return LateSelector(ast::Ref<ast::SelectorExpr>::FromNode(expr));
    case NodeKind::kIndexExpr:
      return LateIndex(ast::Ref<ast::IndexExpr>::FromNode(expr), false);
    case NodeKind::kIndexListExpr: {
      const ast::Ref<ast::Ident> ident = FunctionIdent(expr);
      return FunctionValue(
          KeyOf(ident, types::TryAs<types::Func>(info().UsedObject(ident))),
          types::As<types::Signature>(TypeOf(expr)));
    }
    case NodeKind::kSliceExpr:
      return LateSlice(ast::Ref<ast::SliceExpr>::FromNode(expr));
    case NodeKind::kTypeAssertExpr:
      return LateTypeAssert(ast::Ref<ast::TypeAssertExpr>::FromNode(expr),
                            false);
    case NodeKind::kCallExpr: {
      const auto ref = ast::Ref<ast::CallExpr>::FromNode(expr);
      const types::TypeAndValue fun = info().TypeOf(tree().Get(ref).fun);
      return fun.is_type() ? LateConversion(ref) : LateCall(ref);
    }
    case NodeKind::kStarExpr: {
      const ast::StarExpr& star = *tree().TryGet<ast::StarExpr>(expr);
      return LoadAs(TypeOf(expr), Late(star.x), star.star, expr);
    }
    case NodeKind::kUnaryExpr:
      return LateUnary(ast::Ref<ast::UnaryExpr>::FromNode(expr), false);
    case NodeKind::kBinaryExpr:
      return LateBinary(ast::Ref<ast::BinaryExpr>::FromNode(expr));
    default:
      GDLINT_ASSERT(!"an expression that has no value");
      return {};
  }
}

Value FunctionBuilder::LateIdent(ast::Ref<ast::Ident> ident) {
  types::Object* const object = info().ObjectOf(ident);
  if (const auto* const var = types::TryAs<types::Var>(object)) {
    return LoadAs(TypeOf(ident), VarAddress(var, false), tree().Get(ident).pos,
                  ident);
  }
  const auto* const func = types::TryAs<types::Func>(object);
  GDLINT_ASSERT(func != nullptr);
  return FunctionValue(KeyOf(ident, func),
                       types::As<types::Signature>(TypeOf(ident)));
}

Value FunctionBuilder::LateIndex(ast::Ref<ast::IndexExpr> ref, bool comma_ok) {
  const ast::IndexExpr& index = tree().Get(ref);
  const ast::NodeId node = ref;
  const source::Pos pos = index.lbrack;
  if (IsTypeExpr(index.index)) {
    const ast::Ref<ast::Ident> ident = FunctionIdent(ref);
    return FunctionValue(
        KeyOf(ident, types::TryAs<types::Func>(info().UsedObject(ident))),
        types::As<types::Signature>(TypeOf(ref)));
  }
  const types::Type* const core = CoreOf(TypeOf(index.x));
  if (const auto* const map = types::TryAs<types::Map>(core)) {
    const types::Type* type = map->elem;
    if (comma_ok) {
      const types::Param params[] = {
          {nullptr, type}, {nullptr, types::Typ(types::BasicKind::kBool)}};
      type = types().TupleOf(params);
    }
    const Value x = Late(index.x);
    const Value key = LateAs(index.index, map->key);
    return Emit(Op::kLookup, type, pos, node, {x, key},
                comma_ok ? kCommaOk : 0);
  }
  const types::Type* const elem = TypeOf(ref);
  const bool is_addressable =
      core != nullptr &&
      (core->kind == types::TypeKind::kSlice ||
       core->kind == types::TypeKind::kPointer ||
       (core->kind == types::TypeKind::kArray &&
        info().TypeOf(Unparen(index.x)).mode() == Mode::kVariable));
  if (is_addressable) {
    return LoadAs(elem, LateAddress(ref, false), pos, node);
  }
  const Value x = Late(index.x);
  const Value i = Late(index.index);
  return Emit(Op::kIndex, elem, pos, node, {x, i});
}

Value FunctionBuilder::LateSlice(ast::Ref<ast::SliceExpr> ref) {
  const ast::SliceExpr& slice = tree().Get(ref);
  const types::Type* const core = CoreOf(TypeOf(slice.x));
  const Value x = core != nullptr && core->kind == types::TypeKind::kArray
                      ? LateAddress(slice.x, true)
                      : Late(slice.x);
  const auto bound = [&](ast::ExprId expr) {
    return expr.has_value() ? Late(expr) : Value::None();
  };
  const Value low = bound(slice.low);
  const Value high = bound(slice.high);
  const Value max = bound(slice.max);
  return Emit(Op::kSlice, types::Default(TypeOf(ref)), slice.lbrack, ref,
              {x, low, high, max});
}

Value FunctionBuilder::LateTypeAssert(ast::Ref<ast::TypeAssertExpr> ref,
                                      bool comma_ok) {
  const ast::TypeAssertExpr& assertion = tree().Get(ref);
  const types::Type* type = TypeOf(assertion.type);
  if (comma_ok) {
    const types::Param params[] = {
        {nullptr, type}, {nullptr, types::Typ(types::BasicKind::kBool)}};
    type = types().TupleOf(params);
  }
  return Emit(Op::kTypeAssert, type, assertion.lparen, ref, {Late(assertion.x)},
              comma_ok ? kCommaOk : 0);
}

Value FunctionBuilder::LateUnary(ast::Ref<ast::UnaryExpr> ref, bool comma_ok) {
  const ast::UnaryExpr& unary = tree().Get(ref);
  switch (unary.op) {
    case TokenKind::kAdd:
      return Late(unary.x);
    case TokenKind::kAnd: {
      const ast::ExprId x = Unparen(unary.x);
      if (x.kind() == NodeKind::kCompositeLit) {
        return NewLiteral(
            ast::Ref<ast::CompositeLit>::FromNode(x),
            types::As<types::Pointer>(types::Unalias(TypeOf(ref))));
      }
      const Value address = LateAddress(x, true);
      if (x.kind() == NodeKind::kStarExpr) {
        // `&*p` of a nil p panics.
        LoadAs(TypeOf(x), address, PosOf(x), x);
      }
      return address;
    }
    case TokenKind::kArrow: {
      const types::Chan* const chan =
          types::TryAs<types::Chan>(CoreOf(TypeOf(unary.x)));
      // Channels of a type parameter may differ in direction, no more.
      const types::Type* type =
          chan != nullptr ? chan->elem : types::Default(TypeOf(ref));
      if (comma_ok) {
        const types::Param params[] = {
            {nullptr, type}, {nullptr, types::Typ(types::BasicKind::kBool)}};
        type = types().TupleOf(params);
      }
      return Emit(Op::kRecv, type, unary.op_pos, ref, {Late(unary.x)},
                  comma_ok ? kCommaOk : 0);
    }
    default: {
      const types::Type* const type = types::Default(TypeOf(ref));
      return Emit(Op::kUnOp, type, unary.op_pos, ref, {LateAs(unary.x, type)},
                  static_cast<uint8_t>(unary.op));
    }
  }
}

Value FunctionBuilder::LateConversion(ast::Ref<ast::CallExpr> ref) {
  const ast::CallExpr& call = tree().Get(ref);
  const Value x = Late(tree().Items(call.args)[0]);
  return Converted(x, TypeOf(call.fun), call.lparen, ref);
}

}  // namespace gdlint::ssa
