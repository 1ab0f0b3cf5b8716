// `gdlint run`: loads a program and interprets it.

#pragma once

#include "driver/load_program.h"
#include "driver/options.h"
#include "interp/events.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// Runs the program that the first of `options.arguments` names with the others
// as its arguments, on this process's standard streams. Returns its exit code;
// 3 if it cannot be run. `observer` may be null.
int RunProgram(const Options& options, const loader::Environment& environment,
               interp::Observer* observer);

// As above, of what LoadProgram made. With `tells_steps` the observer is told
// of each step (interp::ProgramOptions).
int InterpretProgram(LoadedProgram& loaded, const Options& options,
                     const loader::Environment& environment,
                     interp::Observer* observer, bool tells_steps);

}  // namespace gdlint::driver
