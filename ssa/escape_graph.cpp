#include "ssa/escape_graph.h"

#include <algorithm>

namespace gdlint::ssa {

void Leaks::Simplify() {
  for (size_t i = 1; heap() >= 0 && i < derefs_.size(); ++i) {
    if (derefs_[i] >= heap()) {
      derefs_[i] = -1;
    }
  }
}

EscapeGraph::EscapeGraph() {
  heap_.escapes = true;
  heap_.is_called = true;
  callee_.is_called = true;
}

EscapeLocation* EscapeGraph::NewLocation(const EscapeFunction* function,
                                         int loop_depth) {
  EscapeLocation& location = locations_.emplace_back();
  location.function = function;
  location.loop_depth = loop_depth;
  return &location;
}

EscapeFunction* EscapeGraph::NewFunction(const EscapeFunction* parent) {
  EscapeFunction& function = functions_.emplace_back();
  function.parent = parent;
  return &function;
}

void EscapeGraph::Flow(Hole hole, EscapeLocation* source) {
  source->is_address_taken = source->is_address_taken || hole.takes_address;
  EscapeLocation* const dst = hole.dst;
  if (dst == &blank_ || (dst == source && hole.derefs >= 0)) {
    return;
  }
  if (dst->escapes && hole.derefs < 0) {
    source->escapes = true;
    source->is_called = true;
    return;
  }
  dst->edges.push_back({source, hole.derefs});
}

void EscapeGraph::Enqueue(EscapeLocation* location) {
  if (location->is_queued) {
    return;
  }
  location->is_queued = true;
  if (location->escapes) {
    queue_.push_front(location);
  } else {
    queue_.push_back(location);
  }
}

void EscapeGraph::Solve() {
  for (EscapeLocation& location : locations_) {
    location.is_queued = true;
    queue_.push_front(&location);
  }
  for (EscapeLocation* const location : {&callee_, &heap_}) {
    location->is_queued = true;
    queue_.push_front(location);
  }
  // A location comes back at most once for each of its two marks.
  while (!queue_.empty()) {
    EscapeLocation* const root = queue_.front();
    queue_.pop_front();
    root->is_queued = false;
    Walk(root);
  }
  for (EscapeLocation& location : locations_) {
    location.leaks.Simplify();
  }
}

// Finds the least number of dereferences from `root` to all that flows into it.
// Addressing makes edges of -1, so that this is Bellman and Ford's algorithm;
// no cycle is endless as counts in between are at least 0.
void EscapeGraph::Walk(EscapeLocation* root) {
  ++walk_;
  root->walk = walk_;
  root->derefs = 0;
  if (root->is_called && root->literal != nullptr &&
      !root->literal->are_results_lost) {
    root->literal->are_results_lost = true;
    for (EscapeLocation* const result : root->literal->results) {
      Enqueue(result);
    }
  }
  walk_queue_.push_back(root);
  while (!walk_queue_.empty()) {
    EscapeLocation* const at = walk_queue_.front();
    walk_queue_.pop_front();
    at->queued_in_walk = 0;
    Visit(root, at);
  }
}

void EscapeGraph::Visit(EscapeLocation* root, EscapeLocation* at) {
  const bool is_address = at->derefs < 0;
  // Of `root = &at; at = x` the address of `at` gets to the root, that of `x`
  // does not.
  const int derefs = std::max(at->derefs, 0);
  bool escapes = false;
  bool is_called = derefs == 0 && root->is_called;
  if (is_address && Outlives(root, at)) {
    escapes = true;
    is_called = true;
  }
  if (at->is_param) {
    if (Outlives(root, at)) {
      if (!root->escapes && root->result_index >= 0 &&
          root->function == at->function &&
          root->result_index < Leaks::kMaxResults) {
        at->leaks.AddResult(root->result_index, derefs);
      } else {
        at->leaks.AddHeap(derefs);
      }
    }
    if (root->is_called) {
      at->leaks.AddCallee(derefs);
    }
  }
  if ((escapes && !at->escapes) || (is_called && !at->is_called)) {
    at->escapes = at->escapes || escapes;
    at->is_called = at->is_called || is_called;
    Enqueue(at);
    if (at->escapes) {
      return;
    }
  }
  for (const EscapeLocation::Edge& edge : at->edges) {
    EscapeLocation* const source = edge.source;
    if (source->escapes) {
      continue;
    }
    const int source_derefs = derefs + edge.derefs;
    if (source->walk != walk_ || source->derefs > source_derefs) {
      source->walk = walk_;
      source->derefs = source_derefs;
      if (source->queued_in_walk != walk_) {
        source->queued_in_walk = walk_;
        walk_queue_.push_back(source);
      }
    }
  }
}

// True if what is stored in `location` may be used when `other` is gone.
bool EscapeGraph::Outlives(const EscapeLocation* location,
                           const EscapeLocation* other) const {
  if (location->escapes) {
    return true;
  }
  if (location == &callee_) {
    return false;
  }
  if (location->result_index >= 0) {
    // A literal may return what is outside of it, if all its calls are known.
    return !(location->function->IsWithin(other->function) &&
             !location->function->are_results_lost);
  }
  if (location->function == other->function) {
    return location->loop_depth < other->loop_depth;
  }
  return other->function->IsWithin(location->function);
}

}  // namespace gdlint::ssa
