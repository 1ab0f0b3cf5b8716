// What a function is decoded to: instructions of fixed size whose operands are
// byte offsets into the frame.
//
// A frame's registers, from its begin: the parameters (each at the next
// multiple of 8), the constants (copied from the Code when it is entered), what
// the closure captured, then the values. Every register begins at a multiple of
// 8 and has at least 8 bytes.

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "interp/closure.h"
#include "interp/program.h"
#include "source/pos.h"

namespace gdlint::interp {

struct Execution;
struct Goroutine;

enum class CodeOp : uint16_t {
#define CODE_OP(Name) k##Name,
#include "interp/code_op.def"
};

struct CodeInst {
  CodeOp op;
  uint16_t n = 0;
  // Most often the register that is written.
  int32_t a = 0;
  int32_t b = 0;
  int32_t c = 0;
  union {
    int64_t imm = 0;
    const void* ptr;
  };
};
static_assert(sizeof(CodeInst) == 24);

// What goes on after an operation outside of the loop.
enum class Next : uint8_t {
  // The next instruction.
  kContinue,
  // Where the goroutine's top frame stands.
  kReload,
  // The goroutine waits or has ended, or the machine has stopped.
  kLeave,
};

// An operation outside of the loop. The frame's `pc` is that of the next
// instruction.
struct Site;
using Helper = Next (*)(Execution& at, const CodeInst& inst, const Site& site);

// An argument that is copied into a new frame, or a value into a tuple.
struct Move {
  int32_t from;
  int32_t to;
  int32_t size;
};

// What an operation knows beyond its CodeInst.
struct Site {
  Helper helper = nullptr;
  const RunType* type = nullptr;
  const RunType* other_type = nullptr;
  int64_t size = 0;
  int64_t length = 0;
  void (*conversion)(Heap& heap, const void* from, void* to) = nullptr;
  // Offsets of operands; -1 for one that is left out.
  std::vector<int32_t> operands;
  std::vector<Move> moves;
  // Of the operands that print and println write.
  std::vector<const RunType*> types;
  // Of calls.
  Callable* callee = nullptr;
  const types::Func* method = nullptr;
  int32_t args_size = 0;
  int32_t results_size = 0;
  // The method that was called last here, and for which type.
  mutable const RunType* cached_type = nullptr;
  mutable const Program::Method* cached_method = nullptr;
  // The function that was asserted last, and whether the type has it.
  mutable bool cached_answer = false;
  bool flag = false;
  uint8_t kind = 0;
  uint8_t other_kind = 0;
  const ssa::Inst* inst = nullptr;
  // Of a result.
  std::string_view text;
  const ssa::Function* function = nullptr;
};

// The array whose element IndexAddrArray and IndexArray take.
struct ArraySite {
  int64_t elem_size;
  int64_t length;
};

struct Code {
  Callable* callable = nullptr;
  std::vector<CodeInst> insts;
  // Of each instruction.
  std::vector<source::Pos> positions;
  // Likewise, what it is for; empty if the code does not tell of steps.
  std::vector<const ssa::Inst*> sources;
  // Registers.
  int32_t frame_size = 0;
  int32_t args_size = 0;
  int32_t consts_offset = 0;
  int32_t consts_size = 0;
  int32_t captured_offset = 0;
  int32_t captured_size = 0;
  // The instruction where a recovered panic goes on, or -1.
  int32_t recover_at = -1;
  bool is_wrapper = false;
  bool is_native = false;
  std::vector<uint8_t> consts;
  std::vector<std::unique_ptr<Site>> sites;
  std::vector<std::unique_ptr<ArraySite>> arrays;
  // For a built-in that is deferred or started: what is called.
  std::vector<std::unique_ptr<Callable>> callables;
  std::vector<std::unique_ptr<Code>> codes;

  source::Pos PosOf(const CodeInst* inst) const {
    const size_t index = static_cast<size_t>(inst - insts.data());
    return index < positions.size() ? positions[index] : source::Pos();
  }
  const ssa::Inst* SourceOf(const CodeInst* inst) const {
    const size_t index = static_cast<size_t>(inst - insts.data());
    return index < sources.size() ? sources[index] : nullptr;
  }
};

// The code of `callable`, whose `function` must be set. If it holds what cannot
// be run, null, and `problem` says what.
std::unique_ptr<Code> Decode(Program& program, Callable& callable,
                             std::string& problem);
// Of an intrinsic with so many bytes of arguments.
std::unique_ptr<Code> NativeCode(Callable& callable, int32_t args_size);

// What arguments and results of a signature take. With `receiver` unless it is
// null.
int32_t ArgsSize(Program& program, const types::Type* receiver,
                 const types::Signature* signature);
int32_t ResultsSize(Program& program, const types::Signature* signature);
// Also of tuples, as they lie in registers.
int64_t RegisterSize(Program& program, const types::Type* type);

}  // namespace gdlint::interp
