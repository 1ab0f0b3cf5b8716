#include "driver/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "driver/output.h"

namespace gdlint::driver {
namespace {

std::string ErrorText(int error) {
  return std::generic_category().message(error);
}

// Closes what it opened.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() { static_cast<void>(Close()); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return descriptor_; }
  // False if what was written may be lost.
  bool Close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor < 0 || close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

// Without symbolic links; nothing if there is no such file.
std::optional<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      realpath(path.c_str(), nullptr), &std::free);
  return real == nullptr ? std::nullopt
                         : std::optional<std::string>(real.get());
}

bool IsBelow(const std::string& path, const std::string& root) {
  return path.size() > root.size() && path.starts_with(root) &&
         (root.ends_with('/') || path[root.size()] == '/');
}

// True if the file has exactly this text.
bool HasText(int descriptor, std::string_view text) {
  std::vector<char> piece(size_t{1} << 16);
  while (true) {
    const ssize_t count = read(descriptor, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return count == 0 && text.empty();
    }
    const std::string_view got(piece.data(), static_cast<size_t>(count));
    if (!text.starts_with(got)) {
      return false;
    }
    text.remove_prefix(got.size());
  }
}

// Writes the text with the permissions and the owner of the file that `like`
// describes.
std::string Fill(Descriptor& file, const struct stat& like,
                 std::string_view text) {
  if (const int error = WriteAll(file.get(), text); error != 0) {
    return ErrorText(error);
  }
  // Who may not give files away leaves them with himself.
  if (fchown(file.get(), like.st_uid, like.st_gid) != 0 && errno != EPERM) {
    return ErrorText(errno);
  }
  if (fchmod(file.get(), like.st_mode & 07777) != 0 || fsync(file.get()) != 0 ||
      !file.Close()) {
    return ErrorText(errno);
  }
  return "";
}

// Makes a file of a name that there was not.
Descriptor MakeBeside(const std::string& path, std::string& name) {
  const size_t slash = path.rfind('/');
  name = path.substr(0, slash + 1) + "." + path.substr(slash + 1) +
         ".gdlint-XXXXXX";
  return Descriptor(mkostemp(name.data(), O_CLOEXEC));
}

}  // namespace

std::string ReplaceFile(const std::string& path, const std::string& root,
                        std::string_view old, std::string_view text) {
  const auto real = RealPath(path);
  if (!real) {
    return ErrorText(errno);
  }
  const auto real_root = RealPath(root);
  if (!real_root) {
    return ErrorText(errno);
  }
  if (!IsBelow(*real, *real_root)) {
    return "it is a symbolic link to a file outside of " + root;
  }
  const Descriptor before(open(real->c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status = {};
  if (before.get() < 0 || fstat(before.get(), &status) != 0) {
    return ErrorText(errno);
  }
  if ((status.st_mode & 0222) == 0 || access(real->c_str(), W_OK) != 0) {
    // Renaming would get around it.
    return "it is not writable";
  }
  if (!HasText(before.get(), old)) {
    return "it has changed since it was read; run again";
  }
  std::string name;
  Descriptor made = MakeBeside(*real, name);
  if (made.get() < 0) {
    return ErrorText(errno);
  }
  std::string error = Fill(made, status, text);
  if (error.empty() && std::rename(name.c_str(), real->c_str()) != 0) {
    error = ErrorText(errno);
  }
  if (!error.empty()) {
    static_cast<void>(unlink(name.c_str()));
  }
  return error;
}

}  // namespace gdlint::driver
