// Functions of the standard library that return iterators.

#pragma once

#include <string_view>

namespace gdlint::checks::knowledge {

// True if the result of the function can be ranged over and is a function, such
// as that of `slices.Values`.
bool ReturnsIterator(std::string_view import_path, std::string_view name);

}  // namespace gdlint::checks::knowledge
