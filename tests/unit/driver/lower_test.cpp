// Which packages become SSA.

#include "driver/lower.h"

#include <doctest/doctest.h>

#include "tests/unit/ssa/lowering.h"

namespace gdlint::driver {
namespace {

using tests::Lowering;

TEST_CASE("packages with errors that leave all types known are lowered") {
  CHECK(Lowering("func f() { x := 1 }").is_lowerable());
  CHECK_FALSE(Lowering("func f() { _ = x }").is_lowerable());
}

TEST_CASE("a variable that its loop's post statement declares") {
  // The body would use it before it is there.
  const Lowering lowering(R"(
func f() {
  for ; ; x := 1 {
    _ = x
    break
  }
})");
  CHECK_FALSE(lowering.is_lowerable());
}

}  // namespace
}  // namespace gdlint::driver
