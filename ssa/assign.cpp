// Assignments and definitions of variables.
//
// gc's order: what is to be evaluated ahead in the targets and then in the
// values; the rest of the values and of the targets; the stores, from left to
// right, each with the checks of its target.

#include "ssa/ident_text.h"
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

const types::Type* FunctionBuilder::TypeOfTarget(ast::ExprId lhs,
                                                 bool is_definition) {
  lhs = Unparen(lhs);
  if (lhs.kind() != ast::NodeKind::kIdent) {
    return TypeOf(lhs);
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
  if (IsBlank(*unit_, ident) && !is_definition) {
    return nullptr;
  }
  // Identifiers that a `:=` assigns to have no type on record.
  const types::Object* const object = info().ObjectOf(ident);
  return object == nullptr ? nullptr : Subst(object->type);
}

Location FunctionBuilder::TargetOf(ast::ExprId lhs, bool is_definition) {
  lhs = Unparen(lhs);
  if (lhs.kind() != ast::NodeKind::kIdent) {
    return LateLocation(lhs);
  }
  const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
  Location location;
  location.pos = PosOf(lhs);
  location.node = lhs;
  if (IsBlank(*unit_, ident)) {
    return location;
  }
  const auto* const var = types::TryAs<types::Var>(info().ObjectOf(ident));
  location.kind = Location::Kind::kAddress;
  location.base = is_definition && info().IsDefinition(ident)
                      ? AddLocal(var, location.pos)
                      : VarAddress(var, false);
  location.type = Subst(var->type);
  return location;
}

void FunctionBuilder::StoreAssigned(const Location& location, Value value,
                                    source::Pos pos, ast::NodeId node) {
  StoreTo(location, location.type == nullptr
                        ? value
                        : Assigned(value, location.type, pos, node));
}

bool FunctionBuilder::InitInPlace(const types::Var* var, ast::ExprId rhs) {
  const types::Type* const type = Subst(var->type);
  const types::Type* const under = types::Under(type);
  rhs = Unparen(rhs);
  if (rhs.kind() != ast::NodeKind::kCompositeLit ||
      (under->kind != types::TypeKind::kStruct &&
       under->kind != types::TypeKind::kArray) ||
      !types::Identical(type, TypeOf(rhs))) {
    return false;
  }
  Ahead(rhs, false);
  const Value address = var->var_kind == types::VarKind::kPackageVar
                            ? VarAddress(var, false)
                            : AddLocal(var, var->place.pos);
  if (const auto known = ahead_.find(rhs.raw()); known != ahead_.end()) {
    Store(address, known->second, PosOf(rhs), rhs);
  } else {
    LateLiteralInto(address, ast::Ref<ast::CompositeLit>::FromNode(rhs));
  }
  return true;
}

void FunctionBuilder::AssignOne(ast::ExprId lhs, ast::ExprId rhs,
                                bool is_definition) {
  lhs = Unparen(lhs);
  const types::Type* const type = TypeOfTarget(lhs, is_definition);
  if (lhs.kind() == ast::NodeKind::kIdent) {
    const auto ident = ast::Ref<ast::Ident>::FromNode(lhs);
    if (IsBlank(*unit_, ident)) {
      type == nullptr ? Expr(rhs) : ExprAs(rhs, type);
      return;
    }
    // Nothing sees a new variable before it has its value.
    if (is_definition && info().IsDefinition(ident) &&
        InitInPlace(types::TryAs<types::Var>(info().DefinedObject(ident)),
                    rhs)) {
      return;
    }
  }
  Ahead(lhs, true);
  AheadAs(rhs, type);
  const Value value = LateAs(rhs, type);
  StoreTo(TargetOf(lhs, is_definition), value);
}

void FunctionBuilder::AssignParallel(std::span<const ast::ExprId> lhs,
                                     std::span<const ast::ExprId> rhs,
                                     bool is_definition) {
  SmallVector<const types::Type*, 4> types;
  for (const ast::ExprId expr : lhs) {
    types.push_back(TypeOfTarget(expr, is_definition));
    Ahead(expr, true);
  }
  for (size_t i = 0; i < rhs.size(); ++i) {
    AheadAs(rhs[i], types[i]);
  }
  SmallVector<Value, 4> values;
  std::vector<Location> targets;
  targets.reserve(lhs.size());
  for (size_t i = 0; i < lhs.size(); ++i) {
    targets.push_back(TargetOf(lhs[i], is_definition));
    values.push_back(types[i] == nullptr ? Late(rhs[i])
                                         : LateAs(rhs[i], types[i]));
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
  const Value tuple = TupleOf(rhs);
  const source::Pos pos = PosOf(rhs);
  SmallVector<Value, 4> values;
  for (uint32_t i = 0; i < lhs.size(); ++i) {
    values.push_back(Extract(tuple, i, pos, rhs));
  }
  StoreAll(lhs, values, is_definition, pos, rhs);
}

Value FunctionBuilder::TupleOf(ast::ExprId expr) {
  expr = Unparen(expr);
  return expr.kind() == ast::NodeKind::kCallExpr
             ? CallExpr(ast::Ref<ast::CallExpr>::FromNode(expr))
             : CommaOkExpr(expr);
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
  lhs = Unparen(lhs);
  Ahead(lhs, true);
  if (rhs.has_value()) {
    Ahead(rhs, false);
  }
  Location location = LateLocation(lhs);
  const auto right = [&]() {
    return rhs.has_value()
               ? Late(rhs)
               : ConstantAs(location.type, types::constant::MakeInt64(1));
  };
  // gc has the value before it looks an element of a map up.
  Value y;
  const bool is_map = location.kind == Location::Kind::kMapElement;
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
  const source::Pos pos = PosOf(rhs);
  if (lhs.size() == 1) {
    if (lhs[0] == nullptr) {
      Expr(rhs);
    } else if (!InitInPlace(lhs[0], rhs)) {
      const Value value = ExprAs(rhs, lhs[0]->type);
      Store(VarAddress(lhs[0], false), value, pos, rhs);
    }
    return;
  }
  const Value tuple = TupleOf(rhs);
  for (uint32_t i = 0; i < lhs.size(); ++i) {
    if (lhs[i] != nullptr) {
      const Value value = Extract(tuple, i, pos, rhs);
      Store(VarAddress(lhs[i], false), Assigned(value, lhs[i]->type, pos, rhs),
            pos, rhs);
    }
  }
}

}  // namespace gdlint::ssa
