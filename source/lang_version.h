// Versions of the Go language.

#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace gdlint::source {

// The language of `go1.minor`, which a file's go.mod or `//go:build` line
// selects. The front end accepts the newest language in every file; it is the
// checks that ask which semantics hold, such as `version <
// kPerIterationLoopVars`.
struct LangVersion {
  // Go 1.0 is `minor` 0.
  uint32_t minor = 26;

  // "go1.22"
  std::string Name() const { return "go1." + std::to_string(minor); }
  friend constexpr auto operator<=>(LangVersion, LangVersion) = default;
};

// What a file has that nothing says otherwise about.
inline constexpr LangVersion kNewestLang = {26};
// `for` variables are per iteration from here on, per loop before.
inline constexpr LangVersion kPerIterationLoopVars = {22};

}  // namespace gdlint::source
