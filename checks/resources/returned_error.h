// What a function tells its caller by the error that it returns.

#pragma once

#include "checks/resources/path_state.h"
#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// Of the last result at a Return: kUnknown too if that is no error.
Known ReturnedErrorAt(const ssa::Function& function, ssa::InstId exit,
                      dataflow::Analyses& analyses);
// What was last stored to the cell on the only way to `before`; none if it is
// not seen. Deferred calls may store there, too.
ssa::Value LastStored(const ssa::Function& function, ssa::InstId before,
                      ssa::Value cell);
// What the function stored in the cell of a result to return it; the operand of
// the Return itself where that is not seen.
ssa::Value StoredBefore(const ssa::Function& function, ssa::Value operand);
// The Return stands behind a test that found the error that it returns.
bool ReturnsFoundError(const ssa::Function& function, const ssa::Inst& exit);
// The last result is an error.
bool ReturnsError(const ssa::Function& function);

}  // namespace gdlint::checks::resources
