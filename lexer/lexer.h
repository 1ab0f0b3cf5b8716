// Turns one Go source file into tokens.
//
// The lexical grammar is that of the Go specification 1.26, "Lexical elements";
// what ill-formed input becomes is what go/scanner makes of it, token by token.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "lexer/token.h"
#include "source/emitter.h"
#include "source/source_file.h"

namespace gdlint::lexer {

// The tokens and comments of one file. Reusable: lexing the next file into the
// same buffer keeps the memory.
class TokenBuffer {
 public:
  // Ends with exactly one kEof, whose offset is the size of the file.
  std::span<const Token> tokens() const {
    return {tokens_.data(), token_count_};
  }
  // In source order. All of them; nothing is lost.
  const std::vector<Comment>& comments() const { return comments_; }

  // The length of `token` in bytes, of any size.
  uint32_t Length(Token token) const {
    return token.short_length() < Token::kLongLength ? token.short_length()
                                                     : LongLength(token);
  }
  // Moves everything `bytes` towards the end of the file: for a part of a file
  // that was lexed by itself.
  void Shift(uint32_t bytes);
  // The bytes of `token`, as in the file. `text` is the text that was lexed.
  std::string_view Text(std::string_view text, Token token) const {
    return text.substr(token.offset(), Length(token));
  }

 private:
  friend class Lexer;

  uint32_t LongLength(Token token) const;

  // Never shrinks: the tokens are the first token_count_, what follows is left
  // over from larger files. So that memory is cleared once and not for each
  // file.
  std::vector<Token> tokens_;
  size_t token_count_ = 0;
  std::vector<Comment> comments_;
  // Offset and length of each token of 2^24-1 bytes or more, by offset.
  std::vector<std::pair<uint32_t, uint32_t>> long_tokens_;
};

// Lexes all of `file` into `out`, replacing what was there. Always succeeds: a
// byte that starts no token becomes kIllegal, and what is wrong is emitted.
void Lex(const source::SourceFile& file, TokenBuffer& out,
         source::Emitter& errors);

}  // namespace gdlint::lexer
