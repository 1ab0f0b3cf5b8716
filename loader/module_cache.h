// Where the go command keeps the modules that it has downloaded. Only read.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "loader/build_context.h"
#include "loader/module_version.h"

namespace gdlint::loader {

class ModuleCache {
 public:
  // GOMODCACHE, else `pkg/mod` of the first directory of GOPATH, else of
  // `$HOME/go`. Without any of these nothing is in it.
  static ModuleCache Find(const Environment& environment);

  explicit ModuleCache(std::string dir) : dir_(std::move(dir)) {}

  // Empty if there is no cache.
  const std::string& dir() const { return dir_; }

  // The go.mod of a module, which is there whether or not its source is.
  // Nothing if the path or the version cannot be a part of a file's name.
  std::optional<std::string> GoModFile(const ModuleVersion& module) const;
  // The directory of its source.
  std::optional<std::string> SourceDir(const ModuleVersion& module) const;

 private:
  std::string dir_;
};

// As files of the cache are named, so that it works where upper and lower case
// are the same: `!a` for `A`. Nothing for what no module's name has: anything
// but ASCII, `!`, and elements such as `..`.
std::optional<std::string> EscapeModulePath(std::string_view path);

}  // namespace gdlint::loader
