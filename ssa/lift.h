// Turns local variables into values.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ssa/dominators.h"
#include "ssa/draft.h"

namespace gdlint::ssa {

// Replaces the Allocs whose address is only loaded from and stored to, as a
// whole, by values, with phis where several reach a use; what was stored
// becomes the draft's bindings. Cytron's construction: phis on the dominance
// frontier of the stores, but only where the variable is live. Keeps memory
// from one function to the next.
//
// Result cells of functions with a recover block stay: a panic can come from
// anywhere. So do variables that would need too many phis, which only contrived
// functions have.
class Lifter {
 public:
  // After Draft::RemoveUnreachable. Blocks and edges stay as they are.
  void Run(Draft& draft);

 private:
  static constexpr uint32_t kNone = 0xffff'ffff;

  struct Variable {
    InstId alloc;
    bool is_lifted = true;
    // Stored to in several blocks, and live at the beginning of one.
    bool has_joins = false;
    uint32_t def_count = 0;
    // The nodes with a store, and those with a load before any store; in
    // links_.
    uint32_t defs = kNone;
    uint32_t uses = kNone;
    uint32_t last_def = kNone;
    uint32_t last_use = kNone;
    // While renaming; none stands for zero.
    Value value;
  };
  struct Link {
    uint32_t node;
    uint32_t next;
  };
  struct Phi {
    InstId inst;
    uint32_t variable;
    // The next one of the same node.
    uint32_t next;
    // Phis that have this one as operand: in links_, by their number.
    uint32_t users = kNone;
    bool is_queued = true;
  };
  struct Undo {
    uint32_t variable;
    Value value;
  };

  // False if there is nothing to do.
  bool FindVariables();
  void FindDefsAndUses();
  void PlacePhis();
  bool PlacePhis(uint32_t variable);
  void FindSlots();
  void Rename();
  void RenameNode(uint32_t node);
  void FillPhis(uint32_t node);
  void RemoveTrivialPhis();
  void InsertPhis();
  void Finish();

  Value Current(uint32_t variable);
  void Set(uint32_t variable, Value value);
  Value Resolved(Value value);
  void AddLink(uint32_t& head, uint32_t node) {
    links_.push_back({node, head});
    head = static_cast<uint32_t>(links_.size() - 1);
  }

  Draft* draft_ = nullptr;
  // Node n is block order_[n].
  std::span<const BlockId> order_;
  FlowGraph graph_;
  DominatorTree tree_;
  DominanceFrontiers frontiers_;

  std::vector<Variable> variables_;
  // By instruction: the variable that an Alloc is.
  std::vector<uint32_t> variable_of_;
  // By instruction: what is to stand instead.
  std::vector<Value> replacements_;
  std::vector<Link> links_;
  std::vector<Phi> phis_;
  // By node: the first of its phis.
  std::vector<uint32_t> node_phis_;
  // Two for a node: the place among the successor's predecessors.
  std::vector<uint32_t> slots_;
  // By node: the last variable for which it was found live, to store, or to get
  // a phi.
  std::vector<uint32_t> live_;
  std::vector<uint32_t> stored_;
  std::vector<uint32_t> joined_;
  std::vector<uint32_t> todo_;
  std::vector<Undo> undos_;
  uint64_t steps_left_ = 0;
  uint64_t operands_left_ = 0;
};

}  // namespace gdlint::ssa
