// Fuzzes lowering: whatever parses and type-checks becomes SSA that the
// verifier has nothing against, before and after lifting, and that can be
// printed. Mutates by tokens.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "driver/lower.h"
#include "driver/type_check.h"
#include "parser/parser.h"
#include "source/source_file.h"
#include "ssa/build.h"
#include "ssa/dot.h"
#include "ssa/print.h"
#include "ssa/verify.h"
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

namespace gdlint::tests {

void Lower(types::TypeTable& table, const driver::LowerTask& task,
           bool is_naive) {
  ssa::Builder builder(table, {.is_naive = is_naive, .verify = false});
  std::unique_ptr<ssa::Function> function;
  if (task.is_var_init) {
    ssa::VarInitSource source = task.init;
    source.lhs = task.lhs;
    function = builder.Build(source);
  } else {
    function = builder.Build(task.function);
  }
  const std::vector<std::string> violations = ssa::Verify(*function);
  for (const std::string& violation : violations) {
    std::fprintf(stderr, "%s\n", violation.c_str());
  }
  if (!violations.empty()) {
    std::abort();
  }
  std::string text;
  ssa::Print(*function, text);
  ssa::PrintDot(*function, text);
}

}  // namespace gdlint::tests

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
    if (!parsed.errors.empty() || !driver::IsLowerable(package)) {
      return;
    }
    for (const driver::LowerTask& task : driver::LowerTasksOf(package)) {
      tests::Lower(table, task, true);
      tests::Lower(table, task, false);
    }
  });
  return 0;
}
