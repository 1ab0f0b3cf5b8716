#include "source/line_table.h"

#include <algorithm>
#include <cstring>

namespace gdlint::source {

LineTable::LineTable(std::string_view text) : text_(text) {
  starts_.push_back(0);
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* p = begin; p != end;) {
    p = static_cast<const char*>(std::memchr(p, '\n', end - p));
    if (p == nullptr) {
      break;
    }
    ++p;
    starts_.push_back(static_cast<uint32_t>(p - begin));
  }
}

LineColumn LineTable::Find(Pos pos) const {
  if (!pos.is_valid()) {
    return {};
  }
  const uint32_t offset = pos.offset();
  const auto after = std::ranges::upper_bound(starts_, offset);
  const auto line = static_cast<uint32_t>(after - starts_.begin());
  return {.line = line, .column = offset - starts_[line - 1] + 1};
}

std::string_view LineTable::Line(uint32_t line) const {
  if (line == 0 || line > starts_.size()) {
    return {};
  }
  const uint32_t begin = starts_[line - 1];
  const size_t end = line < starts_.size() ? starts_[line] - 1 : text_.size();
  std::string_view text = text_.substr(begin, end - begin);
  if (text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace gdlint::source
