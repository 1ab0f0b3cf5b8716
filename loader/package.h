// Packages, loaded with all that they import.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/build_context.h"
#include "loader/modules.h"
#include "loader/walk.h"
#include "source/lang_version.h"
#include "source/source_file.h"
#include "support/task_pool.h"

namespace gdlint::loader {

// Into PackageGraph::packages, or one of the names below.
using PackageIndex = uint32_t;

// There is no such package, or importing it would close a cycle;
// Import::problem says which.
inline constexpr PackageIndex kMissing = 0xffff'ffff;
// Packages without source: `unsafe`, and the `C` of cgo.
inline constexpr PackageIndex kUnsafe = 0xffff'fffe;
inline constexpr PackageIndex kC = 0xffff'fffd;

constexpr bool IsLoaded(PackageIndex package) { return package < kC; }

struct PackageFile {
  // To open and to show: relative if it is below the working directory.
  std::string path;
  std::string base_name;
  // Into PackageGraph::sources. A package and its test variants share files, so
  // that what is made of a file can be made once.
  uint32_t source_index = 0;
  const source::SourceFile* source = nullptr;
  bool is_test = false;
  bool imports_c = false;
  source::LangVersion version;
};

struct Import {
  // As written.
  std::string path;
  PackageIndex package = kMissing;
  // "no required module provides package …". Empty if nothing is wrong. Not
  // only of kMissing: a package that is there may be one that must not be
  // imported.
  std::string problem;
};

struct Package {
  // As `go list` shows it: "p", "p [p.test]", "p_test [p.test]".
  std::string import_path;
  // What types are qualified with: "p", "p_test"; of packages that the standard
  // library brings along "vendor/golang.org/x/…".
  std::string type_path;
  // Of the package clause.
  std::string name;
  // Absolute.
  std::string dir;
  // What is type-checked, by base name: what `go list` calls GoFiles, CgoFiles
  // (where cgo is on; they have imports_c), and in variants the test files.
  std::vector<PackageFile> files;
  // One for each path, sorted.
  std::vector<Import> imports;
  // Packages that the go command adds: for cgo, and for the linker. Only with
  // LoadOptions::implicit_imports.
  std::vector<PackageIndex> implicit_imports;
  source::LangVersion version;
  // Of the standard library, `cmd` included.
  bool is_standard = false;
  // Named, or a test of one that is.
  bool is_root = false;
  // The main package that the go command generates for tests; it has no files.
  bool is_test_main = false;
  // Into PackageGraph::modules.
  ModuleIndex module = ModuleTable::kNoModule;
  // What is wrong apart from imports. Files that have a problem may be missing.
  std::vector<Problem> problems;
};

// A module that packages were loaded from.
struct PackageModule {
  // Both empty for the standard library and for packages of no module.
  std::string path;
  // Empty for a main module, and for one that was found in a directory.
  std::string version;
  std::string dir;
  source::LangVersion language;
  bool is_main = false;
};

struct PackageGraph {
  // Every package after those that it imports.
  std::vector<Package> packages;
  // By import path.
  std::vector<PackageIndex> roots;
  // The first stands for no module.
  std::vector<PackageModule> modules;
  // The text of all files.
  std::vector<std::unique_ptr<source::SourceFile>> sources;
  // What could not be looked at, beyond packages' own problems.
  std::vector<Problem> problems;
  // Arguments that mean nothing here; if there are any, nothing is loaded.
  std::vector<std::string> usage_errors;
  // What a person should know.
  std::vector<std::string> warnings;
};

// Text that stands in for files of a directory.
struct Overlay {
  struct File {
    std::string base_name;
    std::string_view text;
  };

  // Absolute, or an import path of the standard library; the directory need not
  // exist.
  std::string dir;
  bool is_standard = false;
  // What takes the place of files of the same name, or comes in addition.
  std::vector<File> files;
  // The directory's own files stay only if they are named in `kept`.
  bool replaces_all = false;
  std::vector<std::string> kept;
  // Functions, "F" or "T.M", whose declarations in the directory's own files
  // are of "std_F" or "std_M".
  std::vector<std::string> renamed;
};

struct LoadOptions {
  // Load the tests of what is named.
  bool tests = false;
  // `--goroot`, if given.
  std::optional<std::string> goroot;
  size_t max_file_size = size_t{128} << 20;
  // Where import paths and relative directories are looked up.
  std::string dir = ".";
  // Fill in Package::implicit_imports. Type checking does without them.
  bool implicit_imports = false;
  // Packages of the standard library that are needed beside what is named.
  std::vector<std::string> additional = {};
  // What takes the place of files; the texts must live as long as the result.
  std::span<const Overlay> overlays = {};
  // The standard library where none is installed and `goroot` names none.
  std::span<const Overlay> standard = {};
  // Also load the main packages of tests, which have imports but no files.
  bool test_mains = false;
};

// Loads what `patterns` name, as the go command would, without running it:
//   dir, dir/...   the package in a directory, or those below it in its module
//   path, path/... packages by import path
//   std cmd all work tool
//   file.go …      the package that the files of a directory make
// A directory of another module than that of the working directory is loaded as
// that module sees it. Nothing is downloaded and nothing but regular files is
// read. The result does not depend on the threads of `pool`, which may be null.
// Never fails: what is missing becomes a problem of the package that imports
// it.
PackageGraph LoadPackages(const std::vector<std::string>& patterns,
                          const LoadOptions& options,
                          const BuildContext& context,
                          const Environment& environment, TaskPool* pool);

// What is wrong with imports, each missing package once, at the first place
// that imports it ("a.go:3:8").
std::vector<Problem> ImportProblems(const PackageGraph& graph);

}  // namespace gdlint::loader
