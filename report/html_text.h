// Makes any bytes safe to stand in a page of HTML.

#pragma once

#include <string>
#include <string_view>

namespace gdlint::report {

// Appends `text` as it is to be shown between tags or in a quoted attribute.
// What a browser would obey rather than show, invisible and bidirectional
// characters included, is escaped; tabs stay.
void AppendHtml(std::string_view text, std::string& out);

// The same, with what stands in backticks as <code>.
void AppendHtmlWithCode(std::string_view text, std::string& out);

// The columns that it takes, tabs as one.
unsigned WidthOf(std::string_view text);
// Not wider than `width`, with an ellipsis where it was cut.
std::string CutToWidth(std::string_view text, unsigned width);

}  // namespace gdlint::report
