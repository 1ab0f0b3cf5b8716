#include "driver/name_patterns.h"

#include <algorithm>

#include <fmt/format.h>

namespace gdlint::driver {
namespace {

bool MatchesName(std::string_view pattern, std::string_view name) {
  const size_t star = pattern.find('*');
  // That of a pointer receiver, `(*T).M`, is no wildcard.
  const bool is_pointer = pattern.starts_with("(*");
  const size_t wildcard = is_pointer ? pattern.find('*', 2) : star;
  if (wildcard == std::string_view::npos) {
    return pattern == name;
  }
  if (!name.starts_with(pattern.substr(0, wildcard))) {
    return false;
  }
  const std::string_view rest = pattern.substr(wildcard + 1);
  name.remove_prefix(wildcard);
  for (size_t skip = 0; skip <= name.size(); ++skip) {
    if (MatchesName(rest, name.substr(skip))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string NamePatterns::Add(const std::string& text) {
  if (text.size() > 1 && text.starts_with('/') && text.ends_with('/')) {
    auto pattern = std::make_shared<const re2::RE2>(
        text.substr(1, text.size() - 2), re2::RE2::Quiet);
    if (!pattern->ok()) {
      return fmt::format("`{}` is no regular expression (RE2): {}", text,
                         pattern->error());
    }
    patterns_.push_back(std::move(pattern));
    return "";
  }
  if (text.find('.') == std::string::npos) {
    return fmt::format(
        "`{}` is no function's full name, such as `example.com/app/log.Die` or "
        "`(*example.com/app/log.Logger).Die`, nor a regular expression (RE2) "
        "between slashes",
        text);
  }
  names_.push_back(text);
  return "";
}

bool NamePatterns::Match(std::string_view full_name) const {
  return std::ranges::any_of(names_,
                             [&](const std::string& name) {
                               return MatchesName(name, full_name);
                             }) ||
         std::ranges::any_of(patterns_, [&](const auto& pattern) {
           return re2::RE2::PartialMatch(
               re2::StringPiece(full_name.data(), full_name.size()), *pattern);
         });
}

}  // namespace gdlint::driver
