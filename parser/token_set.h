// Sets of token kinds.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "lexer/token.h"

namespace gdlint::parser {

class TokenSet {
 public:
  constexpr TokenSet() = default;
  constexpr TokenSet(std::initializer_list<lexer::TokenKind> kinds) {
    for (const lexer::TokenKind kind : kinds) {
      words_[Index(kind) / 64] |= uint64_t{1} << Index(kind) % 64;
    }
  }

  constexpr bool Has(lexer::TokenKind kind) const {
    return (words_[Index(kind) / 64] >> Index(kind) % 64 & 1) != 0;
  }
  friend constexpr TokenSet operator|(TokenSet a, TokenSet b) {
    for (size_t i = 0; i < a.words_.size(); ++i) {
      a.words_[i] |= b.words_[i];
    }
    return a;
  }

 private:
  static constexpr size_t Index(lexer::TokenKind kind) {
    return static_cast<size_t>(kind);
  }

  std::array<uint64_t, 2> words_ = {};
};

static_assert(static_cast<size_t>(lexer::TokenKind::kVar) < 128,
              "a TokenSet has 128 bits");

}  // namespace gdlint::parser
