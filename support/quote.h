// Quoting text the way Go programs print it.

#pragma once

#include <string>
#include <string_view>

namespace gdlint {

// Appends `text` as Go's `%q` verb (strconv.Quote) prints it.
void AppendQuoted(std::string_view text, std::string& out);
std::string Quoted(std::string_view text);

// As Go's `%q` prints a character: `'x'`.
std::string QuotedCharacter(char32_t c);

// As Go's `%#U` prints a character: `U+0040 '@'`, or `U+0007` if it is not
// printable.
std::string CodePointName(char32_t c);

}  // namespace gdlint
