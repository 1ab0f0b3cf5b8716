#include "loader/directory.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace gdlint::loader {
namespace {

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

}  // namespace

DirList ReadDirectory(const std::string& dir) {
  struct Close {
    void operator()(DIR* stream) const { closedir(stream); }
  };
  DirList list;
  const std::unique_ptr<DIR, Close> stream(opendir(dir.c_str()));
  if (stream == nullptr) {
    list.error = ErrorMessage(errno);
    return list;
  }
  errno = 0;
  while (const dirent* const entry = readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") {
      const EntryKind kind = entry->d_type == DT_UNKNOWN
                                 ? KindOf(JoinPath(dir, name), DT_UNKNOWN)
                                 : KindOf({}, entry->d_type);
      list.entries.push_back({.name = std::move(name), .kind = kind});
    }
    errno = 0;
  }
  if (errno != 0) {
    list.error = ErrorMessage(errno);
  }
  return list;
}

bool IsDirectory(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool IsRegularFile(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string JoinPath(const std::string& dir, const std::string& name) {
  if (dir == ".") {
    return name;
  }
  return dir.ends_with('/') ? dir + name : dir + '/' + name;
}

bool IsHiddenName(std::string_view name) {
  return name.starts_with('.') || name.starts_with('_');
}

const char* PathBelow(const std::string& path, const std::string& dir) {
  if (!path.starts_with(dir)) {
    return nullptr;
  }
  const char* const rest = path.c_str() + dir.size();
  if (*rest == '\0' || dir.ends_with('/')) {
    return rest;
  }
  return *rest == '/' ? rest + 1 : nullptr;
}

}  // namespace gdlint::loader
