// What of one iteration is still there when the next one begins: follows values
// to where they are stored, sent, handed to a goroutine, or carried on.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dataflow/cycle.h"
#include "dataflow/program.h"
#include "source/pos.h"
#include "ssa/function.h"

namespace gdlint::checks::typed {

// A loop of a function, as its blocks are; or the body of a range-over-func
// loop, which is all of its function.
struct Iteration {
  const ssa::Function* function = nullptr;
  dataflow::BlockSet blocks;
  // Where iterations begin; none for the body of a range-over-func loop and for
  // what has no single beginning.
  ssa::BlockId header;
  // The statement; all that stands in it belongs to the loop, though control
  // may not come back from there. Invalid for a loop of gotos.
  source::Span span;

  bool Has(const ssa::Function& fn, const ssa::Inst& inst) const {
    return &fn != function || blocks[inst.block.index];
  }
};

enum class Way : uint8_t {
  // A goroutine has it.
  kSpawned,
  // In memory that is not of the iteration; `variable` if that is a local
  // variable as a whole.
  kStored,
  kSent,
  // Another iteration, or the code behind the loop, goes on with it.
  kCarried,
  // A function is known to keep it.
  kKept,
  // Another deferred call has it.
  kDeferred,
  kReturned,
  // Any use at all; only if asked for.
  kUsed,
};

struct WayOut {
  Way way;
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  // For kStored.
  ssa::Value variable;
};

struct OutlivesOptions {
  // Strings count too: a name by which something is released.
  bool strings = false;
  // A method that is named like one that keeps its arguments, `Add`, keeps
  // functions too.
  bool functions_by_name = true;
  // Every use is told, as Way::kUsed.
  bool all_uses = false;
  // Uses by these instructions of this function do not count.
  const ssa::Function* ignored_in = nullptr;
  std::span<const ssa::InstId> ignored;
};

// What a value is part of, looked at through fields, elements, loads and
// changes of type, in the function where it is made: an Alloc, parameter,
// global, call …
struct Base {
  const ssa::Function* function = nullptr;
  ssa::Value value;
};
Base BaseOf(const ssa::Function& function, ssa::Value value);

// The ways on which one of `sources`, values made in the iteration, or
// something that holds on to one, leaves its iteration. Names decide what
// functions without a body do.
std::vector<WayOut> WaysOut(const dataflow::Program& program,
                            const Iteration& iteration,
                            std::span<const Base> sources,
                            const OutlivesOptions& options);

// True if the base is made anew by each iteration.
bool IsOfIteration(const Iteration& iteration, const Base& base);

}  // namespace gdlint::checks::typed
