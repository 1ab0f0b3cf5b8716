#include "driver/rule_selection.h"

#include <algorithm>
#include <set>

#include "checks/registry.h"
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

RuleSelection SelectRules(const Options& options) {
  std::set<const checks::Check*> chosen;
  for (const checks::Check* const check : checks::AllChecks()) {
    const bool by_default = check->on_by_default && !NamesAll(options.disable);
    if (by_default || NamesAll(options.enable)) {
      chosen.insert(check);
    }
  }
  RuleSelection selection;
  const auto for_each = [&](const std::vector<std::string>& names, auto apply) {
    for (const std::string& name : names) {
      if (name == kAll) {
        continue;
      }
      if (const checks::Check* const check = checks::FindCheck(name)) {
        apply(check);
      } else if (selection.error.empty()) {
        selection.error = UnknownRule(name);
      }
    }
  };
  for_each(options.enable,
           [&](const checks::Check* check) { chosen.insert(check); });
  for_each(options.disable,
           [&](const checks::Check* check) { chosen.erase(check); });
  for (const checks::Check* const check : checks::AllChecks()) {
    if (chosen.contains(check)) {
      selection.checks.push_back(check);
    }
  }
  return selection;
}

}  // namespace gdlint::driver
