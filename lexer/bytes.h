// Finding the end of a run of bytes, sixteen at a time.
//
// All of them rely on the zero bytes that follow a SourceFile's text: a run
// never goes beyond the text, and whole vectors may be loaded up to its last
// byte.

#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__) && !defined(GDLINT_PORTABLE)
#include <emmintrin.h>
#define GDLINT_SSE2 1
#else
#define GDLINT_SSE2 0
#endif

namespace gdlint::lexer {

// The ASCII part of "letter | unicode_digit" in the specification.
constexpr bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}
constexpr bool IsDecimalByte(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

#if GDLINT_SSE2

// One bit a byte; the predicates below make one from sixteen bytes.
using ByteMask = uint32_t;

inline __m128i LoadBytes(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
inline __m128i Equal(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
// Bytes from `first` up to `first + span`. A byte below `first` wraps around
// and is then above `span`.
inline __m128i InRange(__m128i bytes, char first, char span) {
  const __m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(span)), shifted);
}
inline ByteMask MaskOf(__m128i bytes) {
  return static_cast<ByteMask>(_mm_movemask_epi8(bytes));
}

inline ByteMask WordMask(__m128i bytes) {
  const __m128i lower_case = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i letters = InRange(lower_case, 'a', 25);
  const __m128i digits = InRange(bytes, '0', 9);
  return MaskOf(_mm_or_si128(_mm_or_si128(letters, digits), Equal(bytes, '_')));
}
inline ByteMask DecimalMask(__m128i bytes) {
  return MaskOf(InRange(bytes, '0', 9));
}
inline ByteMask HexMask(__m128i bytes) {
  const __m128i lower_case = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  return MaskOf(
      _mm_or_si128(InRange(lower_case, 'a', 5), InRange(bytes, '0', 9)));
}
inline ByteMask SpaceMask(__m128i bytes) {
  return MaskOf(
      _mm_or_si128(_mm_or_si128(Equal(bytes, ' '), Equal(bytes, '\t')),
                   _mm_or_si128(Equal(bytes, '\n'), Equal(bytes, '\r'))));
}
inline ByteMask BlankMask(__m128i bytes) {
  return MaskOf(_mm_or_si128(
      _mm_or_si128(Equal(bytes, ' '), Equal(bytes, '\t')), Equal(bytes, '\r')));
}

// The length of the run of bytes that `mask` has from `p` on.
template <typename MaskFn>
inline const char* SkipRun(const char* p, MaskFn mask) {
  for (;;) {
    const uint32_t length = std::countr_one(mask(LoadBytes(p)));
    p += length;
    if (length < 16) [[likely]] {
      return p;
    }
  }
}
// The first byte from `p` on that `mask` has, or `end`.
template <typename MaskFn>
inline const char* FindFirst(const char* p, const char* end, MaskFn mask) {
  for (; p < end; p += 16) {
    if (const ByteMask found = mask(LoadBytes(p))) {
      // The vector may reach beyond `end`.
      return std::min(p + std::countr_zero(found), end);
    }
  }
  return end;
}

inline const char* SkipWord(const char* p) { return SkipRun(p, WordMask); }
inline const char* SkipSpace(const char* p) { return SkipRun(p, SpaceMask); }
inline const char* SkipBlanks(const char* p) { return SkipRun(p, BlankMask); }

inline const char* FindByte(const char* p, const char* end, char c) {
  return FindFirst(p, end,
                   [c](__m128i bytes) { return MaskOf(Equal(bytes, c)); });
}
// What ends a string literal or begins an escape in it.
inline const char* FindStringBreak(const char* p, const char* end) {
  return FindFirst(p, end, [](__m128i bytes) {
    return MaskOf(
        _mm_or_si128(_mm_or_si128(Equal(bytes, '"'), Equal(bytes, '\\')),
                     Equal(bytes, '\n')));
  });
}
// The first byte that is NUL or not ASCII.
inline const char* FindUnusual(const char* p, const char* end) {
  // As signed numbers these are the bytes below one.
  return FindFirst(p, end, [](__m128i bytes) {
    return MaskOf(_mm_cmplt_epi8(bytes, _mm_set1_epi8(1)));
  });
}

#else

template <typename Predicate>
inline const char* SkipRun(const char* p, Predicate in_run) {
  while (in_run(*p)) {
    ++p;
  }
  return p;
}
template <typename Predicate>
inline const char* FindFirst(const char* p, const char* end, Predicate found) {
  while (p < end && !found(*p)) {
    ++p;
  }
  return p;
}

inline const char* SkipWord(const char* p) { return SkipRun(p, IsWordByte); }
inline const char* SkipSpace(const char* p) {
  return SkipRun(p, [](char c) { return c == '\n' || IsBlank(c); });
}
inline const char* SkipBlanks(const char* p) { return SkipRun(p, IsBlank); }

inline const char* FindByte(const char* p, const char* end, char c) {
  const void* const found = std::memchr(p, c, static_cast<size_t>(end - p));
  return found == nullptr ? end : static_cast<const char*>(found);
}
inline const char* FindStringBreak(const char* p, const char* end) {
  return FindFirst(p, end,
                   [](char c) { return c == '"' || c == '\\' || c == '\n'; });
}
inline const char* FindUnusual(const char* p, const char* end) {
  return FindFirst(p, end,
                   [](char c) { return static_cast<signed char>(c) < 1; });
}

#endif

}  // namespace gdlint::lexer
