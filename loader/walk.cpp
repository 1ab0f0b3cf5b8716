#include "loader/walk.h"

#include <utility>

#include "loader/directory.h"

namespace gdlint::loader {
namespace {

// The entries of a directory. What cannot be read is a problem.
std::vector<DirEntry> ListDirectory(const std::string& dir, FileList& out) {
  DirList list = ReadDirectory(dir);
  if (!list.error.empty()) {
    out.problems.push_back({.path = dir, .message = std::move(list.error)});
  }
  return std::move(list.entries);
}

// One walk. Iterative: the depth of a tree is its author's choice.
class Walker {
 public:
  Walker(const WalkOptions& options, const BuildContext& context,
         ModuleTable& modules, FileList& out)
      : options_(options), context_(context), modules_(modules), out_(out) {}

  void Walk(const std::string& root) {
    const std::string absolute = AbsolutePath(root);
    pending_.push_back({.path = root,
                        .absolute = absolute,
                        .module = modules_.Find(absolute),
                        .descend = options_.recursive});
    while (!pending_.empty()) {
      const Dir dir = std::move(pending_.back());
      pending_.pop_back();
      Visit(dir);
    }
  }

 private:
  struct Dir {
    std::string path;
    std::string absolute;
    ModuleIndex module;
    bool descend;
  };

  void Visit(const Dir& dir) {
    const bool listed = !options_.matches || options_.matches(dir.path);
    const size_t first = out_.files.size();
    bool is_whole = true;
    for (const DirEntry& entry : ListDirectory(dir.path, out_)) {
      if (entry.kind == EntryKind::kDir) {
        if (dir.descend) {
          Enter(dir, entry.name);
        }
      } else if (listed && entry.name.ends_with(".go") &&
                 !IsHiddenName(entry.name)) {
        is_whole &= AddFile(dir, entry);
      }
    }
    for (size_t i = first; i < out_.files.size(); ++i) {
      out_.files[i].dir_is_whole = is_whole;
    }
  }

  void Enter(const Dir& parent, const std::string& name) {
    if (IsHiddenName(name) || name == "testdata") {
      return;
    }
    Dir dir = {
        .path = JoinPath(parent.path, name),
        .absolute =
            parent.absolute + (parent.absolute == "/" ? "" : "/") + name,
        .module = parent.module,
        // What is below is vendored; what is in it is a package of that name.
        .descend = name != "vendor"};
    if (IsIgnored(modules_[parent.module], dir.absolute)) {
      return;
    }
    if (modules_.IsRoot(dir.absolute)) {
      if (!options_.enter_modules) {
        return;
      }
      dir.module = modules_.Find(dir.absolute);
    }
    pending_.push_back(std::move(dir));
  }

  // False if it is a source file that is left out.
  bool AddFile(const Dir& dir, const DirEntry& entry) {
    if (!options_.include_tests && IsTestFileName(entry.name)) {
      return false;
    }
    if (!context_.MatchesFileName(entry.name)) {
      ++out_.excluded_by_name;
      return false;
    }
    std::string path = JoinPath(dir.path, entry.name);
    if (entry.kind == EntryKind::kLink && IsDirectory(path)) {
      return true;
    }
    out_.files.push_back({.path = std::move(path),
                          .module = dir.module,
                          .is_explicit = false,
                          .dir_is_whole = false});
    return true;
  }

  const WalkOptions& options_;
  const BuildContext& context_;
  ModuleTable& modules_;
  FileList& out_;
  std::vector<Dir> pending_;
};

}  // namespace

void ListGoFiles(const std::string& dir, const WalkOptions& options,
                 const BuildContext& context, ModuleTable& modules,
                 FileList& out) {
  Walker(options, context, modules, out).Walk(dir);
}

void ListEveryGoFile(const std::string& dir, FileList& out) {
  std::vector<std::string> pending = {dir};
  while (!pending.empty()) {
    const std::string current = std::move(pending.back());
    pending.pop_back();
    for (const DirEntry& entry : ListDirectory(current, out)) {
      std::string path = JoinPath(current, entry.name);
      if (entry.kind == EntryKind::kDir) {
        pending.push_back(std::move(path));
      } else if (entry.kind == EntryKind::kFile &&
                 entry.name.ends_with(".go")) {
        out.files.push_back({.path = std::move(path),
                             .module = ModuleTable::kNoModule,
                             .is_explicit = true,
                             .dir_is_whole = false});
      }
    }
  }
}

}  // namespace gdlint::loader
