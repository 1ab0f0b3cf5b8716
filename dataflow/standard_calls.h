// What is known of calls of the standard library without a look at them.

#pragma once

#include <string_view>

#include "ssa/function.h"
#include "types/object.h"

namespace gdlint::dataflow {

// A function or method of the standard library that panics for no argument that
// sensible code gives it; what it calls back may panic.
bool PanicsNever(const types::Func& func);

// An interface's method that is taken not to panic, whoever implements it:
// `error.Error`, those of `context.Context`.
bool MethodPanicsNever(const types::Func& method);

// A function type whose values do not panic: `context.CancelFunc`.
bool ValuePanicsNever(const types::Type* type);

// A function or method of the standard library that works on what its pointer
// arguments point to until it returns, and keeps none: `(*sql.Row).Scan`,
// `json.Unmarshal`, `atomic.AddInt64`.
bool KeepsNoPointer(const types::Func& func);

}  // namespace gdlint::dataflow
