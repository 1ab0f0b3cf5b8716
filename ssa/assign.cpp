// Assignments and definitions of variables.
//
// gc's order: what is to be evaluated ahead in the targets and then in the
// values; the rest of the values and of the targets; the stores, from left to
// right, each with the checks of its target.

#include "ssa/stmt_state.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;

TokenKind OperatorOf(TokenKind assign) {
  return static_cast<TokenKind>(static_cast<int>(assign) -
                                static_cast<int>(TokenKind::kAddAssign) +
                                static_cast<int>(TokenKind::kAdd));
}

}  // namespace

void FunctionBuilder::Assign(const ast::AssignStmt& stmt, ast::StmtId id) {
  const ExprSpan lhs = ExprsOf(tree(), stmt.lhs);
  const ExprSpan rhs = ExprsOf(tree(), stmt.rhs);
  const bool is_definition = stmt.op == TokenKind::kDefine;
  if (!is_definition && stmt.op != TokenKind::kAssign) {
    AssignOp(lhs[0], OperatorOf(stmt.op), rhs[0], stmt.op_pos, id);
  } else if (lhs.size() == 1 && rhs.size() == 1) {
    AssignOne(lhs[0], rhs[0], is_definition);
  } else if (rhs.size() == 1) {
    AssignTuple(lhs, rhs[0], is_definition);
  } else {
    AssignParallel(lhs, rhs, is_definition);
  }
}

// The variable that an identifier defines, null if it is none or blank.
static const types::Var* DefinedVar(const ast::Tree& tree,
                                    const types::Info& info, ast::ExprId expr) {
  if (tree.TryGet<ast::Ident>(expr) == nullptr) {
    return nullptr;
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(expr);
  const auto* const var = types::TryAs<types::Var>(info.DefinedObject(ident));
  return var == nullptr || var->name == nullptr || var->name->is_blank ? nullptr
                                                                       : var;
}

Location FunctionBuilder::TargetOf(ast::ExprId lhs, bool is_definition) {
  lhs = Unparen(tree(), lhs);
  if (tree().TryGet<ast::Ident>(lhs) == nullptr) {
    return LocationOf(lhs, true);
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
  const types::Name* const name = unit_->NameOf(ident);
  const source::Pos pos = tree().Get(ident).pos;
  if (name->is_blank) {
    Location blank;
    blank.pos = pos;
    blank.node = lhs;
    return blank;
  }
  if (is_definition) {
    if (const auto* const var =
            types::TryAs<types::Var>(info().DefinedObject(ident))) {
      Location variable;
      variable.kind = Location::Kind::kAddress;
      variable.base = AddLocal(var, pos);
      variable.type = Subst(var->type);
      variable.pos = pos;
      variable.node = lhs;
      return variable;
    }
  }
  return LocationOf(lhs, true);
}

void FunctionBuilder::StoreAssigned(const Location& location, Value value,
                                    source::Pos pos, ast::NodeId node) {
  StoreTo(location, location.type == nullptr
                        ? value
                        : Assigned(value, location.type, pos, node));
}

void FunctionBuilder::AssignOne(ast::ExprId lhs, ast::ExprId rhs,
                                bool is_definition) {
  const ast::ExprId target = Unparen(tree(), lhs);
  if (const types::Var* const var =
          is_definition ? DefinedVar(tree(), info(), target) : nullptr) {
    // What is defined is not seen by anything before it has its value, so that
    // a composite can be written in place.
    const types::Type* const type = Subst(var->type);
    const ast::ExprId value = Unparen(tree(), rhs);
    const types::Type* const under = types::Under(type);
    if (value.kind() == ast::NodeKind::kCompositeLit &&
        (under->kind == types::TypeKind::kStruct ||
         under->kind == types::TypeKind::kArray) &&
        types::Identical(type, TypeOf(value))) {
      const auto literal = ast::Ref<ast::CompositeLit>::FromNode(value);
      Ahead(rhs, false);
      if (!ahead_.contains(value.raw())) {
        CompositeInto(AddLocal(var, tree().TryGet<ast::Ident>(target)->pos),
                      literal);
        return;
      }
    }
    const Value result = OperandAs(rhs, type);
    StoreTo(TargetOf(target, true), result);
    return;
  }
  Ahead(lhs, true);
  Ahead(rhs, false);
  const auto* const ident = tree().TryGet<ast::Ident>(target);
  if (ident != nullptr &&
      unit_->NameOf(ast::Ref<ast::Ident>::FromNode(target))->is_blank) {
    Expr(rhs);
    return;
  }
  const Value value = ExprAs(rhs, TypeOf(target));
  StoreTo(LocationOf(target, false), value);
}

void FunctionBuilder::AssignParallel(std::span<const ast::ExprId> lhs,
                                     std::span<const ast::ExprId> rhs,
                                     bool is_definition) {
  for (const ast::ExprId expr : lhs) {
    Ahead(expr, true);
  }
  for (const ast::ExprId expr : rhs) {
    Ahead(expr, false);
  }
  SmallVector<Value, 4> values;
  std::vector<Location> targets;
  targets.reserve(lhs.size());
  for (size_t i = 0; i < lhs.size(); ++i) {
    targets.push_back(TargetOf(lhs[i], is_definition));
    const types::Type* const type = targets.back().type;
    values.push_back(type == nullptr ? Expr(rhs[i]) : ExprAs(rhs[i], type));
  }
  for (size_t i = 0; i < lhs.size(); ++i) {
    StoreTo(targets[i], values[i]);
  }
}

void FunctionBuilder::AssignTuple(std::span<const ast::ExprId> lhs,
                                  ast::ExprId rhs, bool is_definition) {
  for (const ast::ExprId expr : lhs) {
    Ahead(expr, true);
  }
  const ast::ExprId source = Unparen(tree(), rhs);
  Value tuple;
  if (source.kind() == ast::NodeKind::kCallExpr) {
    tuple = CallExpr(ast::Ref<ast::CallExpr>::FromNode(source));
  } else {
    tuple = CommaOkExpr(source);
  }
  const source::Pos pos = ast::Begin(tree(), rhs);
  SmallVector<Value, 4> values;
  for (uint32_t i = 0; i < lhs.size(); ++i) {
    values.push_back(Extract(tuple, i, pos, rhs));
  }
  StoreAll(lhs, values, is_definition, pos, rhs);
}

void FunctionBuilder::StoreAll(std::span<const ast::ExprId> lhs,
                               std::span<const Value> values,
                               bool is_definition, source::Pos pos,
                               ast::NodeId node) {
  std::vector<Location> targets;
  targets.reserve(lhs.size());
  for (const ast::ExprId expr : lhs) {
    targets.push_back(TargetOf(expr, is_definition));
  }
  for (size_t i = 0; i < lhs.size(); ++i) {
    if (targets[i].kind != Location::Kind::kBlank) {
      StoreAssigned(targets[i], values[i], pos, node);
    }
  }
}

void FunctionBuilder::AssignOp(ast::ExprId lhs, TokenKind op, ast::ExprId rhs,
                               source::Pos pos, ast::StmtId id) {
  Ahead(lhs, true);
  if (rhs.has_value()) {
    Ahead(rhs, false);
  }
  const Location location = LocationOf(Unparen(tree(), lhs), false);
  const bool is_map = location.kind == Location::Kind::kMapElement;
  const auto right = [&]() {
    return rhs.has_value()
               ? Expr(rhs)
               : draft_->ConstOf(location.type, types::constant::MakeInt64(1));
  };
  // gc has the value before it looks an element of a map up.
  Value y;
  if (is_map) {
    y = right();
  }
  const Value x = LoadFrom(location);
  if (!is_map) {
    y = right();
  }
  StoreTo(location, Binary(op, x, y, location.type, pos, id));
}

void FunctionBuilder::InitGlobals(std::span<const types::Var* const> lhs,
                                  ast::ExprId rhs) {
  const ast::ExprId source = Unparen(tree(), rhs);
  const source::Pos pos = ast::Begin(tree(), rhs);
  if (lhs.size() == 1) {
    if (lhs[0] == nullptr) {
      Operand(rhs);
      return;
    }
    const types::Type* const type = lhs[0]->type;
    const types::Type* const under = types::Under(type);
    Ahead(rhs, false);
    if (source.kind() == ast::NodeKind::kCompositeLit &&
        (under->kind == types::TypeKind::kStruct ||
         under->kind == types::TypeKind::kArray) &&
        types::Identical(type, TypeOf(source)) &&
        !ahead_.contains(source.raw())) {
      CompositeInto(VarAddress(lhs[0], false),
                    ast::Ref<ast::CompositeLit>::FromNode(source));
      return;
    }
    const Value value = ExprAs(rhs, type);
    Store(VarAddress(lhs[0], false), value, pos, rhs);
    return;
  }
  const Value tuple = source.kind() == ast::NodeKind::kCallExpr
                          ? CallExpr(ast::Ref<ast::CallExpr>::FromNode(source))
                          : CommaOkExpr(source);
  for (uint32_t i = 0; i < lhs.size(); ++i) {
    const Value value = Extract(tuple, i, pos, rhs);
    if (lhs[i] != nullptr) {
      Store(VarAddress(lhs[i], false), Assigned(value, lhs[i]->type, pos, rhs),
            pos, rhs);
    }
  }
}

}  // namespace gdlint::ssa
