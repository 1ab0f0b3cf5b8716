// A project's settings, `.gdlint.toml`:
//
//   [rules]
//   enable = ["defer-heap"]            # "all" too
//   disable = ["release-delayed"]
//   [rules.severity]
//   defer-in-loop = "info"             # error, warning or info
//
//   [paths]
//   exclude = ["^third_party/", '\.pb\.go$']   # RE2; relative to this file
//   [[paths.rules]]
//   match = "^cmd/"
//   disable = ["defer-skipped-by-exit"]
//
//   [functions]                        # full names; `*` stands for anything
//   exits = ["example.com/app/log.Die"]
//   never-returns = ["(*example.com/app.T).Abort"]
//   logs = ["example.com/app/log.*"]

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "checks/check.h"
#include "dataflow/program_builder.h"
#include "driver/options.h"
#include "loader/build_context.h"
#include "source/diagnostic.h"

namespace gdlint::driver {

struct RuleSeverity {
  const checks::Check* check;
  source::Severity severity;
};

struct PathRules {
  std::shared_ptr<const re2::RE2> match;
  // Empty: everything, the path is excluded.
  std::vector<const checks::Check*> disable;
};

struct Settings {
  // The folder of the file, absolute; empty without one.
  std::string dir;
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  std::vector<RuleSeverity> severities;
  std::vector<PathRules> paths;
  std::vector<std::string> exits;
  std::vector<std::string> never_returns;
  std::vector<std::string> logs;

  // Whether findings of a rule in a file, by its absolute path, are wanted.
  bool Wants(const std::string& path, std::string_view rule) const;
};

// The file that `--config` names, or `.gdlint.toml` in the working directory or
// a folder above it. What is wrong is "FILE:LINE: what, and what is allowed".
struct SettingsResult {
  Settings settings;
  std::string error;
};
SettingsResult LoadSettings(const Options& options);

// Models of the functions that the settings name, then those of `otherwise`.
dataflow::ModelFn WithSettings(const Settings& settings,
                               dataflow::ModelFn otherwise);

}  // namespace gdlint::driver
