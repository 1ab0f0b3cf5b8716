// Cycles in the initialisation of package-level variables and constants.
//
// What a value depends on is what its initialiser refers to, directly or by way
// of functions. Where there are cycles, they are found in the order in which
// the language would initialise: among what has the fewest dependencies left,
// what is first in the source.

#include <algorithm>
#include <cstddef>
#include <span>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/declaration.h"

namespace gdlint::types {
namespace {

bool IsDependency(const Object* object) {
  return object->kind == ObjectKind::kConst ||
         object->kind == ObjectKind::kVar || object->kind == ObjectKind::kFunc;
}

bool IsValue(const Object* object) { return object->kind != ObjectKind::kFunc; }

class InitOrderChecker {
 public:
  explicit InitOrderChecker(Checker& checker)
      : checker_(checker), objects_(checker.state.objects) {}

  void Run() {
    MakeGraph();
    FindComponents();
    if (std::ranges::none_of(is_bad_, [](bool is) { return is; })) {
      return;
    }
    MarkAffected();
    RemoveFunctions();
    ReportInOrder();
  }

 private:
  using NodeSet = std::unordered_set<uint32_t>;

  // The objects that `object` depends on, by their places in objects_, in
  // source order.
  void MakeGraph() {
    first_edge_.resize(objects_.size() + 1);
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      const auto first = static_cast<ptrdiff_t>(edges_.size());
      first_edge_[i + 1] = first_edge_[i];
      if (!IsDependency(objects_[i]) || objects_[i]->decl == nullptr) {
        continue;
      }
      for (const Object* const to : objects_[i]->decl->dependencies.items()) {
        if (IsDependency(to) && to->order != 0 &&
            to->order <= objects_.size() && objects_[to->order - 1] == to) {
          edges_.push_back(to->order - 1);
        }
      }
      std::sort(edges_.begin() + first, edges_.end());
      first_edge_[i + 1] = edges_.size();
    }
  }

  std::span<const uint32_t> EdgesOf(uint32_t node) const {
    return std::span(edges_).subspan(first_edge_[node],
                                     first_edge_[node + 1] - first_edge_[node]);
  }

  // Tarjan's strongly connected components, without recursion.
  void FindComponents() {
    const auto count = static_cast<uint32_t>(objects_.size());
    component_.assign(count, kNone);
    std::vector<uint32_t> index(count, kNone);
    std::vector<uint32_t> low(count, 0);
    std::vector<uint32_t> stack;
    struct Frame {
      uint32_t node;
      size_t next_edge;
    };
    std::vector<Frame> frames;
    uint32_t next_index = 0;
    const auto enter = [&](uint32_t node) {
      index[node] = low[node] = next_index++;
      stack.push_back(node);
      frames.push_back({node, 0});
    };
    for (uint32_t root = 0; root < count; ++root) {
      if (index[root] != kNone) {
        continue;
      }
      enter(root);
      while (!frames.empty()) {
        Frame& frame = frames.back();
        const uint32_t node = frame.node;
        const std::span<const uint32_t> edges = EdgesOf(node);
        if (frame.next_edge < edges.size()) {
          const uint32_t to = edges[frame.next_edge++];
          if (index[to] == kNone) {
            enter(to);
          } else if (component_[to] == kNone) {
            low[node] = std::min(low[node], index[to]);
          }
          continue;
        }
        frames.pop_back();
        if (!frames.empty()) {
          const uint32_t parent = frames.back().node;
          low[parent] = std::min(low[parent], low[node]);
        }
        if (low[node] == index[node]) {
          CloseComponent(node, stack);
        }
      }
    }
  }

  void CloseComponent(uint32_t root, std::vector<uint32_t>& stack) {
    bool has_value = false;
    size_t size = 0;
    for (uint32_t member = kNone; member != root; ++size) {
      member = stack.back();
      stack.pop_back();
      component_[member] = component_count_;
      has_value |= IsValue(objects_[member]);
    }
    const bool is_cycle =
        size > 1 || std::ranges::binary_search(EdgesOf(root), root);
    is_bad_.push_back(is_cycle && has_value);
    ++component_count_;
  }

  // What is in a cycle with values, or depends on one. All else is initialised
  // before, and does not matter. Components are numbered from what others
  // depend on.
  void MarkAffected() {
    std::vector<bool> affected_component = is_bad_;
    std::vector<std::vector<uint32_t>> members(component_count_);
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      members[component_[i]].push_back(i);
    }
    for (uint32_t c = 0; c < component_count_; ++c) {
      for (const uint32_t member : members[c]) {
        for (const uint32_t to : EdgesOf(member)) {
          if (affected_component[component_[to]]) {
            affected_component[c] = true;
          }
        }
      }
    }
    affected_.resize(objects_.size());
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      affected_[i] =
          IsDependency(objects_[i]) && affected_component[component_[i]];
    }
  }

  // Makes what depends on a function depend on what the function depends on.
  void RemoveFunctions() {
    predecessors_.resize(objects_.size());
    successors_.resize(objects_.size());
    std::vector<uint32_t> functions;
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      if (!affected_[i]) {
        continue;
      }
      if (!IsValue(objects_[i])) {
        functions.push_back(i);
      }
      for (const uint32_t to : EdgesOf(i)) {
        if (affected_[to]) {
          successors_[i].insert(to);
          predecessors_[to].insert(i);
        }
      }
    }
    // Each removal copies predecessors to successors: the dear ones last.
    std::ranges::stable_sort(functions, {}, [&](uint32_t i) {
      return predecessors_[i].size() * successors_[i].size();
    });
    for (const uint32_t function : functions) {
      RemoveFunction(function);
    }
  }

  void RemoveFunction(uint32_t function) {
    for (const uint32_t from : predecessors_[function]) {
      if (from == function) {
        continue;
      }
      for (const uint32_t to : successors_[function]) {
        if (to != function) {
          successors_[from].insert(to);
          predecessors_[to].insert(from);
        }
      }
      successors_[from].erase(function);
    }
    for (const uint32_t to : successors_[function]) {
      if (to != function) {
        predecessors_[to].erase(function);
      }
    }
  }

  void ReportInOrder() {
    // Constants first, then by dependencies left, then by source.
    using Key = std::pair<std::pair<bool, size_t>, uint32_t>;
    const auto key = [&](uint32_t i) {
      return Key{{objects_[i]->kind != ObjectKind::kConst, left_[i]}, i};
    };
    std::vector<Key> heap;
    left_.assign(objects_.size(), 0);
    std::vector<bool> is_done(objects_.size());
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      if (affected_[i] && IsValue(objects_[i])) {
        left_[i] = successors_[i].size();
        heap.push_back(key(i));
      }
    }
    std::ranges::make_heap(heap, std::greater<>());
    while (!heap.empty()) {
      std::ranges::pop_heap(heap, std::greater<>());
      const Key top = heap.back();
      heap.pop_back();
      const uint32_t node = top.second;
      // Entries with outdated counts stay behind.
      if (is_done[node] || top != key(node)) {
        continue;
      }
      is_done[node] = true;
      if (left_[node] > 0) {
        ReportCycleOf(node);
      }
      for (const uint32_t from : predecessors_[node]) {
        if (!is_done[from] && left_[from] > 0) {
          --left_[from];
          heap.push_back(key(from));
          std::ranges::push_heap(heap, std::greater<>());
        }
      }
    }
  }

  // Reports a path from `node` to itself, if there is one.
  void ReportCycleOf(uint32_t node) {
    std::vector<bool> seen(objects_.size());
    struct Frame {
      uint32_t node;
      size_t next_edge;
    };
    std::vector<Frame> path = {{node, 0}};
    seen[node] = true;
    while (!path.empty()) {
      Frame& frame = path.back();
      const std::span<const uint32_t> edges = EdgesOf(frame.node);
      if (frame.next_edge == edges.size()) {
        path.pop_back();
        continue;
      }
      const uint32_t to = edges[frame.next_edge++];
      if (to == node) {
        std::vector<const Object*> cycle;
        for (const Frame& step : path) {
          cycle.push_back(objects_[step.node]);
        }
        Report(cycle);
        return;
      }
      if (!seen[to]) {
        seen[to] = true;
        path.push_back({to, 0});
      }
    }
  }

  // Each of `cycle` refers to the next, the last to the first.
  void Report(std::span<const Object* const> cycle) {
    const auto name = [](const Object* object) { return object->name->text(); };
    const At at = Checker::AtObject(cycle[0]);
    if (cycle.size() == 1) {
      checker_.Error(at, Code::kInvalidInitCycle,
                     fmt::format("initialization cycle: {} refers to itself",
                                 name(cycle[0])));
      return;
    }
    std::vector<Checker::ErrorNote> notes;
    for (size_t i = 0; i < cycle.size(); ++i) {
      const Object* const next = cycle[(i + 1) % cycle.size()];
      notes.push_back(
          {Checker::AtObject(cycle[i]),
           fmt::format("{} refers to {}", name(cycle[i]), name(next))});
    }
    checker_.ErrorWithNotes(
        at, Code::kInvalidInitCycle,
        fmt::format("initialization cycle for {}", name(cycle[0])),
        std::move(notes));
  }

  static constexpr uint32_t kNone = ~uint32_t{0};

  Checker& checker_;
  std::span<Object* const> objects_;
  // Of all objects, one's after the other's, and where each one's begin.
  std::vector<uint32_t> edges_;
  std::vector<size_t> first_edge_;
  std::vector<uint32_t> component_;
  uint32_t component_count_ = 0;
  // By component: a cycle with values in it.
  std::vector<bool> is_bad_;
  std::vector<bool> affected_;
  std::vector<NodeSet> predecessors_;
  std::vector<NodeSet> successors_;
  std::vector<size_t> left_;
};

}  // namespace

void Checker::InitOrder() { InitOrderChecker(*this).Run(); }

}  // namespace gdlint::types
