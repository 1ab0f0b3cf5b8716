#include "driver/type_errors.h"

#include <span>

#include <fmt/format.h>

#include "report/escape.h"
#include "source/line_table.h"

namespace gdlint::driver {
namespace {

// A message of several lines keeps them; what a terminal would obey does not
// reach it.
std::string Printable(std::string_view text) {
  std::string out;
  while (true) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (line.starts_with('\t')) {
      out += '\t';
      line.remove_prefix(1);
    }
    out += report::EscapeForTerminal(std::string(line));
    if (end == std::string_view::npos) {
      return out;
    }
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string Line(const source::SourceFile& source,
                 const source::LineTable& lines,
                 const source::Diagnostic& error) {
  const source::LineColumn place = error.span.begin.is_valid()
                                       ? lines.Find(error.span.begin)
                                       : source::LineColumn{1, 1};
  return fmt::format("{}:{}:{}: {}\n", source.name(), place.line, place.column,
                     Printable(error.text));
}

}  // namespace

std::vector<std::string> TypeErrorLines(const types::Package& package,
                                        bool with_notes) {
  std::vector<std::string> lines;
  for (const types::TypeError& error : package.errors) {
    if (error.file == nullptr) {
      lines.push_back(fmt::format("{}: {}\n", package.path,
                                  Printable(error.diagnostic.text)));
      continue;
    }
    lines.push_back(
        Line(*error.file->source, error.file->Lines(), error.diagnostic));
    if (!with_notes) {
      continue;
    }
    for (const source::Note& note : error.diagnostic.notes) {
      // One in another file has its place in its text.
      std::string text = note.text;
      if (note.span.begin != error.diagnostic.span.begin) {
        const source::LineColumn place =
            error.file->Lines().Find(note.span.begin);
        text = fmt::format("{}:{}:{}: {}", error.file->source->name(),
                           place.line, place.column, note.text);
      }
      const bool is_full = text.starts_with('/') || text.starts_with("../");
      lines.back() += fmt::format("\t{}{}\n", is_full ? "" : "./", text);
    }
  }
  return lines;
}

std::vector<std::string> SyntaxErrorLines(const source::SourceFile& source,
                                          const parser::ParsedFile& parsed) {
  std::vector<std::string> lines;
  if (!parsed.errors.empty()) {
    const source::LineTable table(source.text());
    for (const source::Diagnostic& error : parsed.errors) {
      lines.push_back(Line(source, table, error));
    }
  }
  return lines;
}

}  // namespace gdlint::driver
