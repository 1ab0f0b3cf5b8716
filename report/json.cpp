#include "report/json.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace gdlint::report {

using nlohmann::ordered_json;

struct JsonReport::State {
  std::string working_directory;
  ordered_json findings = ordered_json::array();
  ordered_json errors = ordered_json::array();

  std::string_view Relative(std::string_view file) const {
    if (file.size() > working_directory.size() &&
        file.starts_with(working_directory) &&
        file[working_directory.size()] == '/') {
      return file.substr(working_directory.size() + 1);
    }
    return file;
  }

  ordered_json Fixes(std::string_view file, const Fix& fix) const {
    if (fix.edits.empty()) {
      return ordered_json::array();
    }
    ordered_json edits = ordered_json::array();
    for (const Edit& edit : fix.edits) {
      edits.push_back({{"file", Relative(file)},
                       {"line", edit.begin_place.line},
                       {"column", edit.begin_place.column},
                       {"end_line", edit.end_place.line},
                       {"end_column", edit.end_place.column},
                       {"text", edit.text}});
    }
    return ordered_json::array(
        {{{"message", fix.title}, {"edits", std::move(edits)}}});
  }

  ordered_json Object(std::string_view file, const Finding& finding) const {
    ordered_json related = ordered_json::array();
    for (const Place& place : finding.related) {
      related.push_back(
          {{"file",
            Relative(place.file.empty() ? file : std::string_view(place.file))},
           {"line", place.begin.line},
           {"column", place.begin.column},
           {"end_line", place.end.line},
           {"end_column", place.end.column},
           {"message", place.message}});
    }
    const Place& place = finding.place;
    return {{"file", Relative(file)},
            {"line", place.begin.line},
            {"column", place.begin.column},
            {"end_line", place.end.line},
            {"end_column", place.end.column},
            {"rule", finding.rule},
            {"severity", source::SeverityName(finding.severity)},
            {"message", place.message},
            {"related", std::move(related)},
            {"fixes", Fixes(file, finding.fix)}};
  }
};

JsonReport::JsonReport(std::string working_directory)
    : state_(std::make_unique<State>()) {
  state_->working_directory = std::move(working_directory);
}

JsonReport::~JsonReport() = default;

void JsonReport::AddFinding(std::string_view file, const Finding& finding) {
  state_->findings.push_back(state_->Object(file, finding));
}

void JsonReport::AddError(std::string_view file, const Finding& error) {
  state_->errors.push_back(state_->Object(file, error));
}

void JsonReport::AddError(std::string_view file, std::string_view message) {
  state_->errors.push_back(
      {{"file", state_->Relative(file)}, {"message", message}});
}

std::string JsonReport::Finish(const Summary& summary) {
  const ordered_json report = {{"findings", std::move(state_->findings)},
                               {"errors", std::move(state_->errors)},
                               {"summary",
                                {{"findings", summary.findings()},
                                 {"fixed", summary.fixed},
                                 {"files", summary.files},
                                 {"excluded", summary.excluded},
                                 {"failed", summary.failed}}}};
  return report.dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace gdlint::report
