// Holds what the passes of dataflow/ say about a program against its run.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dataflow/defer_registration.h"
#include "dataflow/named_results.h"
#include "interp/events.h"
#include "tests/soundness/analysed.h"

namespace gdlint::soundness {

// How often something was there to be compared.
struct Counts {
  uint64_t activations = 0;
  uint64_t exits = 0;
  uint64_t results = 0;
  uint64_t panics = 0;
  uint64_t recovers = 0;
  uint64_t calls = 0;
};

// What the checker does not see of a run, to show that it finds something then.
enum class Blindness : uint8_t { kNone, kDefers, kStores, kRecovers };

class Checker final : public interp::Observer {
 public:
  // `report` is told of each contradiction once.
  Checker(Analysed& analysed, std::function<void(const std::string&)> report,
          Blindness blindness = Blindness::kNone)
      : analysed_(analysed),
        report_(std::move(report)),
        blindness_(blindness) {}

  const Counts& counts() const { return counts_; }
  size_t contradictions() const { return told_.size(); }

  void OnEnter(const interp::EventPlace& place, interp::EnteredBy by,
               const interp::EventPlace& caller) override;
  void OnStep(const interp::EventPlace& place, const void* memory) override;
  void OnLeaveByReturn(const interp::EventPlace& place,
                       std::span<const interp::EventValue> values) override;
  void OnDeferPushed(const interp::EventPlace& place,
                     const interp::EventPlace& owner, uint64_t id) override;
  void OnDeferredCallBegins(const interp::EventPlace& place, uint64_t id,
                            std::string_view function,
                            interp::DeferReason reason) override;
  void OnDeferredCallEnds(const interp::EventPlace& place, uint64_t id,
                          bool is_normal) override;
  void OnRecovered(const interp::EventPlace& place, uint64_t id,
                   const interp::EventValue& value) override;
  void OnUnwindingReaches(const interp::EventPlace& place,
                          bool is_goexit) override;
  void OnUnwindingLeaves(const interp::EventPlace& place,
                         bool is_goexit) override;
  void OnProcessEnds(const interp::EventPlace& place,
                     std::string_view why) override;
  bool OnOutput(int /*fd*/, std::string_view /*text*/) override { return true; }

 private:
  struct Store {
    const ssa::Function* function;
    const ssa::Inst* inst;
    bool is_whole;
  };
  // A result that lies in memory.
  struct Cell {
    const types::Type* type;
    // Since the last one that replaced all of it; none at all: it is zero.
    std::vector<Store> stores;
    bool is_zero = true;
  };
  using ActivationKey = std::pair<uint32_t, uint32_t>;
  // A deferred call. Null where there is no counterpart.
  struct Deferred {
    ActivationKey owner;
    const Match* match = nullptr;
    const ssa::Inst* inst = nullptr;
    interp::DeferReason reason = interp::DeferReason::kReturn;
    bool recovered = false;
  };
  struct Activation {
    // Null for functions that were not analysed.
    const Match* match = nullptr;
    // Not yet run, the oldest first.
    std::vector<uint64_t> pending;
    // Its deferred calls have begun to run, or a panic was here.
    bool is_exiting = false;
    // By result: the address of the cell, or null.
    std::vector<const uint8_t*> cells;
  };
  // A null `inst` if there is no counterpart.
  struct Point {
    const Match* match = nullptr;
    const ssa::Inst* inst = nullptr;
    bool is_known() const { return match != nullptr && inst != nullptr; }
  };
  Point PointOf(const interp::EventPlace& place);
  Activation* ActivationAt(const interp::EventPlace& place);
  void Forget(Activation& activation);

  void CheckStack(const interp::EventPlace& place, const Point& point,
                  const Activation& owner, bool is_unwinding);
  void CheckResults(const interp::EventPlace& place, const Point& point,
                    const Activation& activation);
  void CheckEnd(const interp::EventPlace& place, const Match& match,
                uint8_t wanted, std::string_view what);
  void CheckTargets(const interp::EventPlace& caller, const Match& callee);

  // What `rule` of the passes says at a place is wrong.
  void Contradict(const interp::EventPlace& place, std::string_view pass,
                  const std::string& what);

  Analysed& analysed_;
  std::function<void(const std::string&)> report_;
  const Blindness blindness_;
  Counts counts_;
  std::map<ActivationKey, Activation> activations_;
  std::map<uint64_t, Deferred> deferred_;
  // Deferred calls that are under way, by goroutine, the innermost last.
  std::map<uint32_t, std::vector<uint64_t>> running_;
  std::map<const uint8_t*, Cell> cells_;
  std::set<std::string> told_;
};

}  // namespace gdlint::soundness
