#include "loader/go_mod.h"

#include <doctest/doctest.h>

#include <string>

#include "loader/go_version.h"

namespace gdlint::loader {
namespace {

constexpr source::LangVersion Go(uint32_t minor) { return {minor}; }

TEST_CASE("Go versions") {
  CHECK(ParseGoVersion("1.22") == Go(22));
  CHECK(ParseGoVersion("go1.22.3") == Go(22));
  CHECK(ParseGoVersion("1.21rc2") == Go(21));
  CHECK(ParseGoVersion("1.9beta1") == Go(9));
  CHECK(ParseGoVersion("1") == Go(0));
  CHECK(*ParseGoVersion("999") > Go(26));
  CHECK(*ParseGoVersion("1.99999999999999999999") > Go(26));
  for (const char* const text :
       {"", "go", "x", "0.1", "1.", "1.022", "1.22.", "1.22x", "1.22rc",
        "1.22.3.4", "v1.22", "1.22 ", "-1.2"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseGoVersion(text).has_value());
  }
}

TEST_CASE("a file may choose its version, from go1.21 on") {
  CHECK(FileVersion(Go(18), {}) == Go(18));
  CHECK(FileVersion(Go(26), Go(21)) == Go(21));
  CHECK(FileVersion(Go(26), Go(18)) == Go(21));
  CHECK(FileVersion(Go(20), Go(22)) == Go(22));
  CHECK(FileVersion(Go(18), Go(0)) == Go(21));
}

TEST_CASE("module and go lines") {
  const GoMod mod = ParseGoMod(
      "\xef\xbb\xbf// a comment\r\n"
      "module \"example.com/a\" // why\r\n"
      "\tgo   1.22.1// here\r\n"
      "toolchain go1.99\n"
      "require (\n\tgo v1.0.0\n\tmodule v0.0.1 // indirect\n)\n"
      "go 1.5\n");
  CHECK(mod.module_path == "example.com/a");
  CHECK(mod.version == Go(22));
  CHECK(mod.warnings.empty());
}

TEST_CASE("lines in blocks") {
  const GoMod mod = ParseGoMod(
      "module (\n\t`example.com/b`\n)\ngo (\n1.20\n)\n"
      "ignore (\n./x\ny/z // c\n)\nignore ./w\n");
  CHECK(mod.module_path == "example.com/b");
  CHECK(mod.version == Go(20));
  CHECK(mod.ignored == std::vector<std::string>{"./x", "y/z", "./w"});
}

TEST_CASE("without a go line a module is at go1.16") {
  CHECK(ParseGoMod("module m\n").version == Go(16));
  CHECK(ParseGoMod("").version == Go(16));
}

TEST_CASE("a version of the future is taken for the newest, and said so") {
  const GoMod mod = ParseGoMod("module m\ngo 999\n");
  CHECK(mod.version == source::kNewestLang);
  REQUIRE(mod.warnings.size() == 1);
  CHECK(mod.warnings[0] ==
        "go 999 is newer than go1.26, the newest version supported: taken to "
        "be go1.26");
  CHECK(ParseGoMod("go x\n").warnings.size() == 1);
  CHECK(ParseGoMod("go go1.20\n").warnings.size() == 1);
}

TEST_CASE("strange files are read to their end") {
  CHECK(ParseGoMod("(((\n)))\n\"\n\"\\\n`\n(").module_path.empty());
  CHECK(ParseGoMod("module\ngo\n(\nmodule x\n").version == Go(16));
  const std::string long_line(1 << 20, '(');
  CHECK(ParseGoMod(long_line + "\nmodule m").module_path == "m");
}

}  // namespace
}  // namespace gdlint::loader
