#include "dataflow/standard.h"

#include <string_view>

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
  // Other modules' paths begin with the name of a host.
  const std::string_view path = func.package->path;
  return path.substr(0, path.find('/')).find('.') == path.npos;
}

}  // namespace gdlint::dataflow
