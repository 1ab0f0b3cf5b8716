// What functions of the standard library and of usual modules do, known without
// reading them.

#pragma once

#include <optional>

#include "dataflow/summary.h"
#include "types/object.h"

namespace gdlint::checks::knowledge {

// A dataflow::ModelFn: nothing for a function that is not in models.def, nor of
// the standard library. `function` is no instance.
std::optional<dataflow::Summary> ModelOf(const types::Func& function);

}  // namespace gdlint::checks::knowledge
