#include "lexer/dump.h"

#include <iterator>

#include <fmt/format.h>

#include "lexer/lexer.h"
#include "lexer/literal.h"
#include "source/emitter.h"
#include "support/quote.h"
#include "support/utf8.h"

namespace gdlint::lexer {
namespace {

// Keeps the line and column of a place that only moves forward, so that a file
// needs no table of its lines.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}

  void MoveTo(size_t offset) {
    for (;;) {
      const size_t newline = text_.find('\n', line_begin_);
      // As in go/token, the end of the file begins no line.
      if (newline >= offset || newline + 1 == text_.size()) {
        break;
      }
      line_begin_ = newline + 1;
      ++line_;
    }
    column_ = offset - line_begin_ + 1;
  }
  size_t line() const { return line_; }
  size_t column() const { return column_; }

 private:
  std::string_view text_;
  size_t line_begin_ = 0;
  size_t line_ = 1;
  size_t column_ = 1;
};

// What go/scanner calls the literal of a token.
void AppendLiteral(TokenKind kind, std::string_view text, std::string& out) {
  if (kind == TokenKind::kSemicolon) {
    AppendQuoted(text.empty() ? "\n" : text, out);
  } else if (kind == TokenKind::kString && text.starts_with('`')) {
    AppendQuoted(WithoutCarriageReturns(text), out);
  } else if (kind == TokenKind::kIllegal) {
    std::string character;
    AppendUtf8(DecodeUtf8(text).value, character);
    AppendQuoted(character, out);
  } else if (kind == TokenKind::kIdent || IsLiteral(kind) || IsKeyword(kind)) {
    AppendQuoted(text, out);
  } else {
    AppendQuoted("", out);
  }
}

}  // namespace

void DumpTokens(const source::SourceFile& file, std::string& out) {
  TokenBuffer buffer;
  source::Emitter errors;
  Lex(file, buffer, errors);
  LineCounter place(file.text());
  for (const Token token : buffer.tokens()) {
    if (token.kind() == TokenKind::kEof) {
      break;
    }
    place.MoveTo(token.offset());
    fmt::format_to(std::back_inserter(out), "{}:{}\t{}\t", place.line(),
                   place.column(), TokenKindName(token.kind()));
    AppendLiteral(token.kind(), buffer.Text(file.text(), token), out);
    out += '\n';
  }
}

}  // namespace gdlint::lexer
