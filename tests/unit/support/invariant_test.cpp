#include "support/invariant.h"

#include <doctest/doctest.h>

#include <string>

namespace gdlint {
namespace {

TEST_CASE("an invariant that holds does nothing") {
  const InvariantScope scope("testing", "x.go");
  GDLINT_ASSERT(1 + 1 == 2);
}

#ifdef NDEBUG
TEST_CASE("a broken invariant says what was being done") {
  const InvariantScope outer("checking", "package p");
  {
    const InvariantScope over("parsing", "forgotten.go");
  }
  const InvariantScope inner("parsing", "x.go");
  std::string message;
  try {
    GDLINT_ASSERT(1 + 1 == 3);
  } catch (const InvariantError& error) {
    message = error.what();
  }
  CHECK(message.starts_with("broken invariant `1 + 1 == 3` at "));
  CHECK(message.ends_with(", while parsing x.go, while checking package p"));
}
#endif

}  // namespace
}  // namespace gdlint
