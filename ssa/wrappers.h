// Functions that no one wrote: what stands between a method and a call that
// does not name it directly. Internal to the stage.

#pragma once

#include "ssa/draft.h"
#include "types/type_table.h"

namespace gdlint::ssa {

// Writes the kWrapper, kBound or kThunk that `key` names into `draft`, which is
// reset.
void WriteWrapper(types::TypeContext& types, const FunctionKey& key,
                  Draft& draft);

}  // namespace gdlint::ssa
