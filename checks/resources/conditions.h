// What branches say that are taken more than once: paths on which a condition
// is true here and false there are impossible.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checks/resources/path_state.h"
#include "checks/resources/pure_calls.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// The conditions of one function. What is known on a path is a list of facts,
// two for each condition: "it is false", "it is true".
class Conditions {
 public:
  Conditions(const ssa::Function& function, const dataflow::Program& program);

  static bool IsBool(const ssa::Inst& inst);
  // Adds what a branch makes certain. False if the facts say otherwise: the
  // path is impossible.
  bool Refine(ssa::Value condition, bool is_true, Values& facts);
  // `phi` becomes `operand`; `before` are the facts before any phi of the
  // block.
  void Enter(uint32_t phi, ssa::Value operand, const Values& before,
             Values& facts) const;
  // Control comes to `block`, where values are made anew that conditions are
  // about: what was known of those before is no longer so.
  void Forget(ssa::BlockId block, Values& facts) const;
  // Adds what is known of a counter behind its step: where `i < n` was true,
  // `i <= n` is true of the next `i`. `before` are the facts at the end of
  // `from`.
  void Count(ssa::BlockId from, ssa::BlockId to, const Values& before,
             Values& facts) const;
  // Facts are numbered from 0.
  size_t fact_count() const { return repeated_.size() * 2; }
  // The facts that the end of `block` asks for: its branch, and the phis of the
  // blocks that follow. In any order.
  Values AskedAt(ssa::BlockId block);
  // The facts that Forget drops.
  Values ForgottenAt(ssa::BlockId block) const;

  bool empty() const { return repeated_.empty(); }

 private:
  // The number of "it is false"; the next is "it is true". None for what only
  // one branch asks.
  std::optional<uint32_t> FactOf(uint32_t key) const;
  // Of a phi or one of its operands: for a bool "it is false", for others "it
  // is not nil".
  std::optional<uint32_t> FactOfPhi(uint32_t value) const;
  void FindNilPhis();
  // What stands for a condition: equal comparisons of equal values are one.
  uint32_t KeyOf(ssa::Value value, bool& is_negated);
  uint32_t FindKey(ssa::Value value, bool& is_negated);
  // Equal constants, loads of one field that the function does not assign, and
  // pure calls with equal arguments are equal.
  std::string NameOf(ssa::Value value);
  std::string NameOfInst(const ssa::Inst& inst);
  std::string CallName(const ssa::Inst& call);
  // How a value is made of others; "" if that is not all there is to it.
  struct Made {
    std::string how;
    std::span<const ssa::Value> of;
  };
  Made MadeOf(const ssa::Inst& inst) const;
  bool IsUnchanged(ssa::Value map) const;
  bool IsElement(ssa::Value addr) const;
  // `x == "unix"`, `strings.HasPrefix(x, "unix")`, `n == 0`, `n > 0`: of those
  // with one operand not all can be true together.
  void AddTest(ssa::Value value, uint32_t key);
  void FindImplied();
  bool IsTick(ssa::Value ok) const;
  // `ok` of `c, ok := w.(io.Closer)`, where the type of what is in `w` is known
  // to have the methods.
  bool IsSureAssertion(ssa::Value ok) const;
  // `i = i + 1` on the way back to the test of a loop.
  void FindSteps();
  void FindStepsOf(const ssa::Inst& phi, size_t edge);
  bool IsAssigned(const std::string& path);
  void AddOrigins(ssa::Value value, uint32_t key);

  // Of what a value is compared with.
  struct Test {
    uint32_t key;
    bool is_prefix;
    // Without quotes.
    std::string text;
    // Of integers: from the least to the greatest for which it is true.
    std::optional<std::pair<int64_t, int64_t>> range;
    friend bool operator==(const Test&, const Test&) = default;
  };
  std::optional<std::pair<ssa::Value, Test>> ComparedWith(
      const ssa::Function& function, const ssa::Inst& inst) const;
  // An ordering of an integer and a constant.
  std::optional<std::pair<ssa::Value, Test>> OrderedWith(
      const ssa::Inst& inst) const;
  // Of the range for which a test is true, or false; none if it has none.
  static std::optional<std::pair<int64_t, int64_t>> RangeOf(const Test& test,
                                                            bool is_true);
  // What `other` is where `one` is `is_true`; none if it may be either.
  static std::optional<bool> Implied(const Test& one, bool is_true,
                                     const Test& other);
  static bool AreExclusive(const Test& one, const Test& other);

  // A condition that holds, or does not, at the end of a block, and what
  // follows from that in the next.
  struct Step {
    ssa::BlockId from;
    ssa::BlockId to;
    uint32_t if_key;
    bool if_value;
    uint32_t then_key;
    bool then_value;
  };

  const ssa::Function& function_;
  PureCalls calls_;
  Values repeated_;
  // By what is compared.
  std::map<std::string, std::vector<Test>> tests_;
  std::vector<Step> steps_;
  // By condition and whether it is true: what others are then.
  std::map<std::pair<uint32_t, bool>, std::vector<std::pair<uint32_t, bool>>>
      implied_;
  std::map<std::tuple<int, std::string, std::string>, uint32_t> keys_;
  // By value: its key, and whether that stands for the opposite.
  std::unordered_map<uint32_t, std::pair<uint32_t, bool>> known_keys_;
  // By value, of phis that are compared with nil and of what they are made of:
  // the key of that comparison.
  std::unordered_map<uint32_t, uint32_t> nil_keys_;
  // By block: the repeated conditions about values that are made there.
  std::map<uint32_t, Values> made_in_;
  // Access paths that are stored to; found when first asked for.
  std::optional<std::set<std::string>> assigned_;
};

}  // namespace gdlint::checks::resources
