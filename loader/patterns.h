// From what is named on the command line to the files that are meant.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "loader/build_context.h"
#include "loader/modules.h"
#include "loader/walk.h"

namespace gdlint::loader {

struct SelectOptions {
  bool include_tests = true;
  // `--goroot`, if given.
  std::optional<std::string> goroot;
};

struct Selection {
  // Sorted bytewise by path; each file once.
  std::vector<SourcePath> files;
  bool standard_input = false;
  // Arguments that mean nothing here; if there are any, nothing should be
  // analysed.
  std::vector<std::string> usage_errors;
  // What should have been looked at and could not be.
  std::vector<Problem> problems;
  // What a person should know: go.mod files with strange contents, patterns
  // that match nothing.
  std::vector<std::string> warnings;
  size_t excluded_by_name = 0;
};

// Each argument is one of
//   -              standard input
//   a file         that file, whatever its build constraints
//   a directory    everything below it, nested modules too
//   dir/...        as the go command: everything below it that is in the same
//   module an import path of this module or the standard library, with or
//   without `...`; `std`, `cmd`
// In this order: what exists as a file or directory is not taken for an import
// path.
Selection SelectFiles(const std::vector<std::string>& arguments,
                      const SelectOptions& options, const BuildContext& context,
                      const Environment& environment, ModuleTable& modules);

}  // namespace gdlint::loader
