// Holds constants against results of go/constant.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/unit/types/constant_replay.h"

namespace gdlint::types {
namespace {

// A line is a program, a tab and what it comes to. Reports the first
// differences one by one, and returns how many programs there were.
int Replay(const std::string& path) {
  std::ifstream file(path);
  REQUIRE_MESSAGE(file.is_open(), path);
  constexpr int kReported = 20;
  int differences = 0;
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    const size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    const std::string program = line.substr(0, tab);
    const std::string expected = line.substr(tab + 1);
    const std::string actual = RunConstantProgram(program);
    if (actual != expected && ++differences <= kReported) {
      MESSAGE(program << "\n  want " << expected << "\n  got  " << actual);
    }
  }
  CAPTURE(path);
  CHECK(cases > 0);
  CHECK(differences == 0);
  return cases;
}

TEST_CASE("constants are those of go/constant, as recorded") {
  CHECK(Replay(std::string(GDLINT_SOURCE_ROOT) +
               "/tests/oracle/constants/recorded.txt") >= 4000);
}

// For tests/oracle/constants/run.py.
TEST_CASE("constants are those of go/constant, as the environment has them") {
  if (const char* const path = std::getenv("GDLINT_CONSTANT_PROGRAMS")) {
    MESSAGE(Replay(path) << " programs");
  }
}

}  // namespace
}  // namespace gdlint::types
