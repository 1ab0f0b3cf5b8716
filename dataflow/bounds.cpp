#include "dataflow/bounds.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "types/constant.h"
#include "types/object.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using lexer::TokenKind;
using ssa::CallMode;
using ssa::Inst;
using ssa::Op;
using ssa::Value;
using types::BuiltinId;

// Phis of phis, sums of sums.
constexpr int kMaxDepth = 6;

class Prover {
 public:
  Prover(const ssa::Function& function, const Dominance& dominance)
      : function_(function), dominance_(dominance) {}

  static const types::Array* ArrayOf(const types::Type* type) {
    if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
      type = pointer->elem;
    }
    return types::UnderAs<types::Array>(type);
  }

  bool IndexFits(Value indexed, Value index, const Inst& at) {
    const types::Type* const type = function_.TypeOf(indexed);
    const types::Array* const array = ArrayOf(type);
    const auto number = IntOf(index);
    if (array != nullptr) {
      return number ? *number >= 0 && *number < array->length
                    : IsBelow(index, array->length, at);
    }
    if (number) {
      return *number >= 0 && IsLongerThan(indexed, *number, at);
    }
    return IsBelowLength(index, indexed, at) && IsNotNegative(index, at);
  }

  bool SliceFits(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    const Value sliced = operands[0];
    const auto fits = [&](Value bound) {
      if (!bound.has_value() || IntOf(bound) == 0) {
        return true;
      }
      if (const auto number = IntOf(bound)) {
        const types::Array* const array = ArrayOf(function_.TypeOf(sliced));
        return (array != nullptr && *number <= array->length) ||
               IsLongerThan(sliced, *number - 1, inst);
      }
      return IsLengthOf(bound, sliced) ||
             (IsNotNegative(bound, inst) &&
              dominance_.AnyCondition(
                  inst.block, [&](Value condition, bool is_true) {
                    return IsLess(condition, is_true, bound,
                                  [&](Value limit, bool) {
                                    return IsLengthOf(limit, sliced);
                                  });
                  }));
    };
    // `x[low:high]` with both needs low <= high too.
    const bool has_both = operands[1].has_value() && IntOf(operands[1]) != 0 &&
                          operands[2].has_value() &&
                          !IsLengthOf(operands[2], sliced);
    return fits(operands[1]) && fits(operands[2]) && fits(operands[3]) &&
           !has_both;
  }

  std::optional<int64_t> IntOf(Value value) const {
    if (value.kind() != Value::Kind::kConst) {
      return std::nullopt;
    }
    const types::Value constant = function_.consts()[value.index()].value;
    return constant.is_int64() ? std::optional(constant.int64()) : std::nullopt;
  }

  bool IsBuiltinCall(const Inst& inst, BuiltinId id) const {
    return inst.op == Op::kCall && ModeOf(inst) == CallMode::kBuiltin &&
           function_.Operands(inst)[0].index() == static_cast<uint32_t>(id);
  }

  bool IsNotNegative(Value value, const Inst& at, int depth = kMaxDepth) {
    if (const auto number = IntOf(value)) {
      return *number >= 0;
    }
    const types::Type* const type = function_.TypeOf(value);
    if (type != nullptr && types::IsUnsigned(type)) {
      return true;
    }
    if (value.is_inst() && depth > 0 &&
        IsMadeNotNegative(function_.inst(value.inst()), value, at, depth)) {
      return true;
    }
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return AtLeast(condition, is_true, value) >= 0;
        });
  }

  bool IsMadeNotNegative(const Inst& made, Value value, const Inst& at,
                         int depth) {
    const auto operands = function_.Operands(made);
    const auto is_not_negative = [&](Value v) {
      return v == value || IsNotNegative(v, at, depth - 1);
    };
    switch (made.op) {
      case Op::kPhi:
        return std::ranges::all_of(operands, [&](Value v) {
          return is_not_negative(v) || IsIncrementOf(v, value);
        });
      case Op::kCall:
        return IsBuiltinCall(made, BuiltinId::kLen) ||
               IsBuiltinCall(made, BuiltinId::kCap) ||
               IsBuiltinCall(made, BuiltinId::kCopy);
      case Op::kConvert:
        return is_not_negative(operands[0]);
      case Op::kExtract:
        // Indexes of strings.
        return operands[0].is_inst() &&
               function_.inst(operands[0].inst()).op == Op::kNext;
      case Op::kBinOp:
        switch (static_cast<TokenKind>(made.detail)) {
          case TokenKind::kAdd:
          case TokenKind::kMul:
          case TokenKind::kQuo:
            return std::ranges::all_of(operands, is_not_negative);
          case TokenKind::kRem:
          case TokenKind::kShr:
            return is_not_negative(operands[0]);
          case TokenKind::kAnd:
            return std::ranges::any_of(operands, is_not_negative);
          default:
            return false;
        }
      default:
        return false;
    }
  }

  // `value + 1`.
  bool IsIncrementOf(Value sum, Value value) const {
    if (!sum.is_inst()) {
      return false;
    }
    const Inst& inst = function_.inst(sum.inst());
    if (inst.op != Op::kBinOp ||
        static_cast<TokenKind>(inst.detail) != TokenKind::kAdd) {
      return false;
    }
    const auto operands = function_.Operands(inst);
    return operands[0] == value && IntOf(operands[1]).value_or(-1) > 0;
  }

  // The least that `value` can be where `condition` is `is_true`; the least of
  // all numbers if that says nothing about it.
  int64_t AtLeast(Value condition, bool is_true, Value value) const {
    constexpr int64_t kUnknown = INT64_MIN;
    if (!condition.is_inst()) {
      return kUnknown;
    }
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kBinOp) {
      return kUnknown;
    }
    const auto operands = function_.Operands(inst);
    const bool is_left = LooksSame(function_, operands[0], value);
    const auto bound = IntOf(operands[is_left ? 1 : 0]);
    if (!bound || (!is_left && !LooksSame(function_, operands[1], value))) {
      return kUnknown;
    }
    TokenKind op = static_cast<TokenKind>(inst.detail);
    if (!is_left) {
      op = Mirrored(op);
    }
    if (!is_true) {
      op = Negated(op);
    }
    switch (op) {
      case TokenKind::kEql:
      case TokenKind::kGeq:
        return *bound;
      case TokenKind::kGtr:
        return *bound < INT64_MAX ? *bound + 1 : *bound;
      case TokenKind::kNeq:
        // A length, which cannot be less than 0.
        return *bound == 0 && IsLength(value) ? 1 : kUnknown;
      default:
        return kUnknown;
    }
  }

  bool IsLength(Value value) const {
    return value.is_inst() &&
           IsBuiltinCall(function_.inst(value.inst()), BuiltinId::kLen);
  }

  // `x op y` as `y op' x`.
  static TokenKind Mirrored(TokenKind op) {
    switch (op) {
      case TokenKind::kLss:
        return TokenKind::kGtr;
      case TokenKind::kLeq:
        return TokenKind::kGeq;
      case TokenKind::kGtr:
        return TokenKind::kLss;
      case TokenKind::kGeq:
        return TokenKind::kLeq;
      default:
        return op;
    }
  }

  static TokenKind Negated(TokenKind op) {
    switch (op) {
      case TokenKind::kLss:
        return TokenKind::kGeq;
      case TokenKind::kLeq:
        return TokenKind::kGtr;
      case TokenKind::kGtr:
        return TokenKind::kLeq;
      case TokenKind::kGeq:
        return TokenKind::kLss;
      case TokenKind::kEql:
        return TokenKind::kNeq;
      case TokenKind::kNeq:
        return TokenKind::kEql;
      default:
        return TokenKind::kIllegal;
    }
  }

  // `condition` compares by `op`, and `fn` holds for its operands, in whichever
  // order.
  template <typename Fn>
  bool IsComparison(Value condition, TokenKind op, const Fn& fn) const {
    if (!condition.is_inst()) {
      return false;
    }
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kBinOp || static_cast<TokenKind>(inst.detail) != op) {
      return false;
    }
    const auto operands = function_.Operands(inst);
    return fn(operands[0], operands[1]) || fn(operands[1], operands[0]);
  }

  bool IsNotZero(Value value, const Inst& at) {
    if (const auto number = IntOf(value)) {
      return *number != 0;
    }
    if (value.is_inst() && function_.inst(value.inst()).op == Op::kConvert &&
        IsNotZero(function_.Operands(function_.inst(value.inst()))[0], at)) {
      return true;
    }
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return AtLeast(condition, is_true, value) > 0 ||
                 IsComparison(
                     condition, is_true ? TokenKind::kNeq : TokenKind::kEql,
                     [&](Value x, Value y) {
                       return IntOf(y) == 0 && LooksSame(function_, x, value);
                     });
        });
  }

  // An index of an array of this length, by its type or a test before.
  bool IsBelow(Value index, int64_t length, const Inst& at) {
    const auto* const basic =
        types::UnderAs<types::Basic>(function_.TypeOf(index));
    if (basic != nullptr && basic->basic == types::BasicKind::kUint8 &&
        length >= 256) {
      return true;
    }
    if (!IsNotNegative(index, at)) {
      return false;
    }
    if (index.is_inst()) {
      const Inst& made = function_.inst(index.inst());
      if (made.op == Op::kBinOp) {
        const auto right = IntOf(function_.Operands(made)[1]);
        const TokenKind op = static_cast<TokenKind>(made.detail);
        if (right && ((op == TokenKind::kRem && *right <= length) ||
                      (op == TokenKind::kAnd && *right < length))) {
          return true;
        }
      }
    }
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return IsLess(condition, is_true, index, [&](Value bound, bool less) {
            const auto number = IntOf(bound);
            return number && *number <= length - (less ? 0 : 1);
          });
        });
  }

  // `index < len(indexed)` was tested.
  bool IsBelowLength(Value index, Value indexed, const Inst& at) {
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return IsLess(condition, is_true, index, [&](Value bound, bool less) {
            return less && IsLengthOf(bound, indexed);
          });
        });
  }

  // `length` is `len(sized)`, or what `sized` was made with.
  bool IsLengthOf(Value length, Value sized) const {
    if (length.is_inst()) {
      const Inst& inst = function_.inst(length.inst());
      if (IsBuiltinCall(inst, BuiltinId::kLen)) {
        if (LooksSame(function_, function_.Operands(inst)[1], sized)) {
          return true;
        }
      }
    }
    if (!sized.is_inst()) {
      return false;
    }
    const Inst& made = function_.inst(sized.inst());
    return made.op == Op::kMakeSlice &&
           LooksSame(function_, function_.Operands(made)[0], length);
  }

  // The condition says `value < bound` (less) or `value <= bound`, and `fn`
  // holds for that bound.
  template <typename Fn>
  bool IsLess(Value condition, bool is_true, Value value, const Fn& fn) const {
    if (!condition.is_inst()) {
      return false;
    }
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kBinOp) {
      return false;
    }
    const auto operands = function_.Operands(inst);
    for (const bool is_left : {true, false}) {
      if (!LooksSame(function_, operands[is_left ? 0 : 1], value)) {
        continue;
      }
      TokenKind op = static_cast<TokenKind>(inst.detail);
      op = is_left ? op : Mirrored(op);
      op = is_true ? op : Negated(op);
      if ((op == TokenKind::kLss || op == TokenKind::kLeq) &&
          fn(operands[is_left ? 1 : 0], op == TokenKind::kLss)) {
        return true;
      }
    }
    return false;
  }

  // `len(sized) > number`.
  bool IsLongerThan(Value sized, int64_t number, const Inst& at) {
    if (number < 0) {
      return true;
    }
    if (sized.is_inst()) {
      const Inst& made = function_.inst(sized.inst());
      if (made.op == Op::kMakeSlice &&
          IntOf(function_.Operands(made)[0]).value_or(-1) > number) {
        return true;
      }
      if (made.op == Op::kSlice) {
        const auto operands = function_.Operands(made);
        const types::Array* const array =
            ArrayOf(function_.TypeOf(operands[0]));
        if (array != nullptr && !operands[1].has_value() &&
            !operands[2].has_value()) {
          return array->length > number;
        }
      }
    }
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return IsLengthAtLeast(condition, is_true, sized, number + 1);
        });
  }

  bool IsLengthAtLeast(Value condition, bool is_true, Value sized,
                       int64_t least) const {
    if (!condition.is_inst()) {
      return false;
    }
    const Inst& inst = function_.inst(condition.inst());
    if (inst.op != Op::kBinOp) {
      return false;
    }
    for (const Value operand : function_.Operands(inst)) {
      if (operand.is_inst() && IsLength(operand) &&
          IsLengthOf(operand, sized) &&
          AtLeast(condition, is_true, operand) >= least) {
        return true;
      }
      // `s != ""`.
      if (LooksSame(function_, operand, sized) && least == 1 &&
          IsComparison(condition, is_true ? TokenKind::kNeq : TokenKind::kEql,
                       [&](Value, Value y) { return IsEmptyString(y); })) {
        return true;
      }
    }
    return false;
  }

  bool IsEmptyString(Value value) const {
    if (value.kind() != Value::Kind::kConst) {
      return false;
    }
    const types::Value constant = function_.consts()[value.index()].value;
    return constant.kind() == types::ConstantKind::kString &&
           types::constant::StringSize(constant) == 0;
  }

  const ssa::Function& function_;
  const Dominance& dominance_;
};

}  // namespace

bool IsNotNegative(const ssa::Function& function, const Dominance& dominance,
                   Value value, const Inst& at) {
  return Prover(function, dominance).IsNotNegative(value, at);
}

bool IsNotZero(const ssa::Function& function, const Dominance& dominance,
               Value value, const Inst& at) {
  return Prover(function, dominance).IsNotZero(value, at);
}

bool IndexFits(const ssa::Function& function, const Dominance& dominance,
               Value indexed, Value index, const Inst& at) {
  return Prover(function, dominance).IndexFits(indexed, index, at);
}

bool SliceFits(const ssa::Function& function, const Dominance& dominance,
               const Inst& slice) {
  return Prover(function, dominance).SliceFits(slice);
}

}  // namespace gdlint::dataflow
