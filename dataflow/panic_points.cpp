#include "dataflow/panic_points.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "dataflow/bounds.h"
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
      case Op::kRangePanic:
        // Of an iterator that misbehaves.
        return kNil;
      case Op::kMapUpdate:
        return KeySource(operands[0], operands[1]) |
               (IsMade(operands[0], Op::kMakeMap) ||
                        IsTestedNonNil(operands[0], inst)
                    ? static_cast<uint16_t>(kNoPanic)
                    : static_cast<uint16_t>(kNilMap));
      case Op::kLookup:
        return KeySource(operands[0], operands[1]);
      case Op::kSlice:
        return NilArraySource(operands[0], inst) |
               (SliceFits(function_, dominance_, inst)
                    ? static_cast<uint16_t>(kNoPanic)
                    : static_cast<uint16_t>(kRuntimeCheck));
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
        return MakeSource(inst);
      case Op::kMakeClosure:
        // A method of an interface.
        return operands.size() > 1 &&
                       types::IsInterface(function_.TypeOf(operands[1]))
                   ? NilSource(operands[1], inst)
                   : static_cast<uint16_t>(kNoPanic);
      case Op::kDefer:
      case Op::kGo:
        return ModeOf(inst) == CallMode::kInvoke
                   ? NilSource(operands[0], inst)
                   : static_cast<uint16_t>(kNoPanic);
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
      case BuiltinId::kDelete:
        return KeySource(operands[1], operands[2]);
      case BuiltinId::kSlice:
      case BuiltinId::kString:
        return kUnlikely;
      default:
        return kNoPanic;
    }
  }

  // --- nil ---

  uint16_t NilSource(Value value, const Inst& at) {
    rests_on_error_ = false;
    if (IsNonNil(value, at, kMaxDepth)) {
      return rests_on_error_ ? kUnlikely : kNoPanic;
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
    if (IsTestedNonNil(value, at)) {
      return true;
    }
    const bool is_result = IsResultWithoutError(made, at);
    rests_on_error_ |= is_result;
    return is_result;
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

  // Sizes of slices come from input at times; who makes a channel knows how
  // many it is to hold.
  uint16_t MakeSource(const Inst& inst) {
    const std::span<const Value> operands = function_.Operands(inst);
    const bool are_sizes = std::ranges::all_of(operands, [&](Value size) {
      return !size.has_value() || IsSize(size, inst);
    });
    if (are_sizes) {
      return CapacitySource(operands) | SizeSource(operands);
    }
    return inst.op == Op::kMakeChan ? kUnlikely : kRuntimeCheck;
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

  uint16_t IndexSource(Value indexed, Value index, const Inst& at) {
    return IndexFits(function_, dominance_, indexed, index, at) ? kNoPanic
                                                                : kRuntimeCheck;
  }

  // Of something that is made: not too large, if that can be seen.
  bool IsSize(Value size, const Inst& at) const {
    constexpr int64_t kLargest = int64_t{1} << 32;
    const auto number = ConstantOf(function_, size);
    return number && number->is_int64()
               ? number->int64() >= 0 && number->int64() <= kLargest
               : IsNotNegative(function_, dominance_, size, at);
  }

  uint16_t BinOpSource(const Inst& inst) {
    const auto operands = function_.Operands(inst);
    const types::Type* const type = function_.TypeOf(operands[1]);
    switch (static_cast<TokenKind>(inst.detail)) {
      case TokenKind::kQuo:
      case TokenKind::kRem:
        return !types::IsInteger(type) ||
                       IsNotZero(function_, dominance_, operands[1], inst)
                   ? kNoPanic
                   : kRuntimeCheck;
      case TokenKind::kShl:
      case TokenKind::kShr:
        return IsNotNegative(function_, dominance_, operands[1], inst)
                   ? kNoPanic
                   : kRuntimeCheck;
      case TokenKind::kEql:
      case TokenKind::kNeq:
        return IsAnyComparison(operands) ? static_cast<uint16_t>(kRuntimeCheck)
                                         : ComparisonSource(operands);
      default:
        return kNoPanic;
    }
  }

  // Of two interfaces that may hold what cannot be compared. Errors are
  // compared everywhere; constants and variables of packages can be compared.
  bool IsAnyComparison(std::span<const Value> operands) const {
    return std::ranges::all_of(operands, [&](Value value) {
      const types::Type* const type = function_.TypeOf(value);
      if (value.kind() == Value::Kind::kConst || !types::IsInterface(type) ||
          types::IsTypeParam(type)) {
        return false;
      }
      const types::Named* const named = types::AsNamed(type);
      if (named != nullptr && named->obj->package == nullptr) {
        return false;
      }
      if (!value.is_inst()) {
        return true;
      }
      const Inst& made = function_.inst(value.inst());
      return made.op != Op::kMakeInterface &&
             (made.op != Op::kLoad ||
              function_.Operands(made)[0].kind() != Value::Kind::kGlobal);
    });
  }

  // Also what IsAnyComparison takes to be sure.
  uint16_t ComparisonSource(std::span<const Value> operands) const {
    return std::ranges::any_of(operands,
                               [&](Value value) {
                                 return value.kind() == Value::Kind::kConst ||
                                        types::Comparable(
                                            function_.TypeOf(value), false);
                               })
               ? kNoPanic
           : std::ranges::any_of(
                 operands,
                 [&](Value value) {
                   return types::IsInterface(function_.TypeOf(value));
                 })
               ? kUnlikely
               : kUncomparable;
  }

  // --- maps and channels ---

  uint16_t KeySource(Value map, Value key) const {
    const auto* const type = types::UnderAs<types::Map>(function_.TypeOf(map));
    if (type == nullptr || types::Comparable(type->key, false)) {
      return kNoPanic;
    }
    if (!key.is_inst()) {
      return key.kind() == Value::Kind::kConst ? kNoPanic : kUncomparable;
    }
    const Inst& made = function_.inst(key.inst());
    if (made.op != Op::kMakeInterface) {
      return kUncomparable;
    }
    return types::Comparable(function_.TypeOf(function_.Operands(made)[0]),
                             false)
               ? kNoPanic
               : kUncomparable;
  }

  // There may not be enough memory for what is no constant.
  uint16_t SizeSource(std::span<const Value> operands) const {
    return std::ranges::all_of(operands,
                               [&](Value size) {
                                 return !size.has_value() ||
                                        ConstantOf(function_, size).has_value();
                               })
               ? kNoPanic
               : kUnlikely;
  }

  // Of a `make` with a length and a capacity, each of which is a size.
  uint16_t CapacitySource(std::span<const Value> operands) const {
    if (operands.size() < 2 || !operands[1].has_value()) {
      return kNoPanic;
    }
    const auto length = ConstantOf(function_, operands[0]);
    const auto capacity = ConstantOf(function_, operands[1]);
    const bool fits =
        operands[0] == operands[1] ||
        (length && length->is_int64() &&
         (length->int64() == 0 || (capacity && capacity->is_int64() &&
                                   capacity->int64() >= length->int64())));
    return fits ? kNoPanic : kUnlikely;
  }

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
    return IsMade(channel, Op::kMakeChan) ? kUnlikely : kChannel;
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
  // IsNonNil looked at an error to say so.
  bool rests_on_error_ = false;
};

}  // namespace

PanicPoints::PanicPoints(const ssa::Function& function, Analyses& analyses) {
  Finder finder(function, analyses.Get<Dominance>(function));
  sources_ = finder.Run();
  receivers_ = finder.Receivers();
}

}  // namespace gdlint::dataflow
