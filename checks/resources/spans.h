// Spans that their contexts lead to.

#pragma once

#include "checks/knowledge/resources.h"
#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// The caller of `call`, which starts a span, drops the span and works with the
// context that comes with it: `ctx, _ = tracer.Start(ctx, "read")`.
bool IsLeftToContext(const ssa::Function& caller, const ssa::Inst& call,
                     const knowledge::Acquisition& span);

// Some function of the program ends the span that it finds in a context:
// `trace.SpanFromContext(ctx).End()`.
bool EndsSpansOfContexts(const dataflow::Program& program);

}  // namespace gdlint::checks::resources
