// Calls, go and defer statements, built-in functions.

#include "interp/decoder.h"
#include "interp/slow.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::interp {

using ssa::CallMode;
using ssa::Value;
using types::BuiltinId;

Callable* Decoder::CalleeOf(Value value) {
  const ssa::Callee& callee = function_.callees()[value.index()];
  Callable* const callable = callee.child != nullptr
                                 ? program_.CallableOf(*callee.child)
                                 : program_.CallableOf(callee.key);
  if (callable->signature == nullptr) {
    callable->signature = callee.type;
  }
  return callable;
}

void Decoder::Arguments(std::span<const Value> args, int32_t at, Site& site) {
  for (const Value arg : args) {
    const int32_t size = static_cast<int32_t>(SizeOf(arg));
    if (size != 0) {
      site.moves.push_back({Reg(arg), at, size});
    }
    at += static_cast<int32_t>(SlotAlign(size));
  }
  site.args_size = at;
}

void Decoder::Call(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const CallMode mode = ModeOf(inst);
  if (mode == CallMode::kBuiltin) {
    Builtin(inst);
    return;
  }
  Site& site = NewSite();
  site.inst = &inst;
  int32_t callee = 0;
  CodeOp op = CodeOp::kCallStatic;
  switch (mode) {
    case CallMode::kStatic:
      site.callee = CalleeOf(operands[0]);
      Arguments(operands.subspan(1), 0, site);
      break;
    case CallMode::kDynamic:
      op = CodeOp::kCallDynamic;
      callee = Reg(operands[0]);
      Arguments(operands.subspan(1), 0, site);
      break;
    default:
      op = CodeOp::kCallInvoke;
      callee = Reg(operands[0]);
      site.method = function_.methods()[inst.aux];
      Arguments(operands.subspan(1), static_cast<int32_t>(kSlotSize), site);
      break;
  }
  Emit(op, Result(inst), callee).ptr = &site;
}

void Decoder::GoOrDefer(const ssa::Inst& inst) {
  auto operands = function_.Operands(inst);
  const CallMode mode = ModeOf(inst);
  Site& site = NewSite();
  site.inst = &inst;
  site.kind = static_cast<uint8_t>(mode);
  // Whose deferred call it is.
  int32_t stack = -1;
  if (inst.op == ssa::Op::kDefer && (inst.detail & ssa::kOnDeferStack) != 0) {
    stack = Reg(operands.back());
    operands = operands.first(operands.size() - 1);
  }
  int32_t callee = -1;
  switch (mode) {
    case CallMode::kStatic:
      site.callee = CalleeOf(operands[0]);
      Arguments(operands.subspan(1), 0, site);
      break;
    case CallMode::kBuiltin:
      site.callee = BuiltinCallable(inst);
      Arguments(operands.subspan(1), 0, site);
      break;
    case CallMode::kDynamic:
      callee = Reg(operands[0]);
      Arguments(operands.subspan(1), 0, site);
      break;
    case CallMode::kInvoke:
      callee = Reg(operands[0]);
      site.method = function_.methods()[inst.aux];
      Arguments(operands.subspan(1), static_cast<int32_t>(kSlotSize), site);
      break;
  }
  site.operands = {callee, stack};
  site.helper = inst.op == ssa::Op::kGo ? slow::Go : slow::Defer;
  Emit(CodeOp::kHelper).ptr = &site;
}

Callable* Decoder::BuiltinCallable(const ssa::Inst& inst) {
  auto operands = function_.Operands(inst);
  if ((inst.detail & ssa::kOnDeferStack) != 0 && inst.op == ssa::Op::kDefer) {
    operands = operands.first(operands.size() - 1);
  }
  const BuiltinId id = static_cast<BuiltinId>(operands[0].index());
  code_->callables.push_back(std::make_unique<Callable>());
  Callable* const callable = code_->callables.back().get();
  callable->self = callable;
  callable->is_wrapper = true;
  callable->function = &function_;
  callable->name = program_.table().universe().builtin(id)->name->text();
  std::string problem;
  Decoder inner(program_, *callable, problem);
  inner.code_->callable = callable;
  inner.code_->is_wrapper = true;
  inner.pos_ = inst.pos;
  std::vector<int32_t> regs;
  int64_t offset = 0;
  std::vector<types::Param> params;
  for (const Value operand : operands.subspan(1)) {
    regs.push_back(static_cast<int32_t>(offset));
    offset += SlotAlign(SizeOf(operand));
    if (const types::Type* const type = function_.TypeOf(operand);
        type != nullptr) {
      params.push_back({nullptr, type});
    }
  }
  callable->signature = program_.types().SignatureOf(
      {}, program_.types().TupleOf(params), nullptr, false);
  inner.code_->args_size = static_cast<int32_t>(offset);
  inner.frame_size_ = static_cast<int32_t>(offset);
  // No built-in that may be deferred gives more than two words.
  const int32_t to = inner.NewRegister(16);
  inner.EmitBuiltin(id, operands.subspan(1), regs, inst, to);
  inner.Emit(CodeOp::kReturn0);
  inner.Finish();
  if (inner.failed_) {
    Fail(problem);
  }
  callable->code = inner.code_.get();
  code_->codes.push_back(std::move(inner.code_));
  return callable;
}

void Decoder::Builtin(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  std::vector<int32_t> regs;
  for (const Value operand : operands.subspan(1)) {
    regs.push_back(Reg(operand));
  }
  EmitBuiltin(static_cast<BuiltinId>(operands[0].index()), operands.subspan(1),
              regs, inst, Result(inst));
}

void Decoder::EmitBuiltin(BuiltinId id, std::span<const Value> args,
                          std::span<const int32_t> regs, const ssa::Inst& inst,
                          int32_t to) {
  const auto under = [&](size_t index) {
    return types::Under(function_.TypeOf(args[index]));
  };
  const auto emit = [&](Helper helper) -> Site& {
    Site& site = EmitHelper(helper, to);
    site.operands.assign(regs.begin(), regs.end());
    site.inst = &inst;
    return site;
  };
  // To be called before `emit`: widening is code of its own.
  const auto wide = [&](size_t index) { return WideReg(args[index]); };
  switch (id) {
    case BuiltinId::kLen:
    case BuiltinId::kCap: {
      const types::Type* type = under(0);
      if (type->kind == types::TypeKind::kMap) {
        emit(slow::LenMap);
        break;
      }
      if (type->kind == types::TypeKind::kChan) {
        emit(id == BuiltinId::kLen ? slow::LenChan : slow::CapChan);
        break;
      }
      if (const types::Pointer* const pointer =
              types::TryAs<types::Pointer>(type);
          pointer != nullptr) {
        type = types::Under(pointer->elem);
      }
      if (const types::Array* const array = types::TryAs<types::Array>(type);
          array != nullptr) {
        EmitMove(to, Constant(&array->length, 8), 8);
      } else {
        EmitMove(to, regs[0] + (id == BuiltinId::kLen ? 8 : 16), 8);
      }
      break;
    }
    case BuiltinId::kAppend: {
      const types::Slice* const slice = types::As<types::Slice>(under(0));
      Site& site = emit(slow::Append);
      site.type = RunTypeOf(slice->elem);
      site.size = site.type->size;
      break;
    }
    case BuiltinId::kCopy:
      emit(slow::Copy).type =
          RunTypeOf(types::As<types::Slice>(under(0))->elem);
      break;
    case BuiltinId::kClose:
      emit(slow::Close);
      break;
    case BuiltinId::kDelete:
      emit(slow::Delete).type = RunTypeOf(under(0));
      break;
    case BuiltinId::kClear:
      if (const types::Slice* const slice =
              types::TryAs<types::Slice>(under(0));
          slice != nullptr) {
        emit(slow::ClearSlice).size = SizeOf(slice->elem);
      } else {
        emit(slow::ClearMap);
      }
      break;
    case BuiltinId::kMin:
    case BuiltinId::kMax: {
      Site& site = emit(slow::MinMax);
      site.type = RunTypeOf(under(0));
      site.flag = id == BuiltinId::kMax;
      break;
    }
    case BuiltinId::kPanic:
      emit(slow::Panic);
      break;
    case BuiltinId::kPrint:
    case BuiltinId::kPrintln: {
      Site& site = emit(slow::Print);
      for (const Value arg : args) {
        site.types.push_back(TypeOf(arg));
      }
      site.flag = id == BuiltinId::kPrintln;
      break;
    }
    case BuiltinId::kRecover:
      emit(slow::Recover);
      break;
    case BuiltinId::kComplex: {
      const int64_t half = SizeOf(under(0));
      const int32_t temp = Temp(2 * half);
      EmitMove(temp, regs[0], half);
      EmitMove(temp + static_cast<int32_t>(half), regs[1], half);
      EmitMove(to, temp, 2 * half);
      break;
    }
    case BuiltinId::kReal:
    case BuiltinId::kImag: {
      const int64_t half = SizeOf(under(0)) / 2;
      EmitMove(
          to,
          regs[0] + (id == BuiltinId::kImag ? static_cast<int32_t>(half) : 0),
          half);
      break;
    }
    case BuiltinId::kAdd: {
      const int32_t count = wide(1);
      emit(slow::UnsafeAdd).operands[1] = count;
      break;
    }
    case BuiltinId::kSlice: {
      const int32_t length = wide(1);
      Site& site = emit(slow::UnsafeSlice);
      site.size = SizeOf(types::As<types::Pointer>(under(0))->elem);
      site.operands[1] = length;
      site.flag = types::IsBasic(under(1), types::kIsUnsigned);
      break;
    }
    case BuiltinId::kString: {
      const int32_t length = wide(1);
      Site& site = emit(slow::UnsafeString);
      site.operands[1] = length;
      site.flag = types::IsBasic(under(1), types::kIsUnsigned);
      break;
    }
    case BuiltinId::kSliceData:
    case BuiltinId::kStringData:
      EmitMove(to, regs[0], 8);
      break;
    default:
      Fail("a built-in function that is not known");
      break;
  }
}

}  // namespace gdlint::interp
