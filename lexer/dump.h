// The text form of a file's tokens, for `gdlint debug tokens`.

#pragma once

#include <string>

#include "source/source_file.h"

namespace gdlint::lexer {

// Appends a line for each token but the end of the file:
// `LINE:COLUMN TAB TOKEN TAB LITERAL`, the literal quoted. Comments are not
// listed.
void DumpTokens(const source::SourceFile& file, std::string& out);

}  // namespace gdlint::lexer
