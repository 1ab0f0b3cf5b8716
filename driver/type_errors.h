// Errors in packages, as lines of text.

#pragma once

#include <string>
#include <vector>

#include "parser/parser.h"
#include "source/source_file.h"
#include "types/package.h"

namespace gdlint::driver {

// "PATH:LINE:COL: message", in the order of the package's errors.
// With `with_notes` also what belongs to an error, as the compiler prints it:
// on indented lines of the same string.
std::vector<std::string> TypeErrorLines(const types::Package& package,
                                        bool with_notes = false);
// The syntax errors of a file in that form.
std::vector<std::string> SyntaxErrorLines(const source::SourceFile& source,
                                          const parser::ParsedFile& parsed);

}  // namespace gdlint::driver
