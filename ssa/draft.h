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

  // The index of what is used; equal ones are one. Values of them are
  // Value(Kind, index).
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

  std::vector<BlockDraft>& blocks() { return blocks_; }
  const std::vector<BlockDraft>& blocks() const { return blocks_; }
  BlockDraft& block(BlockId id) { return blocks_[id.index]; }
  std::vector<Inst>& insts() { return insts_; }
  const std::vector<Inst>& insts() const { return insts_; }
  Inst& inst(InstId id) { return insts_[id.index]; }
  const Inst& inst(InstId id) const { return insts_[id.index]; }
  std::span<Value> Operands(InstId id);
  std::span<const Value> Operands(InstId id) const;
  const types::Type* TypeOf(Value value) const;
  std::span<const Const> consts() const { return consts_; }
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

  // Makes `function` of what is here: drops blocks that cannot be reached (the
  // operands of phis for them too), orders and numbers the rest. `function`
  // exists before, as children name their parents.
  void Freeze(Function& function);

 private:
  std::vector<BlockDraft> blocks_;
  size_t block_count_ = 0;
  std::vector<Inst> insts_;
  std::vector<Value> operands_;
  std::vector<Param> params_;
  std::vector<FreeVar> free_vars_;
  std::vector<Const> consts_;
  std::vector<const types::Var*> globals_;
  std::vector<const types::Type*> global_types_;
  std::vector<Callee> callees_;
  std::vector<const types::Func*> methods_;
  std::vector<const types::Var*> vars_;
  std::vector<std::vector<SelectState>> selects_;
};

}  // namespace gdlint::ssa
