// Whether a value may be nil, by what it is made of. Internal to the stage.

#pragma once

#include <cstdint>
#include <span>

#include "dataflow/program_state.h"

namespace gdlint::dataflow {

// ResultIs bits: what is possible. Looks through what OriginsOf does, and at
// the summaries of calls; not at conditions on the way.
uint8_t NilnessOf(const ProgramState& state, std::span<const Summary> summaries,
                  const ssa::Function& function, ssa::Value value);

// The argument of a call for parameter `param` of a target (the receiver
// first). None if it is not there, as for what is not known of a method value.
ssa::Value ArgumentOf(const ssa::Function& caller, const ssa::Inst& call,
                      const types::Func* target, uint32_t param);

}  // namespace gdlint::dataflow
