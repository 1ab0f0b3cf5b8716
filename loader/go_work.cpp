#include "loader/go_work.h"

#include <optional>
#include <span>
#include <utility>

#include "loader/mod_syntax.h"

namespace gdlint::loader {

GoWork ParseGoWork(std::string_view text) {
  GoWork result;
  // Workspaces came with Go 1.18.
  result.version = {18};
  ForEachDirective(
      text, [&](std::string_view verb, std::span<const std::string> arguments) {
        if (verb == "use") {
          result.used.push_back(arguments[0]);
        } else if (verb == "go" && result.go_line.empty()) {
          result.go_line = arguments[0];
          result.version = ParseGoLine(arguments[0], result.warnings);
        } else if (verb == "replace") {
          if (auto replacement = ParseReplacement(arguments, result.warnings)) {
            result.replaced.push_back(*std::move(replacement));
          }
        }
      });
  return result;
}

}  // namespace gdlint::loader
