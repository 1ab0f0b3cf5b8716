// Fuzzes the parser in all of its modes: any bytes give a tree that is one, and
// a skipped body parses later to what it would have been.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lexer/lexer.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "tests/invariants/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using gdlint::source::SourceFile;
  static gdlint::lexer::TokenBuffer buffer;
  static gdlint::parser::Parser parser;
  const auto* const bytes = reinterpret_cast<const char*>(data);
  const SourceFile file =
      SourceFile::FromText("fuzz.go", std::string_view(bytes, size));
  const std::string problem =
      gdlint::tests::FrontEndProblem(parser, buffer, file);
  if (!problem.empty()) {
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
  }
  return 0;
}
