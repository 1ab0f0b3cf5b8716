// Commands of os/exec and their pipes: who waits for a command closes them.

#pragma once

#include <cstdint>

#include "ssa/function.h"

namespace gdlint::checks::resources {

// The command that the call gives a pipe of, if the function makes it itself
// and nobody else has it: then the function must wait for it. None for others.
ssa::Value OwnCommandOf(const ssa::Function& function, const ssa::Inst& call);

enum class CommandStep : uint8_t { kNone, kStarts, kWaits };
// What a call does to the command.
CommandStep StepOf(const ssa::Function& function, const ssa::Inst& call,
                   ssa::Value command);

}  // namespace gdlint::checks::resources
