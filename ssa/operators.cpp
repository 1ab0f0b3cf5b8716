// Operators with two operands.

#include "ssa/function_builder.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

namespace {

bool IsUntypedNil(const types::Type* type) {
  return type == types::Typ(types::BasicKind::kUntypedNil);
}

}  // namespace

Value FunctionBuilder::LateBinary(ast::Ref<ast::BinaryExpr> ref) {
  const ast::BinaryExpr& binary = tree().Get(ref);
  const types::Type* const type = types::Default(TypeOf(ref));
  switch (binary.op) {
    case TokenKind::kLand:
    case TokenKind::kLor:
      return Logical(ref);
    case TokenKind::kEql:
    case TokenKind::kNeq:
    case TokenKind::kLss:
    case TokenKind::kLeq:
    case TokenKind::kGtr:
    case TokenKind::kGeq: {
      const Value x = Late(binary.x);
      const Value y = Late(binary.y);
      return Binary(binary.op, x, y, type, binary.op_pos, ref);
    }
    case TokenKind::kShl:
    case TokenKind::kShr: {
      const Value x = LateAs(binary.x, type);
      const Value y = Late(binary.y);
      return Binary(binary.op, x, y, type, binary.op_pos, ref);
    }
    default: {
      const Value x = LateAs(binary.x, type);
      const Value y = LateAs(binary.y, type);
      return Binary(binary.op, x, y, type, binary.op_pos, ref);
    }
  }
}

Value FunctionBuilder::Logical(ast::Ref<ast::BinaryExpr> ref) {
  const ast::BinaryExpr& binary = tree().Get(ref);
  const types::Type* const type = types::Default(TypeOf(ref));
  const bool is_and = binary.op == TokenKind::kLand;
  const Value result = AddTemp(type, binary.op_pos, ref);
  // The right side's value, or the constant that the left side decides on.
  Store(result, draft_->ConstOf(type, types::constant::MakeBool(!is_and)),
        binary.op_pos, ref);
  const BlockId right = NewBlock();
  const BlockId done = NewBlock();
  if (is_and) {
    Condition(binary.x, right, done);
  } else {
    Condition(binary.x, done, right);
  }
  SetBlock(right);
  Store(result, ExprAs(binary.y, type), binary.op_pos, ref);
  Jump(done, binary.op_pos);
  SetBlock(done);
  return LoadAs(type, result, binary.op_pos, ref);
}

Value FunctionBuilder::Binary(TokenKind op, Value x, Value y,
                              const types::Type* type, source::Pos pos,
                              ast::NodeId node) {
  switch (op) {
    case TokenKind::kEql:
    case TokenKind::kNeq:
    case TokenKind::kLss:
    case TokenKind::kLeq:
    case TokenKind::kGtr:
    case TokenKind::kGeq:
      break;
    case TokenKind::kShl:
    case TokenKind::kShr:
      // A constant count such as 1.0 has the type of its literal.
      if (const Const* const count = ConstantOf(y);
          count != nullptr && !types::IsInteger(count->type)) {
        y = draft_->ConstOf(
            types::Typ(types::BasicKind::kUint),
            types::constant::ToInt(types().arena(), count->value));
      }
      [[fallthrough]];
    default:
      return Emit(Op::kBinOp, type, pos, node, {x, y},
                  static_cast<uint8_t>(op));
  }
  const types::Type* const x_type = draft_->TypeOf(x);
  const types::Type* const y_type = draft_->TypeOf(y);
  if (x_type != y_type) {
    const bool x_is_interface = types::IsNonTypeParamInterface(x_type);
    const bool y_is_interface = types::IsNonTypeParamInterface(y_type);
    if (IsUntypedNil(x_type)) {
      x = ZeroOf(y_type);
    } else if (IsUntypedNil(y_type)) {
      y = ZeroOf(x_type);
    } else if (x_is_interface != y_is_interface) {
      if (x_is_interface) {
        y = Assigned(y, x_type, pos, node);
      } else {
        x = Assigned(x, y_type, pos, node);
      }
    } else if (!x_is_interface && !types::Identical(x_type, y_type)) {
      // One can be assigned to the other: a type without a name, or a channel
      // of both directions, gives way.
      const types::Chan* const chan = types::UnderAs<types::Chan>(x_type);
      const types::Chan* const other = types::UnderAs<types::Chan>(y_type);
      const bool x_gives_way =
          chan != nullptr && other != nullptr &&
                  chan->direction != other->direction
              ? chan->direction == types::ChanDirection::kBoth
              : !types::HasTypeName(x_type);
      if (x_gives_way) {
        x = Assigned(x, y_type, pos, node);
      } else {
        y = Assigned(y, x_type, pos, node);
      }
    }
  }
  if (type == nullptr) {
    type = types::Typ(types::BasicKind::kBool);
  }
  return Emit(Op::kBinOp, types::Default(type), pos, node, {x, y},
              static_cast<uint8_t>(op));
}

Value FunctionBuilder::Equal(Value x, Value y, source::Pos pos,
                             ast::NodeId node) {
  return Binary(TokenKind::kEql, x, y, nullptr, pos, node);
}

}  // namespace gdlint::ssa
