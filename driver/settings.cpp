#include "driver/settings.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "checks/registry.h"
#include "driver/rule_selection.h"
#include "driver/suggest.h"
#include "loader/modules.h"
#include "source/read_file.h"

namespace gdlint::driver {
namespace {

namespace fs = std::filesystem;
namespace knowledge = checks::knowledge;

constexpr std::string_view kFileName = ".gdlint.toml";
constexpr size_t kMaxSize = size_t{1} << 20;
// Results of a function are counted up to that.
constexpr int64_t kMaxResult = 99;

std::optional<std::string> FindFile() {
  std::error_code error;
  for (fs::path dir = loader::AbsolutePath(".");; dir = dir.parent_path()) {
    if (const fs::path file = dir / kFileName; fs::exists(file, error)) {
      return file.string();
    }
    if (dir == dir.root_path() || dir.empty()) {
      return std::nullopt;
    }
  }
}

std::string ListOf(std::initializer_list<std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
  }
  return list;
}

// Reads one file; the first thing that is wrong ends it.
class Reader {
 public:
  Reader(std::string path, Settings& settings)
      : path_(std::move(path)), settings_(settings) {}

  std::string Read(std::string_view text) {
    toml::parse_result parsed = toml::parse(text, path_);
    if (!parsed) {
      const toml::parse_error& error = parsed.error();
      Fail(error.source(), std::string(error.description()));
      return error_;
    }
    const toml::table& root = parsed.table();
    if (OnlyKeys(root, "", {"rules", "paths", "functions", "resources"})) {
      ReadRules(root);
      ReadPaths(root);
      ReadFunctions(root);
      ReadResources(root);
    }
    return error_;
  }

 private:
  void Fail(const toml::source_region& at, const std::string& what) {
    if (error_.empty()) {
      error_ = fmt::format("{}:{}: {}", path_, at.begin.line, what);
    }
  }

  bool OnlyKeys(const toml::table& table, std::string_view name,
                std::initializer_list<std::string_view> allowed) {
    for (const auto& [key, value] : table) {
      if (std::ranges::find(allowed, key.str()) == allowed.end()) {
        Fail(key.source(), fmt::format("unknown setting `{}{}`; allowed: {}",
                                       name, key.str(), ListOf(allowed)));
        return false;
      }
    }
    return true;
  }

  const toml::table* Table(const toml::table& parent, std::string_view key,
                           std::string_view name) {
    const toml::node* const node = parent.get(key);
    if (node != nullptr && !node->is_table()) {
      Fail(node->source(),
           fmt::format("`{}` must be a table: [{}]", name, name));
    }
    return node == nullptr ? nullptr : node->as_table();
  }

  // Calls `fn` for each string of a list.
  template <typename Fn>
  void Strings(const toml::table& table, std::string_view key,
               std::string_view name, const Fn& fn) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) {
      return;
    }
    const toml::array* const list = node->as_array();
    if (list == nullptr) {
      Fail(node->source(), fmt::format("`{}` must be a list of strings", name));
      return;
    }
    for (const toml::node& item : *list) {
      const auto text = item.value<std::string>();
      if (!item.is_string()) {
        Fail(item.source(),
             fmt::format("`{}` must be a list of strings", name));
        return;
      }
      fn(*text, item.source());
    }
  }

  const checks::Check* Rule(std::string_view name,
                            const toml::source_region& at) {
    const checks::Check* const check = checks::FindCheck(name);
    if (check == nullptr) {
      Fail(at, UnknownRule(name));
    }
    return check;
  }

  std::shared_ptr<const re2::RE2> Pattern(const std::string& text,
                                          const toml::source_region& at) {
    auto pattern = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
    if (!pattern->ok()) {
      Fail(at, fmt::format("`{}` is no regular expression (RE2): {}", text,
                           pattern->error()));
    }
    return pattern;
  }

  void ReadRules(const toml::table& root) {
    const toml::table* const rules = Table(root, "rules", "rules");
    if (rules == nullptr ||
        !OnlyKeys(*rules, "rules.", {"enable", "disable", "severity"})) {
      return;
    }
    const auto read = [&](std::string_view key, std::vector<std::string>& out) {
      Strings(*rules, key, fmt::format("rules.{}", key),
              [&](const std::string& name, const toml::source_region& at) {
                if (name == "all" || Rule(name, at) != nullptr) {
                  out.push_back(name);
                }
              });
    };
    read("enable", settings_.enable);
    read("disable", settings_.disable);
    if (const toml::table* const table =
            Table(*rules, "severity", "rules.severity")) {
      for (const auto& [key, value] : *table) {
        const checks::Check* const check = Rule(key.str(), key.source());
        const auto severity =
            ParseSeverity(value.value<std::string>().value_or(""));
        if (!severity) {
          Fail(value.source(),
               fmt::format("the severity of `{}` must be one of {}", key.str(),
                           ListOf({"error", "warning", "info"})));
        } else if (check != nullptr) {
          settings_.severities.push_back({check, *severity});
        }
      }
    }
  }

  void ReadPaths(const toml::table& root) {
    const toml::table* const paths = Table(root, "paths", "paths");
    if (paths == nullptr || !OnlyKeys(*paths, "paths.", {"exclude", "rules"})) {
      return;
    }
    Strings(*paths, "exclude", "paths.exclude",
            [&](const std::string& text, const toml::source_region& at) {
              settings_.paths.push_back(
                  {.match = Pattern(text, at), .disable = {}});
            });
    const toml::node* const rules = paths->get("rules");
    if (rules == nullptr) {
      return;
    }
    if (!rules->is_array_of_tables()) {
      Fail(rules->source(),
           "`paths.rules` must be a list of tables: [[paths.rules]]");
      return;
    }
    for (const toml::node& item : *rules->as_array()) {
      ReadPathRules(*item.as_table());
    }
  }

  void ReadPathRules(const toml::table& table) {
    const auto match = table["match"].value<std::string>();
    if (!OnlyKeys(table, "paths.rules.", {"match", "disable"})) {
      return;
    }
    if (!match || !table["match"].is_string() || !table.contains("disable")) {
      Fail(table.source(),
           "[[paths.rules]] must have `match`, a regular expression (RE2), and "
           "`disable`, a list of rules");
      return;
    }
    PathRules rules = {
        .match = Pattern(*match, table["match"].node()->source()),
        .disable = {}};
    Strings(table, "disable", "paths.rules.disable",
            [&](const std::string& name, const toml::source_region& at) {
              if (const checks::Check* const check = Rule(name, at)) {
                rules.disable.push_back(check);
              }
            });
    if (!rules.disable.empty()) {
      settings_.paths.push_back(std::move(rules));
    }
  }

  NamePatterns Names(const toml::table& table, std::string_view key,
                     std::string_view name) {
    NamePatterns names;
    Strings(table, key, name,
            [&](const std::string& text, const toml::source_region& at) {
              if (const std::string wrong = names.Add(text); !wrong.empty()) {
                Fail(at, wrong);
              }
            });
    return names;
  }

  void ReadFunctions(const toml::table& root) {
    const toml::table* const functions = Table(root, "functions", "functions");
    if (functions == nullptr ||
        !OnlyKeys(*functions, "functions.",
                  {"exits", "never-returns", "logs", "takes", "borrows",
                   "wraps", "returns"})) {
      return;
    }
    const auto names = [&](std::string_view key) {
      return Names(*functions, key, fmt::format("functions.{}", key));
    };
    settings_.exits = names("exits");
    settings_.never_returns = names("never-returns");
    settings_.logs = names("logs");
    using knowledge::ArgumentUse;
    for (const auto& [key, use] :
         {std::pair("takes", ArgumentUse::kTakes),
          std::pair("borrows", ArgumentUse::kBorrows),
          std::pair("wraps", ArgumentUse::kWraps),
          std::pair("returns", ArgumentUse::kReturns)}) {
      if (const NamePatterns patterns = names(key); !patterns.empty()) {
        settings_.models.uses.push_back({Test(patterns), use});
      }
    }
  }

  static knowledge::NameTest Test(const NamePatterns& patterns) {
    return [patterns](std::string_view name) { return patterns.Match(name); };
  }

  void ReadResources(const toml::table& root) {
    const toml::node* const resources = root.get("resources");
    if (resources == nullptr) {
      return;
    }
    if (!resources->is_array_of_tables()) {
      Fail(resources->source(),
           "`resources` must be a list of tables: [[resources]]");
      return;
    }
    for (const toml::node& item : *resources->as_array()) {
      ReadResource(*item.as_table());
    }
  }

  void ReadResource(const toml::table& table) {
    if (!OnlyKeys(table, "resources.",
                  {"kind", "acquire", "result", "error", "release",
                   "release-functions", "usable-after-release", "release-error",
                   "nil-tolerant", "idempotent", "ends-with-process"})) {
      return;
    }
    const std::string name =
        table["kind"].value<std::string>().value_or(std::string());
    const NamePatterns acquire = Names(table, "acquire", "resources.acquire");
    if (name.empty() || acquire.empty()) {
      Fail(table.source(),
           "[[resources]] must have `kind`, a name, and `acquire`, a list of "
           "functions");
      return;
    }
    const auto known = knowledge::KindNamed(name);
    if (known) {
      MustNotDescribe(table, name);
    }
    settings_.models.acquisitions.push_back(
        {.functions = Test(acquire),
         .kind = known ? *known : ReadKind(table, name, acquire),
         .result = static_cast<uint32_t>(
             Count(table, "result", "an index: 0 is the first result")
                 .value_or(0)),
         .error = ReadErrorResult(table)});
  }

  // Of a kind that the tables have, only functions that acquire are said.
  void MustNotDescribe(const toml::table& table, std::string_view name) {
    for (const auto& [key, value] : table) {
      if (key != "kind" && key != "acquire" && key != "result" &&
          key != "error") {
        Fail(key.source(),
             fmt::format("`{}` is a kind that gdlint knows; with it, allowed "
                         "are {}; give it another name to say how it is "
                         "released",
                         name, ListOf({"kind", "acquire", "result", "error"})));
        return;
      }
    }
  }

  knowledge::ResourceKind ReadKind(const toml::table& table,
                                   const std::string& name,
                                   const NamePatterns& acquire) {
    const NamePatterns functions =
        Names(table, "release-functions", "resources.release-functions");
    knowledge::UserKind kind = {
        .name = name,
        .releases = Words(table, "release", /*is_all_allowed=*/false),
        .works_after =
            Words(table, "usable-after-release", /*is_all_allowed=*/true),
        .release_functions = functions.empty() ? nullptr : Test(functions),
        .ends_with_process = Flag(table, "ends-with-process", true),
        .error_matters = false,
        .nil_tolerant = Flag(table, "nil-tolerant", false),
        .idempotent = Flag(table, "idempotent", true),
        .packages = PackagesOf(acquire)};
    if (const toml::node* const node = table.get("release-error")) {
      const std::string value = node->value<std::string>().value_or("");
      kind.error_matters = value == "matters";
      if (value != "matters" && value != "ignored") {
        Fail(node->source(),
             fmt::format("`resources.release-error` must be one of {}",
                         ListOf({"ignored", "matters"})));
      }
    }
    if (kind.releases.empty() && functions.empty()) {
      Fail(table.source(),
           fmt::format("[[resources]] of kind `{}` must have `release`, a list "
                       "of methods (`()`: it is a function that is called), or "
                       "`release-functions`; the kinds that gdlint knows, and "
                       "that need neither, are {}",
                       name, fmt::join(knowledge::KindNames(), ", ")));
    }
    settings_.models.kinds.push_back(std::move(kind));
    return knowledge::UserKindAt(settings_.models.kinds.size() - 1);
  }

  // Of the names that have no `*` in it.
  static std::vector<std::string> PackagesOf(const NamePatterns& acquire) {
    std::vector<std::string> packages;
    for (std::string name : acquire.names()) {
      // "(*example.com/app.T).M": up to the dot behind the last slash.
      name.erase(0, name.find_first_not_of("(*"));
      const size_t slash = name.rfind('/');
      packages.push_back(name.substr(
          0, name.find('.', slash == std::string::npos ? 0 : slash)));
    }
    return packages;
  }

  // Names of methods, in one string.
  std::string Words(const toml::table& table, std::string_view key,
                    bool is_all_allowed) {
    std::string words;
    const std::string name = fmt::format("resources.{}", key);
    Strings(
        table, key, name,
        [&](const std::string& word, const toml::source_region& at) {
          const bool is_special = is_all_allowed ? word == "*" : word == "()";
          if (!is_special && (word.empty() || word.find_first_of(" .()*/") !=
                                                  std::string::npos)) {
            Fail(at, fmt::format("`{}` in `{}` is no method's name, such as "
                                 "`Close`, nor `{}`",
                                 word, name, is_all_allowed ? "*" : "()"));
          }
          words += (words.empty() ? "" : " ") + word;
        });
    return words;
  }

  bool Flag(const toml::table& table, std::string_view key, bool otherwise) {
    const toml::node* const node = table.get(key);
    if (node != nullptr && !node->is_boolean()) {
      Fail(node->source(),
           fmt::format("`resources.{}` must be true or false", key));
    }
    return node == nullptr ? otherwise : node->value_or(otherwise);
  }

  std::optional<int32_t> Count(const toml::table& table, std::string_view key,
                               std::string_view what) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) {
      return std::nullopt;
    }
    const auto value = node->value<int64_t>();
    if (!node->is_integer() || *value < 0 || *value > kMaxResult) {
      Fail(node->source(), fmt::format("`resources.{}` must be {}", key, what));
      return std::nullopt;
    }
    return static_cast<int32_t>(*value);
  }

  std::optional<int32_t> ReadErrorResult(const toml::table& table) {
    if (table["error"].value<std::string>() == "none") {
      return -1;
    }
    return Count(table, "error",
                 "the index of the result that tells whether there is a "
                 "resource, or \"none\"");
  }

  std::string path_;
  Settings& settings_;
  std::string error_;
};

}  // namespace

bool Settings::Wants(const std::string& path, std::string_view rule) const {
  if (paths.empty()) {
    return true;
  }
  const bool is_below = path.size() > dir.size() && path.starts_with(dir) &&
                        path[dir.size()] == '/';
  const std::string relative = is_below ? path.substr(dir.size() + 1) : path;
  return std::ranges::none_of(paths, [&](const PathRules& rules) {
    return (rules.disable.empty() ||
            std::ranges::find(rules.disable, rule, &checks::Check::name) !=
                rules.disable.end()) &&
           re2::RE2::PartialMatch(relative, *rules.match);
  });
}

SettingsResult LoadSettings(const Options& options) {
  SettingsResult result;
  const std::optional<std::string> path =
      options.config ? options.config : FindFile();
  if (!path || path->empty()) {
    return result;
  }
  const source::ReadResult read = source::ReadFile(*path, *path, kMaxSize);
  if (!read.file) {
    result.error = fmt::format("{}: {}", *path, read.message);
    return result;
  }
  const std::string absolute = loader::AbsolutePath(*path);
  result.settings.dir = absolute.substr(0, absolute.rfind('/'));
  result.error = Reader(*path, result.settings).Read(read.file->text());
  return result;
}

dataflow::ModelFn WithSettings(const Settings& settings,
                               dataflow::ModelFn otherwise) {
  knowledge::SetUserModels(settings.models);
  if (settings.exits.empty() && settings.never_returns.empty() &&
      settings.logs.empty()) {
    return otherwise;
  }
  return [&settings, otherwise = std::move(otherwise)](
             const types::Func& func) -> std::optional<dataflow::Summary> {
    const std::string name = dataflow::FullName(func);
    dataflow::Summary summary;
    summary.is_known = true;
    summary.is_model = true;
    if (settings.exits.Match(name)) {
      summary.ends = dataflow::kExitsProcess;
      return summary;
    }
    if (settings.never_returns.Match(name)) {
      summary.ends = dataflow::kPanics;
      return summary;
    }
    if (settings.logs.Match(name)) {
      summary.ends = dataflow::kReturns;
      return summary;
    }
    return otherwise ? otherwise(func) : std::nullopt;
  };
}

}  // namespace gdlint::driver
