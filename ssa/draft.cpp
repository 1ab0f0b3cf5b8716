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

// Goes through the tables of a draft and those of a function side by side.
template <typename From, typename To, typename Fn>
void ForEachTable(From& from, To& to, const Fn& fn) {
  fn(from.params, to.params);
  fn(from.free_vars, to.free_vars);
  fn(from.consts, to.consts);
  fn(from.globals, to.globals);
  fn(from.global_types, to.global_types);
  fn(from.callees, to.callees);
  fn(from.methods, to.methods);
  fn(from.vars, to.vars);
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
  ForEachTable(tables_, tables_, [](auto& list, auto&) { list.clear(); });
  selects_.clear();
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
  AddOperands(added, operands.size());
  std::ranges::copy(operands, operands_.begin() + added.operands_begin);
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
  selects_.push_back(std::move(states));
  return static_cast<uint32_t>(selects_.size() - 1);
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

std::span<const Value> Draft::Operands(InstId id) const {
  return OperandsAmong(operands_, insts_[id.index]);
}

std::span<Value> Draft::Operands(InstId id) {
  const size_t size = std::as_const(*this).Operands(id).size();
  return std::span(operands_).subspan(insts_[id.index].operands_begin, size);
}

void Draft::AddOperands(Inst& inst, size_t size) {
  GDLINT_ASSERT(size < Value::kMaxIndex);
  if (size >= kManyOperands) {
    operands_.emplace_back();
  }
  inst.operands_begin = static_cast<uint32_t>(operands_.size());
  operands_.resize(operands_.size() + size);
  inst.operands_size = 0;
  SetOperandsSize(inst, size);
}

void Draft::SetOperandsSize(Inst& inst, size_t size) {
  if (size < kManyOperands) {
    inst.operands_size = static_cast<uint16_t>(size);
    return;
  }
  inst.operands_size = kManyOperands;
  operands_[inst.operands_begin - 1] =
      Value(Value::Kind::kNone, static_cast<uint32_t>(size));
}

InstId Draft::NewPhi(BlockId block, const Inst& variable,
                     const types::Type* type) {
  GDLINT_ASSERT(insts_.size() < Value::kMaxIndex);
  Inst& phi = insts_.emplace_back(Inst{.op = Op::kPhi,
                                       .block = block,
                                       .pos = variable.pos,
                                       .node = variable.node,
                                       .aux = variable.aux,
                                       .type = type});
  AddOperands(phi, blocks_[block.index].preds.size());
  return InstId{static_cast<uint32_t>(insts_.size() - 1)};
}

void Draft::SetOperands(InstId id, std::span<const Value> operands) {
  Inst& inst = insts_[id.index];
  if (operands.size() > Operands(id).size()) {
    AddOperands(inst, operands.size());
  } else {
    SetOperandsSize(inst, operands.size());
  }
  std::ranges::copy(operands, operands_.begin() + inst.operands_begin);
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
      SetOperandsSize(insts_[inst.index], kept);
    }
    std::erase_if(reached.preds, is_dead);
  }
  return order_;
}

Draft::FrozenSizes Draft::Renumber() {
  new_blocks_.assign(block_count_, BlockId::kNone);
  new_insts_.assign(insts_.size(), InstId::kNone);
  FrozenSizes sizes;
  for (uint32_t i = 0; i < order_.size(); ++i) {
    new_blocks_[order_[i].index] = i;
    const BlockDraft& from = block(order_[i]);
    for (const InstId id : from.insts) {
      new_insts_[id.index] = static_cast<uint32_t>(sizes.insts++);
      const size_t operands = Operands(id).size();
      sizes.operands += operands < kManyOperands ? operands : operands + 1;
    }
    sizes.edges += from.preds.size() + from.succs.size();
  }
  return sizes;
}

Value Draft::Renamed(Value value) const {
  if (!value.is_inst()) {
    return value;
  }
  const uint32_t index = new_insts_[value.index()];
  GDLINT_ASSERT(index != InstId::kNone);
  return Value(InstId{index});
}

void Draft::PlanMemory(Function& function, const FrozenSizes& sizes) const {
  Packed& memory = function.memory_;
  const auto plan = [&memory]<typename T>(const std::vector<T>& list,
                                          Packed::Array<T>& array) {
    array = memory.Plan<T>(list.size());
  };
  function.insts_ = memory.Plan<Inst>(sizes.insts);
  function.operands_ = memory.Plan<Value>(sizes.operands);
  function.blocks_ = memory.Plan<Block>(order_.size());
  function.edges_ = memory.Plan<BlockId>(sizes.edges);
  function.type_args_ = memory.Plan<const types::Type*>(key.type_args.size());
  plan(result_types, function.result_types_);
  plan(result_cells, function.result_cells_);
  ForEachTable(tables_, function.tables_, plan);
  plan(bindings, function.bindings_);
  function.name_ = memory.Plan<char>(name.size());
  memory.Allocate();
}

void Draft::FillBody(Function& function) const {
  const std::span insts = function.memory_.Items(function.insts_);
  const std::span operands = function.memory_.Items(function.operands_);
  const std::span edges = function.memory_.Items(function.edges_);
  uint32_t inst_count = 0;
  uint32_t operand_count = 0;
  uint32_t edge_count = 0;
  const auto add_edges = [&](const std::vector<BlockId>& from, uint32_t& begin,
                             uint32_t& size) {
    begin = edge_count;
    size = static_cast<uint32_t>(from.size());
    for (const BlockId edge : from) {
      edges[edge_count++] = BlockId{new_blocks_[edge.index]};
    }
  };
  for (const BlockId id : order_) {
    const BlockDraft& from = block(id);
    const BlockId to_id{new_blocks_[id.index]};
    Block& to = function.memory_.Items(function.blocks_)[to_id.index];
    to.insts_begin = inst_count;
    for (const InstId old : from.insts) {
      Inst& inst = insts[inst_count++] = insts_[old.index];
      inst.block = to_id;
      const std::span<const Value> old_operands = Operands(old);
      if (inst.operands_size == kManyOperands) {
        operands[operand_count++] = Value(
            Value::Kind::kNone, static_cast<uint32_t>(old_operands.size()));
      }
      inst.operands_begin = operand_count;
      for (const Value operand : old_operands) {
        operands[operand_count++] = Renamed(operand);
      }
    }
    to.insts_end = inst_count;
    add_edges(from.preds, to.preds_begin, to.preds_size);
    add_edges(from.succs, to.succs_begin, to.succs_size);
  }
}

void Draft::FillTables(Function& function) const {
  Packed& memory = function.memory_;
  const auto fill = [&memory]<typename T>(const std::vector<T>& list,
                                          Packed::Array<T> array) {
    memory.Fill(array, std::span<const T>(list));
  };
  memory.Fill(function.type_args_, key.type_args);
  memory.Fill(function.name_, std::span<const char>(name));
  fill(result_types, function.result_types_);
  fill(result_cells, function.result_cells_);
  ForEachTable(tables_, function.tables_, fill);
  fill(bindings, function.bindings_);
}

void Draft::RenameResults() {
  // Cells are Allocs; one that was lifted is gone.
  for (Value& cell : result_cells) {
    if (cell.is_inst() && new_insts_[cell.index()] == InstId::kNone) {
      cell = Value::None();
    }
    cell = Renamed(cell);
  }
  // What is bound where control cannot get is bound to nothing.
  std::erase_if(bindings, [this](const Binding& binding) {
    return new_blocks_[binding.block.index] == BlockId::kNone ||
           (binding.value.is_inst() &&
            new_insts_[binding.value.index()] == InstId::kNone);
  });
  for (Binding& binding : bindings) {
    binding.value = Renamed(binding.value);
    binding.block = BlockId{new_blocks_[binding.block.index]};
  }
}

void Draft::Freeze(Function& function) {
  RemoveUnreachable();
  const FrozenSizes sizes = Renumber();
  RenameResults();
  PlanMemory(function, sizes);
  FillBody(function);
  FillTables(function);

  function.kind_ = kind;
  function.key_ = key;
  function.key_.type_args = function.memory_.Items(function.type_args_);
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
  function.selects_ = std::exchange(selects_, {});
  // A vector of just the size; the draft keeps its memory.
  function.children_.assign(std::make_move_iterator(children.begin()),
                            std::make_move_iterator(children.end()));
  children.clear();
}

}  // namespace gdlint::ssa
