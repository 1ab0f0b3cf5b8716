// Fuzzes the lexer: any bytes give tokens that tile the file.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lexer/lexer.h"
#include "source/emitter.h"
#include "source/source_file.h"
#include "tests/invariants/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using gdlint::source::SourceFile;
  static gdlint::lexer::TokenBuffer buffer;
  const auto* const bytes = reinterpret_cast<const char*>(data);
  const SourceFile file =
      SourceFile::FromText("fuzz.go", std::string_view(bytes, size));
  gdlint::source::Emitter errors;
  gdlint::lexer::Lex(file, buffer, errors);
  const std::string problem = gdlint::tests::TokenProblem(file, buffer);
  if (!problem.empty()) {
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
  }
  return 0;
}
