#include "lexer/bytes.h"
#include "lexer/line_directive.h"
#include "lexer/scan.h"
#include "support/quote.h"
#include "support/unicode.h"
#include "support/utf8.h"

namespace gdlint::lexer {
namespace {

constexpr char32_t kByteOrderMark = 0xfeff;

// As much of a wrong line number as a message shows.
constexpr size_t kShownLength = 40;

}  // namespace

bool IsUtf16(std::string_view text) {
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
}

void CheckCharacters(ScanContext& context) {
  const char* const end = context.end();
  if (IsUtf16(context.RestFrom(context.begin()))) {
    // All of it would be wrong, for this one reason.
    context.Error<source::Code::kIllegalUtf16>(context.begin(),
                                               context.begin() + 2);
    return;
  }
  const char* p = FindUnusual(context.begin(), end);
  while (p < end) {
    const Utf8Character c = DecodeUtf8(context.RestFrom(p));
    const char* const next = p + c.length;
    if (c.value == 0) {
      context.Error<source::Code::kIllegalNul>(p, next);
    } else if (c.is_ill_formed()) {
      context.Error<source::Code::kIllegalUtf8>(p, next);
    } else if (c.value == kByteOrderMark && p != context.begin()) {
      context.Error<source::Code::kIllegalBom>(p, next);
    }
    p = FindUnusual(next, end);
  }
}

const char* ScanUnicodeWord(const ScanContext& context, const char* p) {
  for (;;) {
    p = SkipWord(p);
    const Utf8Character c = DecodeUtf8(context.RestFrom(p));
    if (c.value < 0x80 ||
        !(IsUnicodeLetter(c.value) || IsUnicodeDigit(c.value))) {
      return p;
    }
    p += c.length;
  }
}

const char* ScanIllegal(ScanContext& context, const char* begin) {
  const Utf8Character c = DecodeUtf8(context.RestFrom(begin));
  const char* const end = begin + c.length;
  if (context.is_full()) {
    return end;
  }
  if (c.value == U'\u201c' || c.value == U'\u201d') {
    context.Error<source::Code::kCurlyQuote>(begin, end,
                                             QuotedCharacter(c.value));
  } else if (c.value != kByteOrderMark) {
    // CheckCharacters has spoken of byte order marks.
    context.Error<source::Code::kIllegalCharacter>(begin, end,
                                                   CodePointName(c.value));
  }
  return end;
}

void CheckLineDirective(ScanContext& context, const char* begin,
                        std::string_view comment) {
  const ParsedLineDirective parsed = ParseLineDirective(comment);
  const auto* const error = std::get_if<LineDirectiveError>(&parsed);
  if (error == nullptr) {
    return;
  }
  const char* const from = begin + error->offset;
  const char* const to = from + error->text.size();
  const std::string shown = Quoted(error->text.substr(0, kShownLength));
  if (error->is_column) {
    context.Error<source::Code::kColumnNumber>(from, to, shown);
  } else {
    context.Error<source::Code::kLineNumber>(from, to, shown);
  }
}

}  // namespace gdlint::lexer
