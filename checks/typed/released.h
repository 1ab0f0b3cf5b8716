// What a deferred call gives back, and whether the code behind a loop still
// needs it.

#pragma once

#include <cstdint>
#include <vector>

#include "checks/typed/outlives.h"
#include "checks/typed/repeated_defers.h"
#include "checks/typed/source.h"

namespace gdlint::checks::typed {

enum class Held : uint8_t {
  // Nothing that is known to cost more than the memory of the call.
  kNothing,
  kResource,
  kLock,
};

// A value that a deferred call works on.
struct ReleasedRoot {
  // The receiver, an argument or the function itself.
  const ssa::Function* function = nullptr;
  ssa::Value value;
  // What it is part of.
  Base base;
  // The receiver of a method, or the channel of `close`.
  bool is_receiver = false;
};

struct Released {
  Held held = Held::kNothing;
  std::vector<ReleasedRoot> roots;
  // Something is removed by its name: `os.Remove(name)`.
  bool by_name = false;
};

// By types (locks, context.CancelFunc), and by the names of functions and
// methods. Deferred literals and helpers are looked into.
Released DescribeDeferred(const Source& source, const ssa::Function& function,
                          ssa::InstId inst, const dataflow::Program& program);

// True if each iteration's value must outlive the iteration: it is put into
// something from outside the loop, handed to a goroutine, released only on a
// condition that is known after the loop, or was there before the loop.
bool IsNeededAfterLoop(const Source& source, const RepeatedDefer& repeated,
                       const Released& released,
                       const dataflow::Program& program);

// True if what is given back is an entry, by its name, in something from
// outside the loop: `dns.Remove(name)`.
bool IsEntryOutside(const RepeatedDefer& repeated, const Released& released);

// True if every iteration of the loop unlocks the same lock.
bool IsSameInEveryIteration(const RepeatedDefer& repeated,
                            const Released& released);

}  // namespace gdlint::checks::typed
