// The type errors of a lint run.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "driver/analysis.h"
#include "driver/options.h"
#include "loader/build_context.h"
#include "loader/walk.h"
#include "support/task_pool.h"

namespace gdlint::driver {

struct TypeCheckSummary {
  // Packages with type errors.
  size_t broken_packages = 0;
  // What could not be checked to the end, by name.
  std::vector<loader::Problem> failures;
  // Imports that could not be had, and the like: what makes types unknown.
  std::vector<std::string> warnings;
};

// Loads and type-checks the packages that `inputs` are of, and adds to each
// result the type errors of its file: all with Options::all_errors, else the
// first ten of a package. Of a package with syntax errors, and of files that
// are in no package, there are none. Without a Go installation all types of the
// standard library are unknown, which is no error.
TypeCheckSummary AddTypeErrors(std::span<const Input> inputs,
                               const Options& options,
                               const loader::BuildContext& context,
                               const loader::Environment& environment,
                               TaskPool& pool,
                               std::vector<FileResult>& results);

}  // namespace gdlint::driver
