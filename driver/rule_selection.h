// Which rules a run has.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "driver/options.h"
#include "source/diagnostic.h"

namespace gdlint::driver {

struct RuleSelection {
  // In the order of the registry.
  std::vector<const checks::Check*> checks;
  // What is wrong with the names; empty if nothing is.
  std::string error;
};

struct Settings;

// The rules on by default, changed by the settings, and then by `--disable` and
// `--enable`. In each, "all" is applied before single names, so that `--disable
// all
// --enable x` is x alone.
RuleSelection SelectRules(const Options& options, const Settings& settings);

// "error", "warning" or "info".
std::optional<source::Severity> ParseSeverity(std::string_view name);

// "unknown rule `x`; did you mean `y`?"
std::string UnknownRule(std::string_view name);

}  // namespace gdlint::driver
