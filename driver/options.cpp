#include "driver/options.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "driver/suggest.h"
#include "loader/go_version.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

struct CommandName {
  std::string_view name;
  Command command;
};
constexpr CommandName kCommands[] = {
    {"rules", Command::kRules},     {"explain", Command::kExplain},
    {"debug", Command::kDebug},     {"run", Command::kRun},
    {"trace", Command::kTrace},     {"help", Command::kHelp},
    {"version", Command::kVersion},
};

// Long names of flags, without dashes, for suggestions and for Go's habit of a
// single dash.
constexpr std::string_view kLongFlags[] = {
    "color",      "deps",        "disable",       "dot",       "enable",
    "errors",     "format",      "func",          "goarch",    "goos",
    "goroot",     "help",        "jobs",          "lang",      "late",
    "max-memory", "quiet",       "max-steps",     "seed",      "max-file-size",
    "stats",      "tags",        "tests",         "timings",   "verify",
    "no-summary", "version",     "json",          "mermaid",   "std",
    "config",     "severity",    "report-unused", "no-config", "fix",
    "diff",       "time-checks",
};

void AddFlags(CLI::App& app, Options& options, bool& help, bool& version) {
  app.set_help_flag();
  app.add_flag("-h,--help", help);
  app.add_flag("--version", version);
  app.add_option("arguments", options.arguments);

  app.add_option("--tags", options.build.tags)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.add_option("--goos", options.build.goos);
  app.add_option("--goarch", options.build.goarch);
  app.add_option("--goroot", options.goroot);
  app.add_flag("--tests", options.tests);
  app.add_option_function<std::string>(
      "--lang", [&options](const std::string& text) {
        options.lang = loader::ParseGoVersion(text);
        if (!options.lang || *options.lang > source::kNewestLang) {
          throw CLI::ValidationError(
              "--lang", "`" + text + "` is not a version from go1.0 to " +
                            source::kNewestLang.Name());
        }
      });

  app.add_option("--enable", options.enable)
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--disable", options.disable)
      ->delimiter(',')
      ->allow_extra_args(false);

  app.add_option("--severity", options.severity)
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--config", options.config);
  app.add_flag_callback("--no-config", [&options] { options.config = ""; });
  app.add_flag("--report-unused", options.report_unused);
  app.add_flag("--fix", options.fix);
  app.add_flag("--diff", options.diff);

  static const std::map<std::string, ColorMode> kColorModes = {
      {"auto", ColorMode::kAuto},
      {"always", ColorMode::kAlways},
      {"never", ColorMode::kNever}};
  static const std::map<std::string, Format> kFormats = {
      {"text", Format::kText},
      {"json", Format::kJson},
      {"html", Format::kHtml}};
  const auto one_of = [](const auto& names, auto& target) {
    return [&names, &target](const std::string& text) {
      const auto found = names.find(text);
      if (found == names.end()) {
        std::string list;
        for (const auto& [name, value] : names) {
          list += (list.empty() ? "" : ", ") + name;
        }
        throw CLI::ValidationError("`" + text + "` is not one of " + list);
      }
      target = found->second;
    };
  };
  app.add_option_function<std::string>("--color",
                                       one_of(kColorModes, options.color));
  app.add_option_function<std::string>("--format",
                                       one_of(kFormats, options.format));
  app.add_flag("!--no-summary", options.summary);
  app.add_flag("-q,--quiet", options.quiet);
  app.add_flag("--timings", options.timings);
  app.add_flag("--time-checks", options.time_checks);

  app.add_option("-j,--jobs", options.jobs)->check(CLI::Range(1, 256));
  app.add_option("--max-file-size", options.max_file_size)
      ->transform(CLI::AsSizeValue(false));
  app.add_option("--max-memory", options.max_memory)
      ->transform(CLI::AsSizeValue(false));
  app.add_option("--max-steps", options.max_steps);
  app.add_option("--seed", options.seed);
  app.add_flag_callback("--json",
                        [&options] { options.trace_form = TraceForm::kJson; });
  app.add_flag_callback(
      "--mermaid", [&options] { options.trace_form = TraceForm::kMermaid; });
  app.add_flag("--std", options.trace_whole);
  app.add_flag("--deps", options.deps);
  app.add_flag("--late", options.late);
  app.add_flag("--errors", options.all_errors);
  app.add_flag("--errors-only", options.errors_only);
  app.add_option("--import", options.imports)->allow_extra_args(false);
  app.add_option("--func", options.func);
  app.add_flag("--dot", options.dot);
  app.add_flag("--verify", options.verify);
  app.add_flag("--stats", options.stats);
}

// `-tags=x` as Go's own flags are written, as `--tags=x`.
void DoubleTheDash(std::string& argument) {
  if (argument.size() < 3 || argument[0] != '-' || argument[1] == '-') {
    return;
  }
  const std::string_view name =
      std::string_view(argument).substr(1, argument.find('=') - 1);
  if (std::ranges::find(kLongFlags, name) != std::end(kLongFlags)) {
    argument.insert(0, "-");
  }
}

// The first argument of `gdlint run` that is neither a flag nor a flag's value.
std::vector<std::string>::iterator ProgramBegin(
    std::vector<std::string>& arguments) {
  constexpr std::string_view kWithValue[] = {
      "func",          "goarch",     "goos",      "goroot", "jobs", "lang",
      "max-file-size", "max-memory", "max-steps", "seed",   "tags"};
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (*at == "--") {
      return at + 1 == arguments.end() ? arguments.end() : at + 1;
    }
    if (!at->starts_with('-') || *at == "-") {
      return at;
    }
    const std::string_view name =
        std::string_view(*at).substr(at->starts_with("--") ? 2 : 1);
    if ((name == "j" ||
         std::ranges::find(kWithValue, name) != std::end(kWithValue)) &&
        at + 1 != arguments.end()) {
      ++at;
    }
  }
  return arguments.end();
}

std::string UnknownFlag(const std::string& flag) {
  const std::string name = flag.substr(0, flag.find('='));
  std::vector<std::string> dashed;
  for (const std::string_view known : kLongFlags) {
    dashed.push_back("--" + std::string(known));
  }
  const std::vector<std::string_view> candidates(dashed.begin(), dashed.end());
  return "unknown flag `" + name + "`" + DidYouMean(name, candidates);
}

}  // namespace

ParsedOptions ParseOptions(std::vector<std::string> arguments) {
  ParsedOptions parsed;
  Options& options = parsed.options;
  const auto* const command =
      arguments.empty()
          ? std::end(kCommands)
          : std::ranges::find(kCommands, arguments[0], &CommandName::name);
  if (command != std::end(kCommands)) {
    options.command = command->command;
    arguments.erase(arguments.begin());
  }
  // What follows a program belongs to it.
  std::vector<std::string> program;
  const bool runs =
      options.command == Command::kRun || options.command == Command::kTrace;
  if (runs) {
    const auto begin = ProgramBegin(arguments);
    program.assign(begin, arguments.end());
    arguments.erase(begin, arguments.end());
  }
  // CLI11 takes a `--` itself for an unknown flag where extras are allowed.
  const auto dashes = std::ranges::find(arguments, "--");
  const bool has_dashes = dashes != arguments.end();
  const std::vector<std::string> files(dashes + (has_dashes ? 1 : 0),
                                       arguments.end());
  arguments.erase(dashes, arguments.end());
  std::ranges::for_each(arguments, DoubleTheDash);
  CLI::App app;
  app.allow_extras();
  bool help = false;
  bool version = false;
  AddFlags(app, options, help, version);
  // CLI11 takes them from the back.
  std::ranges::reverse(arguments);
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    parsed.error = error.what();
    return parsed;
  }
  if (const std::vector<std::string> extras = app.remaining();
      !extras.empty()) {
    parsed.error = UnknownFlag(extras.front());
    return parsed;
  }
  if (options.fix && options.diff) {
    parsed.error = "--fix writes files and --diff does not: choose one of them";
    return parsed;
  }
  if (options.diff && options.format == Format::kJson) {
    parsed.error =
        "--diff prints a diff: with --format json each finding has its edits";
    return parsed;
  }
  options.trace_function = options.func.value_or("");
  options.tests_given = app.count("--tests") > 0;
  options.arguments.insert(options.arguments.end(), files.begin(), files.end());
  options.arguments.insert(options.arguments.end(), program.begin(),
                           program.end());
  if (version) {
    options.command = Command::kVersion;
  }
  if (help) {
    options.command = Command::kHelp;
  }
  if (options.format == Format::kHtml && !help && !version &&
      options.command != Command::kExplain) {
    parsed.error = "`--format html` is for `gdlint explain FUNC` alone";
  }
  return parsed;
}

unsigned JobCount(const Options& options) {
  return options.jobs == 0 ? AvailableProcessors() : options.jobs;
}

}  // namespace gdlint::driver
