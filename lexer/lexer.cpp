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

// Words of this length and more are no keywords, and go their own way.
constexpr size_t kMaxShortWord = 16;

// The length of the word of ASCII at `p`; if that is kMaxShortWord or more,
// then some number that is.
size_t ShortWordLength(const char* p) {
#if GDLINT_SSE2
  return static_cast<size_t>(std::countr_one(WordMask(LoadBytes(p))));
#else
  return static_cast<size_t>(SkipWord(p) - p);
#endif
}

// The length of the integer at `p` if it is a short decimal or hexadecimal one
// with nothing special about it, as nearly all are; else 0.
size_t PlainIntLength(const char* p) {
#if GDLINT_SSE2
  const __m128i bytes = LoadBytes(p);
  const size_t length = static_cast<size_t>(std::countr_one(WordMask(bytes)));
  // 0x and a digit at least; the hexadecimal digits are asked for from the x
  // on.
  const bool is_hex = *p == '0' && (p[1] | 0x20) == 'x' && length > 2;
  const size_t digits =
      is_hex ? 2 + static_cast<size_t>(std::countr_one(HexMask(bytes) >> 2))
             : static_cast<size_t>(std::countr_one(DecimalMask(bytes)));
  const bool is_plain = digits == length && length < 16 && p[length] != '.' &&
                        (is_hex || length == 1 || *p != '0');
  return is_plain ? length : 0;
#else
  size_t length = 1;
  while (IsDecimalByte(p[length]) && length < 16) {
    ++length;
  }
  const bool is_plain =
      !IsWordByte(p[length]) && p[length] != '.' && (length == 1 || *p != '0');
  return is_plain ? length : 0;
#endif
}

// True if `p` is at a rune literal of one ASCII character.
bool IsPlainRune(const char* p) {
  return p[2] == '\'' && p[1] != '\\' && p[1] != '\'' && p[1] != '\n' &&
         static_cast<signed char>(p[1]) >= 0;
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

  // Where the next token goes. A copy of it lives in registers while the main
  // loop runs; what the loop calls must not add tokens on its own.
  struct Sink {
    Token* next;
    const char* begin;
    // Whether a newline here would become a semicolon.
    bool ends_line = false;

    void Put(TokenKind kind, const char* from, size_t length) {
      *next++ = Token(kind, static_cast<uint32_t>(from - begin),
                      static_cast<uint32_t>(length));
    }
    void PutWithEnding(TokenKind kind, const char* from, size_t length) {
      Put(kind, from, length);
      ends_line = kEndsLine[static_cast<size_t>(kind)];
    }
    // Adds the semicolon that the end of a line at `p` stands for, if it does.
    void PutSemicolon(const char* p) {
      // Written in any case, to be overwritten if it is not wanted: no branch.
      *next = Token(TokenKind::kSemicolon, static_cast<uint32_t>(p - begin), 0);
      next += ends_line ? 1 : 0;
      ends_line = false;
    }
  };

  Sink Start();
  Token* Grow(Token* next);
  void LexAll(const char* p, Sink sink);

  // The length to store for a token of any length.
  size_t StoredLength(const char* from, const char* to) {
    const auto length = static_cast<size_t>(to - from);
    if (length >= Token::kLongLength) [[unlikely]] {
      out_.long_tokens_.emplace_back(context_.OffsetOf(from),
                                     static_cast<uint32_t>(length));
      return Token::kLongLength;
    }
    return length;
  }

  const char* PutLongWord(const char* p, Sink& sink);
  const char* PutNumber(const char* p, Sink& sink);
  const char* PutNotAscii(const char* p, Sink& sink);
  const char* PutIllegal(const char* p, Sink& sink);
  const char* SkipGeneralComment(const char* p, Sink& sink);
  void AddComment(const char* from, const char* to);
  void CheckDirective(const char* from, std::string_view comment);

  ScanContext context_;
  TokenBuffer& out_;
  const char* const begin_;
  const char* const end_;
  Token* limit_ = nullptr;
};

Lexer::Sink Lexer::Start() {
  out_.comments_.clear();
  out_.long_tokens_.clear();
  // Go code has a token per four to seven bytes, data in Go syntax one per
  // three.
  const size_t guess = static_cast<size_t>(end_ - begin_) / 5 + 64;
  if (out_.tokens_.size() < guess) {
    out_.tokens_.resize(guess);
  }
  limit_ = out_.tokens_.data() + out_.tokens_.size() - kRoom;
  return {out_.tokens_.data(), begin_};
}

Token* Lexer::Grow(Token* next) {
  const auto count = static_cast<size_t>(next - out_.tokens_.data());
  out_.tokens_.resize(out_.tokens_.size() + out_.tokens_.size() / 2);
  limit_ = out_.tokens_.data() + out_.tokens_.size() - kRoom;
  return out_.tokens_.data() + count;
}

void Lexer::Run() {
  Sink sink = Start();
  const char* p = begin_;
  if (FindUnusual(begin_, end_) != end_) {
    CheckCharacters(context_);
    const std::string_view text = context_.RestFrom(begin_);
    if (text.starts_with("\xef\xbb\xbf")) {
      p += 3;
    } else if (IsUtf16(text)) {
      p = end_;
      ScanIllegal(context_, begin_);
      sink.Put(TokenKind::kIllegal, begin_, 1);
    }
  }
  LexAll(p, sink);
}

void Lexer::LexAll(const char* p, Sink sink) {
  for (;;) {
    if (sink.next > limit_) [[unlikely]] {
      sink.next = Grow(sink.next);
    }
    const ByteInfo& info = kByteInfo[static_cast<unsigned char>(*p)];
    // Cases that may have a space after them break, the others continue.
    switch (info.byte_class) {
      case ByteClass::kNewline:
        sink.PutSemicolon(p);
        p = SkipSpace(p + 1);
        continue;
      case ByteClass::kBlank:
        p = SkipBlanks(p + 1);
        continue;
      case ByteClass::kWord: {
        const size_t length = ShortWordLength(p);
        if (length >= kMaxShortWord || static_cast<signed char>(p[length]) < 0)
            [[unlikely]] {
          Sink copy = sink;
          p = PutLongWord(p, copy);
          sink = copy;
          break;
        }
        sink.PutWithEnding(WordKind(LoadHead(p) & kHeadMask[length],
                                    static_cast<uint32_t>(length), p),
                           p, length);
        p += length;
        break;
      }
      case ByteClass::kSingle:
        sink.PutWithEnding(info.alone, p, 1);
        ++p;
        break;
      case ByteClass::kMaybeAssign: {
        const bool assigns = p[1] == '=';
        sink.Put(assigns ? info.with_assign : info.alone, p, assigns ? 2 : 1);
        sink.ends_line = false;
        p += assigns ? 2 : 1;
        break;
      }
      case ByteClass::kPoint: {
        if (IsDecimalByte(p[1])) [[unlikely]] {
          Sink copy = sink;
          p = PutNumber(p, copy);
          sink = copy;
          break;
        }
        const bool is_ellipsis = p[1] == '.' && p[2] == '.';
        sink.Put(is_ellipsis ? TokenKind::kEllipsis : TokenKind::kPeriod, p,
                 is_ellipsis ? 3 : 1);
        sink.ends_line = false;
        p += is_ellipsis ? 3 : 1;
        continue;
      }
      case ByteClass::kDigit: {
        const size_t length = PlainIntLength(p);
        if (length == 0) [[unlikely]] {
          Sink copy = sink;
          p = PutNumber(p, copy);
          sink = copy;
          break;
        }
        sink.Put(TokenKind::kInt, p, length);
        sink.ends_line = true;
        p += length;
        break;
      }
      case ByteClass::kString: {
        const char* const stop = FindStringBreak(p + 1, end_);
        const char* const to =
            *stop == '"' ? stop + 1 : ScanString(context_, p);
        sink.Put(TokenKind::kString, p, StoredLength(p, to));
        sink.ends_line = true;
        p = to;
        break;
      }
      case ByteClass::kCompound: {
        const ScannedOperator op = ScanCompound(p);
        sink.PutWithEnding(op.kind, p, op.length);
        p += op.length;
        break;
      }
      case ByteClass::kSlash:
        if (p[1] == '/') {
          const char* const to = FindByte(p + 2, end_, '\n');
          AddComment(p, to);
          p = to;
          continue;
        }
        if (p[1] == '*') {
          Sink copy = sink;
          p = SkipGeneralComment(p, copy);
          sink = copy;
          break;
        }
        sink.Put(p[1] == '=' ? TokenKind::kQuoAssign : TokenKind::kQuo, p,
                 p[1] == '=' ? 2 : 1);
        sink.ends_line = false;
        p += p[1] == '=' ? 2 : 1;
        break;
      case ByteClass::kRune: {
        const char* const to = IsPlainRune(p) ? p + 3 : ScanRune(context_, p);
        sink.Put(TokenKind::kChar, p, StoredLength(p, to));
        sink.ends_line = true;
        p = to;
        break;
      }
      case ByteClass::kRawString: {
        const char* const to = ScanRawString(context_, p);
        sink.Put(TokenKind::kString, p, StoredLength(p, to));
        sink.ends_line = true;
        p = to;
        break;
      }
      case ByteClass::kEndOrNul:
        if (p == end_) {
          sink.PutSemicolon(p);
          sink.Put(TokenKind::kEof, p, 0);
          out_.token_count_ =
              static_cast<size_t>(sink.next - out_.tokens_.data());
          return;
        }
        [[fallthrough]];
      case ByteClass::kIllegal: {
        Sink copy = sink;
        p = PutIllegal(p, copy);
        sink = copy;
        break;
      }
      case ByteClass::kNotAscii: {
        Sink copy = sink;
        p = PutNotAscii(p, copy);
        sink = copy;
        break;
      }
    }
    // Most often one space follows or none; which, is not worth a branch.
    p += *p == ' ' ? 1 : 0;
  }
}

// Identifiers that are longer than any keyword, or not in ASCII.
const char* Lexer::PutLongWord(const char* p, Sink& sink) {
  const char* end = SkipWord(p);
  if (static_cast<signed char>(*end) < 0) {
    end = ScanUnicodeWord(context_, end);
  }
  const auto length = static_cast<size_t>(end - p);
  // A character that is no letter may end a keyword.
  const TokenKind kind = length < kMaxShortWord
                             ? WordKind(LoadHead(p) & kHeadMask[length],
                                        static_cast<uint32_t>(length), p)
                             : TokenKind::kIdent;
  sink.PutWithEnding(kind, p, StoredLength(p, end));
  return end;
}

const char* Lexer::PutNumber(const char* p, Sink& sink) {
  const ScannedNumber number = ScanNumber(context_, p);
  sink.PutWithEnding(number.kind, p, StoredLength(p, number.end));
  return number.end;
}

// Does not touch `ends_line`: an illegal character neither ends nor goes on.
const char* Lexer::PutIllegal(const char* p, Sink& sink) {
  const char* const end = ScanIllegal(context_, p);
  sink.Put(TokenKind::kIllegal, p, static_cast<size_t>(end - p));
  return end;
}

const char* Lexer::PutNotAscii(const char* p, Sink& sink) {
  const Utf8Character c = DecodeUtf8(context_.RestFrom(p));
  return IsUnicodeLetter(c.value) ? PutLongWord(p, sink) : PutIllegal(p, sink);
}

const char* Lexer::SkipGeneralComment(const char* p, Sink& sink) {
  const char* const end = ScanGeneralComment(context_, p);
  AddComment(p, end);
  if (sink.ends_line) {
    const char* const newline = FindByte(p, end, '\n');
    if (newline != end) {
      sink.PutSemicolon(newline);
    }
  }
  return end;
}

void Lexer::AddComment(const char* from, const char* to) {
  const auto length = static_cast<uint32_t>(to - from);
  out_.comments_.push_back({context_.OffsetOf(from), length});
  // Few comments begin with "//line " or "/*line ".
  if (from[2] == 'l' && from[6] == ' ') [[unlikely]] {
    CheckDirective(from, {from, length});
  }
}

void Lexer::CheckDirective(const char* from, std::string_view comment) {
  const bool is_terminated =
      from[1] == '/' || (comment.size() >= 4 && comment.ends_with("*/"));
  const bool begins_line = from == begin_ || from[-1] == '\n';
  if (is_terminated && IsLineDirective(comment, begins_line)) {
    CheckLineDirective(context_, from, comment);
  }
}

void Lex(const source::SourceFile& file, TokenBuffer& out,
         source::Emitter& errors) {
  Lexer(file.text(), out, errors).Run();
}

}  // namespace gdlint::lexer
