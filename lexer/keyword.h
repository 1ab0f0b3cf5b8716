// Telling keywords from other identifiers without a branch for each.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "lexer/token.h"

namespace gdlint::lexer {

// The first eight bytes of a word as a number (zeros after a shorter word), the
// first byte lowest.
constexpr uint64_t WordHead(std::string_view word) {
  uint64_t head = 0;
  for (size_t i = 0; i < word.size() && i < 8; ++i) {
    head |= static_cast<uint64_t>(static_cast<unsigned char>(word[i]))
            << (8 * i);
  }
  return head;
}

struct KeywordSlot {
  uint64_t head = 0;
  uint32_t length = 0;
  TokenKind kind = TokenKind::kIdent;
};

inline constexpr int kKeywordSlotBits = 5;

constexpr uint32_t KeywordHash(uint64_t head) {
  // Found by search: sends every keyword to a slot of its own.
  constexpr uint64_t kMultiplier = 0xd4a1e95eb88e8d53;
  return static_cast<uint32_t>(head * kMultiplier >> (64 - kKeywordSlotBits));
}

struct KeywordTable {
  std::array<KeywordSlot, 1 << kKeywordSlotBits> slots = {};
  bool has_collision = false;
};

inline constexpr KeywordTable kKeywordTable = [] {
  KeywordTable table;
  const auto add = [&table](std::string_view word, TokenKind kind) {
    KeywordSlot& slot = table.slots[KeywordHash(WordHead(word))];
    table.has_collision = table.has_collision || slot.length != 0;
    slot = {WordHead(word), static_cast<uint32_t>(word.size()), kind};
  };
#define GO_KEYWORD(Name, Text) add(Text, TokenKind::k##Name);
#include "lexer/token_kind.def"
  return table;
}();
static_assert(!kKeywordTable.has_collision);

// The kind of the word of `length` bytes whose first bytes are `head`. `word`
// is only read for the two keywords that are longer than eight bytes.
inline TokenKind WordKind(uint64_t head, uint32_t length, const char* word) {
  const KeywordSlot& slot = kKeywordTable.slots[KeywordHash(head)];
  const bool matches = (slot.head == head) & (slot.length == length);
  if (matches & (length > 8)) [[unlikely]] {
    const std::string_view text(word, length);
    return text == "interface" || text == "fallthrough" ? slot.kind
                                                        : TokenKind::kIdent;
  }
  return matches ? slot.kind : TokenKind::kIdent;
}

}  // namespace gdlint::lexer
