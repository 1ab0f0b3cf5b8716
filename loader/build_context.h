// The platform and tags that a run analyses for.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gdlint::loader {

// Looks up an environment variable; nothing if it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

// What the user chose; the rest comes from the environment and this machine.
struct BuildChoices {
  std::optional<std::string> goos;
  std::optional<std::string> goarch;
  // As the go command takes them: separated by commas, or by spaces.
  std::string tags;
};

// Answers which build tags hold and which file names belong. Immutable.
class BuildContext {
 public:
  // GOOS, GOARCH, CGO_ENABLED, GOEXPERIMENT and the tags of GOFLAGS are taken
  // from `environment` where `choices` says nothing. Without CGO_ENABLED, cgo
  // is on for this machine's own platform and off for all others.
  static BuildContext Make(const BuildChoices& choices,
                           const Environment& environment);

  const std::string& goos() const { return goos_; }
  const std::string& goarch() const { return goarch_; }
  bool cgo_enabled() const { return cgo_enabled_; }

  bool HasTag(std::string_view tag) const;

  // False if `base_name` ends in _GOOS, _GOARCH or _GOOS_GOARCH (before _test)
  // of another platform.
  bool MatchesFileName(std::string_view base_name) const;

 private:
  void AddArchitectureTags();
  void AddExperiments(std::string_view list);

  std::string goos_;
  std::string goarch_;
  bool cgo_enabled_ = false;
  // Sorted: the user's, the toolchain's and the releases'.
  std::vector<std::string> tags_;
};

// True if Go has, had or may have had a port of this name.
bool IsKnownOs(std::string_view name);
bool IsKnownArch(std::string_view name);

// True for `_test.go` files.
bool IsTestFileName(std::string_view base_name);

}  // namespace gdlint::loader
