// What the names of functions and methods say about what they do.

#pragma once

#include <string_view>

namespace gdlint::checks::knowledge {

// True for names such as `Unlock` and `RUnlock`.
bool NamesUnlock(std::string_view name);

// True for names that give something back: `Close`, `Release`, `cancel`,
// `Rollback`.
bool NamesRelease(std::string_view name);

// True for the whole names of methods that end the use of what has them, as
// `Close` does: `Stop`, `Discard`.
bool EndsUse(std::string_view name);

// True for names that take what has to be given back: `Open`, `Lock`,
// `Acquire`.
bool NamesAcquire(std::string_view name);

// True for names of functions that keep what they are given: `append`, `Add`,
// `Register`.
bool NamesKeep(std::string_view name);

// True for names of functions whose result holds on to their arguments:
// `NewReader`.
bool NamesWrap(std::string_view name);

}  // namespace gdlint::checks::knowledge
