#include "loader/import_pattern.h"

#include <algorithm>

#include <re2/re2.h>

namespace gdlint::loader {
namespace {

// Takes the place of an element `vendor`; no name has it.
constexpr std::string_view kVendorMark("\x01", 1);

// Replaces each element `vendor` that is not the last one.
std::string MarkVendor(std::string_view path) {
  std::string marked;
  while (true) {
    const size_t slash = path.find('/');
    if (slash == std::string_view::npos) {
      return marked.append(path);
    }
    const std::string_view element = path.substr(0, slash);
    marked.append(element == "vendor" ? kVendorMark : element);
    marked += '/';
    path.remove_prefix(slash + 1);
  }
}

std::string Quoted(std::string_view text) {
  std::string regexp;
  while (!text.empty()) {
    const size_t at = std::min(text.find(kWildcard), text.size());
    regexp += re2::RE2::QuoteMeta(
        re2::StringPiece(text.data(), static_cast<size_t>(at)));
    text.remove_prefix(at);
    if (!text.empty()) {
      regexp += "[^\\x01]*";
      text.remove_prefix(kWildcard.size());
    }
  }
  return regexp;
}

std::string Regexp(std::string_view pattern) {
  const std::string marked = MarkVendor(pattern);
  const std::string mark(kVendorMark);
  std::string_view rest = marked;
  if (!rest.ends_with("/...")) {
    return Quoted(rest);
  }
  rest.remove_suffix(std::string_view("/...").size());
  if (rest == mark || rest.ends_with("/" + mark)) {
    // A package named vendor, or what is below a directory of that name.
    rest.remove_suffix(mark.size());
    return Quoted(rest) + "(vendor|\\x01/[^\\x01]*)";
  }
  return Quoted(rest) + "(/[^\\x01]*)?";
}

}  // namespace

ImportPattern::ImportPattern(std::string_view pattern)
    : fixed_(pattern.substr(0, pattern.find(kWildcard))),
      has_wildcard_(pattern.find(kWildcard) != std::string_view::npos) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  regexp_ = std::make_unique<re2::RE2>(Regexp(pattern), options);
}

ImportPattern::~ImportPattern() = default;

bool ImportPattern::Matches(std::string_view name) const {
  if (name.find(kVendorMark) != std::string_view::npos) {
    return false;
  }
  return re2::RE2::FullMatch(MarkVendor(name), *regexp_);
}

bool ImportPattern::MayMatchBelow(std::string_view name) const {
  if (has_wildcard_ && name.starts_with(fixed_)) {
    return true;
  }
  const std::string_view fixed = fixed_;
  return name.empty() || fixed == name ||
         (fixed.starts_with(name) && fixed[name.size()] == '/');
}

}  // namespace gdlint::loader
