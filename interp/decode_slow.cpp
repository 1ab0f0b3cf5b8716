// What is done outside of the loop.

#include "interp/decoder.h"
#include "interp/slow.h"
#include "types/predicates.h"

namespace gdlint::interp {

using ssa::Op;
using ssa::Value;

void Decoder::Slow(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  // Addresses are computed before the helper.
  std::vector<int32_t> regs;
  if (inst.op != Op::kSelect && inst.op != Op::kMakeClosure &&
      inst.op != Op::kNext) {
    for (const Value operand : operands) {
      regs.push_back(Reg(operand));
    }
  }
  const auto emit = [&](Helper helper) -> Site& {
    const int32_t to = inst.type == nullptr ? 0 : Result(inst);
    Site& site = EmitHelper(helper, to);
    site.operands = regs;
    site.inst = &inst;
    return site;
  };
  const auto under = [&](size_t index) {
    return types::Under(function_.TypeOf(operands[index]));
  };
  // The second component of a tuple.
  const auto set_ok = [&](Site& site) {
    site.flag = inst.detail == ssa::kCommaOk;
    if (site.flag) {
      site.length = TupleOffset(types::As<types::Tuple>(inst.type), 1);
    }
  };
  switch (inst.op) {
    case Op::kLookup: {
      Site& site = emit(slow::Lookup);
      site.type = RunTypeOf(under(0));
      site.size = site.type->elem()->size;
      set_ok(site);
      break;
    }
    case Op::kMapUpdate: {
      Site& site = emit(slow::MapUpdate);
      site.type = RunTypeOf(under(0));
      site.size = site.type->elem()->size;
      break;
    }
    case Op::kSlice: {
      std::vector<int32_t> bounds;
      for (size_t i = 1; i != operands.size(); ++i) {
        bounds.push_back(operands[i].has_value() ? WideReg(operands[i]) : -1);
      }
      Site& site = emit(slow::SliceOp);
      const types::Type* const type = under(0);
      // Bits of the bounds that are of unsigned types.
      for (size_t i = 1; i != operands.size(); ++i) {
        site.operands[i] = bounds[i - 1];
        if (operands[i].has_value() &&
            types::IsUnsigned(function_.TypeOf(operands[i]))) {
          site.other_kind |= static_cast<uint8_t>(1 << (i - 1));
        }
      }
      if (const types::Slice* const slice = types::TryAs<types::Slice>(type);
          slice != nullptr) {
        site.kind = 1;
        site.type = RunTypeOf(slice->elem);
      } else if (const types::Pointer* const pointer =
                     types::TryAs<types::Pointer>(type);
                 pointer != nullptr) {
        const types::Array* const array =
            types::UnderAs<types::Array>(pointer->elem);
        site.kind = 2;
        site.type = RunTypeOf(array->elem);
        site.length = array->length;
      }
      break;
    }
    case Op::kRecv: {
      Site& site = emit(slow::Receive);
      set_ok(site);
      break;
    }
    case Op::kSend:
      emit(slow::Send);
      break;
    case Op::kSliceToArrayPointer: {
      Site& site = emit(slow::SliceToArrayPointer);
      site.length = types::UnderAs<types::Array>(
                        types::UnderAs<types::Pointer>(inst.type)->elem)
                        ->length;
      break;
    }
    case Op::kTypeAssert: {
      Site& site = emit(slow::TypeAssert);
      set_ok(site);
      const types::Type* const asserted =
          site.flag ? types::As<types::Tuple>(inst.type)->params[0].type
                    : inst.type;
      site.type = RunTypeOf(asserted);
      site.other_type = TypeOf(operands[0]);
      break;
    }
    case Op::kMakeClosure: {
      Site& site = NewSite();
      site.callee = CalleeOf(operands[0]);
      // A method is not bound to a nil interface.
      site.flag = function_.callees()[operands[0].index()].key.kind ==
                      ssa::FunctionKind::kBound &&
                  types::IsInterface(function_.TypeOf(operands[1]));
      Arguments(operands.subspan(1), 0, site);
      site.helper = slow::MakeClosure;
      Emit(CodeOp::kHelper, Result(inst)).ptr = &site;
      break;
    }
    case Op::kMakeMap: {
      const int32_t reserve =
          operands[0].has_value() ? WideReg(operands[0]) : -1;
      Site& site = emit(slow::MakeMap);
      site.operands = {reserve};
      site.type = RunTypeOf(inst.type);
      break;
    }
    case Op::kMakeChan: {
      const int32_t size = operands[0].has_value() ? WideReg(operands[0]) : -1;
      Site& site = emit(slow::MakeChan);
      site.operands = {size};
      site.type = RunTypeOf(types::UnderAs<types::Chan>(inst.type)->elem);
      break;
    }
    case Op::kMakeSlice: {
      const int32_t size = WideReg(operands[0]);
      const int32_t capacity = operands.size() > 1 && operands[1].has_value()
                                   ? WideReg(operands[1])
                                   : size;
      Site& site = emit(slow::MakeSliceOp);
      site.operands = {size, capacity};
      site.type = RunTypeOf(types::UnderAs<types::Slice>(inst.type)->elem);
      break;
    }
    case Op::kSelect: {
      const std::vector<ssa::SelectState>& states =
          function_.selects()[inst.aux];
      for (const Value operand : operands) {
        regs.push_back(operand.has_value() ? Reg(operand) : -1);
      }
      Site& site = emit(slow::Select);
      site.flag = inst.detail == ssa::kBlocking;
      // For each state where a received value goes, or -1.
      const types::Tuple* const tuple = types::As<types::Tuple>(inst.type);
      uint32_t component = 2;
      for (const ssa::SelectState& state : states) {
        int32_t to = -1;
        if (!state.is_send) {
          to = static_cast<int32_t>(TupleOffset(tuple, component));
          ++component;
        }
        site.moves.push_back({state.is_send ? 1 : 0, to, 0});
      }
      break;
    }
    case Op::kRange: {
      // The iterator lies in the frame, for as long as this function runs.
      const bool is_map = under(0)->kind == types::TypeKind::kMap;
      const int32_t state = FreshRegister(
          is_map ? static_cast<int64_t>(sizeof(MapIterator)) : 24);
      range_states_[function_.IdOf(inst).index] = state;
      Site& site =
          EmitHelper(is_map ? slow::RangeMap : slow::RangeString, state);
      site.operands = regs;
      break;
    }
    case Op::kNext: {
      const ssa::Inst& range = InstOf(operands[0]);
      const types::Type* const ranged =
          types::Under(function_.TypeOf(function_.Operands(range)[0]));
      const bool is_map = ranged->kind == types::TypeKind::kMap;
      Site& site = emit(is_map ? slow::NextMap : slow::NextString);
      site.operands = {range_states_[operands[0].index()]};
      const types::Tuple* const tuple = types::As<types::Tuple>(inst.type);
      for (uint32_t i = 1; i != tuple->params.size(); ++i) {
        site.moves.push_back(
            {0, static_cast<int32_t>(TupleOffset(tuple, i)),
             static_cast<int32_t>(SizeOf(tuple->params[i].type))});
      }
      break;
    }
    case Op::kDeferStack:
      emit(slow::DeferStack);
      break;
    case Op::kRunDefers:
      TellStep(inst);
      emit(slow::RunDefers);
      break;
    default:
      Fail(std::string("the operation ") +
           std::string(ssa::InfoOf(inst.op).text));
      break;
  }
}

}  // namespace gdlint::interp
