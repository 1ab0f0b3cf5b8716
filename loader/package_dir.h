// The source files of one directory that make packages, and a table of such
// directories.

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/build_context.h"
#include "loader/import_header.h"
#include "loader/walk.h"
#include "source/lang_version.h"
#include "source/source_file.h"
#include "support/task_pool.h"

namespace gdlint::loader {

// A file that belongs.
struct GoFile {
  std::string base_name;
  // To open and to show.
  std::string path;
  std::unique_ptr<source::SourceFile> source;
  ImportHeader header;
  // What its `//go:build` line asks for.
  std::optional<source::LangVersion> version;
  bool is_test = false;
  // Of `package p_test`, beside `package p`.
  bool is_external_test = false;
  bool imports_c = false;
};

struct Overlay;

struct PackageDir {
  // By base name.
  std::vector<GoFile> files;
  // Of the package that is not an external test; empty if there are no files.
  std::string name;
  std::vector<Problem> problems;
};

// Directories by absolute path; each is listed once and each file read once.
class PackageDirs {
 public:
  PackageDirs(const BuildContext& context, size_t max_file_size);

  // To be called before anything is read. `dir` is absolute; `overlay` must
  // live as long as this does.
  void SetOverlay(const std::string& dir, const Overlay& overlay);

  // True if the directory has a Go file of any name and contents.
  bool HasGoFiles(const std::string& dir);
  // True if the directory has a go.mod of its own.
  bool HasGoMod(const std::string& dir);
  // The directories in it, links not among them, sorted.
  const std::vector<std::string>& Subdirectories(const std::string& dir);

  // Reads the directories, those that have been read already apart.
  void Read(std::span<const std::string> dirs, TaskPool* pool);
  // What has been read.
  PackageDir& operator[](const std::string& dir);

  // The files of one directory that were named, whatever their constraints, as
  // a package of their own. `paths` as they were named.
  std::unique_ptr<PackageDir> ReadFiles(std::span<const std::string> paths);

 private:
  struct Entry {
    bool is_listed = false;
    bool has_go_files = false;
    // The names that end in `.go` and may belong, sorted.
    std::vector<std::string> go_files;
    std::vector<std::string> subdirectories;
    std::optional<bool> has_go_mod;
    std::string error;
    const Overlay* overlay = nullptr;
    std::unique_ptr<PackageDir> contents;
  };

  Entry& List(const std::string& dir);
  void ReadEntry(const std::string& dir, Entry& entry) const;
  // The file, if it belongs; adds to the problems.
  std::optional<GoFile> ReadOne(std::string base_name, std::string path,
                                bool is_named, const Overlay* overlay,
                                PackageDir& out) const;

  const BuildContext& context_;
  const size_t max_file_size_;
  // Of the process, with a slash.
  std::string working_dir_;
  std::map<std::string, Entry> entries_;
};

}  // namespace gdlint::loader
