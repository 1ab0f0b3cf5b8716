// Reading directories.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gdlint::loader {

// A link to a directory is a link.
enum class EntryKind : uint8_t { kDir, kFile, kLink, kOther };

struct DirEntry {
  std::string name;
  EntryKind kind;
};

struct DirList {
  // Without `.` and `..`, in no particular order.
  std::vector<DirEntry> entries;
  // Why (some of) the directory could not be read; empty if it was.
  std::string error;
};

DirList ReadDirectory(const std::string& dir);

// True also for a link to a directory.
bool IsDirectory(const std::string& path);
// True also for a link to a regular file.
bool IsRegularFile(const std::string& path);

// `dir` and `name` joined by a slash; `name` if `dir` is ".".
std::string JoinPath(const std::string& dir, const std::string& name);

// True for what is not looked at: `.x`, `_x`.
bool IsHiddenName(std::string_view name);

// The path of `path` below `dir`, without a slash in front; empty if they are
// the same. Null if it is not below. Both are clean.
const char* PathBelow(const std::string& path, const std::string& dir);

}  // namespace gdlint::loader
