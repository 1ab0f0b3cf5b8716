#include "dataflow/summarise.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "dataflow/call_graph_order.h"
#include "dataflow/call_targets.h"
#include "dataflow/function_summary.h"

namespace gdlint::dataflow {
namespace {

// Real cycles of calls settle in two or three rounds.
constexpr int kMaxRounds = 8;

class Summariser {
 public:
  Summariser(ProgramState& state, TaskPool& pool)
      : state_(state), pool_(pool) {}

  void Run() {
    state_.summaries.resize(state_.nodes.size());
    has_model_.assign(state_.nodes.size(), 0);
    pool_.ParallelFor(state_.nodes.size(),
                      [&](size_t i, unsigned) { AddModel(i); });
    const ComponentOrder order = Order();
    for (size_t level = 0; level < order.level_count(); ++level) {
      const std::vector<uint32_t> components = LargestFirst(order, level);
      pool_.ParallelFor(components.size(), [&](size_t i, unsigned) {
        SummariseComponent(order.NodesOf(components[i]));
      });
    }
    state_.is_summarised = true;
  }

 private:
  // Threads should not wait for one that began the longest last.
  std::vector<uint32_t> LargestFirst(const ComponentOrder& order,
                                     size_t level) const {
    std::vector<std::pair<size_t, uint32_t>> weighed;
    for (const uint32_t component : order.Level(level)) {
      size_t weight = 0;
      for (const uint32_t node : order.NodesOf(component)) {
        weight += IsWanted(node) ? state_.bodies[node]->insts().size() : 0;
      }
      weighed.emplace_back(weight, component);
    }
    std::ranges::sort(weighed, std::greater());
    std::vector<uint32_t> components;
    components.reserve(weighed.size());
    std::ranges::copy(std::views::values(weighed),
                      std::back_inserter(components));
    return components;
  }

  void AddModel(size_t i) {
    const types::Func* const func = state_.nodes[i].func;
    if (func == nullptr || !state_.models) {
      return;
    }
    std::optional<Summary> model = state_.models(OriginOf(*func));
    if (model && (!model->yields_to_body || state_.bodies[i] == nullptr)) {
      state_.summaries[i] = std::move(*model);
      state_.summaries[i].is_known = true;
      state_.summaries[i].is_model = true;
      has_model_[i] = 1;
    }
  }

  // From each function with a body to what it calls and names.
  ComponentOrder Order() const {
    std::vector<uint32_t> sources;
    std::vector<uint32_t> targets;
    std::vector<std::vector<uint32_t>> own(state_.nodes.size());
    pool_.ParallelFor(own.size(), [&](size_t i, unsigned) {
      const FunctionId node{static_cast<uint32_t>(i)};
      if (IsWanted(node.index)) {
        own[i] = NamedBy(node);
      }
    });
    for (uint32_t i = 0; i < own.size(); ++i) {
      sources.insert(sources.end(), own[i].size(), i);
      targets.insert(targets.end(), own[i].begin(), own[i].end());
    }
    return OrderComponents(static_cast<uint32_t>(state_.nodes.size()), sources,
                           targets);
  }

  // Sorted.
  std::vector<uint32_t> NamedBy(FunctionId node) const {
    const ssa::Function& body = *state_.bodies[node.index];
    std::vector<uint32_t> named;
    for (const CallRecord& call : state_.CallsOf(node)) {
      for (const FunctionId target : state_.TargetsOf(call)) {
        named.push_back(target.index);
      }
      AddFunctionArguments(body, call, named);
    }
    for (const ssa::Callee& callee : body.callees()) {
      FunctionValue value;
      value.literal = callee.child;
      value.func = callee.key.func;
      const FunctionId target = NodeOf(state_, value);
      if (target.has_value()) {
        named.push_back(target.index);
      }
    }
    std::ranges::sort(named);
    const auto repeats = std::ranges::unique(named);
    named.erase(repeats.begin(), repeats.end());
    return named;
  }

  // A literal may pass on a function of the one around it.
  void AddFunctionArguments(const ssa::Function& function,
                            const CallRecord& call,
                            std::vector<uint32_t>& own) const {
    if (function.parent() == nullptr) {
      return;
    }
    for (const ssa::Value argument :
         function.Operands(function.inst(call.inst)).subspan(1)) {
      const types::Type* const type = function.TypeOf(argument);
      if (type == nullptr ||
          types::UnderAs<types::Signature>(type) == nullptr) {
        continue;
      }
      const std::optional<FunctionValue> value = FunctionOf(function, argument);
      const FunctionId id = value ? NodeOf(state_, *value) : FunctionId{};
      if (id.has_value()) {
        own.push_back(id.index);
      }
    }
  }

  bool IsWanted(uint32_t node) const {
    return state_.bodies[node] != nullptr && has_model_[node] == 0;
  }

  void SummariseComponent(std::span<const uint32_t> nodes) {
    if (nodes.size() == 1 && !CallsItself(nodes[0])) {
      if (IsWanted(nodes[0])) {
        state_.summaries[nodes[0]] =
            SummaryOfBody(state_, FunctionId{nodes[0]}, state_.summaries);
      }
      return;
    }
    for (const uint32_t node : nodes) {
      state_.summaries[node] = EmptySummary(*state_.bodies[node]);
    }
    for (int round = 0; round < kMaxRounds; ++round) {
      bool has_changed = false;
      for (const uint32_t node : nodes) {
        Summary summary =
            SummaryOfBody(state_, FunctionId{node}, state_.summaries);
        if (!(summary == state_.summaries[node])) {
          state_.summaries[node] = std::move(summary);
          has_changed = true;
        }
      }
      if (!has_changed) {
        return;
      }
    }
    // It does not settle: nothing is known.
    for (const uint32_t node : nodes) {
      state_.summaries[node] = Summary();
    }
  }

  bool CallsItself(uint32_t node) const {
    if (!IsWanted(node)) {
      return false;
    }
    const std::span<const CallRecord> calls = state_.CallsOf(FunctionId{node});
    return std::ranges::any_of(calls, [&](const CallRecord& call) {
      return std::ranges::count(state_.TargetsOf(call), FunctionId{node}) > 0;
    });
  }

  ProgramState& state_;
  TaskPool& pool_;
  // Threads write different places.
  std::vector<uint8_t> has_model_;
};

}  // namespace

void Summarise(ProgramState& state, TaskPool& pool) {
  Summariser(state, pool).Run();
}

}  // namespace gdlint::dataflow
