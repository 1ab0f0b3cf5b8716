#include "lexer/lexer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "lexer/byte_class.h"
#include "lexer/bytes.h"
#include "lexer/keyword.h"
#include "lexer/line_directive.h"
#include "lexer/scan.h"
#include "support/unicode.h"
#include "support/utf8.h"

namespace gdlint::lexer {
namespace {

// EndsLine() for each kind, where the compiler can see it.
constexpr auto kEndsLine = [] {
  std::array<bool, 256> table = {};
#define GO_ENDS_LINE(Name) \
  table[static_cast<size_t>(TokenKind::k##Name)] = true;
#include "lexer/token_kind.def"
  return table;
}();

// Masks the first 0 to 8 bytes of a word; longer words have eight that count.
constexpr auto kHeadMask = [] {
  std::array<uint64_t, 17> masks = {};
  for (size_t length = 0; length < masks.size(); ++length) {
    masks[length] =
        length < 8 ? (uint64_t{1} << (8 * length)) - 1 : ~uint64_t{0};
  }
  return masks;
}();

uint64_t LoadHead(const char* p) {
  uint64_t head;
  std::memcpy(&head, p, sizeof(head));
  if constexpr (std::endian::native == std::endian::big) {
    head = __builtin_bswap64(head);
  }
  return head;
}

struct ScannedOperator {
  TokenKind kind;
  uint32_t length;
};

// The operator at `p`, which is one of `+ - & | < >`.
ScannedOperator ScanCompound(const char* p) {
  const char second = p[1];
  const auto pick = [&](TokenKind alone, TokenKind twice, TokenKind assign) {
    if (second == *p) {
      return ScannedOperator{twice, 2};
    }
    return second == '=' ? ScannedOperator{assign, 2}
                         : ScannedOperator{alone, 1};
  };
  const auto or_assign = [&](TokenKind shift, TokenKind assign) {
    return p[2] == '=' ? ScannedOperator{assign, 3} : ScannedOperator{shift, 2};
  };
  switch (*p) {
    case '+':
      return pick(TokenKind::kAdd, TokenKind::kInc, TokenKind::kAddAssign);
    case '-':
      return pick(TokenKind::kSub, TokenKind::kDec, TokenKind::kSubAssign);
    case '|':
      return pick(TokenKind::kOr, TokenKind::kLor, TokenKind::kOrAssign);
    case '&':
      if (second == '^') {
        return or_assign(TokenKind::kAndNot, TokenKind::kAndNotAssign);
      }
      return pick(TokenKind::kAnd, TokenKind::kLand, TokenKind::kAndAssign);
    case '<':
      if (second == '-') {
        return {TokenKind::kArrow, 2};
      }
      if (second == '<') {
        return or_assign(TokenKind::kShl, TokenKind::kShlAssign);
      }
      return pick(TokenKind::kLss, TokenKind::kShl, TokenKind::kLeq);
    default:
      if (second == '>') {
        return or_assign(TokenKind::kShr, TokenKind::kShrAssign);
      }
      return pick(TokenKind::kGtr, TokenKind::kShr, TokenKind::kGeq);
  }
}

}  // namespace

class Lexer {
 public:
  Lexer(std::string_view text, TokenBuffer& out, source::Emitter& errors)
      : context_(text, errors),
        out_(out),
        begin_(context_.begin()),
        end_(context_.end()) {}

  void Run();

 private:
  // An iteration of the main loop adds at most two tokens.
  static constexpr size_t kRoom = 2;

  void Start();
  void LexAll(const char* p);
  void Grow();

  void Put(TokenKind kind, const char* from, size_t length) {
    *next_++ =
        Token(kind, context_.OffsetOf(from), static_cast<uint32_t>(length));
  }
  // For tokens of any length.
  void PutAny(TokenKind kind, const char* from, const char* to);
  // Adds the semicolon that the end of a line at `p` stands for, if it does.
  void PutSemicolon(const char* p) {
    // Written in any case, to be overwritten if it is not wanted: no branch.
    *next_ = Token(TokenKind::kSemicolon, context_.OffsetOf(p), 0);
    next_ += ends_line_ ? 1 : 0;
    ends_line_ = false;
  }

  // Each takes the place where its token begins and returns where it ends.
  const char* LexWord(const char* p);
  const char* LexLongWord(const char* p);
  const char* LexNumber(const char* p);
  const char* LexPoint(const char* p);
  const char* LexString(const char* p);
  const char* LexRune(const char* p);
  const char* LexSlash(const char* p);
  const char* LexLineComment(const char* p);
  const char* LexGeneralComment(const char* p);
  const char* LexIllegal(const char* p);
  const char* LexNotAscii(const char* p);

  void PutComment(const char* from, const char* to);

  ScanContext context_;
  TokenBuffer& out_;
  const char* const begin_;
  const char* const end_;
  Token* next_ = nullptr;
  Token* limit_ = nullptr;
  // Whether a newline here would become a semicolon.
  bool ends_line_ = false;
};

void Lexer::Start() {
  out_.comments_.clear();
  out_.long_tokens_.clear();
  // Go code has a token per four to seven bytes, data in Go syntax one per
  // three.
  const size_t guess = static_cast<size_t>(end_ - begin_) / 5 + 64;
  if (out_.tokens_.size() < guess) {
    out_.tokens_.resize(guess);
  }
  next_ = out_.tokens_.data();
  limit_ = next_ + out_.tokens_.size() - kRoom;
}

void Lexer::Grow() {
  const auto count = static_cast<size_t>(next_ - out_.tokens_.data());
  out_.tokens_.resize(out_.tokens_.size() + out_.tokens_.size() / 2);
  next_ = out_.tokens_.data() + count;
  limit_ = out_.tokens_.data() + out_.tokens_.size() - kRoom;
}

void Lexer::Run() {
  Start();
  const char* p = begin_;
  if (FindUnusual(begin_, end_) != end_) {
    CheckCharacters(context_);
    const std::string_view text = context_.RestFrom(begin_);
    if (text.starts_with("\xef\xbb\xbf")) {
      p += 3;
    } else if (IsUtf16(text)) {
      p = end_;
      ScanIllegal(context_, begin_);
      Put(TokenKind::kIllegal, begin_, 1);
    }
  }
  LexAll(p);
  out_.token_count_ = static_cast<size_t>(next_ - out_.tokens_.data());
}

void Lexer::LexAll(const char* p) {
  for (;;) {
    if (next_ > limit_) [[unlikely]] {
      Grow();
    }
    const ByteInfo& info = kByteInfo[static_cast<unsigned char>(*p)];
    switch (info.byte_class) {
      case ByteClass::kNewline:
        PutSemicolon(p);
        p = SkipSpace(p + 1);
        continue;
      case ByteClass::kBlank:
        p = SkipBlanks(p + 1);
        continue;
      case ByteClass::kWord:
        p = LexWord(p);
        break;
      case ByteClass::kSingle:
        Put(info.alone, p, 1);
        ends_line_ = kEndsLine[static_cast<size_t>(info.alone)];
        ++p;
        break;
      case ByteClass::kMaybeAssign: {
        const bool assigns = p[1] == '=';
        Put(assigns ? info.with_assign : info.alone, p, assigns ? 2 : 1);
        ends_line_ = false;
        p += assigns ? 2 : 1;
        break;
      }
      case ByteClass::kPoint:
        p = LexPoint(p);
        break;
      case ByteClass::kDigit:
        p = LexNumber(p);
        break;
      case ByteClass::kString:
        p = LexString(p);
        break;
      case ByteClass::kCompound: {
        const ScannedOperator op = ScanCompound(p);
        Put(op.kind, p, op.length);
        ends_line_ = kEndsLine[static_cast<size_t>(op.kind)];
        p += op.length;
        break;
      }
      case ByteClass::kSlash:
        p = LexSlash(p);
        break;
      case ByteClass::kRune:
        p = LexRune(p);
        break;
      case ByteClass::kRawString: {
        const char* const token_end = ScanRawString(context_, p);
        PutAny(TokenKind::kString, p, token_end);
        ends_line_ = true;
        p = token_end;
        break;
      }
      case ByteClass::kEndOrNul:
        if (p == end_) {
          PutSemicolon(p);
          Put(TokenKind::kEof, p, 0);
          return;
        }
        p = LexIllegal(p);
        break;
      case ByteClass::kNotAscii:
        p = LexNotAscii(p);
        break;
      case ByteClass::kIllegal:
        p = LexIllegal(p);
        break;
    }
    // Most often one space follows or none; which, is not worth a branch.
    p += *p == ' ' ? 1 : 0;
  }
}

void Lexer::PutAny(TokenKind kind, const char* from, const char* to) {
  const auto length = static_cast<size_t>(to - from);
  if (length >= Token::kLongLength) [[unlikely]] {
    out_.long_tokens_.emplace_back(context_.OffsetOf(from),
                                   static_cast<uint32_t>(length));
    Put(kind, from, Token::kLongLength);
    return;
  }
  Put(kind, from, length);
}

inline const char* Lexer::LexWord(const char* p) {
#if GDLINT_SSE2
  const uint32_t length = std::countr_one(WordMask(LoadBytes(p)));
#else
  const auto length = static_cast<size_t>(SkipWord(p) - p);
#endif
  if (length >= 16 || static_cast<signed char>(p[length]) < 0) [[unlikely]] {
    return LexLongWord(p);
  }
  const uint64_t head = LoadHead(p) & kHeadMask[length];
  const TokenKind kind = WordKind(head, static_cast<uint32_t>(length), p);
  Put(kind, p, length);
  ends_line_ = kEndsLine[static_cast<size_t>(kind)];
  return p + length;
}

// Identifiers that are longer than any keyword, or not in ASCII.
const char* Lexer::LexLongWord(const char* p) {
  const char* end = SkipWord(p);
  if (static_cast<signed char>(*end) < 0) {
    end = ScanUnicodeWord(context_, end);
  }
  const auto length = static_cast<size_t>(end - p);
  // A character that is no letter may end a keyword.
  const TokenKind kind = length < 16
                             ? WordKind(LoadHead(p) & kHeadMask[length],
                                        static_cast<uint32_t>(length), p)
                             : TokenKind::kIdent;
  PutAny(kind, p, end);
  ends_line_ = kEndsLine[static_cast<size_t>(kind)];
  return end;
}

const char* Lexer::LexNumber(const char* p) {
  ends_line_ = true;
  // Decimal integers, by far the most common; a leading zero is another matter.
  const char* end = p + 1;
  if (*p != '0') {
    while (IsDecimalByte(*end)) {
      ++end;
    }
  }
  if (*p != '.' && !IsWordByte(*end) && *end != '.') [[likely]] {
    PutAny(TokenKind::kInt, p, end);
    return end;
  }
  const ScannedNumber number = ScanNumber(context_, p);
  PutAny(number.kind, p, number.end);
  return number.end;
}

inline const char* Lexer::LexPoint(const char* p) {
  if (IsDecimalByte(p[1])) [[unlikely]] {
    return LexNumber(p);
  }
  const bool is_ellipsis = p[1] == '.' && p[2] == '.';
  const uint32_t length = is_ellipsis ? 3 : 1;
  Put(is_ellipsis ? TokenKind::kEllipsis : TokenKind::kPeriod, p, length);
  ends_line_ = false;
  return p + length;
}

inline const char* Lexer::LexString(const char* p) {
  const char* const stop = FindStringBreak(p + 1, end_);
  const char* const end = *stop == '"' ? stop + 1 : ScanString(context_, p);
  PutAny(TokenKind::kString, p, end);
  ends_line_ = true;
  return end;
}

inline const char* Lexer::LexRune(const char* p) {
  const bool is_plain =
      p[2] == '\'' && p[1] != '\\' && p[1] != '\'' && p[1] != '\n';
  const char* const end = is_plain ? p + 3 : ScanRune(context_, p);
  PutAny(TokenKind::kChar, p, end);
  ends_line_ = true;
  return end;
}

inline const char* Lexer::LexSlash(const char* p) {
  if (p[1] == '/') {
    return LexLineComment(p);
  }
  if (p[1] == '*') {
    return LexGeneralComment(p);
  }
  const bool assigns = p[1] == '=';
  Put(assigns ? TokenKind::kQuoAssign : TokenKind::kQuo, p, assigns ? 2 : 1);
  ends_line_ = false;
  return p + (assigns ? 2 : 1);
}

inline const char* Lexer::LexLineComment(const char* p) {
  const char* const end = FindByte(p + 2, end_, '\n');
  PutComment(p, end);
  return end;
}

const char* Lexer::LexGeneralComment(const char* p) {
  const char* const end = ScanGeneralComment(context_, p);
  PutComment(p, end);
  if (ends_line_) {
    const char* const newline = FindByte(p, end, '\n');
    if (newline != end) {
      PutSemicolon(newline);
    }
  }
  return end;
}

void Lexer::PutComment(const char* from, const char* to) {
  const auto length = static_cast<size_t>(to - from);
  out_.comments_.push_back(
      {context_.OffsetOf(from), static_cast<uint32_t>(length)});
  // "//line " or "/*line ", which few comments begin with.
  if (std::memcmp(from + 2, "line ", 5) != 0) [[likely]] {
    return;
  }
  const std::string_view comment(from, length);
  const bool is_terminated =
      from[1] == '/' || (length >= 4 && comment.ends_with("*/"));
  const bool begins_line = from == begin_ || from[-1] == '\n';
  if (!is_terminated || !IsLineDirective(comment, begins_line)) {
    return;
  }
  CheckLineDirective(context_, from, comment);
}

const char* Lexer::LexIllegal(const char* p) {
  const char* const end = ScanIllegal(context_, p);
  Put(TokenKind::kIllegal, p, static_cast<size_t>(end - p));
  return end;
}

const char* Lexer::LexNotAscii(const char* p) {
  const Utf8Character c = DecodeUtf8(context_.RestFrom(p));
  return IsUnicodeLetter(c.value) ? LexLongWord(p) : LexIllegal(p);
}

void Lex(const source::SourceFile& file, TokenBuffer& out,
         source::Emitter& errors) {
  Lexer(file.text(), out, errors).Run();
}

}  // namespace gdlint::lexer
