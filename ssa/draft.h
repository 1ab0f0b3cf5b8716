// A function while it is built: instructions can be added to any block, removed
// and replaced. Kept from one function to the next, so that building one
// allocates little.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ssa/function.h"

namespace gdlint::ssa {

// Finds the place of a thing in a vector by its hash.
class PlaceIndex {
 public:
  void Clear();
  // The first place under `hash` for which `equals(place)` holds; if there is
  // none, `next` is added.
  template <typename Equals>
  uint32_t FindOrAdd(uint64_t hash, uint32_t next, const Equals& equals);

 private:
  void Grow();

  struct Slot {
    uint32_t hash = 0;
    // Of the thing, from 1; 0 is an empty slot.
    uint32_t place = 0;
  };
  std::vector<Slot> slots_;
  uint32_t count_ = 0;
};

class Draft {
 public:
  struct BlockDraft {
    // In order; phis first. Removed ones have left the list.
    std::vector<InstId> insts;
    std::vector<BlockId> preds;
    std::vector<BlockId> succs;
  };

  // Begins a new function.
  void Reset();

  // Block 0 is the entry.
  BlockId AddBlock();
  // Appends to `block`, which must not have a terminator yet. Operands are
  // copied.
  InstId Append(BlockId block, const Inst& inst,
                std::span<const Value> operands);
  InstId Append(BlockId block, const Inst& inst,
                std::initializer_list<Value> operands) {
    return Append(block, inst, std::span(operands.begin(), operands.size()));
  }
  // Also from a predecessor that is there already.
  void AddEdge(BlockId from, BlockId to);
  bool IsTerminated(BlockId block) const;

  // The index of what is used. Equal ones are one, but for constants that are
  // no small integers or booleans: those may be there several times. Values of
  // them are Value(Kind, index).
  Value ConstOf(const types::Type* type, types::Value value);
  // The zero value.
  Value ZeroOf(const types::Type* type);
  Value GlobalOf(const types::Var* var, const types::Type* pointer_type);
  Value FunctionOf(const FunctionKey& key, const types::Signature* type);
  Value ChildOf(const Function* child, const types::Signature* type);
  uint32_t MethodIndex(const types::Func* method);
  uint32_t VarIndex(const types::Var* var);
  uint32_t AddSelect(std::vector<SelectState> states);
  Value AddParam(const Param& param);
  Value AddFreeVar(const FreeVar& free_var);

  std::span<BlockDraft> blocks() { return {blocks_.data(), block_count_}; }
  std::span<const BlockDraft> blocks() const {
    return {blocks_.data(), block_count_};
  }
  BlockDraft& block(BlockId id) { return blocks_[id.index]; }
  const BlockDraft& block(BlockId id) const { return blocks_[id.index]; }
  std::vector<Inst>& insts() { return insts_; }
  const std::vector<Inst>& insts() const { return insts_; }
  Inst& inst(InstId id) { return insts_[id.index]; }
  const Inst& inst(InstId id) const { return insts_[id.index]; }
  std::span<Value> Operands(InstId id);
  std::span<const Value> Operands(InstId id) const;
  // Of what is not an instruction.
  const ValueTables<std::vector>& tables() const { return tables_; }
  const types::Type* TypeOf(Value value) const {
    return TypeOfValue(tables_, insts_, value,
                       [](const auto& list) { return std::span(list); });
  }
  // A phi for a variable of `type` that is at the place of `variable`, its
  // Alloc. Its operands, one for each predecessor, are none yet, and it is not
  // yet in the block's list.
  InstId NewPhi(BlockId block, const Inst& variable, const types::Type* type);
  // Gives an instruction other operands (phis get theirs late).
  void SetOperands(InstId id, std::span<const Value> operands);

  // What is not the body. Set by the builder, before Freeze.
  FunctionKind kind = FunctionKind::kDeclared;
  FunctionKey key;
  std::string name;
  const Function* parent = nullptr;
  const Function* outermost = nullptr;
  const types::Package* package = nullptr;
  const types::Unit* unit = nullptr;
  ast::NodeId syntax;
  source::Pos pos;
  const types::Signature* signature = nullptr;
  std::vector<const types::Type*> result_types;
  std::vector<Value> result_cells;
  BlockId recover_block;
  std::vector<std::unique_ptr<Function>> children;
  std::vector<Binding> bindings;

  // Drops the edges from blocks that cannot be reached, and the operands of
  // phis for them. Nothing may be added afterwards. The reachable blocks in
  // reverse postorder, the recover block last.
  std::span<const BlockId> RemoveUnreachable();

  // Makes `function` of what is here: drops blocks that cannot be reached,
  // orders and numbers the rest. `function` exists before, as children name
  // their parents. Afterwards the draft must be reset.
  void Freeze(Function& function);

 private:
  Value IndexedConst(const types::Type* type, types::Value value);
  void ComputeOrder(BlockId root);
  // Adds place for so many operands of `inst` at the end.
  void AddOperands(Inst& inst, size_t size);
  // Of an instruction that has place for as many.
  void SetOperandsSize(Inst& inst, size_t size);
  // Steps of Freeze: what becomes of blocks and instructions, where everything
  // is to stand, and what stands there.
  struct FrozenSizes {
    size_t insts = 0;
    size_t operands = 0;
    size_t edges = 0;
  };
  FrozenSizes Renumber();
  Value Renamed(Value value) const;
  void PlanMemory(Function& function, const FrozenSizes& sizes) const;
  void FillBody(Function& function) const;
  void FillTables(Function& function) const;
  void RenameResults();

  // The first block_count_ are in use; the rest keep their memory.
  std::vector<BlockDraft> blocks_;
  size_t block_count_ = 0;
  std::vector<Inst> insts_;
  std::vector<Value> operands_;
  ValueTables<std::vector> tables_;
  std::vector<std::vector<SelectState>> selects_;
  PlaceIndex const_index_;
  PlaceIndex global_index_;
  PlaceIndex callee_index_;
  PlaceIndex method_index_;
  PlaceIndex var_index_;

  // Of RemoveUnreachable and Freeze.
  struct Visit {
    BlockId block;
    uint32_t next;
  };
  std::vector<BlockId> order_;
  std::vector<uint8_t> seen_;
  std::vector<Visit> visits_;
  std::vector<uint32_t> new_blocks_;
  std::vector<uint32_t> new_insts_;
};

}  // namespace gdlint::ssa
