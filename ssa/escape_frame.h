// A function that EscapeBatch walks. Internal.

#pragma once

#include <optional>
#include <vector>

#include "ssa/escape_batch.h"
#include "ssa/escape_graph.h"
#include "ssa/kept_syntax.h"
#include "types/type.h"

namespace gdlint::ssa {

struct EscapeBatch::Frame {
  Frame* outer = nullptr;
  EscapeFunction* function = nullptr;
  // That of which return statements set the results: of the body of a
  // range-over-func loop the function around it.
  Frame* returns = nullptr;
  std::vector<const types::Type*> result_types;
  std::vector<EscapeLocation*> results;
  // Of the function itself; its range-over-func bodies use them too.
  std::optional<LoopingLabels> labels;
  int loop_depth = 0;
};

}  // namespace gdlint::ssa
