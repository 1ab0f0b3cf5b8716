// Findings for programs.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "report/finding.h"
#include "report/summary.h"

namespace gdlint::report {

// Builds one JSON object: `findings`, the same shape under `errors` for what
// kept a file from being analysed, and `summary`. Bytes that are no UTF-8
// become U+FFFD.
class JsonReport {
 public:
  // `working_directory` is absolute; files below it are named relative to it.
  explicit JsonReport(std::string working_directory);
  ~JsonReport();
  JsonReport(const JsonReport&) = delete;
  JsonReport& operator=(const JsonReport&) = delete;

  void AddFinding(std::string_view file, const Finding& finding);
  void AddError(std::string_view file, const Finding& error);
  // Something without a place in a file, such as "permission denied".
  void AddError(std::string_view file, std::string_view message);

  std::string Finish(const Summary& summary);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::report
