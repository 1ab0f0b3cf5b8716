// What a function whose body nobody sees gives its caller to release, going by
// how it is declared.

#pragma once

#include <optional>
#include <string_view>

#include "checks/knowledge/resources.h"
#include "types/type.h"

namespace gdlint::checks::knowledge {

// Of an interface's method called `name`, or of a function in a variable (name
// ""): `Do(*http.Request) (*http.Response, error)`,
// `Open(name string) (io.ReadCloser, error)`. Nothing for types that say too
// little.
std::optional<Acquisition> AcquisitionByDeclaration(
    std::string_view name, const types::Signature& signature);

}  // namespace gdlint::checks::knowledge
