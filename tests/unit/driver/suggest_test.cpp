#include "driver/suggest.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace gdlint::driver {
namespace {

const std::vector<std::string_view> kWords = {"rules", "explain", "debug"};

TEST_CASE("slips find their word") {
  for (const char* const slip : {"expalin", "explan", "explainn", "xplain"}) {
    CHECK(Nearest(slip, kWords) == "explain");
  }
  CHECK(Nearest("rule", kWords) == "rules");
  CHECK(DidYouMean("debgu", kWords) == "; did you mean `debug`?");
}

TEST_CASE("other words find nothing") {
  CHECK(Nearest("main", kWords).empty());
  CHECK(Nearest("", kWords).empty());
  CHECK(Nearest(std::string(1'000'000, 'x'), kWords).empty());
  CHECK(DidYouMean("internal", kWords).empty());
}

}  // namespace
}  // namespace gdlint::driver
