#include "loader/import_pattern.h"

#include <doctest/doctest.h>

namespace gdlint::loader {
namespace {

bool Matches(std::string_view pattern, std::string_view name) {
  return ImportPattern(pattern).Matches(name);
}

TEST_CASE("wildcards") {
  CHECK(Matches("net/...", "net"));
  CHECK(Matches("net/...", "net/http"));
  CHECK_FALSE(Matches("net/...", "netchan"));
  CHECK_FALSE(Matches("net/...", "x/net"));
  CHECK(Matches("net...", "netchan"));
  CHECK(Matches(".../http", "net/http"));
  CHECK_FALSE(Matches(".../http", "http"));
  CHECK(Matches("a.b/...", "a.b/c"));
  CHECK_FALSE(Matches("a.b/...", "axb/c"));
  CHECK(Matches("...", "anything/at\nall"));
  CHECK(Matches("x/.../y/...", "x/1/2/y"));
}

TEST_CASE("a wildcard does not reach into vendor") {
  CHECK_FALSE(Matches("x/...", "x/vendor/y"));
  CHECK(Matches("x/...", "x/vendor"));
  CHECK(Matches("x/vendor/...", "x/vendor/y"));
  CHECK(Matches("x/vendor/...", "x/vendor"));
  CHECK_FALSE(Matches("x/vendor/...", "x/vendor/y/vendor/z"));
  CHECK(Matches("vendor/...", "vendor/a"));
  CHECK(Matches("x/...", "x/vendors/y"));
  CHECK_FALSE(Matches("x/...", "x/\x01/y"));
}

TEST_CASE("where to look for matches") {
  const ImportPattern pattern("a/b/...");
  CHECK(pattern.MayMatchBelow(""));
  CHECK(pattern.MayMatchBelow("a"));
  CHECK(pattern.MayMatchBelow("a/b"));
  CHECK(pattern.MayMatchBelow("a/b/c"));
  CHECK_FALSE(pattern.MayMatchBelow("a/bc"));
  CHECK_FALSE(pattern.MayMatchBelow("b"));
  CHECK_FALSE(ImportPattern("a/b").MayMatchBelow("a/b/c"));
}

}  // namespace
}  // namespace gdlint::loader
