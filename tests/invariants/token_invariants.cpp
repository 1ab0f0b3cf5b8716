#include "tests/invariants/invariants.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace gdlint::tests {
namespace {

using lexer::Token;
using lexer::TokenKind;
using source::SourceFile;

struct Piece {
  uint32_t begin;
  uint32_t end;
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsGap(std::string_view text, uint32_t begin, uint32_t end) {
  std::string_view gap = text.substr(begin, end - begin);
  if (begin == 0 && gap.starts_with(kByteOrderMark)) {
    gap.remove_prefix(kByteOrderMark.size());
  }
  return gap.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Tokens of length zero (semicolons put in, the end) cover nothing, so they are
// not among the pieces; they only have to ascend.
std::string PiecesOf(const SourceFile& file, const lexer::TokenBuffer& buffer,
                     std::vector<Piece>& pieces) {
  uint32_t last = 0;
  for (const Token token : buffer.tokens()) {
    const uint32_t length = buffer.Length(token);
    if (token.offset() < last) {
      return fmt::format("token at {} behind one at {}", token.offset(), last);
    }
    last = token.offset();
    if (length > 0) {
      pieces.push_back({token.offset(), token.offset() + length});
    } else if (token.kind() != TokenKind::kSemicolon &&
               token.kind() != TokenKind::kEof) {
      return fmt::format("token without length at {}", token.offset());
    }
    if (token.kind() == TokenKind::kEof &&
        token.offset() != file.text().size()) {
      return fmt::format("end of file at {}", token.offset());
    }
  }
  for (const lexer::Comment& comment : buffer.comments()) {
    pieces.push_back({comment.offset, comment.offset + comment.length});
  }
  std::ranges::sort(pieces, {}, &Piece::begin);
  return "";
}

// A file in UTF-16 is given up at its first character.
bool IsUtf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

std::string TokenProblem(const SourceFile& file,
                         const lexer::TokenBuffer& buffer) {
  const auto& tokens = buffer.tokens();
  if (std::ranges::count(tokens, TokenKind::kEof, &Token::kind) != 1 ||
      tokens.back().kind() != TokenKind::kEof) {
    return "the end of the file is not the one last token";
  }
  std::vector<Piece> pieces;
  if (std::string problem = PiecesOf(file, buffer, pieces); !problem.empty()) {
    return problem;
  }
  uint32_t at = 0;
  for (const Piece& piece : pieces) {
    if (piece.begin < at || piece.end > file.text().size()) {
      return fmt::format("[{}, {}) overlaps or leaves the file", piece.begin,
                         piece.end);
    }
    if (!IsGap(file.text(), at, piece.begin)) {
      return fmt::format("bytes [{}, {}) are in no token", at, piece.begin);
    }
    at = piece.end;
  }
  const auto size = static_cast<uint32_t>(file.text().size());
  return IsUtf16(file.text()) || IsGap(file.text(), at, size)
             ? ""
             : fmt::format("bytes [{}, {}) are in no token", at, size);
}

}  // namespace gdlint::tests
