#include "driver/options.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace gdlint::driver {
namespace {

using Strings = std::vector<std::string>;

Options Parsed(Strings arguments) {
  ParsedOptions parsed = ParseOptions(std::move(arguments));
  CAPTURE(parsed.error);
  CHECK(parsed.error.empty());
  return parsed.options;
}

std::string ErrorOf(Strings arguments) {
  return ParseOptions(std::move(arguments)).error;
}

TEST_CASE("no arguments is a lint run") {
  const Options options = Parsed({});
  CHECK(options.command == Command::kLint);
  CHECK(options.arguments.empty());
  CHECK(options.tests);
  CHECK(options.summary);
  CHECK(options.max_file_size == size_t{128} << 20);
}

TEST_CASE("flags and files in any order") {
  const Options options = Parsed({"a.go", "-j2", "--tags", "x,y", "./...", "-",
                                  "--tests=false", "--no-summary", "-q"});
  CHECK(options.arguments == Strings{"a.go", "./...", "-"});
  CHECK(options.jobs == 2);
  CHECK(options.build.tags == "x,y");
  CHECK_FALSE(options.tests);
  CHECK_FALSE(options.summary);
  CHECK(options.quiet);
}

TEST_CASE("long flags may have Go's single dash") {
  CHECK(Parsed({"-tags=x", "-goos", "windows"}).build.tags == "x");
  CHECK(Parsed({"-tags=x", "-goos", "windows"}).build.goos == "windows");
  CHECK(Parsed({"-timings"}).timings);
  CHECK(Parsed({"--time-checks"}).time_checks);
}

TEST_CASE("lists of rules take one argument each") {
  const Options options =
      Parsed({"--enable", "a,b", "dir", "--disable=c", "--enable", "d"});
  CHECK(options.enable == Strings{"a", "b", "d"});
  CHECK(options.disable == Strings{"c"});
  CHECK(options.arguments == Strings{"dir"});
}

TEST_CASE("the first argument may be a command") {
  CHECK(Parsed({"rules"}).command == Command::kRules);
  CHECK(Parsed({"explain", "x"}).arguments == Strings{"x"});
  CHECK(Parsed({"debug", "tokens", "x.go"}).command == Command::kDebug);
  CHECK(Parsed({"--version"}).command == Command::kVersion);
  CHECK(Parsed({"rules", "--help"}).command == Command::kHelp);
  CHECK(Parsed({"./rules"}).command == Command::kLint);
  CHECK(Parsed({"x", "rules"}).command == Command::kLint);
}

TEST_CASE("behind -- everything is a file") {
  CHECK(Parsed({"--", "-q", "-tags"}).arguments == Strings{"-q", "-tags"});
}

TEST_CASE("values") {
  CHECK(Parsed({"--lang", "go1.21"}).lang == source::LangVersion{21});
  CHECK(Parsed({"--max-file-size", "2K"}).max_file_size == 2048);
  CHECK(Parsed({"--max-file-size=1"}).max_file_size == 1);
  CHECK(Parsed({"--color=never"}).color == ColorMode::kNever);
  CHECK(Parsed({"--format", "json"}).format == Format::kJson);
}

TEST_CASE("what is wrong is said") {
  CHECK(ErrorOf({"--colour=never"}) ==
        "unknown flag `--colour`; did you mean `--color`?");
  CHECK(ErrorOf({"--frobnicate"}) == "unknown flag `--frobnicate`");
  CHECK(ErrorOf({"--color=green"}).find("is not one of always, auto, never") !=
        std::string::npos);
  CHECK_FALSE(ErrorOf({"--lang=go1.99"}).empty());
  CHECK_FALSE(ErrorOf({"-j0"}).empty());
  CHECK_FALSE(ErrorOf({"-jx"}).empty());
  CHECK_FALSE(ErrorOf({"--tags"}).empty());
}

}  // namespace
}  // namespace gdlint::driver
