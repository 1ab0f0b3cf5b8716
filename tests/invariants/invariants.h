// What must hold of the front end's results for every input, however broken.

#pragma once

#include <string>

#include "lexer/lexer.h"
#include "parser/parser.h"
#include "source/source_file.h"

namespace gdlint::tests {

// Each returns what is wrong, or nothing.

// Tokens and comments tile the file: they ascend, do not overlap, lie within
// it, and leave only white space between them; the last token, and no other, is
// kEof.
std::string TokenProblem(const source::SourceFile& file,
                         const lexer::TokenBuffer& buffer);

// Handles name nodes that exist, no node has two parents, every node begins
// before it ends and lies within the file; in an accepted file also within its
// parent.
std::string TreeProblem(const source::SourceFile& file,
                        const parser::ParsedFile& parsed);

// Errors ascend by line and lie within the file.
std::string ErrorProblem(const source::SourceFile& file,
                         const parser::ParsedFile& parsed);

// A file accepted as a whole is accepted with its bodies skipped, and each body
// that was skipped parses later to the same nodes.
std::string SkippedBodyProblem(parser::Parser& parser,
                               const source::SourceFile& file,
                               const parser::ParsedFile& whole);

// All of them: lexes and parses `file` in every way. `parser` and `buffer` are
// only there to be reused.
std::string FrontEndProblem(parser::Parser& parser, lexer::TokenBuffer& buffer,
                            const source::SourceFile& file);

}  // namespace gdlint::tests
