#include "loader/build_context.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>

#include "loader/file_header.h"

namespace gdlint::loader {
namespace {

using Variables = std::map<std::string, std::string>;

BuildContext ContextOf(Variables variables, BuildChoices choices = {}) {
  return BuildContext::Make(
      choices,
      [variables = std::move(variables)](
          const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt
                                        : std::optional(found->second);
      });
}

BuildContext Platform(std::string goos, std::string goarch) {
  return ContextOf({{"GOOS", std::move(goos)}, {"GOARCH", std::move(goarch)}});
}

TEST_CASE("file names name platforms") {
  const BuildContext linux_amd64 = Platform("linux", "amd64");
  for (const char* const name :
       {"a.go", "linux.go", "windows.go", "amd64.go", "a_linux.go",
        "a_amd64.go", "a_linux_amd64.go", "a_test.go", "a_linux_test.go",
        "a_windows_x.go", "a_unix.go", "a_windows.x_y.go.go",
        "x_linux.windows.go", "_test.go"}) {
    CAPTURE(name);
    CHECK(linux_amd64.MatchesFileName(name) ==
          (std::string(name) != "a_windows.x_y.go.go"));
  }
  for (const char* const name :
       {"a_windows.go", "a_arm64.go", "a_linux_arm64.go", "a_windows_amd64.go",
        "windows_arm64.go", "a_windows_test.go", "a_zos.go", "a_sparc.go"}) {
    CAPTURE(name);
    CHECK_FALSE(linux_amd64.MatchesFileName(name));
  }
}

TEST_CASE("some systems are built on others") {
  CHECK(Platform("android", "arm64").HasTag("linux"));
  CHECK(Platform("android", "arm64").MatchesFileName("a_linux.go"));
  CHECK(Platform("illumos", "amd64").HasTag("solaris"));
  CHECK(Platform("ios", "arm64").HasTag("darwin"));
  CHECK_FALSE(Platform("linux", "amd64").HasTag("android"));
}

TEST_CASE("unix is what has a Unix") {
  CHECK(Platform("linux", "amd64").HasTag("unix"));
  CHECK(Platform("darwin", "arm64").HasTag("unix"));
  CHECK(Platform("aix", "ppc64").HasTag("unix"));
  for (const char* const goos : {"windows", "plan9", "js", "wasip1", "zos"}) {
    CHECK_FALSE(Platform(goos, "amd64").HasTag("unix"));
  }
}

TEST_CASE("releases up to the newest are tags") {
  const BuildContext context = Platform("linux", "amd64");
  CHECK(context.HasTag("go1.1"));
  CHECK(context.HasTag("go1.26"));
  CHECK_FALSE(context.HasTag("go1.27"));
  CHECK_FALSE(context.HasTag("go1"));
  CHECK(context.HasTag("gc"));
  CHECK_FALSE(context.HasTag("gccgo"));
  CHECK_FALSE(context.HasTag("ignore"));
}

TEST_CASE("the toolchain's own tags follow the platform") {
  CHECK(Platform("linux", "amd64").HasTag("amd64.v1"));
  CHECK_FALSE(Platform("linux", "amd64").HasTag("amd64.v2"));
  CHECK(Platform("linux", "amd64").HasTag("goexperiment.regabiargs"));
  CHECK_FALSE(Platform("linux", "386").HasTag("goexperiment.regabiargs"));
  CHECK_FALSE(Platform("darwin", "arm64").HasTag("goexperiment.dwarf5"));
  const BuildContext chosen =
      ContextOf({{"GOOS", "linux"},
                 {"GOARCH", "amd64"},
                 {"GOEXPERIMENT", "noregabiargs,boringcrypto"}});
  CHECK_FALSE(chosen.HasTag("goexperiment.regabiargs"));
  CHECK(chosen.HasTag("boringcrypto"));
}

TEST_CASE("the user's tags are separated by commas or spaces") {
  const BuildContext context =
      ContextOf({}, {.goos = {}, .goarch = {}, .tags = "a,b c,,"});
  CHECK(context.HasTag("a"));
  CHECK(context.HasTag("b"));
  CHECK(context.HasTag("c"));
  CHECK_FALSE(context.HasTag(""));
}

TEST_CASE("cgo is for this machine unless it is asked for") {
  CHECK(ContextOf({}).HasTag("cgo"));
  CHECK_FALSE(Platform("plan9", "386").HasTag("cgo"));
  CHECK_FALSE(ContextOf({{"CGO_ENABLED", "0"}}).HasTag("cgo"));
  CHECK(ContextOf({{"CGO_ENABLED", "1"}, {"GOOS", "plan9"}}).HasTag("cgo"));
}

TEST_CASE("choices win over the environment") {
  const BuildContext context = ContextOf(
      {{"GOOS", "plan9"}}, {.goos = "windows", .goarch = "arm64", .tags = ""});
  CHECK(context.goos() == "windows");
  CHECK(context.goarch() == "arm64");
}

bool Matches(std::string_view text) {
  return ReadFileHeader(text, Platform("linux", "amd64")).matches;
}

TEST_CASE("a go:build line decides, wherever it stands before the package") {
  CHECK(Matches("package p\n"));
  CHECK(Matches(""));
  CHECK_FALSE(Matches("//go:build windows\npackage p\n"));
  CHECK_FALSE(Matches("\xef\xbb\xbf//go:build windows\n\npackage p\n"));
  CHECK_FALSE(Matches("/* c */\n//go:build windows\npackage p\n"));
  CHECK_FALSE(Matches("/* c\n d */ \r\n  //go:build windows\r\npackage p\n"));
  CHECK(Matches("/*\n//go:build windows\n*/\npackage p\n"));
  CHECK(Matches("package p\n//go:build windows\n"));
  CHECK(Matches("/* c */ package p\n//go:build windows\n"));
  CHECK(Matches("//go:build linux\n// +build windows\n\npackage p\n"));
}

TEST_CASE("old lines need a blank line behind them, and all must hold") {
  CHECK_FALSE(Matches("// +build windows\n\npackage p\n"));
  CHECK(Matches("// +build windows\npackage p\n"));
  CHECK(Matches("/* c */\n// +build windows\n\npackage p\n"));
  CHECK_FALSE(Matches("// +build linux\n// +build arm64\n\npackage p\n"));
  CHECK(Matches("// +build linux\n\n// text\n// +build arm64\npackage p\n"));
}

TEST_CASE("wrong headers are errors") {
  const BuildContext context = Platform("linux", "amd64");
  CHECK(ReadFileHeader("//go:build a &\n\npackage p\n", context).error ==
        "parsing //go:build line: invalid syntax at &");
  CHECK(
      ReadFileHeader("//go:build linux\n//go:build linux\npackage p\n", context)
          .error == "multiple //go:build comments");
}

TEST_CASE("a header can ask for a version") {
  const BuildContext context = Platform("linux", "amd64");
  CHECK(ReadFileHeader("//go:build go1.21\npackage p\n", context).version ==
        source::LangVersion{21});
  CHECK_FALSE(ReadFileHeader("//go:build linux\npackage p\n", context)
                  .version.has_value());
}

}  // namespace
}  // namespace gdlint::loader
