// The analyses of functions, each made when it is first asked for and kept.

#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// An analysis is a class with a constructor `T(const ssa::Function&,
// Analyses&)`; it may ask for analyses of other functions of the same package
// (literals within, the function around), but not for what asks for it. Not for
// several threads at a time.
class Analyses {
 public:
  explicit Analyses(const Program& program) : program_(program) {}
  Analyses(const Analyses&) = delete;
  Analyses& operator=(const Analyses&) = delete;

  const Program& program() const { return program_; }

  template <typename T>
  const T& Get(const ssa::Function& function) {
    // Elements stay where they are while others are added.
    std::vector<Made>& made = made_[&function];
    for (const Made& one : made) {
      if (one.tag == &kTag<T>) {
        return static_cast<const Holder<T>&>(*one.analysis).analysis;
      }
    }
    auto holder = std::make_unique<Holder<T>>(function, *this);
    const T& analysis = holder->analysis;
    made.push_back({&kTag<T>, std::move(holder)});
    return analysis;
  }

  // Some analysis had to stop before it had seen everything: it knows less of
  // the function than it could.
  void SetTooLarge(const ssa::Function& function) {
    too_large_.insert(&function);
  }
  bool IsTooLarge(const ssa::Function& function) const {
    return too_large_.contains(&function);
  }

  // What analyses of all functions share: made by `T(const Program&)`, once.
  template <typename T>
  T& Shared() {
    std::unique_ptr<Base>& base = shared_[&kTag<T>];
    if (base == nullptr) {
      base = std::make_unique<SharedHolder<T>>(program_);
    }
    return static_cast<SharedHolder<T>&>(*base).shared;
  }

 private:
  struct Base {
    virtual ~Base() = default;
  };
  template <typename T>
  struct Holder : Base {
    Holder(const ssa::Function& function, Analyses& analyses)
        : analysis(function, analyses) {}
    T analysis;
  };
  template <typename T>
  struct SharedHolder : Base {
    explicit SharedHolder(const Program& program) : shared(program) {}
    T shared;
  };
  // Its address names T.
  template <typename T>
  static constexpr char kTag = 0;

  struct Made {
    const char* tag;
    std::unique_ptr<Base> analysis;
  };

  const Program& program_;
  std::set<const ssa::Function*> too_large_;
  std::map<const char*, std::unique_ptr<Base>> shared_;
  // A function has few.
  std::unordered_map<const ssa::Function*, std::vector<Made>> made_;
};

}  // namespace gdlint::dataflow
