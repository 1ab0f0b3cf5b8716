// Versions of modules, and their order.

#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace gdlint::loader {

// One version of a module. The version is empty where none is meant: for a
// main module, and for a replacement by a directory, whose path is then the
// directory.
struct ModuleVersion {
  std::string path;
  std::string version;

  // For containers; not the order of versions.
  friend auto operator<=>(const ModuleVersion&, const ModuleVersion&) = default;
};

struct ModuleVersionHash {
  size_t operator()(const ModuleVersion& module) const {
    const std::hash<std::string> hash;
    return hash(module.path) * 31 + hash(module.version);
  }
};

// `path@version`; the path alone if there is no version.
std::string Describe(const ModuleVersion& module);

// True for `v1.2.3`, `v1.2.3-pre.1`, `v1.2.3+incompatible`, and for `v1` and
// `v1.2`.
bool IsVersion(std::string_view text);

// The order of semantic versions; build metadata does not count. What is no
// version is before all that are. The empty version, which a main module has,
// is after all others.
std::strong_ordering CompareVersions(std::string_view lhs,
                                     std::string_view rhs);

}  // namespace gdlint::loader
