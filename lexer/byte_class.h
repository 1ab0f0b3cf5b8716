// What the first byte of a token says about it.

#pragma once

#include <array>
#include <cstdint>

#include "lexer/bytes.h"
#include "lexer/token.h"

namespace gdlint::lexer {

// The cases of the lexer's switch. Bytes that need the same code share one: the
// fewer there are, the better a processor foretells the next.
enum class ByteClass : uint8_t {
  kIllegal,
  kEndOrNul,
  kNewline,
  kBlank,
  kWord,
  kDigit,
  // An operator of one byte that begins no other.
  kSingle,
  // An operator that may have `=` after it, and nothing else.
  kMaybeAssign,
  // `.`, a number or `...`.
  kPoint,
  // Division or a comment.
  kSlash,
  kString,
  kRune,
  kRawString,
  // `+ - & | < >`: several operators begin so.
  kCompound,
  kNotAscii,
};

struct ByteInfo {
  ByteClass byte_class = ByteClass::kIllegal;
  // For kSingle and kMaybeAssign: the operator alone, and with `=` after it.
  TokenKind alone = TokenKind::kIllegal;
  TokenKind with_assign = TokenKind::kIllegal;
};

inline constexpr auto kByteInfo = [] {
  std::array<ByteInfo, 256> table = {};
  const auto set = [&table](char c, ByteInfo info) {
    table[static_cast<unsigned char>(c)] = info;
  };
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    if (i >= 0x80) {
      table[i].byte_class = ByteClass::kNotAscii;
    } else if (IsDecimalByte(c)) {
      table[i].byte_class = ByteClass::kDigit;
    } else if (IsWordByte(c)) {
      table[i].byte_class = ByteClass::kWord;
    } else if (IsBlank(c)) {
      table[i].byte_class = ByteClass::kBlank;
    }
  }
  set('\0', {ByteClass::kEndOrNul});
  set('\n', {ByteClass::kNewline});
  set('.', {ByteClass::kPoint});
  set('/', {ByteClass::kSlash});
  set('"', {ByteClass::kString});
  set('\'', {ByteClass::kRune});
  set('`', {ByteClass::kRawString});
  for (const char c : {'+', '-', '&', '|', '<', '>'}) {
    set(c, {ByteClass::kCompound});
  }
  const auto set_single = [&set](char c, TokenKind kind) {
    set(c, {ByteClass::kSingle, kind});
  };
  set_single('(', TokenKind::kLparen);
  set_single(')', TokenKind::kRparen);
  set_single('[', TokenKind::kLbrack);
  set_single(']', TokenKind::kRbrack);
  set_single('{', TokenKind::kLbrace);
  set_single('}', TokenKind::kRbrace);
  set_single(',', TokenKind::kComma);
  set_single(';', TokenKind::kSemicolon);
  set_single('~', TokenKind::kTilde);
  const auto set_maybe_assign = [&set](char c, TokenKind alone,
                                       TokenKind with_assign) {
    set(c, {ByteClass::kMaybeAssign, alone, with_assign});
  };
  set_maybe_assign(':', TokenKind::kColon, TokenKind::kDefine);
  set_maybe_assign('=', TokenKind::kAssign, TokenKind::kEql);
  set_maybe_assign('!', TokenKind::kNot, TokenKind::kNeq);
  set_maybe_assign('*', TokenKind::kMul, TokenKind::kMulAssign);
  set_maybe_assign('%', TokenKind::kRem, TokenKind::kRemAssign);
  set_maybe_assign('^', TokenKind::kXor, TokenKind::kXorAssign);
  return table;
}();

}  // namespace gdlint::lexer
