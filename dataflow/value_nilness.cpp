#include "dataflow/value_nilness.h"

#include "dataflow/accesses.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

constexpr uint8_t kBoth = kMayBeNil | kMayBeNonNil;
// Calls whose results are those of other calls.
constexpr int kMaxDepth = 4;

class NilnessFinder {
 public:
  NilnessFinder(const ProgramState& state, std::span<const Summary> summaries,
                const Function& asked_in)
      : state_(state), summaries_(summaries), asked_in_(&asked_in) {}

  uint8_t Find(const Function& function, Value value, int depth) const {
    const Origins origins = OriginsOf(function, value);
    uint8_t nilness = origins.may_be_zero ? kMayBeNil : 0;
    for (const Origin& origin : origins.values) {
      nilness |= OfOrigin(*origin.function, origin.value, depth);
      if (nilness == kBoth) {
        break;
      }
    }
    return origins.is_complete && nilness != 0 ? nilness : kBoth;
  }

 private:
  uint8_t OfOrigin(const Function& function, Value value, int depth) const {
    switch (value.kind()) {
      case Value::Kind::kConst:
        return IsNilConst(function, value) ? kMayBeNil : kMayBeNonNil;
      case Value::Kind::kFunction:
      case Value::Kind::kGlobal:
      case Value::Kind::kFreeVar:
        return kMayBeNonNil;
      case Value::Kind::kInst:
        return OfInst(function, function.inst(value.inst()), depth);
      default:
        return kBoth;
    }
  }

  uint8_t OfInst(const Function& function, const Inst& inst, int depth) const {
    switch (inst.op) {
      case Op::kAlloc:
      case Op::kMakeInterface:
      case Op::kMakeClosure:
      case Op::kMakeMap:
      case Op::kMakeChan:
      case Op::kMakeSlice:
      case Op::kFieldAddr:
      case Op::kIndexAddr:
        return kMayBeNonNil;
      case Op::kSlice: {
        const types::Type* const type =
            function.TypeOf(function.Operands(inst)[0]);
        return types::UnderAs<types::Pointer>(type) != nullptr
                   ? uint8_t{kMayBeNonNil}
                   : kBoth;
      }
      case Op::kTypeAssert:
        return inst.detail != ssa::kCommaOk && types::IsInterface(inst.type) &&
                       !types::IsTypeParam(inst.type)
                   ? uint8_t{kMayBeNonNil}
                   : kBoth;
      case Op::kCall:
        return OfResult(function, inst, 0, depth);
      case Op::kExtract: {
        const Value tuple = function.Operands(inst)[0];
        if (tuple.is_inst() && function.inst(tuple.inst()).op == Op::kCall) {
          return OfResult(function, function.inst(tuple.inst()), inst.aux,
                          depth);
        }
        return kBoth;
      }
      default:
        return kBoth;
    }
  }

  uint8_t OfResult(const Function& function, const Inst& call, uint32_t result,
                   int depth) const {
    const CallRecord* const record = state_.RecordOf(function, call);
    if (record == nullptr || !record->is_complete ||
        !(state_.is_summarised || IsWithin(function, *asked_in_))) {
      return kBoth;
    }
    uint8_t nilness = 0;
    for (const FunctionId id : state_.TargetsOf(*record)) {
      const Summary& summary = summaries_[id.index];
      if (result >= summary.results.size()) {
        return kBoth;
      }
      const ResultSummary& known = summary.results[result];
      uint8_t one = known.nilness;
      if (known.same_as_param != ResultSummary::kNone && depth < kMaxDepth) {
        const Value argument = ArgumentOf(
            function, call, state_.nodes[id.index].func, known.same_as_param);
        one &=
            argument.has_value() ? Find(function, argument, depth + 1) : kBoth;
      }
      nilness |= one;
    }
    return nilness != 0 ? nilness : kBoth;
  }

  const ProgramState& state_;
  std::span<const Summary> summaries_;
  const Function* asked_in_;
};

}  // namespace

uint8_t NilnessOf(const ProgramState& state, std::span<const Summary> summaries,
                  const Function& function, Value value) {
  return NilnessFinder(state, summaries, function).Find(function, value, 0);
}

Value ArgumentOf(const Function& caller, const Inst& call,
                 const types::Func* target, uint32_t param) {
  const std::span<const Value> operands = caller.Operands(call);
  uint32_t index = param + 1;
  switch (ModeOf(call)) {
    case ssa::CallMode::kBuiltin:
      return Value::None();
    case ssa::CallMode::kInvoke:
      index = param;
      break;
    case ssa::CallMode::kDynamic:
      // A method value has its receiver in it.
      if (target != nullptr && target->is_method()) {
        if (param == 0) {
          return Value::None();
        }
        index = param;
      }
      break;
    case ssa::CallMode::kStatic:
      break;
  }
  return index < operands.size() ? operands[index] : Value::None();
}

}  // namespace gdlint::dataflow
