// The type errors of a lint run.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "driver/analysis.h"
#include "driver/lint_program.h"
#include "driver/options.h"

namespace gdlint::driver {

struct TypeCheckSummary {
  // Packages with type errors.
  size_t broken_packages = 0;
  // Imports that could not be had, and the like: what makes types unknown.
  std::vector<std::string> warnings;
};

// Adds to each result the type errors of its file: all with
// Options::all_errors, else the first ten of a package. Of a package with
// syntax errors, and of loose files, there are none. Without a Go installation
// all types of the standard library are unknown, which is no error.
TypeCheckSummary AddTypeErrors(const LintProgram& program,
                               const Options& options,
                               std::vector<FileResult>& results);

}  // namespace gdlint::driver
