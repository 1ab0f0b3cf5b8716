#include "loader/go_flags.h"

#include <algorithm>
#include <string_view>

#include "loader/text_lines.h"

namespace gdlint::loader {
namespace {

// Takes the next flag off `text`: to the next space, or, if it is quoted, to
// the quote's end.
std::string_view TakeFlag(std::string_view& text) {
  const char quote = text.front();
  if (quote == '\'' || quote == '"') {
    const size_t end = std::min(text.find(quote, 1), text.size());
    const std::string_view flag = text.substr(1, end - 1);
    text.remove_prefix(std::min(end + 1, text.size()));
    return flag;
  }
  const size_t length =
      static_cast<size_t>(std::ranges::find_if(text, IsSpace) - text.begin());
  const std::string_view flag = text.substr(0, length);
  text.remove_prefix(length);
  return flag;
}

}  // namespace

GoFlags ReadGoFlags(const Environment& environment) {
  const std::string variable = environment("GOFLAGS").value_or("");
  GoFlags flags;
  for (std::string_view rest = TrimSpace(variable); !rest.empty();
       rest = TrimSpace(rest)) {
    std::string_view flag = TakeFlag(rest);
    for (int dashes = 0; dashes < 2 && flag.starts_with('-'); ++dashes) {
      flag.remove_prefix(1);
    }
    const size_t equals = flag.find('=');
    if (equals == std::string_view::npos) {
      continue;
    }
    const std::string_view name = flag.substr(0, equals);
    const std::string value(flag.substr(equals + 1));
    if (name == "mod") {
      flags.mod = value;
    } else if (name == "modfile") {
      flags.modfile = value;
    } else if (name == "tags") {
      flags.tags = value;
    }
  }
  return flags;
}

}  // namespace gdlint::loader
