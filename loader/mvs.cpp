#include "loader/mvs.h"

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_map>
#include <utility>

namespace gdlint::loader {
namespace {

class Builder {
 public:
  Builder(const NeedsOf& needs_of,
          std::map<std::string, std::string, std::less<>>& selected)
      : needs_of_(needs_of), selected_(selected) {}

  void Require(const ModuleVersion& module) {
    const auto [found, is_new] =
        selected_.try_emplace(module.path, module.version);
    if (!is_new && CompareVersions(module.version, found->second) > 0) {
      found->second = module.version;
    }
  }

  void Enqueue(const ModuleVersion& module, Pruning pruning) {
    Node& node = nodes_[module];
    bool& queued = node.queued[static_cast<size_t>(pruning)];
    if (!queued) {
      queued = true;
      queue_.push_back({module, pruning});
    }
  }

  // Reads what is queued, and what that leads to.
  void Drain() {
    while (!queue_.empty()) {
      const auto [module, pruning] = std::move(queue_.front());
      queue_.pop_front();
      const ModuleNeeds* const needs = Read(module);
      if (needs == nullptr || (pruning == Pruning::kPruned && needs->prunes)) {
        continue;
      }
      const Pruning next = pruning == Pruning::kUnpruned || !needs->prunes
                               ? Pruning::kUnpruned
                               : Pruning::kPruned;
      for (const ModuleVersion& required : needs->required) {
        Enqueue(required, next);
      }
    }
  }

  // In a workspace a requirement may select a later version of a module than
  // the one that was read; what that one requires counts as well, as far as
  // packages of the main modules can reach.
  void DrainWorkspace(std::span<const std::string> main) {
    std::map<std::string, bool> wanted;
    for (const std::string& path : main) {
      wanted[path] = true;
    }
    std::map<ModuleVersion, bool> seen;
    while (true) {
      std::vector<ModuleVersion> fresh;
      const auto want = [&](ModuleVersion module) {
        if (!seen[module]) {
          seen[module] = true;
          fresh.push_back(std::move(module));
        }
      };
      std::vector<ModuleVersion> current;
      for (const auto& [path, _] : wanted) {
        current.push_back({path, selected_[path]});
      }
      for (const ModuleVersion& module : current) {
        if (!seen[module]) {
          want(module);
          continue;
        }
        const auto node = nodes_.find(module);
        if (node == nodes_.end() || !node->second.needs) {
          continue;
        }
        for (const ModuleVersion& required : node->second.needs->required) {
          const std::string& version = selected_[required.path];
          if (CompareVersions(version, required.version) > 0) {
            want({required.path, version});
          }
        }
      }
      if (fresh.empty()) {
        return;
      }
      for (const ModuleVersion& module : fresh) {
        Enqueue(module, Pruning::kWorkspace);
        wanted[module.path] = true;
      }
      Drain();
    }
  }

  bool is_cut_off() const { return is_cut_off_; }

 private:
  struct Node {
    std::array<bool, 3> queued = {};
    bool is_read = false;
    std::optional<ModuleNeeds> needs;
  };

  const ModuleNeeds* Read(const ModuleVersion& module) {
    // References into the map stay valid when it grows.
    Node& node = nodes_[module];
    if (!node.is_read) {
      if (++read_ > ModuleGraph::kMaxModules) {
        is_cut_off_ = true;
        return nullptr;
      }
      node.is_read = true;
      node.needs = needs_of_(module);
      if (node.needs) {
        for (const ModuleVersion& required : node.needs->required) {
          Require(required);
        }
      }
    }
    return node.needs ? &*node.needs : nullptr;
  }

  const NeedsOf& needs_of_;
  std::map<std::string, std::string, std::less<>>& selected_;
  std::unordered_map<ModuleVersion, Node, ModuleVersionHash> nodes_;
  std::deque<std::pair<ModuleVersion, Pruning>> queue_;
  size_t read_ = 0;
  bool is_cut_off_ = false;
};

}  // namespace

ModuleGraph ModuleGraph::Make(std::span<const std::string> main,
                              std::span<const ModuleVersion> roots,
                              Pruning pruning, const NeedsOf& needs_of) {
  ModuleGraph graph;
  Builder builder(needs_of, graph.selected_);
  for (const std::string& path : main) {
    builder.Require({.path = path, .version = {}});
  }
  for (const ModuleVersion& root : roots) {
    builder.Require(root);
    builder.Enqueue(root, pruning);
  }
  builder.Drain();
  if (pruning == Pruning::kWorkspace) {
    builder.DrainWorkspace(main);
  }
  graph.is_cut_off_ = builder.is_cut_off();
  return graph;
}

std::optional<std::string> ModuleGraph::Selected(std::string_view path) const {
  const auto found = selected_.find(path);
  return found == selected_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace gdlint::loader
