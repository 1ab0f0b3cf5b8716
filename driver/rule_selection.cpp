#include "driver/rule_selection.h"

#include <algorithm>
#include <set>

#include "checks/registry.h"
#include "driver/settings.h"
#include "driver/suggest.h"

namespace gdlint::driver {
namespace {

constexpr std::string_view kAll = "all";

bool NamesAll(const std::vector<std::string>& names) {
  return std::ranges::find(names, kAll) != names.end();
}

}  // namespace

std::string UnknownRule(std::string_view name) {
  std::vector<std::string_view> names;
  for (const checks::Check* const check : checks::AllChecks()) {
    names.push_back(check->name);
  }
  return "unknown rule `" + std::string(name) + "`" + DidYouMean(name, names) +
         (Nearest(name, names).empty() ? "; `gdlint rules` lists them" : "");
}

RuleSelection SelectRules(const Options& options, const Settings& settings) {
  std::set<const checks::Check*> chosen;
  for (const checks::Check* const check : checks::AllChecks()) {
    if (check->on_by_default) {
      chosen.insert(check);
    }
  }
  RuleSelection selection;
  const auto apply = [&](const std::vector<std::string>& enable,
                         const std::vector<std::string>& disable) {
    const auto for_each = [&](const std::vector<std::string>& names, auto fn) {
      for (const std::string& name : names) {
        if (name == kAll) {
          continue;
        }
        if (const checks::Check* const check = checks::FindCheck(name)) {
          fn(check);
        } else if (selection.error.empty()) {
          selection.error = UnknownRule(name);
        }
      }
    };
    if (NamesAll(disable)) {
      chosen.clear();
    }
    if (NamesAll(enable)) {
      const auto all = checks::AllChecks();
      chosen.insert(all.begin(), all.end());
    }
    for_each(enable, [&](const checks::Check* check) { chosen.insert(check); });
    for_each(disable, [&](const checks::Check* check) { chosen.erase(check); });
  };
  apply(settings.enable, settings.disable);
  apply(options.enable, options.disable);
  for (const checks::Check* const check : checks::AllChecks()) {
    if (chosen.contains(check)) {
      selection.checks.push_back(check);
    }
  }
  return selection;
}

std::optional<source::Severity> ParseSeverity(std::string_view name) {
  for (const source::Severity severity :
       {source::Severity::kError, source::Severity::kWarning,
        source::Severity::kInfo}) {
    if (source::SeverityName(severity) == name) {
      return severity;
    }
  }
  return std::nullopt;
}

}  // namespace gdlint::driver
