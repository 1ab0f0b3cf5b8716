// Tokens and comments, as the lexer stores them.

#pragma once

#include <cstdint>
#include <string_view>

#include "source/pos.h"

namespace gdlint::lexer {

enum class TokenKind : uint8_t {
#define GO_TOKEN(Name, Text) k##Name,
#include "lexer/token_kind.def"
};

// As go/token's Token.String() has it: "IDENT", "+=", "func".
std::string_view TokenKindName(TokenKind kind);

// True if the language inserts a semicolon after `kind` at the end of a line.
bool EndsLine(TokenKind kind);

constexpr bool IsLiteral(TokenKind kind) {
  return TokenKind::kInt <= kind && kind <= TokenKind::kString;
}
constexpr bool IsKeyword(TokenKind kind) {
  return TokenKind::kBreak <= kind && kind <= TokenKind::kVar;
}
// `op` of `op=`, so kAdd for kAddAssign.
constexpr bool IsAssignOp(TokenKind kind) {
  return TokenKind::kAddAssign <= kind && kind <= TokenKind::kAndNotAssign;
}

// Eight bytes. A token of 16 MiB or more has its length in a side list.
class Token {
 public:
  static constexpr uint32_t kLongLength = 0xff'ffff;

  constexpr Token() = default;
  // `length` must be below 2^24; kLongLength means "look it up".
  constexpr Token(TokenKind kind, uint32_t offset, uint32_t length)
      : offset_(offset), bits_(static_cast<uint32_t>(kind) | length << 8) {}

  constexpr TokenKind kind() const {
    return static_cast<TokenKind>(bits_ & 0xff);
  }
  constexpr uint32_t offset() const { return offset_; }
  constexpr source::Pos pos() const { return source::Pos::At(offset_); }
  // In bytes; 0 for an automatically inserted semicolon and the end of the
  // file. kLongLength or less; ask the TokenBuffer for the true length.
  constexpr uint32_t short_length() const { return bits_ >> 8; }

 private:
  uint32_t offset_ = 0;
  uint32_t bits_ = 0;
};
static_assert(sizeof(Token) == 8);

// `// …` without its newline, or `/* … */`.
struct Comment {
  uint32_t offset;
  uint32_t length;
};

}  // namespace gdlint::lexer
