// Where panics go: which deferred calls see them, and what leaves a function.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dataflow/analyses.h"
#include "dataflow/panic_points.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// What an activation may be left by, PanicSource bits, its callees' included
// and what its deferred calls recover left out. Nil checks of its parameters
// count as kNil.
uint16_t LeavingPanics(const ssa::Function& function, Analyses& analyses);

// What an instruction may raise, its callee included, but for what a Defer or
// Go calls.
uint16_t PanicsAt(const ssa::Function& function, const ssa::Inst& inst,
                  Analyses& analyses);

// What the call that a Defer registers, or a Go starts, may be left by.
uint16_t PanicsOfCall(const ssa::Function& function, const ssa::Inst& call,
                      Analyses& analyses);

// The bodies that a call, Defer or Go runs, as far as they are under analysis.
// `is_complete`: there is nothing else that it can run.
struct CalledBodies {
  std::vector<const ssa::Function*> bodies;
  bool is_complete = false;

  const ssa::Function* only() const {
    return is_complete && bodies.size() == 1 ? bodies[0] : nullptr;
  }
};
CalledBodies BodiesOf(const ssa::Function& function, const ssa::Inst& call,
                      Analyses& analyses);

enum class Recovers : uint8_t { kNot, kMaybe, kAlways };
// What a Defer's call does to a panic of its function.
Recovers RecoversOf(const ssa::Function& function, const ssa::Inst& defer,
                    Analyses& analyses);

// A goroutine or call that has a recover of its own, or may have one: in its
// function, deferred, or in the only function that this calls.
bool MayRecoverItself(const ssa::Function& function, Analyses& analyses);

// What happens while a deferred call is registered.
class Guarded {
 public:
  // `defer` is a Defer of `function` that is not on another's list. Once a
  // panic of one of the sources `enough` is found, others are not looked for.
  Guarded(const ssa::Function& function, ssa::InstId defer, Analyses& analyses,
          uint16_t enough = kNoPanic);

  // The instructions that may run between the defer statement and its call, in
  // order.
  const std::vector<ssa::InstId>& insts() const { return insts_; }
  bool Contains(ssa::InstId inst) const { return reached_[inst.index]; }
  // Panics that get to the deferred call.
  uint16_t panics() const { return panics_; }
  // The first that raises such, of these sources.
  std::optional<ssa::InstId> FirstOf(uint16_t sources) const;

 private:
  static bool Reaches(const ssa::Function& function, ssa::InstId from,
                      ssa::InstId to);
  struct Point {
    ssa::InstId inst;
    uint16_t sources;
  };
  std::vector<ssa::InstId> insts_;
  std::vector<bool> reached_;
  std::vector<Point> points_;
  uint16_t panics_ = kNoPanic;
};

}  // namespace gdlint::dataflow
