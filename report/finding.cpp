#include "report/finding.h"

#include <algorithm>
#include <tuple>

namespace gdlint::report {
namespace {

// A line as long as this is shown whole; of a longer one, so much before the
// span and so much from its start.
constexpr size_t kWholeLine = 200;
constexpr size_t kBefore = 60;
constexpr size_t kFromSpan = 120;

bool IsContinuationByte(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// `at` or, if it is inside of a UTF-8 sequence, the sequence's start.
size_t SequenceStart(std::string_view text, size_t at) {
  for (int i = 0;
       i < 3 && 0 < at && at < text.size() && IsContinuationByte(text[at]);
       ++i) {
    --at;
  }
  return at;
}

Excerpt MakeExcerpt(std::string_view line, source::LineColumn begin,
                    source::LineColumn end) {
  const size_t span_begin = std::min<size_t>(begin.column - 1, line.size());
  const bool continues = end.line > begin.line;
  const size_t span_end =
      continues ? line.size()
                : std::clamp<size_t>(end.column - 1, span_begin, line.size());
  size_t first = 0;
  size_t last = line.size();
  if (line.size() > kWholeLine) {
    first = SequenceStart(line, span_begin - std::min(span_begin, kBefore));
    last = SequenceStart(line, std::min(line.size(), span_begin + kFromSpan));
  }
  return {.text = std::string(line.substr(first, last - first)),
          .span_begin = static_cast<uint32_t>(span_begin - first),
          .span_end = static_cast<uint32_t>(std::min(span_end, last) - first),
          .cut_before = first > 0,
          .cut_behind = last < line.size(),
          .continues = continues || span_end > last};
}

}  // namespace

Place MakePlace(source::Span span, std::string message,
                const source::LineTable& lines) {
  Place place;
  place.begin = lines.Find(span.begin);
  place.end = span.begin < span.end ? lines.Find(span.end) : place.begin;
  place.message = std::move(message);
  if (place.begin.line > 0) {
    place.excerpt =
        MakeExcerpt(lines.Line(place.begin.line), place.begin, place.end);
  }
  return place;
}

Finding MakeFinding(const source::Diagnostic& diagnostic,
                    const source::LineTable& lines) {
  Finding finding = {
      .place = MakePlace(diagnostic.span, diagnostic.text, lines),
      .severity = diagnostic.severity,
      .rule = std::string(diagnostic.code),
      .related = {}};
  for (const source::Note& note : diagnostic.notes) {
    Place place = MakePlace(note.span, note.text,
                            note.lines == nullptr ? lines : *note.lines);
    place.file = note.file;
    finding.related.push_back(std::move(place));
  }
  return finding;
}

Fix MakeFix(const checks::Fix& fix, const source::LineTable& lines) {
  Fix made = {.title = fix.title, .edits = {}};
  for (const checks::Edit& edit : fix.edits) {
    made.edits.push_back({.begin = edit.span.begin.offset(),
                          .end = edit.span.end.offset(),
                          .begin_place = lines.Find(edit.span.begin),
                          .end_place = lines.Find(edit.span.end),
                          .text = edit.text});
  }
  return made;
}

void SortFindings(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) {
    const Place& place = finding.place;
    return std::tuple(place.begin, place.end, std::string_view(finding.rule));
  });
}

}  // namespace gdlint::report
