// Functions as settings name them: by full names, in which `*` stands for
// anything, or by regular expressions (RE2) between slashes.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace gdlint::driver {

class NamePatterns {
 public:
  // "example.com/app/log.Die", "(*example.com/app.T).*", "/\.MustClose$/".
  // Returns what is wrong with it; "" if nothing is, and it is added.
  std::string Add(const std::string& text);

  bool empty() const { return names_.empty() && patterns_.empty(); }
  bool Match(std::string_view full_name) const;
  // For each full name without `*`.
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const re2::RE2>> patterns_;
};

}  // namespace gdlint::driver
