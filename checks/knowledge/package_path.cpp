#include "checks/knowledge/package_path.h"

#include <algorithm>

namespace gdlint::checks::knowledge {
namespace {

// "v2".
bool IsVersion(std::string_view text) {
  return text.size() > 1 && text[0] == 'v' &&
         std::ranges::all_of(text.substr(1),
                             [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string UnversionedPath(std::string_view path) {
  constexpr std::string_view kVendor = "vendor/";
  if (const size_t vendor = path.rfind(kVendor);
      vendor != std::string_view::npos &&
      (vendor == 0 || path[vendor - 1] == '/')) {
    path.remove_prefix(vendor + kVendor.size());
  }
  std::string plain;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    std::string_view element = path.substr(begin, end - begin);
    begin = end + 1;
    if (!plain.empty() && IsVersion(element)) {
      continue;
    }
    if (const size_t dot = element.rfind('.');
        dot != std::string_view::npos && IsVersion(element.substr(dot + 1))) {
      element = element.substr(0, dot);
    }
    if (!plain.empty()) {
      plain += '/';
    }
    plain += element;
  }
  return plain;
}

}  // namespace gdlint::checks::knowledge
