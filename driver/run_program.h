// `gdlint run`: loads a program and interprets it.

#pragma once

#include "driver/options.h"
#include "interp/events.h"
#include "loader/build_context.h"

namespace gdlint::driver {

// Runs the program that the first of `options.arguments` names with the others
// as its arguments, on this process's standard streams. Returns its exit code;
// 3 if it cannot be run. `observer` may be null.
int RunProgram(const Options& options, const loader::Environment& environment,
               interp::Observer* observer);

}  // namespace gdlint::driver
