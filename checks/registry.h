// The list of all checks, and how they are run.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "support/stopwatch.h"

namespace gdlint::checks {

// In the order of checks/checks.def.
std::span<const Check* const> AllChecks();

// The check that users call `name`, by its own name or by one of another tool;
// null if there is none.
const Check* FindCheck(std::string_view name);

// What `checks` find in `file`, which must be one of `package` and free of
// syntax errors. Sorted by place, then check. Threads may run it on different
// files of one package at a time.
std::vector<source::Diagnostic> RunChecks(const Package& package,
                                          const File& file,
                                          std::span<const Check* const> checks);

// What those of `checks` that need the whole program find in one package.
// Sorted by file (as the package has them), place, then check. Not for several
// threads at a time with one view. `times`, unless it is empty, has an element
// for each of `checks`, to which the time is added that the check took; what
// several checks share counts for the first that needs it.
std::vector<PackageFinding> RunPackageChecks(
    const PackageView& view, std::span<const Check* const> checks,
    std::span<TimeSpent> times = {});

}  // namespace gdlint::checks
