// Analyses files: reads, parses and checks them, package by package.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checks/check.h"
#include "driver/timings.h"
#include "loader/build_context.h"
#include "loader/walk.h"
#include "report/finding.h"
#include "source/lang_version.h"
#include "support/task_pool.h"

namespace gdlint::driver {

// One file to analyse.
struct Input {
  loader::SourcePath path;
  // The version that its module has.
  source::LangVersion module_version;
  // Standard input takes the place of `path`, whose name only is used.
  bool is_standard_input = false;
};

struct AnalysisOptions {
  const loader::BuildContext& context;
  std::span<const checks::Check* const> checks;
  // For all files, whatever they and their modules say.
  std::optional<source::LangVersion> lang;
  size_t max_file_size;
  bool measure = false;
};

enum class Outcome : uint8_t {
  // The checks ran.
  kAnalysed,
  // Excluded by a build constraint.
  kExcluded,
  // `errors` or `failure` say why the checks did not run.
  kFailed,
};

struct FileResult {
  Outcome outcome = Outcome::kAnalysed;
  std::vector<report::Finding> findings;
  // The first syntax errors, and how many more there are.
  std::vector<report::Finding> errors;
  size_t more_errors = 0;
  // What is wrong with the file as a whole: "permission denied".
  std::string failure;
};

// The result of each input, in the order of the inputs: the same for any number
// of threads. A file's text and tree live from when it is read until its
// package has been checked. `file_done` is called from any thread, once for
// each input. `timings`, if measured, is added to.
std::vector<FileResult> Analyse(std::span<const Input> inputs,
                                const AnalysisOptions& options, TaskPool& pool,
                                const std::function<void()>& file_done,
                                Timings& timings);

}  // namespace gdlint::driver
