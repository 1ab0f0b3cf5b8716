// The graph on which gc decides what must lie on the heap, and its solution
// (cmd/compile/internal/escape, of Go 1.26).
//
// A location is a variable or something that an expression allocates. An edge
// into it says what is stored there: `dst = &src` has -1 dereferences,
// `dst = src` 0, `dst = *src` 1. Parts of a variable are not told apart.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace gdlint::ssa {

// Where the value of a parameter gets to: the least number of dereferences on
// the way, or -1 if it does not get there.
class Leaks {
 public:
  // Flows to more results count as flows to the heap.
  static constexpr int kMaxResults = 5;

  static Leaks ToHeap() {
    Leaks leaks;
    leaks.AddHeap(0);
    return leaks;
  }

  int heap() const { return derefs_[0]; }
  // The operand of a call whose results are not followed.
  int callee() const { return derefs_[1]; }
  int result(int index) const { return derefs_[2 + index]; }
  void AddHeap(int derefs) { Add(0, derefs); }
  void AddCallee(int derefs) { Add(1, derefs); }
  void AddResult(int index, int derefs) { Add(2 + index, derefs); }
  // Leaves out what a flow to the heap says already.
  void Simplify();

 private:
  void Add(int to, int derefs) {
    if (derefs_[to] < 0 || derefs < derefs_[to]) {
      derefs_[to] = derefs;
    }
  }

  std::array<int, 2 + kMaxResults> derefs_ = {-1, -1, -1, -1, -1, -1, -1};
};

struct EscapeLocation;

// A function of the graph, or a function literal.
struct EscapeFunction {
  const EscapeFunction* parent = nullptr;
  // Receiver first; null for those without a name.
  std::vector<EscapeLocation*> params;
  std::vector<EscapeLocation*> results;
  // It is called where its results are not followed.
  bool are_results_lost = false;

  bool IsWithin(const EscapeFunction* outer) const {
    for (const EscapeFunction* f = parent; f != nullptr; f = f->parent) {
      if (f == outer) {
        return true;
      }
    }
    return false;
  }
};

struct EscapeLocation {
  struct Edge {
    EscapeLocation* source;
    int derefs;
  };

  // Null for the heap and such.
  const EscapeFunction* function = nullptr;
  int loop_depth = 0;
  // What flows here.
  std::vector<Edge> edges;
  bool is_param = false;
  // Of a result parameter, else -1.
  int result_index = -1;
  // The literal whose closure this is.
  EscapeFunction* literal = nullptr;
  // Of a parameter, once solved.
  Leaks leaks;

  // It must lie on the heap.
  bool escapes = false;
  // Closures that it leads to may be called without following their results.
  bool is_called = false;

  // While the graph is built: a closure captures it; it is assigned more than
  // once; its address is taken.
  bool is_captured = false;
  bool is_reassigned = false;
  bool is_address_taken = false;

  // While it is solved.
  int derefs = 0;
  uint32_t walk = 0;
  uint32_t queued_in_walk = 0;
  bool is_queued = false;
};

// Where the value of an expression goes: `*dst = e` with `derefs`.
struct Hole {
  EscapeLocation* dst = nullptr;
  int derefs = 0;
  // The context takes the expression's address, even if that goes nowhere.
  bool takes_address = false;

  Hole Shift(int delta) const {
    return {dst, derefs + delta < -1 ? -1 : derefs + delta, delta < 0};
  }
  Hole Deref() const { return Shift(1); }
  Hole Address() const { return Shift(-1); }
};

class EscapeGraph {
 public:
  EscapeGraph();
  EscapeGraph(const EscapeGraph&) = delete;
  EscapeGraph& operator=(const EscapeGraph&) = delete;

  EscapeLocation* NewLocation(const EscapeFunction* function, int loop_depth);
  EscapeFunction* NewFunction(const EscapeFunction* parent);

  Hole Heap() { return {&heap_}; }
  Hole Callee() { return {&callee_}; }
  Hole Discard() { return {&blank_}; }
  bool IsDiscard(Hole hole) const { return hole.dst == &blank_; }
  void Flow(Hole hole, EscapeLocation* source);

  // Decides which locations escape, and how parameters leak.
  void Solve();

 private:
  void Enqueue(EscapeLocation* location);
  void Walk(EscapeLocation* root);
  void Visit(EscapeLocation* root, EscapeLocation* at);
  bool Outlives(const EscapeLocation* location,
                const EscapeLocation* other) const;

  EscapeLocation heap_;
  EscapeLocation callee_;
  EscapeLocation blank_;
  std::deque<EscapeLocation> locations_;
  std::deque<EscapeFunction> functions_;
  std::deque<EscapeLocation*> queue_;
  std::deque<EscapeLocation*> walk_queue_;
  uint32_t walk_ = 0;
};

}  // namespace gdlint::ssa
