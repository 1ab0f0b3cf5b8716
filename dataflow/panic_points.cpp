#include "dataflow/panic_points.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "dataflow/values.h"
#include "types/constant.h"
#include "types/object.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using lexer::TokenKind;
using ssa::BlockId;
using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using types::BuiltinId;

// Phis of phis, sums of sums.
constexpr int kMaxDepth = 6;

CallMode ModeOf(const Inst& call) {
  return static_cast<CallMode>(call.detail & ssa::kCallModeMask);
}

class Finder {
 public:
  Finder(const ssa::Function& function, const Dominance& dominance)
      : function_(function), dominance_(dominance) {}

  std::vector<uint16_t> Run() {
    CollectDereferences();
    std::vector<uint16_t> sources;
    sources.reserve(function_.insts().size());
    for (const Inst& inst : function_.insts()) {
      sources.push_back(SourcesOf(inst));
    }
    return sources;
  }

  std::map<InstId, uint16_t> Receivers() {
    std::map<InstId, uint16_t> receivers;
    for (const Inst& inst : function_.insts()) {
      if ((inst.op == Op::kCall || inst.op == Op::kDefer ||
           inst.op == Op::kGo) &&
          IsPointerMethodCall(inst)) {
        const uint16_t source = NilSource(function_.Operands(inst)[1], inst);
        if (source != kNoPanic) {
          receivers[function_.IdOf(inst)] = source;
        }
      }
    }
    return receivers;
  }

 private:
  bool IsPointerMethodCall(const Inst& call) const {
    if (ModeOf(call) != CallMode::kStatic) {
      return false;
    }
    const auto operands = function_.Operands(call);
    const types::Func* const func =
        function_.callees()[operands[0].index()].key.func;
    return func != nullptr && func->is_method() && operands.size() > 1 &&
           types::UnderAs<types::Pointer>(function_.TypeOf(operands[1])) !=
               nullptr;
  }

  uint16_t SourcesOf(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    switch (inst.op) {
      case Op::kLoad:
      case Op::kStore:
      case Op::kFieldAddr:
        return NilSource(operands[0], inst);
      case Op::kIndexAddr:
        return NilArraySource(operands[0], inst) |
               IndexSource(operands[0], operands[1], inst);
      case Op::kIndex:
        return IndexSource(operands[0], operands[1], inst);
      case Op::kMapUpdate:
        return IsMade(operands[0], Op::kMakeMap) ||
                       IsTestedNonNil(operands[0], inst)
                   ? kNoPanic
                   : kNilMap;
      case Op::kSlice:
        return SliceSource(inst);
      case Op::kBinOp:
        return BinOpSource(inst);
      case Op::kSend:
        return ChannelSource(operands[0]);
      case Op::kSelect:
        return SelectSource(inst);
      case Op::kTypeAssert:
        return inst.detail == ssa::kCommaOk ? kNoPanic : kRuntimeCheck;
      case Op::kSliceToArrayPointer:
        return kRuntimeCheck;
      case Op::kMakeSlice:
      case Op::kMakeChan:
        return std::ranges::all_of(operands,
                                   [&](Value size) {
                                     return !size.has_value() ||
                                            IsNotNegative(size, inst);
                                   })
                   ? kNoPanic
                   : kRuntimeCheck;
      case Op::kCall:
        return CallSource(inst);
      case Op::kPanic:
        return kPanicStatement;
      default:
        return kNoPanic;
    }
  }

  uint16_t CallSource(const Inst& call) {
    const auto operands = function_.Operands(call);
    switch (ModeOf(call)) {
      case CallMode::kStatic:
        return kNoPanic;
      case CallMode::kDynamic:
      case CallMode::kInvoke:
        return NilSource(operands[0], call);
      case CallMode::kBuiltin:
        break;
    }
    switch (static_cast<BuiltinId>(operands[0].index())) {
      case BuiltinId::kPanic:
        return kPanicStatement;
      case BuiltinId::kClose:
        return ChannelSource(operands[1]);
      default:
        return kNoPanic;
    }
  }

  // --- nil ---

  uint16_t NilSource(Value value, const Inst& at) {
    if (IsNonNil(value, at, kMaxDepth)) {
      return kNoPanic;
    }
    if (value.kind() != Value::Kind::kParam) {
      return kNil;
    }
    const types::Var* const var = function_.params()[value.index()].var;
    return var != nullptr && var->var_kind == types::VarKind::kRecvVar
               ? kNilReceiver
               : kNilParam;
  }

  uint16_t NilArraySource(Value value, const Inst& at) {
    return types::UnderAs<types::Pointer>(function_.TypeOf(value)) == nullptr
               ? static_cast<uint16_t>(kNoPanic)
               : NilSource(value, at);
  }

  bool IsNonNil(Value value, const Inst& at, int depth) {
    switch (value.kind()) {
      case Value::Kind::kFreeVar:
      case Value::Kind::kGlobal:
      case Value::Kind::kFunction:
      case Value::Kind::kBuiltin:
        return true;
      case Value::Kind::kInst:
        break;
      default:
        return IsTestedNonNil(value, at);
    }
    const Inst& made = function_.inst(value.inst());
    switch (made.op) {
      case Op::kAlloc:
      case Op::kFieldAddr:
      case Op::kIndexAddr:
      case Op::kMakeClosure:
      case Op::kMakeInterface:
      case Op::kMakeMap:
      case Op::kMakeChan:
      case Op::kMakeSlice:
        return true;
      case Op::kChangeType:
      case Op::kChangeInterface:
        return IsNonNil(function_.Operands(made)[0], at, depth - 1);
      case Op::kPhi:
        if (depth > 0 &&
            std::ranges::all_of(function_.Operands(made), [&](Value v) {
              return v == value || IsNonNil(v, at, depth - 1);
            })) {
          return true;
        }
        break;
      case Op::kLoad:
        if (depth > 0 && IsAlwaysSetNonNil(value)) {
          return true;
        }
        break;
      default:
        break;
    }
    return IsTestedNonNil(value, at) || IsResultWithoutError(made, at);
  }

  // A load of a local variable that only ever gets what was made anew.
  bool IsAlwaysSetNonNil(Value load) const {
    const Origins origins = OriginsOf(function_, load);
    return origins.is_complete && !origins.may_be_zero &&
           std::ranges::all_of(origins.values, [](const Origin& origin) {
             return IsMadeAnew(origin);
           });
  }

  static bool IsMadeAnew(const Origin& origin) {
    switch (origin.value.kind()) {
      case Value::Kind::kFunction:
      case Value::Kind::kGlobal:
      case Value::Kind::kFreeVar:
        return true;
      case Value::Kind::kInst:
        break;
      default:
        return false;
    }
    switch (origin.function->inst(origin.value.inst()).op) {
      case Op::kAlloc:
      case Op::kFieldAddr:
      case Op::kIndexAddr:
      case Op::kMakeClosure:
      case Op::kMakeInterface:
      case Op::kMakeMap:
      case Op::kMakeChan:
      case Op::kMakeSlice:
        return true;
      default:
        return false;
    }
  }

  bool IsNil(Value value) const {
    return value.kind() == Value::Kind::kConst &&
           function_.consts()[value.index()].value.is_unknown();
  }

  // A branch before, or a dereference, has shown that it is not nil.
  bool IsTestedNonNil(Value value, const Inst& at) {
    if (const auto used = dereferences_.find(KeyOf(value));
        used != dereferences_.end()) {
      const InstId here = function_.IdOf(at);
      if (std::ranges::any_of(used->second, [&](InstId before) {
            return dominance_.Precedes(before, here);
          })) {
        return true;
      }
    }
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return IsComparison(
              condition, is_true ? TokenKind::kNeq : TokenKind::kEql,
              [&](Value x, Value y) {
                return IsNil(y) && LooksSame(function_, x, value);
              });
        });
  }

  // `x` of `x, err := f()` where `err` is nil here.
  bool IsResultWithoutError(const Inst& made, const Inst& at) {
    if (made.op != Op::kExtract) {
      return false;
    }
    const Value tuple = function_.Operands(made)[0];
    return dominance_.AnyCondition(
        at.block, [&](Value condition, bool is_true) {
          return IsComparison(
              condition, is_true ? TokenKind::kEql : TokenKind::kNeq,
              [&](Value x, Value y) {
                if (!x.is_inst() || !IsNil(y)) {
                  return false;
                }
                const Inst& error = function_.inst(x.inst());
                return error.op == Op::kExtract && error.aux != made.aux &&
                       function_.Operands(error)[0] == tuple;
              });
        });
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

  static uint64_t KeyOf(Value value) {
    return static_cast<uint64_t>(value.kind()) << 32 | value.index();
  }

  void CollectDereferences() {
    for (const Inst& inst : function_.insts()) {
      const bool dereferences =
          inst.op == Op::kLoad || inst.op == Op::kStore ||
          inst.op == Op::kFieldAddr ||
          (inst.op == Op::kCall && (ModeOf(inst) == CallMode::kInvoke ||
                                    ModeOf(inst) == CallMode::kDynamic));
      if (dereferences) {
        dereferences_[KeyOf(function_.Operands(inst)[0])].push_back(
            function_.IdOf(inst));
      }
    }
  }

  // --- numbers ---

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

  uint16_t BinOpSource(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    const types::Type* const type = function_.TypeOf(operands[1]);
    switch (static_cast<TokenKind>(inst.detail)) {
      case TokenKind::kQuo:
      case TokenKind::kRem:
        return !types::IsInteger(type) || IsNotZero(operands[1], inst)
                   ? kNoPanic
                   : kRuntimeCheck;
      case TokenKind::kShl:
      case TokenKind::kShr:
        return IsNotNegative(operands[1], inst) ? kNoPanic : kRuntimeCheck;
      case TokenKind::kEql:
      case TokenKind::kNeq:
        return IsAnyComparison(operands) ? kRuntimeCheck : kNoPanic;
      default:
        return kNoPanic;
    }
  }

  // Of two values of type `any`, which may hold what cannot be compared.
  bool IsAnyComparison(std::span<const Value> operands) const {
    return std::ranges::all_of(operands, [&](Value value) {
      if (value.kind() == Value::Kind::kConst) {
        return false;
      }
      const auto* const type =
          types::UnderAs<types::Interface>(function_.TypeOf(value));
      return type != nullptr && type->methods.empty() &&
             type->embeddeds.empty() &&
             !(value.is_inst() &&
               function_.inst(value.inst()).op == Op::kMakeInterface);
    });
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

  // --- bounds ---

  static const types::Array* ArrayOf(const types::Type* type) {
    if (const auto* const pointer = types::UnderAs<types::Pointer>(type)) {
      type = pointer->elem;
    }
    return types::UnderAs<types::Array>(type);
  }

  uint16_t IndexSource(Value indexed, Value index, const Inst& at) {
    const types::Type* const type = function_.TypeOf(indexed);
    const types::Array* const array = ArrayOf(type);
    const auto number = IntOf(index);
    if (array != nullptr) {
      return number || IsBelow(index, array->length, at) ? kNoPanic
                                                         : kRuntimeCheck;
    }
    if (number) {
      return IsLongerThan(indexed, *number, at) ? kNoPanic : kRuntimeCheck;
    }
    return IsBelowLength(index, indexed, at) && IsNotNegative(index, at)
               ? kNoPanic
               : kRuntimeCheck;
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

  uint16_t SliceSource(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    const Value sliced = operands[0];
    const uint16_t nil = NilArraySource(sliced, inst);
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
                   !has_both
               ? nil
               : nil | kRuntimeCheck;
  }

  // --- maps and channels ---

  // Each value that it may be was made by `op` in this function or one around
  // it.
  bool IsMade(Value value, Op op) const {
    const Origins origins = OriginsOf(function_, value);
    return origins.is_complete && !origins.values.empty() &&
           std::ranges::all_of(origins.values, [&](const Origin& origin) {
             return origin.value.is_inst() &&
                    origin.function->inst(origin.value.inst()).op == op;
           });
  }

  // A channel that was made here is taken to be closed once, by who sends on
  // it.
  uint16_t ChannelSource(Value channel) const {
    return IsMade(channel, Op::kMakeChan) ? kNoPanic : kChannel;
  }

  uint16_t SelectSource(const Inst& inst) const {
    const auto& states = function_.selects()[inst.aux];
    const auto operands = function_.Operands(inst);
    uint16_t sources = kNoPanic;
    for (size_t n = 0; n < states.size(); ++n) {
      if (states[n].is_send) {
        sources |= ChannelSource(operands[2 * n]);
      }
    }
    return sources;
  }

  const ssa::Function& function_;
  const Dominance& dominance_;
  std::map<uint64_t, std::vector<InstId>> dereferences_;
};

}  // namespace

PanicPoints::PanicPoints(const ssa::Function& function, Analyses& analyses) {
  Finder finder(function, analyses.Get<Dominance>(function));
  sources_ = finder.Run();
  receivers_ = finder.Receivers();
}

}  // namespace gdlint::dataflow
