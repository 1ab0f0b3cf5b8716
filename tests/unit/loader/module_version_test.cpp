#include "loader/module_version.h"

#include <doctest/doctest.h>

namespace gdlint::loader {
namespace {

TEST_CASE("what a version is") {
  for (const char* const text :
       {"v1.2.3", "v0.0.0", "v1", "v1.2", "v1.2.3-pre", "v1.2.3-0.a.1",
        "v2.0.0+incompatible", "v0.0.0-20230201201504-b741fa893d77",
        "v1.2.3-rc.1+meta.001", "v99999999999999999999.0.0"}) {
    CAPTURE(text);
    CHECK(IsVersion(text));
  }
  for (const char* const text :
       {"", "v", "1.2.3", "v1.2.3.4", "v01.2.3", "v1.02.3", "v1.2.", "v1.2-pre",
        "v1.2.3-", "v1.2.3-01", "v1.2.3-a..b", "v1.2.3+", "v1.2.3 ", "latest",
        "v1.2.x", "v1.2.3-\xc3\xa9"}) {
    CAPTURE(text);
    CHECK_FALSE(IsVersion(text));
  }
}

TEST_CASE("the order of versions") {
  // Each before the next.
  const char* const ordered[] = {"none",
                                 "v0.0.0-20200101000000-abcdefabcdef",
                                 "v0.0.0",
                                 "v0.9.0",
                                 "v0.10.0-1",
                                 "v0.10.0-2",
                                 "v0.10.0-10",
                                 "v0.10.0-alpha",
                                 "v0.10.0-alpha.1",
                                 "v0.10.0-alpha.beta",
                                 "v0.10.0",
                                 "v1.0.0",
                                 "v1.0.1",
                                 "v2.0.0+incompatible",
                                 "v100000000000000000000.0.0",
                                 ""};
  for (size_t i = 0; i < std::size(ordered); ++i) {
    for (size_t j = 0; j < std::size(ordered); ++j) {
      CAPTURE(ordered[i]);
      CAPTURE(ordered[j]);
      CHECK((CompareVersions(ordered[i], ordered[j]) < 0) == (i < j));
      CHECK((CompareVersions(ordered[i], ordered[j]) > 0) == (i > j));
    }
  }
  CHECK(CompareVersions("v2.0.0+incompatible", "v2.0.0") == 0);
  CHECK(CompareVersions("v1.2", "v1.2.0") == 0);
}

}  // namespace
}  // namespace gdlint::loader
