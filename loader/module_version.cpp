#include "loader/module_version.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gdlint::loader {
namespace {

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

bool IsIdentifierChar(char c) {
  return IsDigit(c) || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
         c == '-';
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

struct Parts {
  // Major, minor and patch, as digits.
  std::array<std::string_view, 3> numbers = {"0", "0", "0"};
  // Behind the dash; empty for a release.
  std::string_view prerelease;
};

// Takes a number without leading zeros off the front.
std::string_view TakeNumber(std::string_view& text) {
  const size_t length = static_cast<size_t>(
      std::ranges::find_if_not(text, IsDigit) - text.begin());
  const std::string_view number = text.substr(0, length);
  text.remove_prefix(length);
  return number.size() > 1 && number.front() == '0' ? std::string_view()
                                                    : number;
}

// Takes identifiers, with dots between them, off the front. Empty if one is
// ill-formed.
std::string_view TakeIdentifiers(std::string_view& text,
                                 bool allow_leading_zeros) {
  const size_t length = static_cast<size_t>(
      std::ranges::find_if_not(
          text, [](char c) { return IsIdentifierChar(c) || c == '.'; }) -
      text.begin());
  const std::string_view all = text.substr(0, length);
  text.remove_prefix(length);
  for (std::string_view rest = all;;) {
    const size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view identifier = rest.substr(0, dot);
    if (identifier.empty() ||
        (!allow_leading_zeros && identifier.size() > 1 &&
         identifier.front() == '0' && IsNumber(identifier))) {
      return {};
    }
    if (dot == rest.size()) {
      return all;
    }
    rest.remove_prefix(dot + 1);
  }
}

std::optional<Parts> Parse(std::string_view text) {
  if (!text.starts_with('v')) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  Parts parts;
  for (size_t i = 0; i < parts.numbers.size(); ++i) {
    parts.numbers[i] = TakeNumber(text);
    if (parts.numbers[i].empty()) {
      return std::nullopt;
    }
    if (text.empty() && i < 2) {
      // v1 and v1.2 stand for v1.0.0 and v1.2.0.
      return parts;
    }
    if (i < 2) {
      if (text.front() != '.') {
        return std::nullopt;
      }
      text.remove_prefix(1);
    }
  }
  if (text.starts_with('-')) {
    text.remove_prefix(1);
    parts.prerelease = TakeIdentifiers(text, /*allow_leading_zeros=*/false);
    if (parts.prerelease.empty()) {
      return std::nullopt;
    }
  }
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (TakeIdentifiers(text, /*allow_leading_zeros=*/true).empty()) {
      return std::nullopt;
    }
  }
  return text.empty() ? std::optional(parts) : std::nullopt;
}

// Numbers of any length, without leading zeros.
std::strong_ordering CompareNumbers(std::string_view lhs,
                                    std::string_view rhs) {
  if (lhs.size() != rhs.size()) {
    return lhs.size() <=> rhs.size();
  }
  return lhs <=> rhs;
}

std::strong_ordering ComparePrereleases(std::string_view lhs,
                                        std::string_view rhs) {
  if (lhs.empty() || rhs.empty()) {
    // A release is after its prereleases.
    return lhs.empty() <=> rhs.empty();
  }
  while (!lhs.empty() && !rhs.empty()) {
    const auto take = [](std::string_view& text) {
      const size_t dot = std::min(text.find('.'), text.size());
      const std::string_view first = text.substr(0, dot);
      text.remove_prefix(std::min(dot + 1, text.size()));
      return first;
    };
    const std::string_view a = take(lhs);
    const std::string_view b = take(rhs);
    if (a == b) {
      continue;
    }
    if (IsNumber(a) != IsNumber(b)) {
      return IsNumber(b) <=> IsNumber(a);
    }
    return IsNumber(a) ? CompareNumbers(a, b) : a <=> b;
  }
  return !lhs.empty() <=> !rhs.empty();
}

}  // namespace

std::string Describe(const ModuleVersion& module) {
  return module.version.empty() ? module.path
                                : module.path + "@" + module.version;
}

bool IsVersion(std::string_view text) { return Parse(text).has_value(); }

std::strong_ordering CompareVersions(std::string_view lhs,
                                     std::string_view rhs) {
  if (lhs == rhs) {
    return std::strong_ordering::equal;
  }
  if (lhs.empty() || rhs.empty()) {
    return lhs.empty() <=> rhs.empty();
  }
  const std::optional<Parts> a = Parse(lhs);
  const std::optional<Parts> b = Parse(rhs);
  if (!a || !b) {
    return a.has_value() <=> b.has_value();
  }
  for (size_t i = 0; i < a->numbers.size(); ++i) {
    if (const auto order = CompareNumbers(a->numbers[i], b->numbers[i]);
        order != 0) {
      return order;
    }
  }
  return ComparePrereleases(a->prerelease, b->prerelease);
}

}  // namespace gdlint::loader
