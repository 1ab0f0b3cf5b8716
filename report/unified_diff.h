// Changes of a text as `patch` and `git apply` take them.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace gdlint::report {

// What `edits`, sorted and apart, make of `text`.
std::string Apply(std::string_view text, std::span<const Edit> edits);

// Appends that as a unified diff with three lines of context; nothing if no
// line differs. `name` follows `a/` and `b/` in the head, unless it is
// absolute. The lines are as in the file, whatever they contain.
void AppendUnifiedDiff(std::string_view name, std::string_view text,
                       std::span<const Edit> edits, std::string& out);

}  // namespace gdlint::report
