// What may be registered to run at a function's end, at one point of it.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gdlint::dataflow {

// One deferred call on a stack. Numbers are those of
// DeferRegistration::sites().
struct DeferEntry {
  uint16_t site = 0;
  // Registered once or more. Those of a group, in any order and number.
  bool repeats = false;
  // One group with the entry before.
  bool joined = false;
  friend auto operator<=>(const DeferEntry&, const DeferEntry&) = default;
};

// Registered calls, oldest first. A site is on it once: if it is registered
// again, all since its first time becomes a group.
using DeferStack = std::vector<DeferEntry>;

// `stack` with one more call registered.
DeferStack Pushed(const DeferStack& stack, uint16_t site);

// The possible stacks: a bounded set of them or, where there are too many,
// which calls are on each of them, on some, and on some more than once.
//
//        known by its bounds: at least `must`, at most `may`
//                            |
//              {[], [0], [0 1]}   a set of stacks
//                    /    |    \.
//                 {[]}  {[0]}  {[0 1]}   …
//                    \    |    /
//                        {}   no path gets here
class DeferState {
 public:
  static constexpr size_t kMaxStacks = 16;
  static constexpr size_t kMaxDepth = 32;

  // No path gets here.
  DeferState() = default;
  // Nothing is registered.
  static DeferState Empty();

  bool is_reached() const { return is_bounds_ || !stacks_.empty(); }
  // The possible stacks are stacks().
  bool is_exact() const { return !is_bounds_; }
  // Sorted, each once.
  std::span<const DeferStack> stacks() const { return stacks_; }

  // On every possible stack.
  bool Must(uint16_t site) const;
  // On some.
  bool May(uint16_t site) const;
  // On some more than once.
  bool Many(uint16_t site) const;
  // All that May, in increasing order.
  std::vector<uint16_t> Possible() const;
  // On every stack there is something.
  bool NeverEmpty() const;

  // A run that registered `calls`, oldest first, is among what is possible.
  bool Allows(std::span<const uint16_t> calls) const;

  void Push(uint16_t site);
  // Returns whether this changed.
  bool Join(const DeferState& other);

  friend bool operator==(const DeferState&, const DeferState&) = default;

 private:
  // A set of sites.
  using Sites = std::vector<bool>;

  void ToBounds();

  bool is_bounds_ = false;
  std::vector<DeferStack> stacks_;
  // If is_bounds_.
  Sites must_;
  Sites may_;
  Sites many_;
  bool never_empty_ = false;
};

// For the solver.
struct DeferLattice {
  using Fact = DeferState;
  Fact Identity() const { return {}; }
  bool Join(Fact& a, const Fact& b) const { return a.Join(b); }
};

}  // namespace gdlint::dataflow
