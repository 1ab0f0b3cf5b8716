// Whether what counts as the release of a resource surely is one. A wrapper
// that is closed is taken to close what it holds, so that nobody is told to
// close that again; to say that it is closed, more is needed.

#pragma once

#include "dataflow/program.h"
#include "ssa/function.h"
#include "types/type.h"

namespace gdlint::checks::resources {

// `release` is a call or defer of a method of the resource, which is of `type`,
// or of something that calls such a method itself.
bool IsSureRelease(const dataflow::Program& program,
                   const ssa::Function& function, const ssa::Inst& release,
                   const types::Type* type);

}  // namespace gdlint::checks::resources
