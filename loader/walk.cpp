#include "loader/walk.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

namespace gdlint::loader {
namespace {

enum class EntryKind : unsigned char { kDir, kFile, kLink, kOther };

struct Entry {
  std::string name;
  EntryKind kind;
};

std::string ErrorMessage(int error) {
  std::string message = std::generic_category().message(error);
  if (!message.empty() && 'A' <= message[0] && message[0] <= 'Z') {
    message[0] = static_cast<char>(message[0] - 'A' + 'a');
  }
  return message;
}

EntryKind KindOf(const std::string& path, unsigned char type) {
  switch (type) {
    case DT_DIR:
      return EntryKind::kDir;
    case DT_REG:
      return EntryKind::kFile;
    case DT_LNK:
      return EntryKind::kLink;
    case DT_UNKNOWN:
      break;
    default:
      return EntryKind::kOther;
  }
  struct stat status = {};
  if (lstat(path.c_str(), &status) != 0) {
    return EntryKind::kOther;
  }
  if (S_ISDIR(status.st_mode)) {
    return EntryKind::kDir;
  }
  if (S_ISLNK(status.st_mode)) {
    return EntryKind::kLink;
  }
  return S_ISREG(status.st_mode) ? EntryKind::kFile : EntryKind::kOther;
}

bool IsDirectory(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// The entries of a directory, without `.` and `..`. What cannot be read is a
// problem.
std::vector<Entry> ReadDirectory(const std::string& dir, FileList& out) {
  struct Close {
    void operator()(DIR* stream) const { closedir(stream); }
  };
  std::vector<Entry> entries;
  const std::unique_ptr<DIR, Close> stream(opendir(dir.c_str()));
  if (stream == nullptr) {
    out.problems.push_back({.path = dir, .message = ErrorMessage(errno)});
    return entries;
  }
  errno = 0;
  while (const dirent* const entry = readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") {
      const EntryKind kind = KindOf(JoinPath(dir, name), entry->d_type);
      entries.push_back({.name = std::move(name), .kind = kind});
    }
    errno = 0;
  }
  if (errno != 0) {
    out.problems.push_back({.path = dir, .message = ErrorMessage(errno)});
  }
  return entries;
}

bool IsHiddenName(std::string_view name) {
  return name.starts_with('.') || name.starts_with('_');
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
    for (const Entry& entry : ReadDirectory(dir.path, out_)) {
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
  bool AddFile(const Dir& dir, const Entry& entry) {
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

std::string JoinPath(const std::string& dir, const std::string& name) {
  if (dir == ".") {
    return name;
  }
  return dir.ends_with('/') ? dir + name : dir + '/' + name;
}

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
    for (const Entry& entry : ReadDirectory(current, out)) {
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
