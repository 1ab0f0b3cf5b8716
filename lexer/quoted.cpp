// Strings, runes and general comments.

#include "lexer/bytes.h"
#include "lexer/scan.h"
#include "support/quote.h"
#include "support/utf8.h"

namespace gdlint::lexer {
namespace {

// Larger than any digit of any base.
constexpr uint32_t kNoDigit = 16;

uint32_t DigitValue(char32_t c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char32_t lower_case = c | 0x20;
  return lower_case >= 'a' && lower_case <= 'f' ? lower_case - 'a' + 10
                                                : kNoDigit;
}

// How an escape with digits is written.
struct EscapeForm {
  const char* digits;
  int digit_count;
  uint32_t base;
  uint32_t max;
};

struct ScannedEscape {
  const char* end;
  bool ok;
};

ScannedEscape ScanEscapeDigits(ScanContext& context, const char* begin,
                               EscapeForm form) {
  const char* p = form.digits;
  uint32_t value = 0;
  for (int i = 0; i < form.digit_count; ++i) {
    const Utf8Character c = DecodeUtf8(context.RestFrom(p));
    if (c.length == 0) {
      context.Error<source::Code::kEscapeNotTerminated>(p, p);
      return {p, false};
    }
    const uint32_t digit = DigitValue(c.value);
    if (digit >= form.base) {
      context.Error<source::Code::kEscapeCharacter>(p, p + c.length,
                                                    CodePointName(c.value));
      return {p, false};
    }
    value = value * form.base + digit;
    p += c.length;
  }
  if (value > form.max || (value >= 0xd800 && value < 0xe000)) {
    context.Error<source::Code::kEscapeValue>(begin, p);
    return {p, false};
  }
  return {p, true};
}

// `begin` is after the backslash. An escape that is wrong ends before the
// character that is, so that a quote there still closes the literal.
ScannedEscape ScanEscape(ScanContext& context, const char* begin, char quote) {
  constexpr uint32_t kMaxCodePoint = 0x10ffff;
  if (begin == context.end()) {
    context.Error<source::Code::kEscapeNotTerminated>(begin, begin);
    return {begin, false};
  }
  const char c = *begin;
  if (c == quote) {
    return {begin + 1, true};
  }
  switch (c) {
    case 'a':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
    case '\\':
      return {begin + 1, true};
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      return ScanEscapeDigits(context, begin, {begin, 3, 8, 255});
    case 'x':
      return ScanEscapeDigits(context, begin, {begin + 1, 2, 16, 255});
    case 'u':
      return ScanEscapeDigits(context, begin,
                              {begin + 1, 4, 16, kMaxCodePoint});
    case 'U':
      return ScanEscapeDigits(context, begin,
                              {begin + 1, 8, 16, kMaxCodePoint});
    default:
      const uint32_t length = DecodeUtf8(context.RestFrom(begin)).length;
      context.Error<source::Code::kUnknownEscape>(begin, begin + length);
      return {begin, false};
  }
}

}  // namespace

const char* ScanString(ScanContext& context, const char* begin) {
  const char* p = begin + 1;
  for (;;) {
    p = FindStringBreak(p, context.end());
    if (p == context.end() || *p == '\n') {
      context.Error<source::Code::kStringNotTerminated>(begin, p);
      return p;
    }
    if (*p == '"') {
      return p + 1;
    }
    p = ScanEscape(context, p + 1, '"').end;
  }
}

const char* ScanRune(ScanContext& context, const char* begin) {
  // A literal with a wrong escape has had its error.
  bool valid = true;
  uint64_t count = 0;
  const char* p = begin + 1;
  while (*p != '\'') {
    const Utf8Character c = DecodeUtf8(context.RestFrom(p));
    if (c.length == 0 || c.value == '\n') {
      if (valid) {
        context.Error<source::Code::kRuneNotTerminated>(begin, p);
      }
      return p;
    }
    p += c.length;
    ++count;
    if (c.value == '\\') {
      const ScannedEscape escape = ScanEscape(context, p, '\'');
      p = escape.end;
      valid = valid && escape.ok;
    }
  }
  ++p;
  if (valid && count != 1) {
    context.Error<source::Code::kIllegalRune>(begin, p);
  }
  return p;
}

const char* ScanRawString(ScanContext& context, const char* begin) {
  const char* const close = FindByte(begin + 1, context.end(), '`');
  if (close == context.end()) {
    context.Error<source::Code::kRawStringNotTerminated>(begin, close);
    return close;
  }
  return close + 1;
}

const char* ScanGeneralComment(ScanContext& context, const char* begin) {
  const char* p = begin + 2;
  for (;;) {
    p = FindByte(p, context.end(), '*');
    if (p == context.end()) {
      context.Error<source::Code::kCommentNotTerminated>(begin, p);
      return p;
    }
    ++p;
    if (*p == '/') {
      return p + 1;
    }
  }
}

}  // namespace gdlint::lexer
