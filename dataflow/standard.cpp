#include "dataflow/standard.h"

#include "types/package.h"

namespace gdlint::dataflow {

bool IsStandard(const Program& program, const types::Func& func) {
  if (func.package == nullptr) {
    // The method of `error`.
    return true;
  }
  const FunctionId id = program.Find(&func);
  if (id.has_value() && program.node(id).is_root) {
    return false;
  }
  return func.package->is_standard;
}

}  // namespace gdlint::dataflow
