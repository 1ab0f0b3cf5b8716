// The modules that are in force in some directory, and where they are.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/build_context.h"
#include "loader/go_flags.h"
#include "loader/go_mod.h"
#include "loader/module_cache.h"
#include "loader/mvs.h"
#include "loader/package.h"
#include "loader/package_dir.h"
#include "loader/vendor.h"

namespace gdlint::loader {

// What the environment says about modules.
struct ModuleSettings {
  static ModuleSettings Make(const Environment& environment);

  ModuleCache cache = ModuleCache("");
  GoFlags flags;
  // GOWORK.
  std::string go_work;
  // A go.mod that lies here itself is passed over.
  std::string temp_dir;
  // Absolute, clean; empty if there is no Go installation.
  std::string goroot;
};

// Where a package is, or why it is nowhere.
struct PackagePlace {
  // Absolute; empty if there is a problem.
  std::string dir;
  ModuleIndex module = ModuleTable::kNoModule;
  std::string problem;
};

// The main modules, and those that they require. For one thread.
class Workspace {
 public:
  // Of the directory: the nearest go.work, else the nearest go.mod. Modules
  // that packages come from are added to `modules`.
  Workspace(const std::string& dir, const ModuleSettings& settings,
            PackageDirs& dirs, std::vector<PackageModule>& modules);

  bool has_main_module() const { return !main_.empty(); }
  // True if the directory is below a main module and in no other.
  bool IsInMainModule(const std::string& dir);

  // The package of an import path that is not of the standard library.
  const PackagePlace& Find(const std::string& import_path);

  // The import path of the package in a directory. Nothing if no module that is
  // in force has it.
  std::optional<std::string> ImportPathOf(const std::string& dir);

  // A tree of packages: that of `root` is `prefix`, which may be empty.
  struct Tree {
    std::string root;
    std::string prefix;
    // Do not go on below directories named vendor, and where a go.mod is.
    bool stops_at_vendor = true;
    bool stops_at_modules = true;
    std::vector<std::string> ignored;
  };
  std::vector<Tree> MainTrees() const;
  // All modules', or the main ones' and the vendor directory.
  std::vector<Tree> AllTrees();

  // Import paths, from `tool` lines.
  std::vector<std::string> Tools() const;

  const std::vector<Problem>& problems() const { return problems_; }
  std::vector<std::string> Warnings() const;
  const std::vector<std::string>& usage_errors() const { return usage_errors_; }

 private:
  struct MainModule {
    std::string root;
    GoMod go_mod;
    ModuleIndex index;
  };
  // What is known of a module that is not a main one.
  struct Dependency {
    // Where its source should be; whether it is.
    std::string dir;
    bool is_local = false;
    bool is_there = false;
    ModuleIndex index = ModuleTable::kNoModule;
  };
  // One module that has the directory of an import path.
  struct Candidate {
    std::string dir;
    ModuleIndex index;
    std::string name;
  };

  void OpenWork(const std::string& path);
  void OpenModule(const std::string& root);
  void AddMain(const std::string& root, const std::string& go_mod_path);
  void AddReplacements(const std::string& work_dir,
                       std::span<const Replacement> of_work);
  void ChooseVendoring();
  void CheckVendoring();
  void SelectRoots();

  bool IsMain(std::string_view path) const;
  ModuleVersion Replaced(const ModuleVersion& module) const;
  const GoMod* ReadGoMod(const ModuleVersion& module);
  std::optional<ModuleNeeds> NeedsOf(const ModuleVersion& module);
  const ModuleGraph& Graph();
  Dependency& Locate(const ModuleVersion& module);
  ModuleIndex IndexOf(const ModuleVersion& module, Dependency& dependency);

  PackagePlace Search(const std::string& import_path);
  PackagePlace SearchVendor(const std::string& import_path);
  // The modules whose paths are prefixes; with the versions of the graph, or
  // those of the main module's go.mod.
  std::optional<PackagePlace> SearchModules(const std::string& import_path,
                                            const ModuleGraph* graph);
  // The directory of `import_path` in the module `prefix` at `root`, if it has
  // Go files.
  std::optional<std::string> DirInModule(std::string_view import_path,
                                         std::string_view prefix,
                                         const std::string& root,
                                         bool is_local);
  PackagePlace Missing(const std::string& import_path) const;
  std::optional<std::string> PathInDependency(const std::string& dir);

  const ModuleSettings& settings_;
  PackageDirs& dirs_;
  std::vector<PackageModule>& modules_;

  std::vector<MainModule> main_;
  bool is_workspace_ = false;
  // Has the go.work, or is the main module's.
  std::string top_;
  // Of the go.work, or of the go.mod.
  source::LangVersion version_;
  bool has_go_line_ = false;

  // Directories absolute.
  std::map<ModuleVersion, ModuleVersion> replaced_;
  // The same for modules.txt: as written, or relative to the go.work.
  std::vector<Replacement> replaced_as_listed_;
  std::set<ModuleVersion> excluded_;
  // What the main module's go.mod requires, by path.
  std::map<std::string, std::string, std::less<>> roots_;

  bool uses_vendor_ = false;
  VendorList vendor_;

  std::optional<ModuleGraph> graph_;
  std::unordered_map<ModuleVersion, std::optional<GoMod>, ModuleVersionHash>
      go_mods_;
  std::unordered_map<ModuleVersion, Dependency, ModuleVersionHash>
      dependencies_;
  std::map<ModuleVersion, ModuleIndex> vendored_modules_;
  std::unordered_map<std::string, PackagePlace> found_;

  std::vector<Problem> problems_;
  std::vector<std::string> warnings_;
  std::vector<std::string> usage_errors_;
  // Modules whose go.mod could not be read.
  std::vector<std::string> unread_;
};

// What is wrong with the import path itself; empty if nothing is.
std::string ImportPathProblem(std::string_view path);

// True if only the standard library can have it: no dot in the first element.
bool IsStandardPath(std::string_view path);

}  // namespace gdlint::loader
