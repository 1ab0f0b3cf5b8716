// What belongs to the standard library, and what to the program.

#pragma once

namespace gdlint::interp {

struct Callable;

// Its text is the standard library's, or stands in for that.
bool IsOfStandardLibrary(const Callable& callable);

}  // namespace gdlint::interp
