#include "support/utf8.h"

namespace gdlint {
namespace {

// What a first byte says of its character: how many bytes it has, and between
// which values the second byte must be (that rules out overlong forms,
// surrogates and what is above U+10FFFF).
struct Lead {
  uint32_t length;
  unsigned char second_min;
  unsigned char second_max;
};

constexpr Lead LeadOf(unsigned char byte) {
  if (byte < 0xc2 || byte > 0xf4) {
    return {0, 0, 0};
  }
  if (byte < 0xe0) {
    return {2, 0x80, 0xbf};
  }
  if (byte < 0xf0) {
    return {3, static_cast<unsigned char>(byte == 0xe0 ? 0xa0 : 0x80),
            static_cast<unsigned char>(byte == 0xed ? 0x9f : 0xbf)};
  }
  return {4, static_cast<unsigned char>(byte == 0xf0 ? 0x90 : 0x80),
          static_cast<unsigned char>(byte == 0xf4 ? 0x8f : 0xbf)};
}

}  // namespace

Utf8Character DecodeUtf8(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  const auto at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at(0) < 0x80) {
    return {at(0), 1};
  }
  const Lead lead = LeadOf(at(0));
  if (lead.length == 0 || text.size() < lead.length ||
      at(1) < lead.second_min || at(1) > lead.second_max) {
    return {kReplacementCharacter, 1};
  }
  // The lead byte has one bit less for each further byte.
  char32_t value = at(0) & (0x7fU >> lead.length);
  for (uint32_t i = 1; i < lead.length; ++i) {
    if ((at(i) & 0xc0) != 0x80) {
      return {kReplacementCharacter, 1};
    }
    value = value << 6 | (at(i) & 0x3f);
  }
  return {value, lead.length};
}

void AppendUtf8(char32_t value, std::string& out) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  const auto put_tail = [&](int shift) { put(0x80 | (value >> shift & 0x3f)); };
  if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
    value = kReplacementCharacter;
  }
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xc0 | value >> 6);
    put_tail(0);
  } else if (value < 0x10000) {
    put(0xe0 | value >> 12);
    put_tail(6);
    put_tail(0);
  } else {
    put(0xf0 | value >> 18);
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
}

}  // namespace gdlint
