// Patterns of import paths and directories: `net/...`, `./...`.

#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace gdlint::loader {

inline constexpr std::string_view kWildcard = "...";

// `...` is any string; at the end, `/...` is the empty one too. A wildcard does
// not stand for what is below an element `vendor`, unless the pattern itself
// names that element.
class ImportPattern {
 public:
  explicit ImportPattern(std::string_view pattern);
  ~ImportPattern();

  bool Matches(std::string_view name) const;
  // True if the pattern could match `name` or something below it.
  bool MayMatchBelow(std::string_view name) const;

 private:
  // What comes before the first wildcard.
  std::string fixed_;
  bool has_wildcard_;
  std::unique_ptr<re2::RE2> regexp_;
};

}  // namespace gdlint::loader
