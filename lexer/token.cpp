#include "lexer/token.h"

#include "lexer/lexer.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace gdlint::lexer {
namespace {

constexpr std::string_view kTokenNames[] = {
#define GO_TOKEN(Name, Text) Text,
#include "lexer/token_kind.def"
};

constexpr auto kEndsLine = [] {
  std::array<bool, std::size(kTokenNames)> table = {};
#define GO_ENDS_LINE(Name) \
  table[static_cast<size_t>(TokenKind::k##Name)] = true;
#include "lexer/token_kind.def"
  return table;
}();

}  // namespace

std::string_view TokenKindName(TokenKind kind) {
  return kTokenNames[static_cast<size_t>(kind)];
}

bool EndsLine(TokenKind kind) { return kEndsLine[static_cast<size_t>(kind)]; }

uint32_t TokenBuffer::LongLength(Token token) const {
  const auto place = std::ranges::lower_bound(
      long_tokens_, token.offset(), {}, &std::pair<uint32_t, uint32_t>::first);
  assert(place != long_tokens_.end() && place->first == token.offset());
  return place->second;
}

void TokenBuffer::Shift(uint32_t bytes) {
  for (Token& token : std::span(tokens_).first(token_count_)) {
    token = Token(token.kind(), token.offset() + bytes, token.short_length());
  }
  for (Comment& comment : comments_) {
    comment.offset += bytes;
  }
  for (auto& [offset, length] : long_tokens_) {
    offset += bytes;
  }
}

}  // namespace gdlint::lexer
