#include "lexer/line_directive.h"

#include <charconv>
#include <optional>

namespace gdlint::lexer {
namespace {

constexpr uint64_t kMaxLineOrColumn = uint64_t{1} << 30;
constexpr size_t kPrefixLength = std::string_view("//line ").size();

// What follows the last colon of a text.
struct Suffix {
  size_t begin;
  std::string_view text;
  // Nothing if it is not a number that fits.
  std::optional<uint64_t> number;
};

std::optional<Suffix> LastSuffix(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  Suffix suffix = {colon + 1, text.substr(colon + 1), std::nullopt};
  uint64_t value = 0;
  const char* const end = suffix.text.data() + suffix.text.size();
  const auto [stop, status] = std::from_chars(suffix.text.data(), end, value);
  if (status == std::errc() && stop == end) {
    suffix.number = value;
  }
  return suffix;
}

// The Go scanner takes the number for a signed one, so that one of 2^63 and
// more is negative and passes. Both must accept the same files.
bool IsValidNumber(uint64_t number) {
  return number != 0 && (number <= kMaxLineOrColumn || number >> 63 != 0);
}

ParsedLineDirective Wrong(const Suffix& suffix, std::string_view text,
                          bool is_column) {
  return LineDirectiveError{
      .is_column = is_column,
      .text = text.substr(suffix.begin),
      .offset = static_cast<uint32_t>(kPrefixLength + suffix.begin)};
}

}  // namespace

bool IsLineDirective(std::string_view comment, bool begins_line) {
  return comment.starts_with("/*line ") ||
         (begins_line && comment.starts_with("//line "));
}

ParsedLineDirective ParseLineDirective(std::string_view comment) {
  std::string_view text = comment.substr(kPrefixLength);
  if (comment[1] == '*') {
    text.remove_suffix(2);
  } else if (text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  const auto last = LastSuffix(text);
  if (!last) {
    return std::monostate();
  }
  if (!last->number) {
    return Wrong(*last, text, false);
  }
  const auto before = LastSuffix(text.substr(0, last->begin - 1));
  const bool has_column = before && before->number;
  const Suffix& line = has_column ? *before : *last;
  if (has_column && !IsValidNumber(*last->number)) {
    return Wrong(*last, text, true);
  }
  if (!IsValidNumber(*line.number)) {
    return Wrong(line, has_column ? text.substr(0, last->begin - 1) : text,
                 false);
  }
  if (*line.number > kMaxLineOrColumn ||
      (has_column && *last->number > kMaxLineOrColumn)) {
    return std::monostate();
  }
  return LineDirective{
      .file = text.substr(0, line.begin - 1),
      .line = static_cast<uint32_t>(*line.number),
      .column = has_column ? static_cast<uint32_t>(*last->number) : 0};
}

}  // namespace gdlint::lexer
