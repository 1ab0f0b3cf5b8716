#include "tests/unit/parser/parse.h"

#include <utility>

#include "ast/dump.h"
#include "source/line_table.h"

namespace gdlint::parser {
namespace {

std::vector<std::string> Lines(
    std::string_view text, const std::vector<source::Diagnostic>& diagnostics) {
  const source::LineTable lines(text);
  std::vector<std::string> out;
  for (const source::Diagnostic& diagnostic : diagnostics) {
    const source::LineColumn at = lines.Find(diagnostic.span.begin);
    out.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) +
                  ": " + diagnostic.text);
  }
  return out;
}

}  // namespace

Parsed ParseText(std::string_view text, Mode mode) {
  auto file = source::SourceFile::FromText("test.go", text);
  Parser parser;
  auto result = parser.Parse(file, mode);
  return {std::move(file), std::move(result)};
}

std::vector<std::string> Errors(std::string_view text) {
  return Lines(text, ParseText(text).result.errors);
}

std::vector<std::string> LateErrors(std::string_view text) {
  return Lines(text, ParseText(text).result.late_errors);
}

std::string DumpDecls(std::string_view text) {
  const Parsed parsed = ParseText(text);
  std::string out;
  ast::Dump(parsed.result.tree, parsed.file.text(), out);
  return out.substr(out.find('\n') + 1);
}

}  // namespace gdlint::parser
