// From what is named on the command line to packages.

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loader/build_context.h"
#include "loader/package.h"
#include "loader/package_dir.h"
#include "loader/workspace.h"

namespace gdlint::loader {

// The modules that are in force, wherever a run looks.
class Workspaces {
 public:
  // That of the standard library.
  static constexpr size_t kStandard = 0;
  // That of the working directory.
  static constexpr size_t kHere = 1;

  Workspaces(const std::string& working_dir, const ModuleSettings& settings,
             PackageDirs& dirs, std::vector<PackageModule>& modules);

  // Not for kStandard.
  Workspace& operator[](size_t index) { return *all_[index - 1]; }
  // One more than there are.
  size_t end() const { return all_.size() + 1; }

  // The workspace that the package in an absolute directory belongs to.
  size_t Of(const std::string& dir);

  // GOROOT/src; empty if there is no Go installation.
  const std::string& standard_dir() const { return standard_dir_; }
  // The path of a directory of the standard library's modules, `std` and `cmd`;
  // nothing for all others.
  std::optional<std::string> StandardPathOf(const std::string& dir);
  bool HasStandard(const std::string& import_path);

 private:
  const ModuleSettings& settings_;
  PackageDirs& dirs_;
  std::vector<PackageModule>& modules_;
  std::string standard_dir_;
  // Without symbolic links on the way.
  std::string real_standard_dir_;
  std::vector<std::unique_ptr<Workspace>> all_;
  // By the directory whose go.mod or go.work was found first.
  std::map<std::string, size_t> by_root_;
};

// A package that was named.
struct NamedPackage {
  // Empty for files.
  std::string import_path;
  size_t workspace = Workspaces::kHere;
  // Absolute; empty if it is to be looked up by its import path.
  std::string dir;
  // As named: the package is made of these files alone.
  std::vector<std::string> files;
  // Named by itself: it is an error if it has no files.
  bool is_literal = false;
};

struct NamedPackages {
  // By import path, each once.
  std::vector<NamedPackage> packages;
  // The pattern `all` was there: what the packages and their tests import is
  // named too.
  bool with_imports = false;
  std::vector<Problem> problems;
  std::vector<std::string> usage_errors;
  std::vector<std::string> warnings;
};

NamedPackages FindPackages(const std::vector<std::string>& patterns,
                           const std::string& working_dir,
                           const BuildContext& context, Workspaces& workspaces,
                           PackageDirs& dirs, TaskPool* pool);

}  // namespace gdlint::loader
