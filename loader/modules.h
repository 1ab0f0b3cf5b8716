// Which module a directory belongs to.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/go_mod.h"

namespace gdlint::loader {

// The absolute form of `path`, without `.`, `..` and doubled slashes. Symbolic
// links are not resolved.
std::string AbsolutePath(std::string_view path);

struct Module {
  // The absolute path of the directory that has the go.mod; empty for
  // kNoModule.
  std::string root;
  GoMod go_mod;
  // Why the go.mod was not read; empty if it was.
  std::string error;
};

using ModuleIndex = uint32_t;

// Finds and reads each go.mod once. For one thread.
class ModuleTable {
 public:
  // What files outside of any module belong to: the newest language, no path.
  static constexpr ModuleIndex kNoModule = 0;

  ModuleTable() : modules_(1) {}

  // The module whose go.mod is the nearest at or above the directory.
  ModuleIndex Find(const std::string& absolute_dir);
  // True if the directory has a go.mod of its own.
  bool IsRoot(const std::string& absolute_dir);

  const Module& operator[](ModuleIndex index) const { return modules_[index]; }
  const std::vector<Module>& modules() const { return modules_; }

 private:
  std::vector<Module> modules_;
  std::map<std::string, ModuleIndex> by_dir_;
};

// True if the go.mod of `module` tells patterns to pass over the directory.
bool IsIgnored(const Module& module, std::string_view absolute_dir);

}  // namespace gdlint::loader
