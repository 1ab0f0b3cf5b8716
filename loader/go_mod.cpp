#include "loader/go_mod.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "loader/go_version.h"
#include "loader/mod_syntax.h"

namespace gdlint::loader {
namespace {

// The language of a module whose go.mod does not name one.
constexpr source::LangVersion kUnstated = {16};

// So many remarks on the lines of one file are enough.
constexpr size_t kMaxWarnings = 10;

std::string Joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

void Warn(std::vector<std::string>& warnings, std::string text) {
  if (warnings.size() < kMaxWarnings) {
    warnings.push_back(std::move(text));
  }
}

// The arguments of a `require` or `exclude` line.
std::optional<ModuleVersion> ParseModuleVersion(
    std::string_view verb, std::span<const std::string> arguments,
    std::vector<std::string>& warnings) {
  if (arguments.size() < 2 || !IsVersion(arguments[1])) {
    Warn(warnings, "invalid line `" + std::string(verb) + " " +
                       Joined(arguments) + "`: passed over");
    return std::nullopt;
  }
  return ModuleVersion{.path = arguments[0], .version = arguments[1]};
}

}  // namespace

bool IsDirectoryPath(std::string_view path) {
  return path == "." || path == ".." || path.starts_with("./") ||
         path.starts_with("../") || path.starts_with('/');
}

std::optional<Replacement> ParseReplacement(
    std::span<const std::string> arguments,
    std::vector<std::string>& warnings) {
  const auto arrow = std::ranges::find(arguments, "=>");
  const size_t left = static_cast<size_t>(arrow - arguments.begin());
  const size_t right = arguments.size() - std::min(arguments.size(), left + 1);
  const auto fail = [&]() -> std::optional<Replacement> {
    Warn(warnings,
         "invalid line `replace " + Joined(arguments) + "`: passed over");
    return std::nullopt;
  };
  if (left < 1 || left > 2 || right < 1 || right > 2) {
    return fail();
  }
  Replacement result;
  result.from.path = arguments[0];
  if (left == 2) {
    result.from.version = arguments[1];
  }
  result.to.path = arguments[left + 1];
  if (right == 2) {
    result.to.version = arguments[left + 2];
  }
  if ((left == 2 && !IsVersion(result.from.version)) ||
      (right == 2 && !IsVersion(result.to.version)) ||
      IsDirectoryPath(result.to.path) == (right == 2)) {
    return fail();
  }
  return result;
}

source::LangVersion ParseGoLine(const std::string& value,
                                std::vector<std::string>& warnings) {
  // "go1.22" is for `//go:build` lines only.
  const std::optional<source::LangVersion> version =
      value.starts_with("go") ? std::nullopt : ParseGoVersion(value);
  const std::string newest = source::kNewestLang.Name();
  if (!version) {
    warnings.push_back("invalid go version `" + value + "`: taken to be " +
                       newest);
  } else if (*version > source::kNewestLang) {
    warnings.push_back("go " + value + " is newer than " + newest +
                       ", the newest version supported: taken to be " + newest);
  } else {
    return *version;
  }
  return source::kNewestLang;
}

GoMod ParseGoMod(std::string_view text) {
  GoMod result;
  result.version = kUnstated;
  ForEachDirective(text, [&](std::string_view verb,
                             std::span<const std::string> arguments) {
    const std::string& value = arguments[0];
    if (verb == "module") {
      if (result.module_path.empty()) {
        result.module_path = value;
      }
    } else if (verb == "go") {
      if (result.go_line.empty()) {
        result.go_line = value;
        result.version = ParseGoLine(value, result.warnings);
      }
    } else if (verb == "ignore") {
      result.ignored.push_back(value);
    } else if (verb == "require" || verb == "exclude") {
      if (value == "go" || value == "toolchain") {
        return;
      }
      if (auto module = ParseModuleVersion(verb, arguments, result.warnings)) {
        (verb == "require" ? result.required : result.excluded)
            .push_back(*std::move(module));
      }
    } else if (verb == "replace") {
      if (auto replacement = ParseReplacement(arguments, result.warnings)) {
        result.replaced.push_back(*std::move(replacement));
      }
    } else if (verb == "tool") {
      result.tools.push_back(value);
    } else if (verb == "toolchain") {
      result.toolchain = value;
    } else if (verb == "godebug") {
      result.godebug.push_back(value);
    }
  });
  return result;
}

}  // namespace gdlint::loader
