// Why a panic cannot be excluded, in words.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dataflow/function_exits.h"

namespace gdlint::driver {

// "index out of range: `names[i]`".
std::string PanicText(const dataflow::PanicPoint& point);

// "in `parse`", of a call; empty for what has no name in the source.
std::string CalleeText(const dataflow::PanicPoint& point);

// What a deferred call may be left by, PanicSource bits.
std::vector<std::string> PanicSourceTexts(uint16_t sources);

}  // namespace gdlint::driver
