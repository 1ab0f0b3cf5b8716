#include "dataflow/summarise.h"

#include <optional>
#include <utility>

namespace gdlint::dataflow {

void Summarise(ProgramState& state, TaskPool& pool) {
  state.summaries.resize(state.nodes.size());
  pool.ParallelFor(state.nodes.size(), [&](size_t i, unsigned) {
    const types::Func* const func = state.nodes[i].func;
    if (func == nullptr || !state.models) {
      return;
    }
    std::optional<Summary> model = state.models(OriginOf(*func));
    if (model && (!model->yields_to_body || state.bodies[i] == nullptr)) {
      state.summaries[i] = std::move(*model);
      state.summaries[i].is_known = true;
      state.summaries[i].is_model = true;
    }
  });
}

}  // namespace gdlint::dataflow
