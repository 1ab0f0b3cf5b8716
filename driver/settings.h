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
//   [functions]             # full names, `*` stands for anything; or "/RE2/"
//   exits = ["example.com/app/log.Die"]
//   never-returns = ["(*example.com/app.T).Abort"]
//   logs = ["example.com/app/log.*"]
//   takes = ["example.com/app/pool.Put"]   # keep or release what they are
//   given borrows = ['/^example\.com/codec\.Decode/']       # only use it
//   meanwhile wraps = ["example.com/app/wire.NewReader"]       # the result
//   only holds it returns = ["example.com/app/must.*"]                   # the
//   result is it
//
//   [[resources]]
//   kind = "lease"                     # or one of the kinds that there are
//   acquire = ["(*example.com/app/lease.Store).Take"]
//   result = 0                         # which result; 0 if not said
//   error = 1      # which tells whether there is one; "none"; the last if not
//   release = ["Release"]              # methods; "()": it is a function
//   release-functions = ["example.com/app/lease.Drop"]
//   usable-after-release = ["ID"]      # methods; "*": all
//   release-error = "ignored"          # or "matters"
//   nil-tolerant = false
//   idempotent = true
//   ends-with-process = true

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "checks/check.h"
#include "checks/knowledge/user_models.h"
#include "dataflow/program_builder.h"
#include "driver/name_patterns.h"
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
  NamePatterns exits;
  NamePatterns never_returns;
  NamePatterns logs;
  checks::knowledge::UserModels models;

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
// Also hands the settings' resources to checks/knowledge/.
dataflow::ModelFn WithSettings(const Settings& settings,
                               dataflow::ModelFn otherwise);

}  // namespace gdlint::driver
