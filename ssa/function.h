// The SSA form of one function.
//
// Built in three steps: the builder writes a Draft (draft.h) that loads and
// stores local variables, lifting turns those whose address nobody takes into
// values with phis, and freezing lays the result out as a Function, which is
// never modified. Every Function passes Verify (verify.h), lifted or not.
//
// Decision 6 of the design and go/ssa give the vocabulary. What differs from
// go/ssa: results of a function with deferred calls are cells until RunDefers
// is done; blocks can end in an Exit; the order of evaluation is gc's.

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ast/node_id.h"
#include "source/pos.h"
#include "support/ids.h"
#include "support/packed.h"
#include "types/constant.h"
#include "types/object.h"
#include "types/package.h"
#include "types/type.h"

namespace gdlint::ssa {

enum OpTraits : uint8_t {
  // Others may use it; false also for what is called only for its effect.
  kProducesValue = 1 << 0,
  kMayPanic = 1 << 1,
  // Ends its block. Every block has exactly one, in last place.
  kTerminator = 1 << 2,
  // The goroutine may wait here, also for ever.
  kMayBlock = 1 << 3,
};

enum class Op : uint8_t {
#define SSA_OP(Name, Text, Operands, Traits) k##Name,
#include "ssa/op.def"
};

struct OpInfo {
  std::string_view text;
  int operand_count;
  int traits;
};
const OpInfo& InfoOf(Op op);

// Inst::detail of Lookup, Recv, TypeAssert.
inline constexpr uint8_t kCommaOk = 1;
// Inst::detail of Select.
inline constexpr uint8_t kBlocking = 1;
// Inst::detail of Alloc.
inline constexpr uint8_t kEscapes = 1;

// Inst::detail of Call, Go and Defer, the lowest bits.
enum class CallMode : uint8_t {
  // Operand 0 is a function (Value::Kind::kFunction); a method's receiver is
  // the first argument.
  kStatic,
  // Operand 0 is a value of a function type, perhaps nil.
  kDynamic,
  // Operand 0 is an interface value, `aux` the method (Function::methods()).
  kInvoke,
  // Operand 0 is a built-in; for types::BuiltinId kRecover, kPanic, kPrint,
  // kPrintln, kLen, kCap, kAppend (two operands, the second perhaps None),
  // kCopy,
  // kClose, kDelete, kClear, kMin, kMax, kComplex, kReal, kImag, and those of
  // unsafe.
  kBuiltin,
};
inline constexpr uint8_t kCallModeMask = 3;
// Bit of Inst::detail of Defer.
inline constexpr uint8_t kOnDeferStack = 1 << 2;

// Inst::detail of Exit: how control ends.
enum class ExitKind : uint8_t {
  // The process ends; no deferred call runs (os.Exit).
  kProcess,
  // All deferred calls of the goroutine run, then it ends (runtime.Goexit).
  kGoexit,
  // It waits or loops for ever (`select {}`).
  kNever,
  // The callee always panics, or never returns in a way that is not known.
  kNoReturn,
};

// gc's states of a range-over-func loop, and what RangePanic says.
enum class RangeState : uint8_t {
  kReady,
  // The body is running, or panicked.
  kPanic,
  kExhausted,
  kMissedPanic,
  kDone,
};

using InstId = Id<struct InstTag>;
using BlockId = Id<struct BlockTag>;

// Anything an instruction can use, but for kNone. What is no instruction has no
// place in a block.
class Value {
 public:
  enum class Kind : uint8_t {
    // An operand that is left out.
    kNone,
    kInst,
    // Function::params(): the receiver first.
    kParam,
    // Function::free_vars(): the addresses of what a closure captures.
    kFreeVar,
    // Function::consts().
    kConst,
    // The address of a package-level variable, Function::globals().
    kGlobal,
    // Function::callees().
    kFunction,
    // A types::BuiltinId.
    kBuiltin,
  };

  constexpr Value() = default;
  constexpr Value(InstId id) : Value(Kind::kInst, id.index) {}  // NOLINT
  constexpr Value(Kind kind, uint32_t index)
      : raw_(static_cast<uint32_t>(kind) << kIndexBits | index) {}
  static constexpr Value None() { return {}; }

  constexpr Kind kind() const { return static_cast<Kind>(raw_ >> kIndexBits); }
  constexpr uint32_t index() const { return raw_ & kIndexMask; }
  constexpr bool has_value() const { return raw_ != 0; }
  constexpr bool is_inst() const { return kind() == Kind::kInst; }
  constexpr InstId inst() const { return InstId{index()}; }
  friend constexpr bool operator==(Value, Value) = default;

  // No function may have more of one kind of value.
  static constexpr uint32_t kMaxIndex = (1 << 29) - 1;

 private:
  static constexpr int kIndexBits = 29;
  static constexpr uint32_t kIndexMask = kMaxIndex;

  uint32_t raw_ = 0;
};

inline constexpr uint32_t kNoAux = 0xffff'ffff;

// One instruction.
struct Inst {
  Op op;
  // See op.def.
  uint8_t detail = 0;
  // See OperandsAmong.
  uint16_t operands_size = 0;
  BlockId block;
  // Where a person looks for it: the operator, the parenthesis of a call, the
  // keyword; never invalid but in synthetic functions.
  source::Pos pos;
  // The expression or statement that it is for; none if it is for the function
  // as a whole.
  ast::NodeId node;
  uint32_t operands_begin = 0;
  uint32_t aux = kNoAux;
  // Of what it produces; null if it does not produce a value. The iterators of
  // Range and DeferStack are of type unsafe.Pointer.
  const types::Type* type = nullptr;
};

// There are millions of them.
static_assert(sizeof(Inst) == 32);

// Inst::operands_size of a phi of a huge switch, and the like. The operand
// before the first one has the number of operands as its index.
inline constexpr uint16_t kManyOperands = UINT16_MAX;

// The operands of `inst`, where `all` are those of its function.
constexpr std::span<const Value> OperandsAmong(std::span<const Value> all,
                                               const Inst& inst) {
  const uint32_t size = inst.operands_size < kManyOperands
                            ? inst.operands_size
                            : all[inst.operands_begin - 1].index();
  return all.subspan(inst.operands_begin, size);
}

// Of a Call, Go or Defer.
constexpr CallMode ModeOf(const Inst& call) {
  return static_cast<CallMode>(call.detail & kCallModeMask);
}

// A constant, or the zero value of any type (nil of a pointer, `T{}`).
struct Const {
  const types::Type* type;
  // Unknown for a zero value that is not that of a basic type.
  types::Value value;
};

struct Param {
  // Null in synthetic functions.
  const types::Var* var;
  const types::Type* type;
};

// What a closure captures: a variable of the enclosing function, by its
// address. `type` is the pointer's.
struct FreeVar {
  // Null for what the builder invented (the state of a range-over-func loop).
  const types::Var* var;
  const types::Type* type;
};

enum class FunctionKind : uint8_t {
  // A FuncDecl: function or method.
  kDeclared,
  // A FuncLit.
  kLiteral,
  // The body of a range-over-func loop: `func(k K, v V) bool`.
  kRangeBody,
  // The initialisation of package-level variables by one expression. Its
  // FunctionKey has no func.
  kVarInit,
  // What the tables of interfaces hold for a promoted method, or for a method
  // of
  // a value that is called through a pointer.
  kWrapper,
  // A method value `x.M`: a closure whose free variable 0 is x itself.
  kBound,
  // A method expression `T.M` that is not just a declared function.
  kThunk,
};
// Wrappers do not count as frames for `recover` (facts R5).
constexpr bool IsWrapper(FunctionKind kind) {
  return kind == FunctionKind::kWrapper || kind == FunctionKind::kBound ||
         kind == FunctionKind::kThunk;
}

// What names a function in a whole program. Equal keys, compared by identity of
// types, are the same function.
struct FunctionKey {
  FunctionKind kind = FunctionKind::kDeclared;
  // The declaration, or the method that a wrapper leads to: an interface's for
  // a kBound or kThunk of an interface.
  const types::Func* func = nullptr;
  // Of wrappers: the type that has the method (T or *T, or an interface).
  const types::Type* recv = nullptr;
  // Of an instance: for the function's own type parameters, or for a method's
  // receiver's. Empty for the generic function itself, which is lowered once
  // for analysis.
  std::span<const types::Type* const> type_args;
};

class Function;

// A function that this one names.
struct Callee {
  // Unless it is a child.
  FunctionKey key;
  // The literal or loop body within this function; else null.
  const Function* child = nullptr;
  const types::Signature* type = nullptr;
};

// One case of a select statement.
struct SelectState {
  bool is_send;
  source::Pos pos;
};

// What values, and `aux` of instructions, name by an index: of a function, and
// of one that is being built.
template <template <typename> typename List>
struct ValueTables {
  List<Param> params;
  List<FreeVar> free_vars;
  List<Const> consts;
  List<const types::Var*> globals;
  // The pointer to each global.
  List<const types::Type*> global_types;
  List<Callee> callees;
  List<const types::Func*> methods;
  List<const types::Var*> vars;
};

// The type of a value of the function whose instructions are `insts`; null for
// kNone and kBuiltin. Of a global, the pointer to it. `items` gives the items
// of a List.
template <template <typename> typename List, typename Items>
const types::Type* TypeOfValue(const ValueTables<List>& tables,
                               std::span<const Inst> insts, Value value,
                               const Items& items) {
  switch (value.kind()) {
    case Value::Kind::kNone:
    case Value::Kind::kBuiltin:
      return nullptr;
    case Value::Kind::kInst:
      return insts[value.index()].type;
    case Value::Kind::kParam:
      return items(tables.params)[value.index()].type;
    case Value::Kind::kFreeVar:
      return items(tables.free_vars)[value.index()].type;
    case Value::Kind::kConst:
      return items(tables.consts)[value.index()].type;
    case Value::Kind::kGlobal:
      return items(tables.global_types)[value.index()];
    case Value::Kind::kFunction:
      return items(tables.callees)[value.index()].type;
  }
  return nullptr;
}

// A variable got a value, after lifting: what was a Store. In the order of the
// source.
struct Binding {
  const types::Var* var;
  Value value;
  source::Pos pos;
  BlockId block;
};

// A basic block: a run of instructions, phis first. An edge is named by its
// source block and its index in `succs`.
struct Block {
  uint32_t insts_begin = 0;
  uint32_t insts_end = 0;
  uint32_t preds_begin = 0;
  uint32_t preds_size = 0;
  uint32_t succs_begin = 0;
  uint32_t succs_size = 0;
};

class Function {
 public:
  Function();
  ~Function();
  Function(const Function&) = delete;
  Function& operator=(const Function&) = delete;

  FunctionKind kind() const { return kind_; }
  const FunctionKey& key() const { return key_; }
  // `F`, `(*T).M`, `T.M`, `F[int]`, `F$1` for the first literal in F,
  // `F-range1` for a loop's body, `init#3`. The package is not part of it.
  std::string_view name() const {
    const std::span<const char> name = memory_.Items(name_);
    return {name.data(), name.size()};
  }
  // The enclosing function of a literal or a loop's body, else null.
  const Function* parent() const { return parent_; }
  // Whose Defers a loop's body registers on and whose results its return
  // statements set: itself for all others.
  const Function* outermost() const { return outermost_; }
  const types::Package* package() const { return package_; }
  // The tree and facts that nodes refer to; null for wrappers.
  const types::Unit* unit() const { return unit_; }
  // The FuncDecl, FuncLit or RangeStmt; none for others.
  ast::NodeId syntax() const { return syntax_; }
  source::Pos pos() const { return pos_; }
  // With the receiver, if any, not among the parameters.
  const types::Signature* signature() const { return signature_; }
  std::span<const types::Type* const> result_types() const {
    return memory_.Items(result_types_);
  }

  // Whoever puts functions together numbers them: one such program at a time,
  // and not while others ask. kNoNumber before.
  static constexpr uint32_t kNoNumber = UINT32_MAX;
  uint32_t number() const { return number_; }
  void SetNumber(uint32_t number) const { number_ = number; }

  // Entry is block 0, and blocks are in reverse postorder, the recover block
  // last.
  std::span<const Block> blocks() const { return memory_.Items(blocks_); }
  const Block& block(BlockId id) const { return blocks()[id.index]; }
  // Of all blocks, in their order.
  std::span<const Inst> insts() const { return memory_.Items(insts_); }
  const Inst& inst(InstId id) const { return insts()[id.index]; }
  std::span<const Inst> InstsOf(BlockId id) const {
    const Block& b = block(id);
    return insts().subspan(b.insts_begin, b.insts_end - b.insts_begin);
  }
  InstId IdOf(const Inst& inst) const {
    return InstId{static_cast<uint32_t>(&inst - insts().data())};
  }
  std::span<const BlockId> Preds(BlockId id) const {
    return memory_.Items(edges_).subspan(block(id).preds_begin,
                                         block(id).preds_size);
  }
  std::span<const BlockId> Succs(BlockId id) const {
    return memory_.Items(edges_).subspan(block(id).succs_begin,
                                         block(id).succs_size);
  }
  std::span<const Value> Operands(const Inst& inst) const {
    return OperandsAmong(memory_.Items(operands_), inst);
  }
  const Inst& Terminator(BlockId id) const {
    return insts()[block(id).insts_end - 1];
  }

  // Where control goes on after a panic was recovered by a call that this
  // function deferred: it returns the current results. None without a Defer or
  // DeferStack. No block leads there; for dominance it follows the entry block.
  BlockId recover_block() const { return recover_block_; }
  bool has_defers() const { return recover_block_.has_value(); }
  // Named results, and all results of a function with defers, by result: the
  // Alloc that is the cell; None for a result that was lifted or has none.
  std::span<const Value> result_cells() const {
    return memory_.Items(result_cells_);
  }

  std::span<const Param> params() const {
    return memory_.Items(tables_.params);
  }
  std::span<const FreeVar> free_vars() const {
    return memory_.Items(tables_.free_vars);
  }
  std::span<const Const> consts() const {
    return memory_.Items(tables_.consts);
  }
  std::span<const types::Var* const> globals() const {
    return memory_.Items(tables_.globals);
  }
  std::span<const Callee> callees() const {
    return memory_.Items(tables_.callees);
  }
  // The interface methods of kInvoke calls.
  std::span<const types::Func* const> methods() const {
    return memory_.Items(tables_.methods);
  }
  std::span<const types::Var* const> vars() const {
    return memory_.Items(tables_.vars);
  }
  std::span<const std::vector<SelectState>> selects() const { return selects_; }
  std::span<const Binding> bindings() const { return memory_.Items(bindings_); }
  // Literals and loop bodies directly within, in source order.
  std::span<const std::unique_ptr<Function>> children() const {
    return children_;
  }

  // Of a value; null for kNone and kBuiltin. Of a global, the pointer to it.
  const types::Type* TypeOf(Value value) const {
    return TypeOfValue(tables_, insts(), value,
                       [this](auto list) { return memory_.Items(list); });
  }

  // The instructions of which `value` is an operand, in their order, each once.
  // None for what is no instruction, parameter, free variable or function. The
  // index is made when it is first asked for; any thread may ask.
  std::span<const InstId> UsersOf(Value value) const;

 private:
  friend class Draft;

  // Users of instructions first, then of parameters, free variables and
  // functions, as `begin` says.
  struct UserIndex {
    Packed memory;
    Packed::Array<uint32_t> begin;
    Packed::Array<InstId> users;
  };
  void MakeUserIndex(UserIndex& index) const;
  // The place of a value in UserIndex::begin, or kNoAux.
  uint32_t SlotOf(Value value) const;

  FunctionKind kind_ = FunctionKind::kDeclared;
  FunctionKey key_;
  const Function* parent_ = nullptr;
  const Function* outermost_ = nullptr;
  const types::Package* package_ = nullptr;
  const types::Unit* unit_ = nullptr;
  ast::NodeId syntax_;
  source::Pos pos_;
  const types::Signature* signature_ = nullptr;
  BlockId recover_block_;
  mutable uint32_t number_ = kNoNumber;
  std::vector<std::vector<SelectState>> selects_;
  std::vector<std::unique_ptr<Function>> children_;

  // In `memory_`.
  Packed::Array<const types::Type*> type_args_;
  Packed::Array<char> name_;
  Packed::Array<const types::Type*> result_types_;
  Packed::Array<Value> result_cells_;
  Packed::Array<Block> blocks_;
  Packed::Array<BlockId> edges_;
  Packed::Array<Inst> insts_;
  Packed::Array<Value> operands_;
  ValueTables<Packed::Array> tables_;
  Packed::Array<Binding> bindings_;
  Packed memory_;

  mutable std::once_flag users_once_;
  mutable UserIndex users_;
};

}  // namespace gdlint::ssa
