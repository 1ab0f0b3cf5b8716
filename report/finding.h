// A finding that no longer needs the file it is about.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checks/fix.h"
#include "source/diagnostic.h"
#include "source/line_table.h"

namespace gdlint::report {

// The part of a source line that is shown for a span.
struct Excerpt {
  // As in the file; not escaped.
  std::string text;
  // The bytes of `text` to underline. May be empty: a place between two bytes.
  uint32_t span_begin = 0;
  uint32_t span_end = 0;
  // More of the line was there before or behind.
  bool cut_before = false;
  bool cut_behind = false;
  // The span goes on in later lines.
  bool continues = false;
};

// One place in a file and what is said about it.
struct Place {
  // Only of a related place that is in another file than the finding.
  std::string file = {};
  source::LineColumn begin;
  // The place behind the last byte.
  source::LineColumn end;
  std::string message;
  Excerpt excerpt;
};

// A piece of a file that is replaced.
struct Edit {
  // Bytes from the start of the file.
  uint32_t begin = 0;
  uint32_t end = 0;
  source::LineColumn begin_place;
  source::LineColumn end_place;
  std::string text;
};

// What a finding proposes to change in its file.
struct Fix {
  std::string title;
  // Sorted, and apart from each other.
  std::vector<Edit> edits;
};

struct Finding {
  Place place;
  source::Severity severity = source::Severity::kWarning;
  // The rule or front-end code.
  std::string rule;
  // In the order in which they are to be read.
  std::vector<Place> related;
  // None without edits.
  Fix fix = {};
};

// `span` of the file that `lines` is of.
Place MakePlace(source::Span span, std::string message,
                const source::LineTable& lines);

// What `diagnostic` says about the file that `lines` is of.
Finding MakeFinding(const source::Diagnostic& diagnostic,
                    const source::LineTable& lines);

Fix MakeFix(const checks::Fix& fix, const source::LineTable& lines);

// By place, then rule.
void SortFindings(std::vector<Finding>& findings);

}  // namespace gdlint::report
