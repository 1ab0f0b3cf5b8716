// Parses Go source files, by recursive descent, after the grammar of the Go
// specification 1.26.

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ast/tree.h"
#include "lexer/lexer.h"
#include "source/diagnostic.h"
#include "source/source_file.h"

namespace gdlint::parser {

enum class Mode : uint8_t {
  // Every function body is parsed.
  kWholeFile,
  // Bodies of declared functions are skipped by their tokens; see
  // ast::FuncDecl::body_begin and ParseBody. Literals in package-level
  // expressions are parsed.
  kDeclarations,
};

// A file that has been parsed. Frozen; threads may share it.
struct ParsedFile {
  // Complete, whatever the file contains: what is no Go is a Bad… node.
  ast::Tree tree;
  // Every comment, in source order.
  std::vector<lexer::Comment> comments;
  // Syntax errors, by place, one per line: those for which go/parser rejects a
  // file too. Empty for a file that is accepted.
  std::vector<source::Diagnostic> errors;
  // What the gc compiler's syntax phase rejects beyond that: undefined and
  // unused labels, misplaced branches, receiver counts. The tree is not
  // affected.
  std::vector<source::Diagnostic> late_errors;
  uint32_t token_count = 0;
};

// Keeps the memory that parsing needs, from file to file. Not shared by
// threads.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  // Never fails. Needs up to gdlint::kDeepStackSize bytes of stack for hostile
  // input.
  ParsedFile Parse(const source::SourceFile& file, Mode mode);

  // The body of a function that kDeclarations skipped, lexed and parsed again:
  // `body_begin` and `body_end` as in its FuncDecl. The tree has one FuncDecl,
  // with only the body set.
  ParsedFile ParseBody(const source::SourceFile& file, source::Pos body_begin,
                       source::Pos body_end);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::parser
