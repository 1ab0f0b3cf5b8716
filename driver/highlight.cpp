#include "driver/highlight.h"

#include <algorithm>
#include <string_view>

#include "ast/tree.h"
#include "lexer/lexer.h"
#include "types/package.h"

namespace gdlint::driver {
namespace {

using lexer::TokenKind;
using report::SourceLine;
using report::TokenClass;

TokenClass ClassOf(TokenKind kind) {
  if (lexer::IsKeyword(kind)) {
    return TokenClass::kKeyword;
  }
  switch (kind) {
    case TokenKind::kInt:
    case TokenKind::kFloat:
    case TokenKind::kImag:
      return TokenClass::kNumber;
    case TokenKind::kChar:
    case TokenKind::kString:
      return TokenClass::kString;
    default:
      return TokenClass::kPlain;
  }
}

struct Extent {
  uint32_t begin;
  uint32_t end;
  TokenClass kind;
};

// Tokens and comments that are not plain, in order.
std::vector<Extent> ExtentsOf(const source::SourceFile& file) {
  lexer::TokenBuffer buffer;
  source::Emitter ignored;
  lexer::Lex(file, buffer, ignored);
  std::vector<Extent> extents;
  for (const lexer::Token token : buffer.tokens()) {
    const TokenClass kind = ClassOf(token.kind());
    if (kind != TokenClass::kPlain) {
      extents.push_back(
          {token.offset(), token.offset() + buffer.Length(token), kind});
    }
  }
  for (const lexer::Comment& comment : buffer.comments()) {
    extents.push_back({comment.offset, comment.offset + comment.length,
                       TokenClass::kComment});
  }
  std::ranges::sort(extents, {}, &Extent::begin);
  return extents;
}

void AddPiece(std::string_view text, TokenClass kind, SourceLine& line) {
  if (!text.empty()) {
    line.pieces.push_back({kind, std::string(text)});
  }
}

// The comment right above a declaration is a part of it.
uint32_t FirstLine(const source::LineTable& lines, uint32_t line) {
  while (line > 1 && lines.Line(line - 1).starts_with("//")) {
    --line;
  }
  return line;
}

}  // namespace

void AddSource(const ssa::Function& function, report::FunctionPage& page) {
  const source::LineTable& lines = function.unit()->file->Lines();
  const source::SourceFile& file = *function.unit()->file->source;
  const source::Span span =
      ast::SpanOf(*function.unit()->tree, function.syntax());
  const uint32_t first = FirstLine(lines, lines.Find(span.begin).line);
  const uint32_t last = lines.Find(span.end).line;
  const uint32_t shown = std::min<uint32_t>(
      last, first + static_cast<uint32_t>(report::kMaxSourceLines) - 1);
  page.lines_left_out = last - shown;
  const std::vector<Extent> extents = ExtentsOf(file);
  auto next = extents.begin();
  for (uint32_t number = first; number <= shown; ++number) {
    const std::string_view text = lines.Line(number);
    const auto begin = static_cast<uint32_t>(text.data() - file.text().data());
    const auto end = begin + static_cast<uint32_t>(text.size());
    SourceLine line;
    line.number = number;
    uint32_t at = begin;
    next = std::find_if(next, extents.end(), [&](const Extent& extent) {
      return extent.end > begin;
    });
    for (auto extent = next; extent != extents.end() && extent->begin < end;
         ++extent) {
      const uint32_t from = std::max(at, extent->begin);
      const uint32_t to = std::min(end, extent->end);
      AddPiece(file.text().substr(at, from - at), TokenClass::kPlain, line);
      AddPiece(file.text().substr(from, to - from), extent->kind, line);
      at = std::max(at, to);
    }
    AddPiece(file.text().substr(at, end - at), TokenClass::kPlain, line);
    page.source.push_back(std::move(line));
  }
}

}  // namespace gdlint::driver
