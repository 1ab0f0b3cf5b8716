// Lists the Go files below a directory, by the go command's rules for names.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "loader/build_context.h"
#include "loader/modules.h"

namespace gdlint::loader {

// A file or directory that could not be looked at.
struct Problem {
  std::string path;
  // "permission denied"
  std::string message;
};

struct SourcePath {
  std::string path;
  ModuleIndex module = ModuleTable::kNoModule;
  // Named itself: it is analysed whatever its build constraints say.
  bool is_explicit = false;
  // Every Go file of its directory is listed too.
  bool dir_is_whole = false;
};

struct WalkOptions {
  // Descend; otherwise the files of the directory itself.
  bool recursive = true;
  // Go on where a go.mod begins another module.
  bool enter_modules = false;
  bool include_tests = true;
  // If set, only the directories for which it holds are listed; it gets the
  // path. Others are still descended into.
  std::function<bool(const std::string& dir)> matches;
};

struct FileList {
  // In no particular order.
  std::vector<SourcePath> files;
  std::vector<Problem> problems;
  // Files that their names exclude: other platforms.
  size_t excluded_by_name = 0;
};

// Adds the Go files at and below `dir` to `out`. Below `dir`, directories named
// `testdata`, `_x` and `.x` are passed over, as are packages in `vendor` and
// what go.mod ignores. Symbolic links to directories are not followed (but
// `dir` may be one). The paths begin with `dir`; it must be clean, and is "."
// for the working directory.
void ListGoFiles(const std::string& dir, const WalkOptions& options,
                 const BuildContext& context, ModuleTable& modules,
                 FileList& out);

// Adds every regular file that ends in `.go` at and below `dir`, whatever its
// name and place.
void ListEveryGoFile(const std::string& dir, FileList& out);

}  // namespace gdlint::loader
