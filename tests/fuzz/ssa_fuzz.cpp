// Fuzzes lowering: whatever parses and type-checks becomes SSA that the
// verifier has nothing against, before and after lifting, and that can be
// printed. Mutates by tokens.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "driver/lower.h"
#include "ssa/build.h"
#include "ssa/dot.h"
#include "ssa/print.h"
#include "ssa/verify.h"
#include "tests/fuzz/one_package.h"

namespace gdlint::tests {
namespace {

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

}  // namespace

void TestPackage(OnePackage& input) {
  if (input.has_syntax_errors() || !driver::IsLowerable(input.package())) {
    return;
  }
  for (const driver::LowerTask& task : driver::LowerTasksOf(input.package())) {
    // What cgo declares is not known.
    if (task.has_unknown) {
      continue;
    }
    Lower(input.table(), task, true);
    Lower(input.table(), task, false);
  }
}

}  // namespace gdlint::tests
