// Findings for people.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace gdlint::report {

// Appends `finding`, which is about `file`: a line `file:line:col: severity:
// message [rule]`, the source line with its span underlined, and the related
// places, indented. Colours are escape sequences of ANSI terminals. Whatever
// comes from the file or its name is escaped.
void AppendText(std::string_view file, const Finding& finding, bool colour,
                std::string& out);

// Appends the line of a place with its span underlined; nothing for a place
// without a line.
void AppendExcerpt(const Place& place, std::string_view indent, bool colour,
                   std::string& out);

// "file:line:col", escaped and, on a colour terminal, bright.
std::string LocationText(std::string_view file, const Place& place,
                         bool colour);

// "file: 17 more errors"
void AppendMoreErrors(std::string_view file, size_t count, bool colour,
                      std::string& out);

}  // namespace gdlint::report
