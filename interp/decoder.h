// Makes Code of one ssa::Function. Internal to the machine.
//
// Values get registers as they are decoded: one that lives only within its
// block gives its register back after its last use. Some values have no code of
// their own: parts of others (Extract, Field, ChangeType …), addresses of
// variables that lie in the frame, and what is done by the instruction that
// uses it.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "interp/code.h"
#include "interp/program.h"
#include "ssa/function.h"

namespace gdlint::interp {

// Of registers that hold constants, until the size of the frame is known.
inline constexpr int32_t kConstBase = 1 << 28;

class Decoder {
 public:
  Decoder(Program& program, Callable& callable, std::string& problem);

  std::unique_ptr<Code> Decode();

 private:
  // How a value is represented.
  enum class Form : uint8_t {
    // In a register of its own.
    kRegister,
    // At `offset` in the register of `base`.
    kPart,
    // The address of register `offset`: a variable in the frame.
    kPlace,
    // `offset` from the address `base`, checked and added where it is used.
    kFusedField,
    // The element of a slice, loaded or stored where it is used.
    kFusedElem,
    // The comparison is part of the If.
    kFusedCompare,
    // The bits are those of a constant.
    kConstant,
  };
  struct ValueInfo {
    Form form = Form::kRegister;
    bool is_local = false;  // To its block.
    int32_t offset = 0;
    int32_t reg = -1;
    int32_t size = 0;
    ssa::Value base;
    // Index of the last instruction that uses it, if `is_local`.
    uint32_t last_use = 0;
    uint32_t uses = 0;
    // Its only use.
    uint32_t user = 0;
    // It shares the register of this phi.
    ssa::InstId phi;
  };

  // decode.cpp
  void Analyse();
  void AnalyseForms();
  void AnalyseUses();
  void AnalysePhis();
  void Block(ssa::BlockId block);
  void Finish();
  // The instruction whose register holds the value, perhaps as a part.
  ssa::Value RootOf(ssa::Value value) const;
  const ssa::Inst& InstOf(ssa::Value value) const {
    return function_.inst(value.inst());
  }
  ValueInfo& InfoOf(ssa::Value value) { return infos_[value.index()]; }
  const ValueInfo& InfoOf(ssa::Value value) const {
    return infos_[value.index()];
  }

  int32_t NewRegister(int64_t size);
  int32_t FreshRegister(int64_t size);
  void FreeRegister(int32_t reg, int64_t size);
  // For the current instruction alone.
  int32_t Temp(int64_t size);
  void FreeTemps();
  // Where the value lies; may emit code that computes its address.
  int32_t Reg(ssa::Value value);
  // Where the instruction puts its value.
  int32_t Result(const ssa::Inst& inst);
  // As Reg, of an integer made 64 bits wide by its type's sign.
  int32_t WideReg(ssa::Value value);
  int32_t Constant(const void* bytes, size_t size);
  int32_t PointerConstant(const void* pointer);
  int32_t ConstantOf(const ssa::Const& constant);
  // Writes a constant of `type` to zeroed memory.
  void WriteConstant(const types::Type* type, types::Value value, uint8_t* to);
  std::optional<int64_t> IntOf(ssa::Value value) const;

  CodeInst& Emit(CodeOp op, int32_t a = 0, int32_t b = 0, int32_t c = 0,
                 int64_t imm = 0);
  Site& EmitHelper(Helper helper, int32_t a = 0, int32_t b = 0, int32_t c = 0);
  Site& NewSite();
  void EmitMove(int32_t to, int32_t from, int64_t size);
  void EmitZero(int32_t to, int64_t size);

  const RunType* TypeOf(ssa::Value value) {
    return RunTypeOf(function_.TypeOf(value));
  }
  const RunType* RunTypeOf(const types::Type* type);
  int64_t SizeOf(const types::Type* type) {
    return RegisterSize(program_, type);
  }
  int64_t SizeOf(ssa::Value value) { return SizeOf(function_.TypeOf(value)); }
  // Where component `index` of a tuple lies.
  int64_t TupleOffset(const types::Tuple* tuple, uint32_t index);
  void Fail(std::string what);

  // decode_flow.cpp
  void Terminator(const ssa::Inst& inst, ssa::BlockId block);
  void If(const ssa::Inst& inst, ssa::BlockId block);
  // True if control passes from `from` to its successor without code.
  bool EdgeIsEmpty(ssa::BlockId from, uint32_t succ);
  void Edge(ssa::BlockId from, uint32_t succ);
  void JumpTo(ssa::BlockId block, ssa::BlockId from);
  std::vector<Move> EdgeMoves(ssa::BlockId from, uint32_t succ);
  void EmitMoves(std::vector<Move> moves);
  // Emits a jump by `op` that is taken to a successor, by way of a landing
  // if need be.
  void Branch(CodeOp op, int32_t b, int32_t c, int64_t imm, ssa::BlockId from,
              uint32_t succ);
  void Return(const ssa::Inst& inst);

  // decode_ops.cpp
  void Instruction(const ssa::Inst& inst);
  void Alloc(const ssa::Inst& inst);
  void Load(const ssa::Inst& inst);
  void Store(const ssa::Inst& inst);
  void TellResult(const ssa::Inst& store);
  void TellReturn(const ssa::Inst& inst);
  void TellEnter();
  void TellStep(const ssa::Inst& inst);
  void FieldAddr(const ssa::Inst& inst);
  void IndexAddr(const ssa::Inst& inst);
  void Index(const ssa::Inst& inst);
  void LoadFrom(int32_t to, int32_t pointer, int64_t offset, int64_t size);
  void StoreTo(int32_t pointer, int64_t offset, int32_t from, int64_t size);
  // The register of the pointer that a fused address is relative to.
  int32_t FusedBase(ssa::Value address, int64_t* offset);
  void BinOp(const ssa::Inst& inst);
  void Shift(const ssa::Inst& inst);
  // The comparison as an operation on `b` and `c`; false if a helper must do.
  struct Comparison {
    CodeOp op;
    ssa::Value x;
    ssa::Value y;
    // The operation gives the opposite.
    bool is_negated = false;
  };
  bool CompareOp(const ssa::Inst& inst, Comparison* comparison);
  void UnOp(const ssa::Inst& inst);
  void Convert(const ssa::Inst& inst);
  // The conversion leaves the bits as they are, and needs no check.
  bool ConvertIsCopy(ssa::Value from, const ssa::Inst& inst);
  void MakeInterface(const ssa::Inst& inst);

  // decode_call.cpp
  void Call(const ssa::Inst& inst);
  void GoOrDefer(const ssa::Inst& inst);
  void Builtin(const ssa::Inst& inst);
  // Puts arguments of a call into `site`, from slot offset `at` on.
  void Arguments(std::span<const ssa::Value> args, int32_t at, Site& site);
  Callable* CalleeOf(ssa::Value value);
  // A function that calls the built-in with the operands as parameters.
  Callable* BuiltinCallable(const ssa::Inst& inst);
  // Emits a built-in with operands in these registers.
  void EmitBuiltin(types::BuiltinId id, std::span<const ssa::Value> args,
                   std::span<const int32_t> regs, const ssa::Inst& inst,
                   int32_t to);

  // decode_slow.cpp: what helpers do.
  void Slow(const ssa::Inst& inst);

  struct Fixup {
    size_t inst;
    bool to_landing;
    uint32_t target;  // Block or landing.
  };
  // The code of an edge that has copies to make, after all blocks: a branch
  // lands there on its way to the successor.
  struct Landing {
    ssa::BlockId from;
    uint32_t succ;
    size_t at = 0;
    source::Pos pos;
  };

  Program& program_;
  Callable& callable_;
  const ssa::Function& function_;
  std::string& problem_;
  std::unique_ptr<Code> code_;
  std::vector<ValueInfo> infos_;
  // By parameter and free variable.
  std::vector<int32_t> params_;
  std::vector<int32_t> free_vars_;
  std::vector<int32_t> consts_;
  int32_t frame_size_ = 0;
  std::unordered_map<int64_t, std::vector<int32_t>> free_registers_;
  std::vector<std::pair<int32_t, int64_t>> temps_;
  // By instruction: values whose last use it is.
  std::vector<std::vector<ssa::InstId>> dying_;
  std::unordered_map<std::string, int32_t> const_offsets_;
  std::vector<size_t> block_starts_;
  std::vector<Fixup> fixups_;
  std::vector<Landing> landings_;
  source::Pos pos_;
  // What code is being emitted for; null for none.
  const ssa::Inst* source_ = nullptr;
  // By Range: its iterator.
  std::unordered_map<uint32_t, int32_t> range_states_;
  bool in_landings_ = false;
  bool failed_ = false;
};

}  // namespace gdlint::interp
