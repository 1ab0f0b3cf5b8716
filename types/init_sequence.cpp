#include "types/init_sequence.h"

#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "types/declaration.h"

namespace gdlint::types {
namespace {

class Sequencer {
 public:
  explicit Sequencer(const Package& package)
      : objects_(package.state->objects),
        seen_by_(objects_.size(), kNobody),
        left_(objects_.size()),
        dependents_(objects_.size()) {}

  std::vector<InitStep> Run() {
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i]->kind == ObjectKind::kVar) {
        FindDependencies(i);
      }
    }
    // By source.
    std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready;
    for (uint32_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i]->kind == ObjectKind::kVar && left_[i] == 0) {
        ready.push(i);
      }
    }
    while (!ready.empty()) {
      const uint32_t next = ready.top();
      ready.pop();
      Emit(next);
      for (const uint32_t dependent : dependents_[next]) {
        if (--left_[dependent] == 0) {
          ready.push(dependent);
        }
      }
    }
    return std::move(steps_);
  }

 private:
  static constexpr uint32_t kNobody = 0xffff'ffff;

  // Counts the variables that `variable` depends on, directly or by way of
  // functions.
  void FindDependencies(uint32_t variable) {
    stack_.assign(1, variable);
    while (!stack_.empty()) {
      const uint32_t at = stack_.back();
      stack_.pop_back();
      if (objects_[at]->decl == nullptr) {
        continue;
      }
      for (const Object* const to : objects_[at]->decl->dependencies.items()) {
        if (to->order == 0 || to->order > objects_.size()) {
          continue;
        }
        const uint32_t index = to->order - 1;
        if (objects_[index] != to || seen_by_[index] == variable) {
          continue;
        }
        seen_by_[index] = variable;
        if (to->kind == ObjectKind::kFunc) {
          stack_.push_back(index);
        } else if (to->kind == ObjectKind::kVar && index != variable) {
          ++left_[variable];
          dependents_[index].push_back(variable);
        }
      }
    }
  }

  void Emit(uint32_t index) {
    DeclInfo* const decl = objects_[index]->decl;
    // `var a, b = f()` is one step, when the first of them has its turn.
    if (decl == nullptr || !decl->init.has_value() ||
        !emitted_.insert(decl).second) {
      return;
    }
    std::vector<const Var*> lhs(decl->lhs.begin(), decl->lhs.end());
    if (lhs.empty()) {
      lhs.push_back(TryAs<Var>(objects_[index]));
    }
    steps_.push_back({std::move(lhs), decl->init, decl->unit});
  }

  std::span<Object* const> objects_;
  // By object: the last variable whose search came by.
  std::vector<uint32_t> seen_by_;
  // How many variables each has to wait for.
  std::vector<uint32_t> left_;
  std::vector<std::vector<uint32_t>> dependents_;
  std::vector<uint32_t> stack_;
  std::unordered_set<const DeclInfo*> emitted_;
  std::vector<InitStep> steps_;
};

}  // namespace

std::vector<InitStep> InitSequence(const Package& package) {
  return Sequencer(package).Run();
}

}  // namespace gdlint::types
