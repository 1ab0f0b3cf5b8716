#include <algorithm>
#include <cstring>
#include <optional>

#include "interp/decoder.h"
#include "interp/heap.h"
#include "interp/slow.h"
#include "types/constant.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::interp {
namespace {

using ssa::Op;
using ssa::Value;

// Larger variables go to the heap, so that frames stay small.
constexpr int64_t kMaxLocal = 4096;

int64_t SlotSize(int64_t size) { return std::max<int64_t>(SlotAlign(size), 8); }

}  // namespace

int64_t RegisterSize(Program& program, const types::Type* type) {
  if (type == nullptr) {
    return 0;
  }
  if (const types::Tuple* const tuple = types::TryAs<types::Tuple>(type);
      tuple != nullptr) {
    int64_t size = 0;
    for (const types::Param& param : tuple->params) {
      size += SlotAlign(RegisterSize(program, param.type));
    }
    return size;
  }
  if (type == types::InvalidType()) {
    return 0;
  }
  return program.run_types().layouts().SizeOf(type);
}

int32_t ArgsSize(Program& program, const types::Type* receiver,
                 const types::Signature* signature) {
  int64_t size = 0;
  if (receiver != nullptr) {
    size += SlotAlign(RegisterSize(program, receiver));
  }
  if (signature != nullptr) {
    size += RegisterSize(program, signature->params);
  }
  return static_cast<int32_t>(size);
}

int32_t ResultsSize(Program& program, const types::Signature* signature) {
  return signature == nullptr
             ? 0
             : static_cast<int32_t>(RegisterSize(program, signature->results));
}

std::unique_ptr<Code> NativeCode(Callable& callable, int32_t args_size) {
  auto code = std::make_unique<Code>();
  code->callable = &callable;
  code->is_native = true;
  code->is_wrapper = callable.is_wrapper;
  code->args_size = args_size;
  code->frame_size = static_cast<int32_t>(AlignUp(args_size, 16));
  code->insts = {{CodeOp::kNativeCall, 0, 0, 0, 0, {0}},
                 {CodeOp::kNativeThen, 0, 0, 0, 0, {0}},
                 {CodeOp::kNativeReturn, 0, 0, 0, 0, {0}}};
  return code;
}

std::unique_ptr<Code> Decode(Program& program, Callable& callable,
                             std::string& problem) {
  return Decoder(program, callable, problem).Decode();
}

Decoder::Decoder(Program& program, Callable& callable, std::string& problem)
    : program_(program),
      callable_(callable),
      function_(*callable.function),
      problem_(problem),
      code_(std::make_unique<Code>()) {}

void Decoder::Fail(std::string what) {
  if (!failed_) {
    failed_ = true;
    problem_ = std::move(what);
  }
}

std::unique_ptr<Code> Decoder::Decode() {
  code_->callable = &callable_;
  code_->is_wrapper = callable_.is_wrapper;
  int64_t offset = 0;
  for (const ssa::Param& param : function_.params()) {
    params_.push_back(static_cast<int32_t>(offset));
    offset += SlotAlign(SizeOf(param.type));
  }
  code_->args_size = static_cast<int32_t>(offset);
  code_->captured_offset = static_cast<int32_t>(offset);
  for (const ssa::FreeVar& free_var : function_.free_vars()) {
    free_vars_.push_back(static_cast<int32_t>(offset));
    offset += SlotAlign(SizeOf(free_var.type));
  }
  code_->captured_size = static_cast<int32_t>(offset) - code_->captured_offset;
  frame_size_ = static_cast<int32_t>(offset);
  consts_.assign(function_.consts().size(), -1);

  Analyse();
  block_starts_.assign(function_.blocks().size(), 0);
  TellEnter();
  for (uint32_t i = 0; i != function_.blocks().size() && !failed_; ++i) {
    Block(ssa::BlockId{i});
  }
  if (failed_) {
    return nullptr;
  }
  Finish();
  return std::move(code_);
}

void Decoder::Analyse() {
  infos_.assign(function_.insts().size(), {});
  dying_.assign(function_.insts().size(), {});
  AnalyseForms();
  AnalyseUses();
  AnalysePhis();
}

Value Decoder::RootOf(Value value) const {
  while (value.is_inst() && InfoOf(value).form == Form::kPart) {
    value = InfoOf(value).base;
  }
  return value;
}

int64_t Decoder::TupleOffset(const types::Tuple* tuple, uint32_t index) {
  int64_t offset = 0;
  for (uint32_t i = 0; i != index; ++i) {
    offset += SlotAlign(SizeOf(tuple->params[i].type));
  }
  return offset;
}

const RunType* Decoder::RunTypeOf(const types::Type* type) {
  if (type == nullptr || types::Unalias(type) == types::InvalidType()) {
    return nullptr;
  }
  return program_.run_types().Of(type);
}

std::optional<int64_t> Decoder::IntOf(Value value) const {
  if (value.kind() != Value::Kind::kConst) {
    return std::nullopt;
  }
  const ssa::Const& constant = function_.consts()[value.index()];
  if (!types::IsBasic(constant.type, types::kIsInteger)) {
    return std::nullopt;
  }
  if (constant.value.is_unknown()) {
    return 0;
  }
  return types::constant::Int64Value(constant.value);
}

// Which values need no register of their own.
void Decoder::AnalyseForms() {
  const auto insts = function_.insts();
  // Uses as the source has them, before forms are known.
  for (uint32_t i = 0; i != insts.size(); ++i) {
    for (const Value operand : function_.Operands(insts[i])) {
      if (operand.is_inst()) {
        ValueInfo& info = InfoOf(operand);
        ++info.uses;
        info.user = i;
      }
    }
  }
  for (uint32_t i = 0; i != insts.size(); ++i) {
    const ssa::Inst& inst = insts[i];
    ValueInfo& info = infos_[i];
    const auto operands = function_.Operands(inst);
    info.size = static_cast<int32_t>(SizeOf(inst.type));
    const auto part_of = [&](Value base, int64_t offset) {
      info.form = Form::kPart;
      info.base = base;
      info.offset = static_cast<int32_t>(offset);
    };
    // The address is used by the next instruction alone, to load or store.
    const auto is_fusible = [&] {
      // Who is told of stores wants addresses.
      if (program_.options().tells_steps || info.uses != 1 ||
          info.user != i + 1 || insts[i + 1].block != inst.block) {
        return false;
      }
      const ssa::Inst& user = insts[i + 1];
      const auto user_operands = function_.Operands(user);
      return (user.op == Op::kLoad || user.op == Op::kStore) &&
             user_operands[0] == Value(function_.IdOf(inst)) &&
             (user.op != Op::kStore ||
              user_operands[1] != Value(function_.IdOf(inst)));
    };
    switch (inst.op) {
      case Op::kAlloc: {
        const types::Pointer* const pointer =
            types::UnderAs<types::Pointer>(inst.type);
        if (inst.detail != ssa::kEscapes &&
            SizeOf(pointer->elem) <= kMaxLocal) {
          info.form = Form::kPlace;
          info.offset = NewRegister(SizeOf(pointer->elem));
        }
        break;
      }
      case Op::kExtract:
        part_of(
            operands[0],
            TupleOffset(types::As<types::Tuple>(function_.TypeOf(operands[0])),
                        inst.aux));
        break;
      case Op::kField:
        part_of(operands[0], program_.run_types()
                                 .layouts()
                                 .Of(function_.TypeOf(operands[0]))
                                 .offsets[inst.aux]);
        break;
      case Op::kChangeType:
      case Op::kChangeInterface:
        part_of(operands[0], 0);
        break;
      case Op::kConvert:
        if (ConvertIsCopy(operands[0], inst)) {
          part_of(operands[0], 0);
        }
        break;
      case Op::kFieldAddr: {
        const types::Pointer* const pointer =
            types::UnderAs<types::Pointer>(function_.TypeOf(operands[0]));
        const int64_t offset =
            program_.run_types().layouts().Of(pointer->elem).offsets[inst.aux];
        if (operands[0].is_inst() && InfoOf(operands[0]).form == Form::kPlace) {
          info.form = Form::kPlace;
          info.offset =
              InfoOf(operands[0]).offset + static_cast<int32_t>(offset);
        } else {
          info.offset = static_cast<int32_t>(offset);
          info.base = operands[0];
          if (is_fusible()) {
            info.form = Form::kFusedField;
          }
        }
        break;
      }
      case Op::kIndexAddr:
        if (types::UnderAs<types::Slice>(function_.TypeOf(operands[0])) !=
                nullptr &&
            is_fusible()) {
          const types::Pointer* const pointer =
              types::UnderAs<types::Pointer>(inst.type);
          const int64_t size = SizeOf(pointer->elem);
          if (size == 1 || size == 2 || size == 4 || size == 8 || size == 16) {
            info.form = Form::kFusedElem;
          }
        } else if (operands[0].is_inst() &&
                   InfoOf(operands[0]).form == Form::kPlace) {
          if (const std::optional<int64_t> index = IntOf(operands[1]);
              index.has_value()) {
            const types::Array* const array = types::UnderAs<types::Array>(
                types::UnderAs<types::Pointer>(function_.TypeOf(operands[0]))
                    ->elem);
            if (*index >= 0 && *index < array->length) {
              info.form = Form::kPlace;
              info.offset = InfoOf(operands[0]).offset +
                            static_cast<int32_t>(*index * SizeOf(array->elem));
            }
          }
        }
        break;
      case Op::kIndex:
        if (const types::Array* const array =
                types::UnderAs<types::Array>(function_.TypeOf(operands[0]));
            array != nullptr) {
          if (const std::optional<int64_t> index = IntOf(operands[1]);
              index.has_value() && *index >= 0 && *index < array->length) {
            part_of(operands[0], *index * SizeOf(array->elem));
          }
        }
        break;
      case Op::kBinOp: {
        Comparison comparison;
        if (info.uses == 1 && info.user == i + 1 &&
            insts[i + 1].op == Op::kIf && insts[i + 1].block == inst.block &&
            CompareOp(inst, &comparison)) {
          info.form = Form::kFusedCompare;
        }
        break;
      }
      case Op::kCall: {
        if (inst.detail != static_cast<uint8_t>(ssa::CallMode::kBuiltin)) {
          break;
        }
        // Lengths of strings and slices are their second words.
        const auto id = static_cast<types::BuiltinId>(operands[0].index());
        if (id != types::BuiltinId::kLen && id != types::BuiltinId::kCap) {
          break;
        }
        const types::Type* const under =
            types::Under(function_.TypeOf(operands[1]));
        if (under->kind == types::TypeKind::kSlice) {
          part_of(operands[1], id == types::BuiltinId::kLen ? 8 : 16);
        } else if (types::IsBasic(under, types::kIsString)) {
          part_of(operands[1], 8);
        }
        break;
      }
      default:
        break;
    }
  }
}

// Where values are used last, if only in their block.
void Decoder::AnalyseUses() {
  const auto insts = function_.insts();
  for (ValueInfo& info : infos_) {
    info.uses = 0;
    info.is_local = true;
  }
  const auto use = [&](Value value, uint32_t at, bool is_phi) {
    const Value root = RootOf(value);
    if (!root.is_inst()) {
      return;
    }
    ValueInfo& info = InfoOf(root);
    ++info.uses;
    info.user = at;
    info.last_use = std::max(info.last_use, at);
    if (is_phi || insts[at].block != InstOf(root).block) {
      info.is_local = false;
    }
  };
  for (uint32_t i = 0; i != insts.size(); ++i) {
    const Form form = infos_[i].form;
    if (form == Form::kPart || form == Form::kPlace) {
      continue;
    }
    // What is done later uses its operands later.
    const bool is_fused = form == Form::kFusedField ||
                          form == Form::kFusedElem ||
                          form == Form::kFusedCompare;
    for (const Value operand : function_.Operands(insts[i])) {
      use(operand, is_fused ? i + 1 : i, insts[i].op == Op::kPhi);
    }
  }
  // Parts that are used elsewhere make their base live there: seen above, as
  // uses of parts are counted for their root.
  for (uint32_t i = 0; i != insts.size(); ++i) {
    ValueInfo& info = infos_[i];
    if (insts[i].op == Op::kPhi) {
      info.is_local = false;
    }
    if (info.is_local && info.form == Form::kRegister && info.uses != 0) {
      dying_[info.last_use].push_back(ssa::InstId{i});
    }
  }
}

// A value that only goes into a phi along an edge, after the phi's last use,
// gets its register: `i = phi …; …; i + 1`.
void Decoder::AnalysePhis() {
  const auto insts = function_.insts();
  // The last use of each phi in the block that is looked at.
  for (uint32_t i = 0; i != insts.size(); ++i) {
    const ssa::Inst& phi = insts[i];
    if (phi.op != Op::kPhi || infos_[i].size == 0) {
      continue;
    }
    infos_[i].reg = NewRegister(infos_[i].size);
  }
  std::vector<std::vector<uint32_t>> uses(insts.size());
  for (uint32_t i = 0; i != insts.size(); ++i) {
    const Form form = infos_[i].form;
    if (form == Form::kPart || form == Form::kPlace) {
      continue;
    }
    for (const Value operand : function_.Operands(insts[i])) {
      if (const Value root = RootOf(operand);
          root.is_inst() && InstOf(root).op == Op::kPhi) {
        uses[root.index()].push_back(i);
      }
    }
  }
  for (uint32_t i = 0; i != insts.size(); ++i) {
    const ssa::Inst& phi = insts[i];
    if (phi.op != Op::kPhi || infos_[i].size == 0) {
      continue;
    }
    const auto operands = function_.Operands(phi);
    const auto preds = function_.Preds(phi.block);
    for (size_t k = 0; k != operands.size(); ++k) {
      const Value value = operands[k];
      if (!value.is_inst()) {
        continue;
      }
      ValueInfo& info = InfoOf(value);
      const ssa::Inst& inst = InstOf(value);
      if (info.form != Form::kRegister || info.uses != 1 ||
          inst.block != preds[k] || info.phi.has_value() ||
          function_.Succs(preds[k]).size() != 1) {
        continue;
      }
      const bool is_append =
          inst.op == Op::kCall &&
          inst.detail == static_cast<uint8_t>(ssa::CallMode::kBuiltin) &&
          function_.Operands(inst)[0].index() ==
              static_cast<uint32_t>(types::BuiltinId::kAppend);
      if ((inst.op != Op::kBinOp && !is_append) ||
          infos_[i].size != info.size) {
        continue;
      }
      bool is_free = true;
      for (const uint32_t use : uses[i]) {
        // A fused instruction uses its operands one later.
        if ((insts[use].block == preds[k] && use + 1 > value.index() &&
             use != value.index()) ||
            (insts[use].op == Op::kPhi && insts[use].block == phi.block)) {
          is_free = false;
          break;
        }
      }
      if (is_free) {
        info.phi = ssa::InstId{i};
        info.reg = infos_[i].reg;
        break;
      }
    }
  }
}

void Decoder::Block(ssa::BlockId id) {
  block_starts_[id.index] = code_->insts.size();
  const ssa::Block& block = function_.block(id);
  if (id == function_.recover_block()) {
    // What is still registered runs first.
    code_->recover_at = static_cast<int32_t>(code_->insts.size());
    pos_ = {};
    source_ = nullptr;
    EmitHelper(slow::RunDefers);
  }
  for (uint32_t i = block.insts_begin; i != block.insts_end && !failed_; ++i) {
    const ssa::Inst& inst = function_.insts()[i];
    pos_ = inst.pos;
    source_ = &inst;
    const ValueInfo& info = infos_[i];
    if (info.form == Form::kRegister ||
        (info.form == Form::kPlace && inst.op == Op::kAlloc)) {
      if (i + 1 == block.insts_end) {
        Terminator(inst, id);
      } else {
        Instruction(inst);
      }
    }
    FreeTemps();
    for (const ssa::InstId dead : dying_[i]) {
      ValueInfo& value = infos_[dead.index];
      if (value.reg >= 0 && !value.phi.has_value()) {
        FreeRegister(value.reg, value.size);
      }
    }
  }
}

void Decoder::Finish() {
  in_landings_ = true;
  for (Landing& landing : landings_) {
    landing.at = code_->insts.size();
    pos_ = landing.pos;
    Edge(landing.from, landing.succ);
    FreeTemps();
  }
  for (const Fixup& fixup : fixups_) {
    const size_t target = fixup.to_landing ? landings_[fixup.target].at
                                           : block_starts_[fixup.target];
    code_->insts[fixup.inst].a = static_cast<int32_t>(
        static_cast<int64_t>(target) - static_cast<int64_t>(fixup.inst));
  }
  const int32_t base = static_cast<int32_t>(AlignUp(frame_size_, 8));
  code_->consts_offset = base;
  code_->consts_size = static_cast<int32_t>(code_->consts.size());
  code_->frame_size =
      static_cast<int32_t>(AlignUp(base + code_->consts_size, 16));
  const auto patch = [base](int32_t& offset) {
    if (offset >= kConstBase) {
      offset = offset - kConstBase + base;
    }
  };
  for (CodeInst& inst : code_->insts) {
    patch(inst.a);
    patch(inst.b);
    patch(inst.c);
  }
  for (const std::unique_ptr<Site>& site : code_->sites) {
    for (int32_t& operand : site->operands) {
      patch(operand);
    }
    for (Move& move : site->moves) {
      patch(move.from);
    }
  }
}

int32_t Decoder::NewRegister(int64_t size) {
  if (const auto found = free_registers_.find(SlotSize(size));
      found != free_registers_.end() && !found->second.empty()) {
    const int32_t reg = found->second.back();
    found->second.pop_back();
    return reg;
  }
  return FreshRegister(size);
}

int32_t Decoder::FreshRegister(int64_t size) {
  size = SlotSize(size);
  const int32_t reg = frame_size_;
  if (frame_size_ + size >= kConstBase) {
    Fail("a function with too large a frame");
    return 0;
  }
  frame_size_ += static_cast<int32_t>(size);
  return reg;
}

void Decoder::FreeRegister(int32_t reg, int64_t size) {
  free_registers_[SlotSize(size)].push_back(reg);
}

int32_t Decoder::Temp(int64_t size) {
  const int32_t reg = NewRegister(size);
  temps_.emplace_back(reg, size);
  return reg;
}

void Decoder::FreeTemps() {
  for (const auto& [reg, size] : temps_) {
    FreeRegister(reg, size);
  }
  temps_.clear();
}

int32_t Decoder::Reg(Value value) {
  switch (value.kind()) {
    case Value::Kind::kNone:
      return -1;
    case Value::Kind::kParam:
      return params_[value.index()];
    case Value::Kind::kFreeVar:
      return free_vars_[value.index()];
    case Value::Kind::kConst: {
      int32_t& offset = consts_[value.index()];
      if (offset < 0) {
        offset = ConstantOf(function_.consts()[value.index()]);
      }
      return offset;
    }
    case Value::Kind::kGlobal:
      return PointerConstant(
          program_.AddressOf(function_.globals()[value.index()]));
    case Value::Kind::kFunction:
      return PointerConstant(CalleeOf(value)->closure());
    case Value::Kind::kBuiltin:
      Fail("a built-in function as a value");
      return 0;
    case Value::Kind::kInst:
      break;
  }
  const ValueInfo& info = InfoOf(value);
  switch (info.form) {
    case Form::kPart:
      return Reg(info.base) + info.offset;
    case Form::kPlace: {
      const int32_t temp = Temp(8);
      Emit(CodeOp::kLocalAddr, temp, info.offset);
      return temp;
    }
    default:
      return info.reg;
  }
}

int32_t Decoder::Result(const ssa::Inst& inst) {
  const ssa::InstId id = function_.IdOf(inst);
  ValueInfo& info = infos_[id.index];
  if (info.reg < 0) {
    // What lives beyond its block must not share a register.
    if (!info.is_local) {
      info.reg = FreshRegister(info.size);
    } else if (info.uses == 0) {
      info.reg = Temp(info.size);
    } else {
      info.reg = NewRegister(info.size);
    }
  }
  return info.reg;
}

int32_t Decoder::WideReg(Value value) {
  const types::Basic* const basic =
      types::UnderAs<types::Basic>(function_.TypeOf(value));
  const int64_t size = SizeOf(basic);
  if (size == 8) {
    return Reg(value);
  }
  if (const std::optional<int64_t> constant = IntOf(value);
      constant.has_value()) {
    return Constant(&*constant, 8);
  }
  const bool is_unsigned = (basic->info & types::kIsUnsigned) != 0;
  const int32_t from = Reg(value);
  const int32_t to = Temp(8);
  const CodeOp op = size == 1 ? (is_unsigned ? CodeOp::kZext8 : CodeOp::kSext8)
                    : size == 2
                        ? (is_unsigned ? CodeOp::kZext16 : CodeOp::kSext16)
                        : (is_unsigned ? CodeOp::kZext32 : CodeOp::kSext32);
  Emit(op, to, from);
  return to;
}

int32_t Decoder::Constant(const void* bytes, size_t size) {
  std::string key(static_cast<const char*>(bytes), size);
  const auto [found, is_new] = const_offsets_.emplace(std::move(key), 0);
  if (is_new) {
    found->second = kConstBase + static_cast<int32_t>(code_->consts.size());
    code_->consts.insert(code_->consts.end(),
                         static_cast<const uint8_t*>(bytes),
                         static_cast<const uint8_t*>(bytes) + size);
    code_->consts.resize(static_cast<size_t>(SlotAlign(
        std::max<int64_t>(static_cast<int64_t>(code_->consts.size()), 8))));
  }
  return found->second;
}

int32_t Decoder::PointerConstant(const void* pointer) {
  return Constant(&pointer, sizeof(pointer));
}

int32_t Decoder::ConstantOf(const ssa::Const& constant) {
  const int64_t size = SizeOf(constant.type);
  std::vector<uint8_t> bytes(static_cast<size_t>(std::max<int64_t>(size, 8)));
  WriteConstant(constant.type, constant.value, bytes.data());
  return Constant(bytes.data(), bytes.size());
}

void Decoder::WriteConstant(const types::Type* type, types::Value value,
                            uint8_t* to) {
  if (value.is_unknown()) {
    return;
  }
  const types::Basic* const basic = types::UnderAs<types::Basic>(type);
  if (basic == nullptr) {
    Fail("a constant of an odd type");
    return;
  }
  namespace constant = types::constant;
  const auto write = [to](const auto& written) {
    std::memcpy(to, &written, sizeof(written));
  };
  if ((basic->info & types::kIsBoolean) != 0) {
    write(constant::BoolValue(value));
  } else if ((basic->info & types::kIsString) != 0) {
    Arena arena;
    write(program_.heap().Constant(constant::StringValue(arena, value)));
  } else if ((basic->info & types::kIsInteger) != 0 ||
             basic->basic == types::BasicKind::kUnsafePointer) {
    Arena arena;
    const types::Value integer = constant::ToInt(arena, value);
    uint64_t bits = 0;
    if (const auto small = constant::Int64Value(integer); small.has_value()) {
      bits = static_cast<uint64_t>(*small);
    } else if (const auto large = constant::Uint64Value(integer);
               large.has_value()) {
      bits = *large;
    }
    std::memcpy(to, &bits, static_cast<size_t>(SizeOf(type)));
  } else if (basic->basic == types::BasicKind::kFloat32) {
    write(constant::Float32Value(value));
  } else if (basic->basic == types::BasicKind::kFloat64 ||
             basic->basic == types::BasicKind::kUntypedFloat) {
    write(constant::Float64Value(value));
  } else if (basic->basic == types::BasicKind::kComplex64) {
    const float parts[] = {constant::Float32Value(constant::Real(value)),
                           constant::Float32Value(constant::Imag(value))};
    write(parts);
  } else if (basic->basic == types::BasicKind::kComplex128) {
    const double parts[] = {constant::Float64Value(constant::Real(value)),
                            constant::Float64Value(constant::Imag(value))};
    write(parts);
  } else {
    Fail("a constant of an odd type");
  }
}

CodeInst& Decoder::Emit(CodeOp op, int32_t a, int32_t b, int32_t c,
                        int64_t imm) {
  CodeInst inst{op, 0, a, b, c, {imm}};
  code_->insts.push_back(inst);
  code_->positions.push_back(pos_);
  if (program_.options().tells_steps) {
    code_->sources.push_back(source_);
  }
  return code_->insts.back();
}

Site& Decoder::NewSite() {
  code_->sites.push_back(std::make_unique<Site>());
  code_->sites.back()->function = &function_;
  return *code_->sites.back();
}

Site& Decoder::EmitHelper(Helper helper, int32_t a, int32_t b, int32_t c) {
  Site& site = NewSite();
  site.helper = helper;
  Emit(CodeOp::kHelper, a, b, c).ptr = &site;
  return site;
}

void Decoder::EmitMove(int32_t to, int32_t from, int64_t size) {
  switch (size) {
    case 0:
      break;
    case 1:
      Emit(CodeOp::kMov8, to, from);
      break;
    case 2:
      Emit(CodeOp::kMov16, to, from);
      break;
    case 4:
      Emit(CodeOp::kMov32, to, from);
      break;
    case 8:
      Emit(CodeOp::kMov64, to, from);
      break;
    case 16:
      Emit(CodeOp::kMov128, to, from);
      break;
    case 24:
      Emit(CodeOp::kMov192, to, from);
      break;
    default:
      Emit(CodeOp::kMovN, to, from, 0, size);
      break;
  }
}

void Decoder::EmitZero(int32_t to, int64_t size) {
  if (size == 0) {
    return;
  }
  if (size <= 8) {
    Emit(CodeOp::kZero64, to);
  } else {
    Emit(CodeOp::kZeroN, to, 0, 0, size);
  }
}

}  // namespace gdlint::interp
