#include "checks/check.h"

namespace gdlint::checks {

Finding& Finding::As(source::Severity severity) {
  diagnostic_->severity = severity;
  return *this;
}

Finding& Finding::AddNote(source::Span span, std::string text) {
  diagnostic_->notes.push_back({span, std::move(text)});
  return *this;
}

Finding Pass::Add(source::Span span, std::string text) {
  diagnostics_.push_back({.code = check_.name,
                          .severity = check_.severity,
                          .span = span,
                          .text = std::move(text),
                          .notes = {}});
  return Finding(tree(), diagnostics_.back());
}

}  // namespace gdlint::checks
