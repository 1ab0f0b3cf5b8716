#include "loader/go_version.h"

#include <algorithm>
#include <cstdint>

namespace gdlint::loader {
namespace {

// Far above any release, and far from overflow.
constexpr uint32_t kUnheardOf = 1'000'000;

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

// Takes a number without leading zeros from the front of `text`; saturates.
std::optional<uint32_t> TakeNumber(std::string_view& text) {
  size_t length = 0;
  uint32_t value = 0;
  while (length < text.size() && IsDigit(text[length])) {
    value = std::min(value * 10 + static_cast<uint32_t>(text[length] - '0'),
                     kUnheardOf);
    ++length;
  }
  if (length == 0 || (length > 1 && text[0] == '0')) {
    return std::nullopt;
  }
  text.remove_prefix(length);
  return value;
}

// True for what may follow the minor version: nothing, ".3", "rc1", "beta2".
bool IsPatchOrPrerelease(std::string_view text) {
  if (text.empty()) {
    return true;
  }
  if (text.front() == '.') {
    text.remove_prefix(1);
  } else {
    const auto is_letter = [](char c) { return 'a' <= c && c <= 'z'; };
    const auto kind_end = std::ranges::find_if_not(text, is_letter);
    const auto kind = static_cast<size_t>(kind_end - text.begin());
    if (kind == 0) {
      return false;
    }
    text.remove_prefix(kind);
  }
  return TakeNumber(text).has_value() && text.empty();
}

}  // namespace

std::optional<source::LangVersion> ParseGoVersion(std::string_view text) {
  if (text.starts_with("go")) {
    text.remove_prefix(2);
  }
  const std::optional<uint32_t> major = TakeNumber(text);
  if (!major || *major == 0) {
    return std::nullopt;
  }
  uint32_t minor = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::optional<uint32_t> number = TakeNumber(text);
    if (!number) {
      return std::nullopt;
    }
    minor = *number;
  }
  if (!IsPatchOrPrerelease(text)) {
    return std::nullopt;
  }
  return source::LangVersion{*major == 1 ? minor : kUnheardOf};
}

source::LangVersion FileVersion(
    source::LangVersion module_version,
    std::optional<source::LangVersion> file_version) {
  if (!file_version) {
    return module_version;
  }
  return std::max(*file_version, source::LangVersion{21});
}

}  // namespace gdlint::loader
