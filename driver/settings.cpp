#include "driver/settings.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
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

constexpr std::string_view kFileName = ".gdlint.toml";
constexpr size_t kMaxSize = size_t{1} << 20;

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
    if (OnlyKeys(root, "", {"rules", "paths", "functions"})) {
      ReadRules(root);
      ReadPaths(root);
      ReadFunctions(root);
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

  void ReadFunctions(const toml::table& root) {
    const toml::table* const functions = Table(root, "functions", "functions");
    if (functions == nullptr || !OnlyKeys(*functions, "functions.",
                                          {"exits", "never-returns", "logs"})) {
      return;
    }
    const auto read = [&](std::string_view key, std::vector<std::string>& out) {
      Strings(*functions, key, fmt::format("functions.{}", key),
              [&](const std::string& name, const toml::source_region& at) {
                if (name.find('.') == std::string::npos) {
                  Fail(at,
                       fmt::format("`{}` is no function's full name, such as "
                                   "`example.com/app/log.Die` or "
                                   "`(*example.com/app/log.Logger).Die`",
                                   name));
                }
                out.push_back(name);
              });
    };
    read("exits", settings_.exits);
    read("never-returns", settings_.never_returns);
    read("logs", settings_.logs);
  }

  std::string path_;
  Settings& settings_;
  std::string error_;
};

// `*` in a pattern stands for anything.
bool MatchesName(std::string_view pattern, std::string_view name) {
  const size_t star = pattern.find('*');
  // That of a pointer receiver, `(*T).M`, is no wildcard.
  const bool is_pointer = pattern.starts_with("(*");
  const size_t wildcard = is_pointer ? pattern.find('*', 2) : star;
  if (wildcard == std::string_view::npos) {
    return pattern == name;
  }
  if (!name.starts_with(pattern.substr(0, wildcard))) {
    return false;
  }
  const std::string_view rest = pattern.substr(wildcard + 1);
  name.remove_prefix(wildcard);
  for (size_t skip = 0; skip <= name.size(); ++skip) {
    if (MatchesName(rest, name.substr(skip))) {
      return true;
    }
  }
  return false;
}

bool AnyMatches(const std::vector<std::string>& patterns,
                std::string_view name) {
  return std::ranges::any_of(patterns, [name](const std::string& pattern) {
    return MatchesName(pattern, name);
  });
}

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
    if (AnyMatches(settings.exits, name)) {
      summary.ends = dataflow::kExitsProcess;
      return summary;
    }
    if (AnyMatches(settings.never_returns, name)) {
      summary.ends = dataflow::kPanics;
      return summary;
    }
    if (AnyMatches(settings.logs, name)) {
      summary.ends = dataflow::kReturns;
      return summary;
    }
    return otherwise ? otherwise(func) : std::nullopt;
  };
}

}  // namespace gdlint::driver
