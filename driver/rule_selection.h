// Which rules a run has.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "driver/options.h"

namespace gdlint::driver {

struct RuleSelection {
  // In the order of the registry.
  std::vector<const checks::Check*> checks;
  // What is wrong with the names; empty if nothing is.
  std::string error;
};

// The rules on by default, changed by `--disable` and `--enable`. "all" is
// applied before single names, so that `--disable all --enable x` is x alone.
RuleSelection SelectRules(const Options& options);

// "unknown rule `x`; did you mean `y`?"
std::string UnknownRule(std::string_view name);

}  // namespace gdlint::driver
