#include "loader/modules.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "source/read_file.h"

namespace gdlint::loader {
namespace {

// Far more than a go.mod of a hundred thousand requirements.
constexpr size_t kMaxGoModSize = size_t{16} << 20;

std::string ParentOf(const std::string& absolute_dir) {
  const size_t slash = absolute_dir.rfind('/');
  return absolute_dir.substr(0, slash == 0 ? 1 : slash);
}

std::string GoModPath(const std::string& absolute_dir) {
  return absolute_dir + (absolute_dir.ends_with('/') ? "go.mod" : "/go.mod");
}

Module ReadModule(const std::string& root) {
  Module module = {.root = root, .go_mod = {}, .error = {}};
  const std::string path = GoModPath(root);
  const source::ReadResult read = source::ReadFile(path, path, kMaxGoModSize);
  if (read.file) {
    module.go_mod = ParseGoMod(read.file->text());
  } else {
    module.error = read.message;
  }
  return module;
}

}  // namespace

std::string AbsolutePath(std::string_view path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  std::string text = (error ? std::filesystem::path(path) : absolute)
                         .lexically_normal()
                         .string();
  if (text.size() > 1 && text.ends_with('/')) {
    text.pop_back();
  }
  return text;
}

bool ModuleTable::IsRoot(const std::string& absolute_dir) {
  struct stat status = {};
  // As the go command: a directory named go.mod does not count.
  return stat(GoModPath(absolute_dir).c_str(), &status) == 0 &&
         !S_ISDIR(status.st_mode);
}

ModuleIndex ModuleTable::Find(const std::string& absolute_dir) {
  std::vector<std::string> passed;
  ModuleIndex found = kNoModule;
  for (std::string dir = absolute_dir;; dir = ParentOf(dir)) {
    if (const auto known = by_dir_.find(dir); known != by_dir_.end()) {
      found = known->second;
      break;
    }
    passed.push_back(dir);
    if (IsRoot(dir)) {
      found = static_cast<ModuleIndex>(modules_.size());
      modules_.push_back(ReadModule(dir));
      break;
    }
    if (dir.size() <= 1 || dir.front() != '/') {
      break;
    }
  }
  for (std::string& dir : passed) {
    by_dir_.emplace(std::move(dir), found);
  }
  return found;
}

bool IsIgnored(const Module& module, std::string_view absolute_dir) {
  if (module.go_mod.ignored.empty() || !absolute_dir.starts_with(module.root)) {
    return false;
  }
  // "/a/b" of the directory ROOT/a/b.
  const std::string_view below = absolute_dir.substr(module.root.size());
  return std::ranges::any_of(
      module.go_mod.ignored, [&](std::string_view pattern) {
        while (pattern.size() > 1 && pattern.ends_with('/')) {
          pattern.remove_suffix(1);
        }
        if (pattern.starts_with("./")) {
          return below == pattern.substr(1);
        }
        return below.ends_with(pattern) &&
               below.substr(0, below.size() - pattern.size()).ends_with('/');
      });
}

}  // namespace gdlint::loader
