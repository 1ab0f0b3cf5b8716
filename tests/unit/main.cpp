// Runs all unit tests on one deep stack, so that a test may parse hostile
// nesting without a thread of its own.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "support/deep_stack.h"

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  int status = 0;
  gdlint::RunOnDeepStack([&] { status = context.run(); });
  return status;
}
