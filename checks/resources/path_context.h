// What the walks over one function's paths share: one walk for each resource,
// lock and channel.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "checks/resources/conditions.h"
#include "checks/resources/path_state.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

class PathContext {
 public:
  PathContext(const ssa::Function& function, const dataflow::Program& program)
      : function_(function), conditions_(function, program) {
    FindLiveFacts();
  }

  Conditions& conditions() { return conditions_; }

  // So much work is spent on all walks together; one that it does not suffice
  // for knows nothing. A unit is about one instruction on one path.
  bool Spend(size_t work) {
    left_ -= work < left_ ? work : left_;
    return left_ != 0;
  }
  bool is_exhausted() const { return left_ == 0; }

  // What may be known of conditions, together, when control comes to `block`:
  // one set of facts for each way to get there that makes a difference. Empty
  // if there are too many.
  std::vector<Values> FactsAt(ssa::BlockId block);
  // What an edge does to facts.
  void EnterFacts(ssa::BlockId from, ssa::BlockId to, Values& facts) const;
  // Drops what no branch behind the beginning of `block` asks for: it would
  // only keep apart what is the same.
  void KeepLive(ssa::BlockId block, Values& facts) const;

  // Kept answers, by instruction.
  std::map<uint32_t, bool> is_local;
  std::map<uint32_t, bool> is_only_called;

 private:
  static constexpr size_t kMaxWork = 3'000'000;

  void FindFacts();
  // Live facts, as of variables: Aho, Lam, Sethi, Ullman, "Compilers", 9.2.5.
  void FindLiveFacts();

  const ssa::Function& function_;
  Conditions conditions_;
  size_t left_ = kMaxWork;
  // By block, so many words of bits; empty if all count as live.
  size_t words_ = 0;
  std::vector<uint64_t> live_;
  // By block; none if there are too many.
  std::optional<std::set<std::pair<uint32_t, Values>>> facts_;
  bool has_facts_ = false;
};

// As it goes from block to block: the values of its phis.
size_t EdgeOf(const ssa::Function& function, ssa::BlockId from,
              ssa::BlockId to);

}  // namespace gdlint::checks::resources
