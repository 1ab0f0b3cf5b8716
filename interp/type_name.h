// Names of types as gc's run time prints them.

#pragma once

#include <string>

#include "types/type.h"

namespace gdlint::interp {

// `main.T[int]`, `[]interface {}`: reflect's Type.String.
std::string RunTypeName(const types::Type* type);
// `T[int]` of a Named: reflect's Type.Name.
std::string RunTypeLocalName(const types::Named* named);

}  // namespace gdlint::interp
