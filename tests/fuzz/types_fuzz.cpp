// Fuzzes the type checker: whatever a file contains, it is checked without a
// crash, and what is recorded can be printed. Mutates by tokens.

#include "driver/type_errors.h"
#include "driver/type_facts.h"
#include "tests/fuzz/one_package.h"

namespace gdlint::tests {

void TestPackage(OnePackage& input) {
  driver::TypeFacts(input.package());
  driver::TypeErrorLines(input.package());
}

}  // namespace gdlint::tests
