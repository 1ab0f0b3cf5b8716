// Fuzzes the type checker: whatever a file contains, it is checked without a
// crash, and what is recorded can be printed. Mutates by tokens.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "driver/type_check.h"
#include "driver/type_errors.h"
#include "driver/type_facts.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "support/deep_stack.h"
#include "tests/fuzz/token_mutator.h"
#include "types/package.h"
#include "types/type_table.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                          size_t max_size, unsigned seed) {
  // Sometimes bytes, so that nothing is out of reach.
  return seed % 16 == 0
             ? LLVMFuzzerMutate(data, size, max_size)
             : gdlint::tests::MutateTokens(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gdlint;
  const auto* const bytes = reinterpret_cast<const char*>(data);
  const source::SourceFile file =
      source::SourceFile::FromText("fuzz.go", std::string_view(bytes, size));
  RunOnDeepStack([&file] {
    const parser::ParsedFile parsed =
        parser::Parser().Parse(file, parser::Mode::kWholeFile);
    types::TypeTable table(types::Sizes::ForArchitecture("amd64"));
    types::Package package;
    package.path = "p";
    package.version = source::kNewestLang;
    driver::AddFile(package, file, parsed.tree, package.version, "fuzz.go");
    driver::CheckWholePackage(table, package);
    driver::TypeFacts(package);
    driver::TypeErrorLines(package);
  });
  return 0;
}
