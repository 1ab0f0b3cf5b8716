#include "report/text.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "report/escape.h"

namespace gdlint::report {
namespace {

constexpr unsigned kTabWidth = 4;
constexpr size_t kMinGutter = 5;
constexpr std::string_view kRelatedIndent = "    ";
constexpr std::string_view kEllipsis = "…";

// What the parts of the report look like on a colour terminal.
struct Style {
  std::string_view begin;
  std::string_view end = "\x1b[0m";
};
constexpr Style kPath = {"\x1b[1m"};
constexpr Style kRule = {"\x1b[2m"};
constexpr Style kGutter = {"\x1b[2m"};
constexpr Style kUnderline = {"\x1b[1;32m"};
constexpr Style kNote = {"\x1b[1;36m"};

Style StyleOf(source::Severity severity) {
  switch (severity) {
    case source::Severity::kError:
      return {"\x1b[1;31m"};
    case source::Severity::kWarning:
      return {"\x1b[1;35m"};
    case source::Severity::kInfo:
      return {"\x1b[1;36m"};
  }
  return {};
}

class Writer {
 public:
  Writer(bool colour, std::string& out) : colour_(colour), out_(out) {}

  Writer& operator<<(std::string_view text) {
    out_ += text;
    return *this;
  }

  void Styled(Style style, std::string_view text) {
    if (colour_) {
      out_ += style.begin;
    }
    out_ += text;
    if (colour_) {
      out_ += style.end;
    }
  }

 private:
  bool colour_;
  std::string& out_;
};

std::string Location(std::string_view file, source::LineColumn at) {
  std::string text = EscapeForTerminal(file);
  if (at.line > 0) {
    fmt::format_to(std::back_inserter(text), ":{}:{}", at.line, at.column);
  }
  return text;
}

// A source line as printed, and the columns of its span.
struct PrintedLine {
  std::string text;
  size_t span_begin = 0;
  size_t span_end = 0;
};

PrintedLine Print(const Excerpt& excerpt) {
  PrintedLine printed;
  size_t column = 0;
  if (excerpt.cut_before) {
    printed.text += kEllipsis;
    ++column;
  }
  std::string_view rest = excerpt.text;
  size_t offset = 0;
  const auto note_span = [&] {
    if (offset <= excerpt.span_begin) {
      printed.span_begin = column;
    }
    if (offset <= excerpt.span_end) {
      printed.span_end = column;
    }
  };
  while (!rest.empty()) {
    note_span();
    const VisibleChar next = FirstVisibleChar(rest);
    if (rest.front() == '\t') {
      const size_t width = kTabWidth - column % kTabWidth;
      printed.text.append(width, ' ');
      column += width;
    } else {
      printed.text += next.is_plain ? rest.substr(0, next.length) : next.escape;
      column += next.width;
    }
    rest.remove_prefix(next.length);
    offset += next.length;
  }
  note_span();
  if (excerpt.cut_behind) {
    printed.text += kEllipsis;
  }
  return printed;
}

}  // namespace

void AppendExcerpt(const Place& place, std::string_view indent, bool colour,
                   std::string& text) {
  if (place.begin.line == 0) {
    return;
  }
  Writer out(colour, text);
  const PrintedLine printed = Print(place.excerpt);
  const std::string number =
      fmt::format("{:>{}}", place.begin.line, kMinGutter);
  out << indent;
  out.Styled(kGutter, number + " | ");
  out << printed.text << "\n" << indent;
  out.Styled(kGutter, std::string(number.size(), ' ') + " | ");
  out << std::string(printed.span_begin, ' ');
  const size_t width = printed.span_end - printed.span_begin;
  out.Styled(kUnderline, "^" +
                             std::string(std::max<size_t>(width, 1) - 1, '~') +
                             (place.excerpt.continues ? "…" : ""));
  out << "\n";
}

std::string LocationText(std::string_view file, const Place& place,
                         bool colour) {
  std::string text;
  Writer(colour, text)
      .Styled(kPath,
              Location(place.file.empty() ? file : place.file, place.begin));
  return text;
}

void AppendText(std::string_view file, const Finding& finding, bool colour,
                std::string& text) {
  Writer out(colour, text);
  out.Styled(kPath, Location(file, finding.place.begin) + ":");
  out << " ";
  out.Styled(StyleOf(finding.severity),
             std::string(source::SeverityName(finding.severity)) + ":");
  out << " " << EscapeForTerminal(finding.place.message) << " ";
  out.Styled(kRule, "[" + finding.rule + "]");
  out << "\n";
  AppendExcerpt(finding.place, "", colour, text);
  for (const Place& place : finding.related) {
    out << kRelatedIndent;
    out.Styled(
        kPath,
        Location(place.file.empty() ? file : place.file, place.begin) + ":");
    out << " ";
    out.Styled(kNote, "note:");
    out << " " << EscapeForTerminal(place.message) << "\n";
    AppendExcerpt(place, kRelatedIndent, colour, text);
  }
}

void AppendMoreErrors(std::string_view file, size_t count, bool colour,
                      std::string& text) {
  Writer out(colour, text);
  out.Styled(kPath, EscapeForTerminal(file) + ":");
  out << fmt::format(" {} more error{}\n", count, count == 1 ? "" : "s");
}

}  // namespace gdlint::report
