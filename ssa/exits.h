// Functions of the standard library that never return, and how they end.

#pragma once

#include <optional>

#include "ssa/function.h"
#include "types/object.h"

namespace gdlint::ssa {

// Nothing for a function that may return, or of which nothing is known. `func`
// may be an interface's method (testing.TB's).
std::optional<ExitKind> ExitOf(const types::Func* func);

}  // namespace gdlint::ssa
