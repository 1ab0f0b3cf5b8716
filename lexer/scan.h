// The parts of the lexer that a file visits seldom: each scans one literal or
// comment, says what is wrong with it, and returns where it ends.

#pragma once

#include <cstdint>
#include <string_view>

#include "lexer/token.h"
#include "source/emitter.h"

namespace gdlint::lexer {

// The text being lexed and where its errors go.
class ScanContext {
 public:
  // A file that is no Go at all (a picture, say) has an error at each byte.
  static constexpr uint32_t kMaxErrors = 10'000;

  ScanContext(std::string_view text, source::Emitter& errors)
      : begin_(text.data()), end_(begin_ + text.size()), errors_(errors) {}

  const char* begin() const { return begin_; }
  // Zero bytes follow, as SourceFile has it.
  const char* end() const { return end_; }
  uint32_t OffsetOf(const char* p) const {
    return static_cast<uint32_t>(p - begin_);
  }
  std::string_view RestFrom(const char* p) const {
    return {p, static_cast<size_t>(end_ - p)};
  }

  // True if no more errors are listed, and there is no point in wording them.
  bool is_full() const { return error_count_ > kMaxErrors; }

  // Says that the bytes from `from` up to `to` are wrong.
  template <source::Code kCode, typename... Args>
  void Error(const char* from, const char* to, const Args&... args) {
    const source::Span span = {source::Pos::At(OffsetOf(from)),
                               source::Pos::At(OffsetOf(to))};
    if (error_count_ < kMaxErrors) {
      errors_.Emit<kCode>(span, args...);
    } else if (error_count_ == kMaxErrors) {
      errors_.Emit<source::Code::kTooManyLexicalErrors>(span);
    }
    ++error_count_;
  }

 private:
  const char* begin_;
  const char* end_;
  source::Emitter& errors_;
  uint64_t error_count_ = 0;
};

// Says of each NUL, ill-formed byte and byte order mark that it is wrong,
// wherever it stands: in code, comments and literals alike.
void CheckCharacters(ScanContext& context);

// True if the text begins as UTF-16 does.
bool IsUtf16(std::string_view text);

struct ScannedNumber {
  const char* end;
  TokenKind kind;
};
// `begin` is at a digit, or at a point that a digit follows.
ScannedNumber ScanNumber(ScanContext& context, const char* begin);

// `begin` is at the opening quote. The end is after the closing quote; a string
// or rune that is not closed ends before the newline.
const char* ScanString(ScanContext& context, const char* begin);
const char* ScanRune(ScanContext& context, const char* begin);
const char* ScanRawString(ScanContext& context, const char* begin);

// `begin` is at the `/*`.
const char* ScanGeneralComment(ScanContext& context, const char* begin);

// `comment` is a directive's, as IsLineDirective has it; `begin` is where it
// begins.
void CheckLineDirective(ScanContext& context, const char* begin,
                        std::string_view comment);

// The end of the identifier that goes on at `p`, which has characters beyond
// ASCII.
const char* ScanUnicodeWord(const ScanContext& context, const char* p);

// The bytes that are neither white space nor begin any other token: one
// character. Says so.
const char* ScanIllegal(ScanContext& context, const char* begin);

}  // namespace gdlint::lexer
