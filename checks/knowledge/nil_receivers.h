// Methods that may be called on a nil pointer.

#pragma once

#include <string_view>

namespace gdlint::checks::knowledge {

// By full name, "(*os.File).Close"; of the standard library.
bool ToleratesNil(std::string_view method);

// Calls whose error tells only of a mistake in the program, or never happens.
bool FailsOnlyByMistake(std::string_view function);

}  // namespace gdlint::checks::knowledge
