#include "ssa/draft.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "support/arena.h"
#include "support/invariant.h"
#include "types/constant.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

uint64_t Mix(uint64_t hash, uint64_t word) {
  return (hash ^ word) * 0x9e37'79b9'7f4a'7c15 + (hash >> 29);
}

uint64_t Mix(uint64_t hash, const void* pointer) {
  return Mix(hash, static_cast<uint64_t>(reinterpret_cast<uintptr_t>(pointer)));
}

// The zero value of `type`, if its underlying type is a basic one that has
// constants.
types::Value BasicZero(const types::Type* type) {
  const types::Basic* const basic = types::UnderAs<types::Basic>(type);
  if (basic == nullptr || types::IsTypeParam(type)) {
    return {};
  }
  if ((basic->info & types::kIsNumeric) != 0) {
    return types::constant::MakeInt64(0);
  }
  if ((basic->info & types::kIsBoolean) != 0) {
    return types::constant::MakeBool(false);
  }
  if ((basic->info & types::kIsString) != 0) {
    static const types::Value empty = [] {
      static Arena arena;
      return types::constant::MakeString(arena, "");
    }();
    return empty;
  }
  return {};
}

bool EqualKeys(const FunctionKey& a, const FunctionKey& b) {
  const auto same = [](const types::Type* x, const types::Type* y) {
    return x == y || (x != nullptr && y != nullptr && types::Identical(x, y));
  };
  return a.kind == b.kind && a.func == b.func && same(a.recv, b.recv) &&
         std::ranges::equal(a.type_args, b.type_args, same);
}

// Moves what was gathered into a vector of just its size, and keeps the memory.
template <typename T>
void MoveOut(std::vector<T>& from, std::vector<T>& to) {
  to.assign(std::make_move_iterator(from.begin()),
            std::make_move_iterator(from.end()));
  from.clear();
}

void Clear(ValueTables& tables) {
  tables.params.clear();
  tables.free_vars.clear();
  tables.consts.clear();
  tables.globals.clear();
  tables.global_types.clear();
  tables.callees.clear();
  tables.methods.clear();
  tables.vars.clear();
  tables.selects.clear();
}

void MoveOut(ValueTables& from, ValueTables& to) {
  MoveOut(from.params, to.params);
  MoveOut(from.free_vars, to.free_vars);
  MoveOut(from.consts, to.consts);
  MoveOut(from.globals, to.globals);
  MoveOut(from.global_types, to.global_types);
  MoveOut(from.callees, to.callees);
  MoveOut(from.methods, to.methods);
  MoveOut(from.vars, to.vars);
  MoveOut(from.selects, to.selects);
}

}  // namespace

void PlaceIndex::Clear() {
  if (count_ > 0) {
    // What one big function needed is not to be cleared for all after it.
    constexpr size_t kKept = 64;
    if (slots_.size() > kKept) {
      slots_.resize(kKept);
    }
    std::ranges::fill(slots_, Slot());
    count_ = 0;
  }
}

template <typename Equals>
uint32_t PlaceIndex::FindOrAdd(uint64_t hash, uint32_t next,
                               const Equals& equals) {
  if (count_ * size_t{2} >= slots_.size()) {
    Grow();
  }
  const auto short_hash = static_cast<uint32_t>(hash >> 32);
  const size_t mask = slots_.size() - 1;
  size_t at = short_hash & mask;
  while (slots_[at].place != 0) {
    if (slots_[at].hash == short_hash && equals(slots_[at].place - 1)) {
      return slots_[at].place - 1;
    }
    at = (at + 1) & mask;
  }
  slots_[at] = {.hash = short_hash, .place = next + 1};
  ++count_;
  return next;
}

void PlaceIndex::Grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(std::max<size_t>(16, old.size() * 2), Slot());
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.place == 0) {
      continue;
    }
    size_t at = slot.hash & mask;
    while (slots_[at].place != 0) {
      at = (at + 1) & mask;
    }
    slots_[at] = slot;
  }
}

void Draft::Reset() {
  for (BlockDraft& block : blocks()) {
    block.insts.clear();
    block.preds.clear();
    block.succs.clear();
  }
  block_count_ = 0;
  insts_.clear();
  operands_.clear();
  Clear(tables_);
  const_index_.Clear();
  global_index_.Clear();
  callee_index_.Clear();
  method_index_.Clear();
  var_index_.Clear();
  order_.clear();

  kind = FunctionKind::kDeclared;
  key = {};
  name.clear();
  parent = nullptr;
  outermost = nullptr;
  package = nullptr;
  unit = nullptr;
  syntax = {};
  pos = {};
  signature = nullptr;
  result_types.clear();
  result_cells.clear();
  recover_block = {};
  children.clear();
  bindings.clear();
}

BlockId Draft::AddBlock() {
  if (block_count_ == blocks_.size()) {
    blocks_.emplace_back();
  }
  return BlockId{static_cast<uint32_t>(block_count_++)};
}

InstId Draft::Append(BlockId block, const Inst& inst,
                     std::span<const Value> operands) {
  GDLINT_ASSERT(insts_.size() < Value::kMaxIndex);
  const InstId id{static_cast<uint32_t>(insts_.size())};
  Inst& added = insts_.emplace_back(inst);
  added.block = block;
  added.operands_begin = static_cast<uint32_t>(operands_.size());
  added.operands_size = static_cast<uint32_t>(operands.size());
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  blocks_[block.index].insts.push_back(id);
  return id;
}

void Draft::AddEdge(BlockId from, BlockId to) {
  blocks_[from.index].succs.push_back(to);
  blocks_[to.index].preds.push_back(from);
}

bool Draft::IsTerminated(BlockId block) const {
  const std::vector<InstId>& insts = blocks_[block.index].insts;
  return !insts.empty() &&
         (InfoOf(insts_[insts.back().index].op).traits & kTerminator) != 0;
}

Value Draft::IndexedConst(const types::Type* type, types::Value value) {
  const auto next = static_cast<uint32_t>(tables_.consts.size());
  const uint64_t bits =
      value.is_int64() ? static_cast<uint64_t>(value.int64())
      : value.is_unknown()
          ? 0
          : static_cast<uint64_t>(types::constant::BoolValue(value));
  const uint64_t hash =
      Mix(Mix(static_cast<uint64_t>(value.kind()), type), bits);
  const uint32_t place = const_index_.FindOrAdd(hash, next, [&](uint32_t at) {
    const Const& other = tables_.consts[at];
    if (other.type != type || other.value.kind() != value.kind()) {
      return false;
    }
    return value.is_unknown() ||
           (value.is_int64()
                ? other.value.is_int64() && other.value.int64() == value.int64()
                : types::constant::BoolValue(other.value) ==
                      types::constant::BoolValue(value));
  });
  if (place == next) {
    tables_.consts.push_back({type, value});
  }
  return Value(Value::Kind::kConst, place);
}

Value Draft::ConstOf(const types::Type* type, types::Value value) {
  if (value.is_int64() || value.is_unknown() ||
      value.kind() == types::ConstantKind::kBool) {
    return IndexedConst(type, value);
  }
  tables_.consts.push_back({type, value});
  return Value(Value::Kind::kConst,
               static_cast<uint32_t>(tables_.consts.size() - 1));
}

Value Draft::ZeroOf(const types::Type* type) {
  return ConstOf(type, BasicZero(type));
}

Value Draft::GlobalOf(const types::Var* var, const types::Type* pointer_type) {
  const auto next = static_cast<uint32_t>(tables_.globals.size());
  const uint32_t place = global_index_.FindOrAdd(
      Mix(0, var), next,
      [&](uint32_t at) { return tables_.globals[at] == var; });
  if (place == next) {
    tables_.globals.push_back(var);
    tables_.global_types.push_back(pointer_type);
  }
  return Value(Value::Kind::kGlobal, place);
}

Value Draft::FunctionOf(const FunctionKey& function,
                        const types::Signature* type) {
  const auto next = static_cast<uint32_t>(tables_.callees.size());
  const uint64_t hash =
      Mix(Mix(static_cast<uint64_t>(function.kind), function.func),
          function.type_args.size());
  const uint32_t place = callee_index_.FindOrAdd(hash, next, [&](uint32_t at) {
    return tables_.callees[at].child == nullptr &&
           EqualKeys(tables_.callees[at].key, function);
  });
  if (place == next) {
    tables_.callees.push_back(
        {.key = function, .child = nullptr, .type = type});
  }
  return Value(Value::Kind::kFunction, place);
}

Value Draft::ChildOf(const Function* child, const types::Signature* type) {
  const auto next = static_cast<uint32_t>(tables_.callees.size());
  const uint32_t place = callee_index_.FindOrAdd(
      Mix(1, child), next,
      [&](uint32_t at) { return tables_.callees[at].child == child; });
  if (place == next) {
    tables_.callees.push_back({.key = {}, .child = child, .type = type});
  }
  return Value(Value::Kind::kFunction, place);
}

uint32_t Draft::MethodIndex(const types::Func* method) {
  const auto next = static_cast<uint32_t>(tables_.methods.size());
  const uint32_t place = method_index_.FindOrAdd(
      Mix(0, method), next,
      [&](uint32_t at) { return tables_.methods[at] == method; });
  if (place == next) {
    tables_.methods.push_back(method);
  }
  return place;
}

uint32_t Draft::VarIndex(const types::Var* var) {
  const auto next = static_cast<uint32_t>(tables_.vars.size());
  const uint32_t place = var_index_.FindOrAdd(
      Mix(0, var), next, [&](uint32_t at) { return tables_.vars[at] == var; });
  if (place == next) {
    tables_.vars.push_back(var);
  }
  return place;
}

uint32_t Draft::AddSelect(std::vector<SelectState> states) {
  tables_.selects.push_back(std::move(states));
  return static_cast<uint32_t>(tables_.selects.size() - 1);
}

Value Draft::AddParam(const Param& param) {
  tables_.params.push_back(param);
  return Value(Value::Kind::kParam,
               static_cast<uint32_t>(tables_.params.size() - 1));
}

Value Draft::AddFreeVar(const FreeVar& free_var) {
  tables_.free_vars.push_back(free_var);
  return Value(Value::Kind::kFreeVar,
               static_cast<uint32_t>(tables_.free_vars.size() - 1));
}

std::span<Value> Draft::Operands(InstId id) {
  const Inst& inst = insts_[id.index];
  return std::span(operands_).subspan(inst.operands_begin, inst.operands_size);
}

std::span<const Value> Draft::Operands(InstId id) const {
  const Inst& inst = insts_[id.index];
  return std::span(operands_).subspan(inst.operands_begin, inst.operands_size);
}

InstId Draft::NewPhi(BlockId block, const Inst& variable,
                     const types::Type* type) {
  GDLINT_ASSERT(insts_.size() < Value::kMaxIndex);
  const size_t count = blocks_[block.index].preds.size();
  insts_.push_back({.op = Op::kPhi,
                    .block = block,
                    .pos = variable.pos,
                    .node = variable.node,
                    .operands_begin = static_cast<uint32_t>(operands_.size()),
                    .operands_size = static_cast<uint32_t>(count),
                    .aux = variable.aux,
                    .type = type});
  operands_.resize(operands_.size() + count);
  return InstId{static_cast<uint32_t>(insts_.size() - 1)};
}

void Draft::SetOperands(InstId id, std::span<const Value> operands) {
  Inst& inst = insts_[id.index];
  if (operands.size() > inst.operands_size) {
    inst.operands_begin = static_cast<uint32_t>(operands_.size());
    operands_.insert(operands_.end(), operands.begin(), operands.end());
  } else {
    std::ranges::copy(operands, operands_.begin() + inst.operands_begin);
  }
  inst.operands_size = static_cast<uint32_t>(operands.size());
}

// Appends the blocks reachable from `root`, but for those that were seen, to
// order_, in postorder. Iterative: generated code has functions of 100,000
// blocks in a chain.
void Draft::ComputeOrder(BlockId root) {
  seen_[root.index] = 1;
  visits_.push_back({root, static_cast<uint32_t>(block(root).succs.size())});
  while (!visits_.empty()) {
    Visit& visit = visits_.back();
    if (visit.next == 0) {
      order_.push_back(visit.block);
      visits_.pop_back();
      continue;
    }
    // From the last to the first, so that the first one's blocks come first in
    // the end: the order of the source.
    const BlockId succ = block(visit.block).succs[--visit.next];
    if (seen_[succ.index] == 0) {
      seen_[succ.index] = 1;
      visits_.push_back(
          {succ, static_cast<uint32_t>(block(succ).succs.size())});
    }
  }
}

std::span<const BlockId> Draft::RemoveUnreachable() {
  if (!order_.empty()) {
    return order_;
  }
  seen_.assign(block_count_, 0);
  ComputeOrder(BlockId{0});
  std::ranges::reverse(order_);
  if (recover_block.has_value()) {
    GDLINT_ASSERT(seen_[recover_block.index] == 0 &&
                  block(recover_block).succs.empty());
    ComputeOrder(recover_block);
  }
  if (order_.size() == block_count_) {
    return order_;
  }
  for (const BlockId id : order_) {
    BlockDraft& reached = block(id);
    const auto is_dead = [this](BlockId pred) {
      return seen_[pred.index] == 0;
    };
    if (std::ranges::none_of(reached.preds, is_dead)) {
      continue;
    }
    for (const InstId inst : reached.insts) {
      if (insts_[inst.index].op != Op::kPhi) {
        break;
      }
      const std::span<Value> operands = Operands(inst);
      uint32_t kept = 0;
      for (size_t i = 0; i < operands.size(); ++i) {
        if (!is_dead(reached.preds[i])) {
          operands[kept++] = operands[i];
        }
      }
      insts_[inst.index].operands_size = kept;
    }
    std::erase_if(reached.preds, is_dead);
  }
  return order_;
}

void Draft::Freeze(Function& function) {
  RemoveUnreachable();
  new_blocks_.assign(block_count_, BlockId::kNone);
  new_insts_.assign(insts_.size(), InstId::kNone);
  uint32_t inst_count = 0;
  uint32_t operand_count = 0;
  uint32_t edge_count = 0;
  for (uint32_t i = 0; i < order_.size(); ++i) {
    new_blocks_[order_[i].index] = i;
    const BlockDraft& from = block(order_[i]);
    for (const InstId id : from.insts) {
      new_insts_[id.index] = inst_count++;
      operand_count += insts_[id.index].operands_size;
    }
    edge_count += static_cast<uint32_t>(from.preds.size() + from.succs.size());
  }

  const auto renamed = [this](Value value) {
    if (!value.is_inst()) {
      return value;
    }
    const uint32_t index = new_insts_[value.index()];
    GDLINT_ASSERT(index != InstId::kNone);
    return Value(InstId{index});
  };
  function.blocks_.reserve(order_.size());
  function.insts_.reserve(inst_count);
  function.operands_.reserve(operand_count);
  function.edges_.reserve(edge_count);
  for (const BlockId id : order_) {
    const BlockDraft& from = block(id);
    Block& to = function.blocks_.emplace_back();
    to.insts_begin = static_cast<uint32_t>(function.insts_.size());
    for (const InstId old : from.insts) {
      Inst& inst = function.insts_.emplace_back(insts_[old.index]);
      const std::span<const Value> operands = Operands(old);
      inst.block = BlockId{new_blocks_[id.index]};
      inst.operands_begin = static_cast<uint32_t>(function.operands_.size());
      for (const Value operand : operands) {
        function.operands_.push_back(renamed(operand));
      }
    }
    to.insts_end = static_cast<uint32_t>(function.insts_.size());
    const auto add_edges = [&](const std::vector<BlockId>& edges,
                               uint32_t& begin, uint32_t& size) {
      begin = static_cast<uint32_t>(function.edges_.size());
      size = static_cast<uint32_t>(edges.size());
      for (const BlockId edge : edges) {
        function.edges_.push_back(BlockId{new_blocks_[edge.index]});
      }
    };
    add_edges(from.preds, to.preds_begin, to.preds_size);
    add_edges(from.succs, to.succs_begin, to.succs_size);
  }

  function.kind_ = kind;
  function.type_args_.assign(key.type_args.begin(), key.type_args.end());
  function.key_ = key;
  function.key_.type_args = function.type_args_;
  function.name_ = std::move(name);
  function.parent_ = parent;
  function.outermost_ = outermost != nullptr ? outermost : &function;
  function.package_ = package;
  function.unit_ = unit;
  function.syntax_ = syntax;
  function.pos_ = pos;
  function.signature_ = signature;
  if (recover_block.has_value()) {
    function.recover_block_ = BlockId{new_blocks_[recover_block.index]};
  }
  // Cells are Allocs; one that was lifted is gone.
  for (Value& cell : result_cells) {
    if (cell.is_inst() && new_insts_[cell.index()] == InstId::kNone) {
      cell = Value::None();
    }
    cell = renamed(cell);
  }
  // What is bound where control cannot get is bound to nothing.
  std::erase_if(bindings, [this](const Binding& binding) {
    return new_blocks_[binding.block.index] == BlockId::kNone ||
           (binding.value.is_inst() &&
            new_insts_[binding.value.index()] == InstId::kNone);
  });
  for (Binding& binding : bindings) {
    binding.value = renamed(binding.value);
    binding.block = BlockId{new_blocks_[binding.block.index]};
  }
  MoveOut(result_types, function.result_types_);
  MoveOut(result_cells, function.result_cells_);
  MoveOut(tables_, function.tables_);
  MoveOut(bindings, function.bindings_);
  MoveOut(children, function.children_);
}

}  // namespace gdlint::ssa
