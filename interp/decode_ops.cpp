// Memory, arithmetic and conversions.

#include "interp/conversion.h"
#include "interp/decoder.h"
#include "interp/slow.h"
#include "types/predicates.h"

namespace gdlint::interp {

using lexer::TokenKind;
using ssa::Op;
using ssa::Value;

namespace {

CodeOp Plus(CodeOp op, int by) {
  return static_cast<CodeOp>(static_cast<int>(op) + by);
}

// 0 to 3 for 1, 2, 4, 8 bytes; else -1.
int WidthOf(int64_t size) {
  switch (size) {
    case 1:
      return 0;
    case 2:
      return 1;
    case 4:
      return 2;
    case 8:
      return 3;
    default:
      return -1;
  }
}

const types::Basic* BasicOf(const types::Type* type) {
  return types::UnderAs<types::Basic>(type);
}

}  // namespace

void Decoder::Instruction(const ssa::Inst& inst) {
  switch (inst.op) {
    case Op::kPhi:
      break;
    case Op::kAlloc:
      Alloc(inst);
      TellStep(inst);
      break;
    case Op::kLoad:
      Load(inst);
      break;
    case Op::kStore:
      Store(inst);
      if (program_.options().tells_results) {
        TellResult(inst);
      }
      TellStep(inst);
      break;
    case Op::kFieldAddr:
      FieldAddr(inst);
      break;
    case Op::kIndexAddr:
      IndexAddr(inst);
      break;
    case Op::kIndex:
      Index(inst);
      break;
    case Op::kBinOp:
      BinOp(inst);
      break;
    case Op::kUnOp:
      UnOp(inst);
      break;
    case Op::kConvert:
      Convert(inst);
      break;
    case Op::kMakeInterface:
      MakeInterface(inst);
      break;
    case Op::kCall:
      Call(inst);
      TellStep(inst);
      break;
    case Op::kGo:
    case Op::kDefer:
      GoOrDefer(inst);
      break;
    default:
      Slow(inst);
      break;
  }
}

void Decoder::Alloc(const ssa::Inst& inst) {
  const ValueInfo& info = infos_[function_.IdOf(inst).index];
  const types::Type* const elem =
      types::UnderAs<types::Pointer>(inst.type)->elem;
  if (info.form == Form::kPlace) {
    EmitZero(info.offset, SizeOf(elem));
    return;
  }
  Emit(CodeOp::kNew, Result(inst)).ptr = RunTypeOf(elem);
}

void Decoder::LoadFrom(int32_t to, int32_t pointer, int64_t offset,
                       int64_t size) {
  if (const int width = WidthOf(size); width >= 0) {
    Emit(Plus(CodeOp::kLoad8, width), to, pointer, 0, offset);
  } else if (size == 0) {
    Emit(CodeOp::kCheckNil, 0, pointer);
  } else if (size == 16) {
    Emit(CodeOp::kLoad128, to, pointer, 0, offset);
  } else if (size == 24) {
    Emit(CodeOp::kLoad192, to, pointer, 0, offset);
  } else if (size < kConstBase) {
    Emit(CodeOp::kLoadN, to, pointer, static_cast<int32_t>(size), offset);
  } else {
    Fail("a value that is too large");
  }
}

void Decoder::StoreTo(int32_t pointer, int64_t offset, int32_t from,
                      int64_t size) {
  if (const int width = WidthOf(size); width >= 0) {
    Emit(Plus(CodeOp::kStore8, width), from, pointer, 0, offset);
  } else if (size == 0) {
    Emit(CodeOp::kCheckNil, 0, pointer);
  } else if (size == 16) {
    Emit(CodeOp::kStore128, from, pointer, 0, offset);
  } else if (size == 24) {
    Emit(CodeOp::kStore192, from, pointer, 0, offset);
  } else if (size < kConstBase) {
    Emit(CodeOp::kStoreN, from, pointer, static_cast<int32_t>(size), offset);
  } else {
    Fail("a value that is too large");
  }
}

int32_t Decoder::FusedBase(Value address, int64_t* offset) {
  *offset = 0;
  if (address.is_inst() && InfoOf(address).form == Form::kFusedField) {
    *offset = InfoOf(address).offset;
    return Reg(InfoOf(address).base);
  }
  return Reg(address);
}

void Decoder::Load(const ssa::Inst& inst) {
  const Value address = function_.Operands(inst)[0];
  const int64_t size = SizeOf(inst.type);
  if (const Value root = RootOf(address);
      root.is_inst() && InfoOf(root).form == Form::kPlace) {
    EmitMove(Result(inst), InfoOf(root).offset, size);
    return;
  }
  if (address.is_inst() && InfoOf(address).form == Form::kFusedElem) {
    const ssa::Inst& elem = InstOf(address);
    const auto operands = function_.Operands(elem);
    const int32_t slice = Reg(operands[0]);
    const int32_t index = WideReg(operands[1]);
    pos_ = elem.pos;
    CodeInst& code = Emit(size == 16 ? CodeOp::kLoadElem128
                                     : Plus(CodeOp::kLoadElem8, WidthOf(size)),
                          Result(inst), slice, index);
    code.n = types::IsUnsigned(function_.TypeOf(operands[1])) ? 1 : 0;
    return;
  }
  int64_t offset = 0;
  const int32_t base = FusedBase(address, &offset);
  LoadFrom(Result(inst), base, offset, size);
}

void Decoder::Store(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const Value address = operands[0];
  const int64_t size = SizeOf(operands[1]);
  const int32_t value = Reg(operands[1]);
  if (const Value root = RootOf(address);
      root.is_inst() && InfoOf(root).form == Form::kPlace) {
    EmitMove(InfoOf(root).offset, value, size);
    return;
  }
  if (address.is_inst() && InfoOf(address).form == Form::kFusedElem) {
    const ssa::Inst& elem = InstOf(address);
    const auto elem_operands = function_.Operands(elem);
    const int32_t slice = Reg(elem_operands[0]);
    const int32_t index = WideReg(elem_operands[1]);
    pos_ = elem.pos;
    CodeInst& code = Emit(size == 16 ? CodeOp::kStoreElem128
                                     : Plus(CodeOp::kStoreElem8, WidthOf(size)),
                          value, slice, index);
    code.n = types::IsUnsigned(function_.TypeOf(elem_operands[1])) ? 1 : 0;
    return;
  }
  int64_t offset = 0;
  const int32_t base = FusedBase(address, &offset);
  StoreTo(base, offset, value, size);
}

void Decoder::FieldAddr(const ssa::Inst& inst) {
  const ValueInfo& info = infos_[function_.IdOf(inst).index];
  const int32_t base = Reg(info.base);
  Emit(CodeOp::kFieldAddr, Result(inst), base, 0, info.offset);
}

void Decoder::IndexAddr(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const types::Type* const base = types::Under(function_.TypeOf(operands[0]));
  const int32_t from = Reg(operands[0]);
  const int32_t index = WideReg(operands[1]);
  const uint16_t is_unsigned =
      types::IsUnsigned(function_.TypeOf(operands[1])) ? 1 : 0;
  if (const types::Slice* const slice = types::TryAs<types::Slice>(base);
      slice != nullptr) {
    Emit(CodeOp::kElemAddr, Result(inst), from, index, SizeOf(slice->elem)).n =
        is_unsigned;
    return;
  }
  const types::Array* const array =
      types::UnderAs<types::Array>(types::As<types::Pointer>(base)->elem);
  code_->arrays.push_back(std::make_unique<ArraySite>(
      ArraySite{SizeOf(array->elem), array->length}));
  CodeInst& code = Emit(CodeOp::kArrayElemAddr, Result(inst), from, index);
  code.ptr = code_->arrays.back().get();
  code.n = is_unsigned;
}

void Decoder::Index(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const int32_t from = Reg(operands[0]);
  const int32_t index = WideReg(operands[1]);
  const uint16_t is_unsigned =
      types::IsUnsigned(function_.TypeOf(operands[1])) ? 1 : 0;
  const types::Array* const array =
      types::UnderAs<types::Array>(function_.TypeOf(operands[0]));
  if (array == nullptr) {
    Emit(CodeOp::kStringByte, Result(inst), from, index).n = is_unsigned;
    return;
  }
  code_->arrays.push_back(std::make_unique<ArraySite>(
      ArraySite{SizeOf(array->elem), array->length}));
  CodeInst& code = Emit(CodeOp::kArrayElem, Result(inst), from, index);
  code.ptr = code_->arrays.back().get();
  code.n = is_unsigned;
}

bool Decoder::CompareOp(const ssa::Inst& inst, Comparison* comparison) {
  const auto operands = function_.Operands(inst);
  Value x = operands[0];
  Value y = operands[1];
  TokenKind op = static_cast<TokenKind>(inst.detail);
  switch (op) {
    case TokenKind::kEql:
    case TokenKind::kNeq:
    case TokenKind::kLss:
    case TokenKind::kLeq:
      break;
    case TokenKind::kGtr:
      op = TokenKind::kLss;
      std::swap(x, y);
      break;
    case TokenKind::kGeq:
      op = TokenKind::kLeq;
      std::swap(x, y);
      break;
    default:
      return false;
  }
  comparison->x = x;
  comparison->y = y;
  const types::Type* const type = types::Under(function_.TypeOf(x));
  if (const types::Basic* const basic = types::TryAs<types::Basic>(type);
      basic != nullptr) {
    if ((basic->info & types::kIsFloat) != 0) {
      const int wide = SizeOf(basic) == 8 ? 1 : 0;
      comparison->op = Plus(op == TokenKind::kEql   ? CodeOp::kEqF32
                            : op == TokenKind::kNeq ? CodeOp::kNeF32
                            : op == TokenKind::kLss ? CodeOp::kLtF32
                                                    : CodeOp::kLeF32,
                            wide);
      return true;
    }
    if ((basic->info & (types::kIsString | types::kIsComplex)) != 0) {
      return false;
    }
    if (basic->basic == types::BasicKind::kUntypedNil) {
      return false;
    }
  } else if (type->kind != types::TypeKind::kPointer &&
             type->kind != types::TypeKind::kChan &&
             type->kind != types::TypeKind::kMap &&
             type->kind != types::TypeKind::kSignature) {
    return false;
  }
  const int width = WidthOf(SizeOf(type));
  const bool is_unsigned = types::IsUnsigned(type);
  switch (op) {
    case TokenKind::kEql:
      comparison->op = Plus(CodeOp::kEq8, width);
      break;
    case TokenKind::kNeq:
      comparison->op = Plus(CodeOp::kNe8, width);
      break;
    case TokenKind::kLss:
      comparison->op = Plus(CodeOp::kLtS8, width + (is_unsigned ? 4 : 0));
      break;
    default:
      comparison->op = Plus(CodeOp::kLeS8, width + (is_unsigned ? 4 : 0));
      break;
  }
  return true;
}

void Decoder::Shift(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const bool is_left = static_cast<TokenKind>(inst.detail) == TokenKind::kShl;
  const int64_t size = SizeOf(inst.type);
  const int width = WidthOf(size);
  const bool is_unsigned = types::IsUnsigned(inst.type);
  const int32_t x = Reg(operands[0]);
  if (operands[1].kind() == Value::Kind::kConst) {
    const std::optional<int64_t> count = IntOf(operands[1]);
    const int64_t bits = size * 8;
    // Too large for an int64 is as good as 64.
    int64_t by = count.value_or(64);
    if (by >= bits && (is_left || is_unsigned)) {
      EmitZero(Result(inst), 8);
      return;
    }
    by = std::min(by, bits - 1);
    if (by >= 0) {
      Emit(is_left ? Plus(CodeOp::kShlI8, width)
                   : Plus(CodeOp::kShrIS8, width + (is_unsigned ? 4 : 0)),
           Result(inst), x, 0, by);
      return;
    }
  }
  int32_t count = WideReg(operands[1]);
  if (!types::IsUnsigned(function_.TypeOf(operands[1]))) {
    const int32_t checked = Temp(8);
    Emit(CodeOp::kCheckShift, checked, count);
    count = checked;
  }
  Emit(is_left ? Plus(CodeOp::kShl8, width)
               : Plus(CodeOp::kShrS8, width + (is_unsigned ? 4 : 0)),
       Result(inst), x, count);
}

void Decoder::BinOp(const ssa::Inst& inst) {
  const auto operands = function_.Operands(inst);
  const TokenKind op = static_cast<TokenKind>(inst.detail);
  if (op == TokenKind::kShl || op == TokenKind::kShr) {
    Shift(inst);
    return;
  }
  Comparison comparison;
  if (CompareOp(inst, &comparison)) {
    const int32_t x = Reg(comparison.x);
    const int32_t y = Reg(comparison.y);
    Emit(comparison.op, Result(inst), x, y);
    return;
  }
  const types::Type* const type = types::Under(function_.TypeOf(operands[0]));
  const types::Basic* const basic = BasicOf(type);
  const int32_t x = Reg(operands[0]);
  if (basic == nullptr || (basic->info & types::kIsNumeric) == 0) {
    const int32_t y = Reg(operands[1]);
    if (basic != nullptr && (basic->info & types::kIsString) != 0) {
      switch (op) {
        case TokenKind::kEql:
          Emit(CodeOp::kEqString, Result(inst), x, y);
          return;
        case TokenKind::kNeq:
          Emit(CodeOp::kNeString, Result(inst), x, y);
          return;
        case TokenKind::kLss:
          Emit(CodeOp::kLtString, Result(inst), x, y);
          return;
        case TokenKind::kLeq:
          Emit(CodeOp::kLeString, Result(inst), x, y);
          return;
        case TokenKind::kGtr:
          Emit(CodeOp::kLtString, Result(inst), y, x);
          return;
        case TokenKind::kGeq:
          Emit(CodeOp::kLeString, Result(inst), y, x);
          return;
        default: {
          Site& site = EmitHelper(slow::Concatenate, Result(inst));
          site.operands = {x, y};
          return;
        }
      }
    }
    // Slices are compared with nil alone.
    if (type->kind == types::TypeKind::kSlice) {
      const int32_t nil = PointerConstant(nullptr);
      const bool is_left = operands[0].kind() == Value::Kind::kConst;
      Emit(op == TokenKind::kEql ? CodeOp::kEq64 : CodeOp::kNe64, Result(inst),
           is_left ? y : x, nil);
      return;
    }
    Site& site = EmitHelper(type->kind == types::TypeKind::kInterface
                                ? slow::CompareInterfaces
                                : slow::Compare,
                            Result(inst));
    site.operands = {x, y};
    site.type = RunTypeOf(type);
    site.flag = op == TokenKind::kNeq;
    return;
  }
  if ((basic->info & types::kIsComplex) != 0) {
    const int32_t y = Reg(operands[1]);
    Site& site = EmitHelper(slow::Complex, Result(inst));
    site.operands = {x, y};
    site.kind = inst.detail;
    site.size = SizeOf(basic);
    return;
  }
  const int width = WidthOf(SizeOf(basic));
  if ((basic->info & types::kIsFloat) != 0) {
    const int32_t y = Reg(operands[1]);
    const CodeOp code = op == TokenKind::kAdd   ? CodeOp::kAddF32
                        : op == TokenKind::kSub ? CodeOp::kSubF32
                        : op == TokenKind::kMul ? CodeOp::kMulF32
                                                : CodeOp::kQuoF32;
    Emit(Plus(code, width - 2), Result(inst), x, y);
    return;
  }
  // Integers.
  if (const std::optional<int64_t> right = IntOf(operands[1]);
      right.has_value() && width >= 2) {
    if (op == TokenKind::kAdd || op == TokenKind::kSub) {
      const uint64_t by = op == TokenKind::kAdd
                              ? static_cast<uint64_t>(*right)
                              : uint64_t{0} - static_cast<uint64_t>(*right);
      Emit(width == 3 ? CodeOp::kAddI64 : CodeOp::kAddI32, Result(inst), x, 0,
           static_cast<int64_t>(by));
      return;
    }
    if (width == 3 && (op == TokenKind::kMul || op == TokenKind::kAnd)) {
      Emit(op == TokenKind::kMul ? CodeOp::kMulI64 : CodeOp::kAndI64,
           Result(inst), x, 0, *right);
      return;
    }
  }
  const int32_t y = Reg(operands[1]);
  const int is_unsigned = (basic->info & types::kIsUnsigned) != 0 ? 4 : 0;
  CodeOp code;
  switch (op) {
    case TokenKind::kAdd:
      code = Plus(CodeOp::kAdd8, width);
      break;
    case TokenKind::kSub:
      code = Plus(CodeOp::kSub8, width);
      break;
    case TokenKind::kMul:
      code = Plus(CodeOp::kMul8, width);
      break;
    case TokenKind::kAnd:
      code = Plus(CodeOp::kAnd8, width);
      break;
    case TokenKind::kOr:
      code = Plus(CodeOp::kOr8, width);
      break;
    case TokenKind::kXor:
      code = Plus(CodeOp::kXor8, width);
      break;
    case TokenKind::kAndNot:
      code = Plus(CodeOp::kAndNot8, width);
      break;
    case TokenKind::kQuo:
      code = Plus(CodeOp::kQuoS8, width + is_unsigned);
      break;
    case TokenKind::kRem:
      code = Plus(CodeOp::kRemS8, width + is_unsigned);
      break;
    default:
      Fail("an unknown operator");
      return;
  }
  Emit(code, Result(inst), x, y);
}

void Decoder::UnOp(const ssa::Inst& inst) {
  const TokenKind op = static_cast<TokenKind>(inst.detail);
  const int32_t x = Reg(function_.Operands(inst)[0]);
  const types::Basic* const basic = BasicOf(inst.type);
  const int64_t size = SizeOf(inst.type);
  if (op == TokenKind::kNot) {
    Emit(CodeOp::kBoolNot, Result(inst), x);
  } else if (op == TokenKind::kXor) {
    Emit(Plus(CodeOp::kNot8, WidthOf(size)), Result(inst), x);
  } else if ((basic->info & types::kIsFloat) != 0) {
    Emit(size == 8 ? CodeOp::kNegF64 : CodeOp::kNegF32, Result(inst), x);
  } else if ((basic->info & types::kIsComplex) != 0) {
    Site& site = EmitHelper(slow::Complex, Result(inst));
    site.operands = {x, x};
    site.kind = static_cast<uint8_t>(TokenKind::kNot);
    site.size = size;
  } else {
    Emit(Plus(CodeOp::kNeg8, WidthOf(size)), Result(inst), x);
  }
}

bool Decoder::ConvertIsCopy(Value from, const ssa::Inst& inst) {
  const types::Type* const x = types::Under(function_.TypeOf(from));
  const types::Type* const y = types::Under(inst.type);
  const auto is_integer = [](const types::Type* type) {
    return types::IsBasic(type, types::kIsInteger);
  };
  if (is_integer(x) && is_integer(y)) {
    // A narrower integer is the first bytes of a wider one.
    return SizeOf(y) <= SizeOf(x);
  }
  const auto is_unsafe = [](const types::Type* type) {
    const types::Basic* const basic = types::TryAs<types::Basic>(type);
    return basic != nullptr && basic->basic == types::BasicKind::kUnsafePointer;
  };
  if (is_unsafe(x)) {
    // To *T is checked.
    return y->kind != types::TypeKind::kPointer;
  }
  if (is_unsafe(y)) {
    return true;
  }
  const RunType* const a = RunTypeOf(x);
  const RunType* const b = RunTypeOf(y);
  return a != nullptr && b != nullptr && ConversionOf(a, b) == nullptr;
}

void Decoder::Convert(const ssa::Inst& inst) {
  const Value operand = function_.Operands(inst)[0];
  const types::Type* const x = types::Under(function_.TypeOf(operand));
  const types::Type* const y = types::Under(inst.type);
  if (y->kind == types::TypeKind::kPointer) {
    const int32_t from = Reg(operand);
    Site& site = EmitHelper(slow::CheckUnsafe, Result(inst));
    site.operands = {from};
    site.size = SizeOf(types::As<types::Pointer>(y)->elem);
    return;
  }
  const bool from_integer = types::IsBasic(x, types::kIsInteger);
  const int64_t x_size = SizeOf(x);
  const int64_t y_size = SizeOf(y);
  if (from_integer && types::IsBasic(y, types::kIsInteger)) {
    const int32_t from = Reg(operand);
    const bool is_unsigned = types::IsUnsigned(x);
    const CodeOp op =
        x_size == 1   ? (is_unsigned ? CodeOp::kZext8 : CodeOp::kSext8)
        : x_size == 2 ? (is_unsigned ? CodeOp::kZext16 : CodeOp::kSext16)
                      : (is_unsigned ? CodeOp::kZext32 : CodeOp::kSext32);
    Emit(op, Result(inst), from);
    return;
  }
  if (from_integer && types::IsBasic(y, types::kIsFloat) && y_size == 8 &&
      !(types::IsUnsigned(x) && x_size == 8)) {
    const int32_t from = WideReg(operand);
    Emit(CodeOp::kIntToF64, Result(inst), from);
    return;
  }
  if (types::IsBasic(x, types::kIsFloat)) {
    if (types::IsBasic(y, types::kIsFloat)) {
      const int32_t from = Reg(operand);
      Emit(x_size == 4 ? CodeOp::kF32ToF64 : CodeOp::kF64ToF32, Result(inst),
           from);
      return;
    }
    if (x_size == 8 && y_size == 8 && types::IsBasic(y, types::kIsInteger) &&
        !types::IsUnsigned(y)) {
      const int32_t from = Reg(operand);
      Emit(CodeOp::kF64ToInt, Result(inst), from);
      return;
    }
  }
  const int32_t from = Reg(operand);
  Site& site = EmitHelper(slow::Convert, Result(inst));
  site.operands = {from};
  site.conversion = ConversionOf(RunTypeOf(x), RunTypeOf(y));
  site.size = y_size;
}

void Decoder::MakeInterface(const ssa::Inst& inst) {
  const Value operand = function_.Operands(inst)[0];
  const RunType* const type = RunTypeOf(function_.TypeOf(operand));
  // Nobody changes what an interface points to: constants are made once.
  if (operand.kind() == Value::Kind::kConst && !type->is_direct &&
      type->size <= 64) {
    const ssa::Const& constant = function_.consts()[operand.index()];
    uint8_t* const box = reinterpret_cast<uint8_t*>(
        program_.heap().AllocatePermanent(type->size, type->has_pointers));
    WriteConstant(constant.type, constant.value, box);
    const InterfaceValue value{type, box};
    EmitMove(Result(inst), Constant(&value, sizeof(value)), sizeof(value));
    return;
  }
  const int32_t from = Reg(operand);
  Site& site = EmitHelper(slow::MakeInterface, Result(inst));
  site.operands = {from};
  site.type = type;
}

}  // namespace gdlint::interp
