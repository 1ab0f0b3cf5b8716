#include "ssa/lift.h"

#include <algorithm>
#include <utility>

#include "support/invariant.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

// In one function. The largest of all those that people or generators really
// wrote take a thousandth of it.
constexpr uint64_t kMaxLivenessSteps = 100'000'000;
constexpr uint64_t kMaxPhiOperands = 16'000'000;

}  // namespace

void Lifter::Run(Draft& draft) {
  draft_ = &draft;
  order_ = draft.RemoveUnreachable();
  if (!FindVariables()) {
    return;
  }
  FindDefsAndUses();
  phis_.clear();
  const bool has_joins = std::ranges::any_of(
      variables_, [](const Variable& v) { return v.is_lifted && v.has_joins; });
  if (has_joins) {
    PlacePhis();
  }
  replacements_.assign(draft.insts().size(), Value());
  if (!has_joins) {
    // One definition each: what dominates a block stands before it.
    for (uint32_t node = 0; node < order_.size(); ++node) {
      RenameNode(node);
    }
  } else {
    FindSlots();
    Rename();
    if (!phis_.empty()) {
      RemoveTrivialPhis();
      InsertPhis();
    }
  }
  Finish();
}

bool Lifter::FindVariables() {
  variables_.clear();
  const std::vector<Inst>& insts = draft_->insts();
  variable_of_.assign(insts.size(), kNone);
  for (uint32_t i = 0; i < insts.size(); ++i) {
    if (insts[i].op == Op::kAlloc && insts[i].detail == 0) {
      variable_of_[i] = static_cast<uint32_t>(variables_.size());
      variables_.emplace_back().alloc = InstId{i};
    }
  }
  if (variables_.empty()) {
    return false;
  }
  const auto keep = [this](Value value) {
    if (value.is_inst() && variable_of_[value.index()] != kNone) {
      variables_[variable_of_[value.index()]].is_lifted = false;
    }
  };
  if (draft_->recover_block.has_value()) {
    std::ranges::for_each(draft_->result_cells, keep);
  }
  for (const BlockId block : order_) {
    for (const InstId id : draft_->block(block).insts) {
      const std::span<const Value> operands =
          std::as_const(*draft_).Operands(id);
      switch (insts[id.index].op) {
        case Op::kLoad:
          break;
        case Op::kStore:
          keep(operands[1]);
          break;
        default:
          std::ranges::for_each(operands, keep);
          break;
      }
    }
  }
  return std::ranges::any_of(variables_, &Variable::is_lifted);
}

void Lifter::FindDefsAndUses() {
  links_.clear();
  const auto define = [this](uint32_t variable, uint32_t node) {
    Variable& v = variables_[variable];
    if (v.last_def != node) {
      v.last_def = node;
      ++v.def_count;
      AddLink(v.defs, node);
    }
  };
  for (uint32_t node = 0; node < order_.size(); ++node) {
    for (const InstId id : draft_->block(order_[node]).insts) {
      const Op op = draft_->inst(id).op;
      if (op == Op::kAlloc) {
        if (variable_of_[id.index] != kNone) {
          define(variable_of_[id.index], node);
        }
      } else if (op == Op::kLoad || op == Op::kStore) {
        const Value address = draft_->Operands(id)[0];
        const uint32_t variable =
            address.is_inst() ? variable_of_[address.index()] : kNone;
        if (variable == kNone) {
          continue;
        }
        Variable& v = variables_[variable];
        if (op == Op::kStore) {
          define(variable, node);
        } else if (v.last_def != node && v.last_use != node) {
          v.last_use = node;
          AddLink(v.uses, node);
        }
      }
    }
  }
  for (Variable& v : variables_) {
    v.has_joins = v.def_count > 1 && v.uses != kNone;
  }
}

void Lifter::PlacePhis() {
  graph_.Assign(*draft_, order_);
  tree_.Compute(graph_);
  const bool has_frontiers = frontiers_.Compute(graph_, tree_);
  const size_t size = order_.size();
  live_.assign(size, kNone);
  stored_.assign(size, kNone);
  joined_.assign(size, kNone);
  node_phis_.assign(size, kNone);
  steps_left_ = kMaxLivenessSteps;
  operands_left_ = kMaxPhiOperands;
  for (uint32_t i = 0; i < variables_.size(); ++i) {
    Variable& v = variables_[i];
    if (v.is_lifted && v.has_joins) {
      v.is_lifted = has_frontiers && PlacePhis(i);
    }
  }
}

// False if it would be too much.
bool Lifter::PlacePhis(uint32_t variable) {
  const Variable& v = variables_[variable];
  for (uint32_t i = v.defs; i != kNone; i = links_[i].next) {
    stored_[links_[i].node] = variable;
  }
  todo_.clear();
  for (uint32_t i = v.uses; i != kNone; i = links_[i].next) {
    live_[links_[i].node] = variable;
    todo_.push_back(links_[i].node);
  }
  while (!todo_.empty()) {
    const uint32_t node = todo_.back();
    todo_.pop_back();
    for (const uint32_t pred : graph_.Preds(node)) {
      if (steps_left_ == 0) {
        return false;
      }
      --steps_left_;
      if (stored_[pred] != variable && live_[pred] != variable) {
        live_[pred] = variable;
        todo_.push_back(pred);
      }
    }
  }

  const size_t first_phi = phis_.size();
  uint64_t operand_count = 0;
  for (uint32_t i = v.defs; i != kNone; i = links_[i].next) {
    todo_.push_back(links_[i].node);
  }
  while (!todo_.empty()) {
    const uint32_t node = todo_.back();
    todo_.pop_back();
    frontiers_.ForEach(node, [&](uint32_t join) {
      if (live_[join] != variable || joined_[join] == variable) {
        return;
      }
      joined_[join] = variable;
      operand_count += graph_.Preds(join).size();
      // The node, until it is sure that there will be a phi.
      phis_.emplace_back(Phi{.inst = {},
                             .variable = variable,
                             .next = join,
                             .users = kNone,
                             .is_queued = true});
      if (stored_[join] != variable) {
        todo_.push_back(join);
      }
    });
  }
  if (operand_count > operands_left_) {
    phis_.resize(first_phi);
    return false;
  }
  operands_left_ -= operand_count;
  const Inst alloc = draft_->inst(v.alloc);
  for (size_t i = first_phi; i < phis_.size(); ++i) {
    const uint32_t node = phis_[i].next;
    phis_[i].inst = draft_->NewPhi(order_[node], alloc,
                                   types::As<types::Pointer>(alloc.type)->elem);
    phis_[i].next = node_phis_[node];
    node_phis_[node] = static_cast<uint32_t>(i);
  }
  return true;
}

// A block has at most two successors (but for the recover block, which has no
// phis).
void Lifter::FindSlots() {
  slots_.assign(order_.size() * 2, kNone);
  for (uint32_t node = 0; node < order_.size(); ++node) {
    if (node_phis_[node] == kNone) {
      continue;
    }
    const std::span<const uint32_t> preds = graph_.Preds(node);
    for (uint32_t i = 0; i < preds.size(); ++i) {
      const std::span<const uint32_t> succs = graph_.Succs(preds[i]);
      uint32_t* const slots = &slots_[size_t{preds[i]} * 2];
      slots[succs[0] == node && slots[0] == kNone ? 0 : 1] = i;
    }
  }
}

void Lifter::Rename() {
  undos_.clear();
  // A node to enter, or, above all nodes, a length of undos_ to go back to.
  const auto node_count = static_cast<uint32_t>(order_.size());
  std::vector<uint32_t>& todo = todo_;
  todo.assign(1, 0);
  while (!todo.empty()) {
    const uint32_t top = todo.back();
    todo.pop_back();
    if (top >= node_count) {
      while (undos_.size() > top - node_count) {
        variables_[undos_.back().variable].value = undos_.back().value;
        undos_.pop_back();
      }
      continue;
    }
    todo.push_back(node_count + static_cast<uint32_t>(undos_.size()));
    for (uint32_t i = node_phis_[top]; i != kNone; i = phis_[i].next) {
      Set(phis_[i].variable, phis_[i].inst);
    }
    RenameNode(top);
    FillPhis(top);
    const std::span<const uint32_t> children = tree_.Children(top);
    for (size_t i = children.size(); i-- > 0;) {
      todo.push_back(children[i]);
    }
  }
}

void Lifter::RenameNode(uint32_t node) {
  const BlockId block = order_[node];
  std::vector<InstId>& list = draft_->block(block).insts;
  size_t kept = 0;
  for (const InstId id : list) {
    const Inst& inst = draft_->inst(id);
    const std::span<Value> operands = draft_->Operands(id);
    if (inst.op == Op::kAlloc) {
      const uint32_t variable = variable_of_[id.index];
      if (variable != kNone && variables_[variable].is_lifted) {
        Set(variable, Value::None());
        continue;
      }
    } else if (inst.op == Op::kLoad || inst.op == Op::kStore) {
      const uint32_t variable =
          operands[0].is_inst() ? variable_of_[operands[0].index()] : kNone;
      if (variable != kNone && variables_[variable].is_lifted) {
        if (inst.op == Op::kLoad) {
          replacements_[id.index] = Current(variable);
          continue;
        }
        const Value value = Resolved(operands[1]);
        Set(variable, value);
        const uint32_t aux = draft_->inst(variables_[variable].alloc).aux;
        if (aux != kNoAux) {
          draft_->bindings.push_back(
              {draft_->tables().vars[aux], value, inst.pos, block});
        }
        continue;
      }
    }
    for (Value& operand : operands) {
      operand = Resolved(operand);
    }
    list[kept++] = id;
  }
  list.resize(kept);
}

void Lifter::FillPhis(uint32_t node) {
  const std::span<const uint32_t> succs = graph_.Succs(node);
  for (size_t k = 0; k < std::min<size_t>(succs.size(), 2); ++k) {
    for (uint32_t i = node_phis_[succs[k]]; i != kNone; i = phis_[i].next) {
      const Value value = Current(phis_[i].variable);
      draft_->Operands(phis_[i].inst)[slots_[size_t{node} * 2 + k]] = value;
    }
  }
}

Value Lifter::Current(uint32_t variable) {
  Variable& v = variables_[variable];
  if (!v.value.has_value()) {
    Set(variable,
        draft_->ZeroOf(
            types::As<types::Pointer>(draft_->inst(v.alloc).type)->elem));
  }
  return v.value;
}

void Lifter::Set(uint32_t variable, Value value) {
  Variable& v = variables_[variable];
  if (v.has_joins) {
    undos_.push_back({variable, v.value});
  }
  v.value = value;
}

Value Lifter::Resolved(Value value) {
  Value result = value;
  while (result.is_inst() && result.index() < replacements_.size() &&
         replacements_[result.index()].has_value()) {
    result = replacements_[result.index()];
  }
  // What was passed on the way finds it at once from now on.
  while (value != result) {
    value = std::exchange(replacements_[value.index()], result);
  }
  return result;
}

// A phi of itself and one other value is that value.
void Lifter::RemoveTrivialPhis() {
  const auto first = phis_.front().inst.index;
  const auto phi_of = [&](Value value) {
    return value.is_inst() && value.index() >= first ? value.index() - first
                                                     : kNone;
  };
  replacements_.resize(draft_->insts().size());
  links_.clear();
  for (uint32_t i = 0; i < phis_.size(); ++i) {
    for (const Value operand : draft_->Operands(phis_[i].inst)) {
      const uint32_t used = phi_of(operand);
      if (used != kNone && used != i) {
        AddLink(phis_[used].users, i);
      }
    }
  }
  todo_.clear();
  for (auto i = static_cast<uint32_t>(phis_.size()); i-- > 0;) {
    todo_.push_back(i);
  }
  while (!todo_.empty()) {
    const uint32_t at = todo_.back();
    todo_.pop_back();
    phis_[at].is_queued = false;
    const Value self = phis_[at].inst;
    if (replacements_[self.index()].has_value()) {
      continue;
    }
    Value only;
    bool is_trivial = true;
    for (const Value operand : draft_->Operands(phis_[at].inst)) {
      const Value value = Resolved(operand);
      if (value == self || value == only) {
        continue;
      }
      if (only.has_value()) {
        is_trivial = false;
        break;
      }
      only = value;
    }
    if (!is_trivial) {
      continue;
    }
    GDLINT_ASSERT(only.has_value());
    replacements_[self.index()] = only;
    const uint32_t heir = phi_of(only);
    for (uint32_t i = phis_[at].users; i != kNone; i = links_[i].next) {
      const uint32_t user = links_[i].node;
      if (heir != kNone && user != heir) {
        AddLink(phis_[heir].users, user);
      }
      if (!phis_[user].is_queued) {
        phis_[user].is_queued = true;
        todo_.push_back(user);
      }
    }
  }
}

void Lifter::InsertPhis() {
  bool has_trivial = false;
  for (uint32_t node = 0; node < order_.size(); ++node) {
    todo_.clear();
    for (uint32_t i = node_phis_[node]; i != kNone; i = phis_[i].next) {
      if (replacements_[phis_[i].inst.index].has_value()) {
        has_trivial = true;
      } else {
        todo_.push_back(phis_[i].inst.index);
      }
    }
    // In the order of their variables.
    std::vector<InstId>& list = draft_->block(order_[node]).insts;
    list.insert(list.begin(), todo_.size(), InstId());
    for (size_t i = 0; i < todo_.size(); ++i) {
      list[i] = InstId{todo_[todo_.size() - 1 - i]};
    }
  }
  if (!has_trivial) {
    return;
  }
  for (const BlockId block : order_) {
    for (const InstId id : draft_->block(block).insts) {
      for (Value& operand : draft_->Operands(id)) {
        operand = Resolved(operand);
      }
    }
  }
}

void Lifter::Finish() {
  std::vector<Binding>& bindings = draft_->bindings;
  for (Binding& binding : bindings) {
    binding.value = Resolved(binding.value);
  }
  if (!std::ranges::is_sorted(bindings, {}, &Binding::pos)) {
    std::ranges::stable_sort(bindings, {}, &Binding::pos);
  }
  for (Value& cell : draft_->result_cells) {
    if (cell.is_inst() && variable_of_[cell.index()] != kNone &&
        variables_[variable_of_[cell.index()]].is_lifted) {
      cell = Value::None();
    }
  }
}

}  // namespace gdlint::ssa
