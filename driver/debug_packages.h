// What the dumps of packages (`debug types`, `debug defers`, …) have in common.

#pragma once

#include <string>
#include <vector>

#include "driver/options.h"
#include "driver/type_check.h"
#include "loader/build_context.h"
#include "loader/package.h"
#include "support/task_pool.h"
#include "types/sizes.h"

namespace gdlint::driver {

unsigned JobCount(const Options& options);
types::Sizes SizesOf(const loader::BuildContext& context);

// The packages that `patterns` name, and all that they import.
loader::PackageGraph LoadForDebug(const std::vector<std::string>& patterns,
                                  bool tests, const Options& options,
                                  const loader::BuildContext& context,
                                  const loader::Environment& environment,
                                  TaskPool& pool);
// Names what could not be loaded. False if nothing can be done.
bool ReportProblems(const loader::PackageGraph& graph);
// The roots in the order in which they are printed.
std::vector<loader::PackageIndex> PrintOrder(const loader::PackageGraph& graph);
// Prints the syntax and type errors of packages to standard error; false if
// there are none.
bool PrintErrors(const CheckedPackages& checked,
                 const std::vector<loader::PackageIndex>& order);

}  // namespace gdlint::driver
