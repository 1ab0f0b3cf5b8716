// The command line.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loader/build_context.h"
#include "source/lang_version.h"

namespace gdlint::driver {

enum class Command : uint8_t {
  kLint,
  kRules,
  kExplain,
  kDebug,
  kRun,
  kTrace,
  kHelp,
  kVersion
};
enum class ColorMode : uint8_t { kAuto, kAlways, kNever };
// kHtml: of `explain FUNC` alone.
enum class Format : uint8_t { kText, kJson, kHtml };
enum class TraceForm : uint8_t { kText, kJson, kMermaid };

struct Options {
  Command command = Command::kLint;
  // What follows the command: packages, directories and files; a rule; a stage
  // and files.
  std::vector<std::string> arguments;

  loader::BuildChoices build;
  bool tests = true;
  // `--tests` was there, in one form or the other.
  bool tests_given = false;
  std::optional<std::string> goroot;
  // For all files, in place of what go.mod and `//go:build` say.
  std::optional<source::LangVersion> lang;

  // Names of rules, or "all".
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  // "rule=level", or the least severe level that is reported.
  std::vector<std::string> severity;
  // In place of the `.gdlint.toml` that is found; "" for none.
  std::optional<std::string> config;
  // Also suppressions that suppress nothing.
  bool report_unused = false;

  // Findings that propose a change: it is made, or printed.
  bool fix = false;
  bool diff = false;

  ColorMode color = ColorMode::kAuto;
  Format format = Format::kText;
  bool summary = true;
  // No summary, no progress, no remarks on standard error.
  bool quiet = false;
  bool timings = false;
  bool time_checks = false;

  // 0: one for each processor.
  unsigned jobs = 0;
  size_t max_file_size = size_t{128} << 20;

  // run: which order of goroutines and maps.
  uint64_t seed = 0;
  // run: backward jumps and calls, 0 for no limit; bytes, 0 for the usual
  // limit.
  uint64_t max_steps = 0;
  size_t max_memory = 0;

  // trace: the form, the function ("": all), and deferred calls of the standard
  // library too.
  TraceForm trace_form = TraceForm::kText;
  std::string trace_function;
  bool trace_whole = false;

  // debug files: also what the packages import.
  bool deps = false;

  // debug parse: also what only the compiler objects to.
  bool late = false;

  // All type errors, not the first ten of a package.
  bool all_errors = false;

  // debug types: the errors of loose files, and nothing else.
  bool errors_only = false;
  // debug types: "PATH=FILE,FILE", packages that loose files import.
  std::vector<std::string> imports;

  // debug ssa: the one function of that name.
  std::optional<std::string> func;
  // As a graph for GraphViz.
  bool dot = false;
  // Checks every invariant after each pass.
  bool verify = false;
  // Counts in place of the text.
  bool stats = false;
};

struct ParsedOptions {
  Options options;
  // What is wrong with the command line; empty if nothing is.
  std::string error;
};

// `arguments` does not include the program's name.
ParsedOptions ParseOptions(std::vector<std::string> arguments);

// How many threads to work with: what is asked for, or one a processor.
unsigned JobCount(const Options& options);

}  // namespace gdlint::driver
