// What a whole run came to.

#pragma once

#include <cstddef>
#include <string>

namespace gdlint::report {

struct Summary {
  size_t errors = 0;
  size_t warnings = 0;
  size_t infos = 0;
  // Files whose checks ran.
  size_t files = 0;
  // Files and directories that could not be analysed, those with syntax errors
  // included.
  size_t failed = 0;
  // Packages with type errors.
  size_t broken_packages = 0;
  // Files that build constraints exclude.
  size_t excluded = 0;
  // Findings that propose a change, and those whose change was made, in how
  // many files.
  size_t fixable = 0;
  size_t fixed = 0;
  size_t fixed_files = 0;

  size_t findings() const { return errors + warnings + infos; }
};

// "12 findings (2 errors, 10 warnings) in 340 files; 1 could not be analysed"
std::string SummaryLine(const Summary& summary);

}  // namespace gdlint::report
