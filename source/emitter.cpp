#include "source/emitter.h"

#include <algorithm>
#include <tuple>

namespace gdlint::source {
namespace {

constexpr std::string_view kCodeNames[] = {
#define FRONT_END_CODE(Name, Text, Format) Text,
#include "source/codes.def"
};

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "info";
  }
  return "";
}

std::string_view CodeName(Code code) {
  return kCodeNames[static_cast<size_t>(code)];
}

void Emitter::Add(Code code, Span span, std::string text) {
  diagnostics_.push_back({.code = CodeName(code),
                          .severity = Severity::kError,
                          .span = span,
                          .text = std::move(text),
                          .notes = {}});
}

void SortAndKeepFirstPerLine(std::string_view text,
                             std::vector<Diagnostic>& diagnostics) {
  std::ranges::stable_sort(diagnostics, {},
                           [](const Diagnostic& d) { return d.span.begin; });
  // Searching on from each kept diagnostic keeps this linear in the text.
  size_t line_end = 0;
  bool first = true;
  const auto repeats = [&](const Diagnostic& d) {
    const size_t begin = d.span.begin.is_valid() ? d.span.begin.offset() : 0;
    if (!first && begin <= line_end) {
      return true;
    }
    first = false;
    line_end = text.find('\n', begin);
    return false;
  };
  std::erase_if(diagnostics, repeats);
}

}  // namespace gdlint::source
