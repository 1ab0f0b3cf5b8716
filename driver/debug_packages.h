// What the dumps of packages (`debug types`, `debug defers`, …) have in common.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "driver/options.h"
#include "driver/type_check.h"
#include "loader/build_context.h"
#include "loader/package.h"
#include "support/task_pool.h"
#include "types/sizes.h"

namespace gdlint::driver {

// The packages that a dump is about.
struct DebugPackages {
  DebugPackages(const Options& options, const loader::BuildContext& context);

  TaskPool pool;
  CheckedPackages checked;
  // The roots, in the order in which they are printed.
  std::vector<loader::PackageIndex> order;
};

// Loads what the arguments after the name of the stage say, the package here if
// there are none, and checks it with all bodies. What could not be loaded is
// reported; null if nothing can be done (a kUsageError).
std::unique_ptr<DebugPackages> CheckForDebug(
    const Options& options, const loader::Environment& environment);
// Prints the syntax and type errors of the packages to standard error; false if
// there are none.
bool PrintErrors(const DebugPackages& packages);

types::Sizes SizesOf(const loader::BuildContext& context);
// The packages that `patterns` name, and all that they import.
loader::PackageGraph LoadForDebug(const std::vector<std::string>& patterns,
                                  bool tests, const Options& options,
                                  const loader::BuildContext& context,
                                  const loader::Environment& environment,
                                  TaskPool& pool);

}  // namespace gdlint::driver
