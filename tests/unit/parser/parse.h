// Parsing in tests: from Go source to the lines a test compares.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/parser.h"

namespace gdlint::parser {

// Keeps the text beside what was parsed from it.
struct Parsed {
  source::SourceFile file;
  ParsedFile result;
};

Parsed ParseText(std::string_view text, Mode mode = Mode::kWholeFile);

// `LINE:COL: message` of each error.
std::vector<std::string> Errors(std::string_view text);
// Likewise of those that the compiler reports beyond the grammar.
std::vector<std::string> LateErrors(std::string_view text);

// The tree of `text` as Dump prints it, from its first declaration.
std::string DumpDecls(std::string_view text);

}  // namespace gdlint::parser
