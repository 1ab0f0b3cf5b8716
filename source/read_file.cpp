#include "source/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

namespace gdlint::source {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

ReadResult Failure(ReadError error, std::string message) {
  return {.file = std::nullopt, .error = error, .message = std::move(message)};
}

ReadResult SystemFailure(int error) {
  // std::strerror is not safe in threads.
  std::string message = std::generic_category().message(error);
  if (!message.empty() && 'A' <= message[0] && message[0] <= 'Z') {
    message[0] = static_cast<char>(message[0] - 'A' + 'a');
  }
  return Failure(ReadError::kSystem, std::move(message));
}

ReadResult TooLarge(size_t max_size) {
  return Failure(ReadError::kTooLarge,
                 "larger than " + std::to_string(max_size) + " bytes");
}

std::string_view KindName(mode_t mode) {
  if (S_ISDIR(mode)) {
    return "a directory";
  }
  if (S_ISFIFO(mode)) {
    return "a named pipe";
  }
  if (S_ISSOCK(mode)) {
    return "a socket";
  }
  return "a device";
}

// Reads until the end, into a buffer that has room for `expected` bytes at
// first.
ReadResult ReadAll(int fd, std::string name, size_t expected, size_t max_size) {
  // One byte more than expected, so that the end is seen without growing.
  size_t capacity = std::min(expected, max_size) + 1;
  auto buffer =
      std::make_unique_for_overwrite<char[]>(capacity + SourceFile::kPadding);
  size_t size = 0;
  while (true) {
    if (size == capacity) {
      capacity = std::max(capacity * 2, size_t{1} << 16);
      auto larger = std::make_unique_for_overwrite<char[]>(
          capacity + SourceFile::kPadding);
      std::memcpy(larger.get(), buffer.get(), size);
      buffer = std::move(larger);
    }
    const ssize_t got = read(fd, buffer.get() + size, capacity - size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return SystemFailure(errno);
    }
    if (got == 0) {
      break;
    }
    size += static_cast<size_t>(got);
    if (size > max_size) {
      return TooLarge(max_size);
    }
  }
  std::memset(buffer.get() + size, 0, SourceFile::kPadding);
  return {.file = SourceFile(std::move(name), std::move(buffer), size),
          .error = ReadError::kNone,
          .message = {}};
}

}  // namespace

ReadResult ReadFile(const std::string& path, std::string name,
                    size_t max_size) {
  // O_NONBLOCK: opening a pipe must not wait for its other end.
  const Descriptor fd(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) {
    return SystemFailure(errno);
  }
  struct stat status = {};
  if (fstat(fd.get(), &status) != 0) {
    return SystemFailure(errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return Failure(
        ReadError::kNotRegular,
        "is " + std::string(KindName(status.st_mode)) + ", not a regular file");
  }
  max_size = std::min(max_size, SourceFile::kMaxSize);
  const auto size = static_cast<size_t>(status.st_size);
  if (size > max_size) {
    return TooLarge(max_size);
  }
  return ReadAll(fd.get(), std::move(name), size, max_size);
}

ReadResult ReadDescriptor(int descriptor, std::string name, size_t max_size) {
  return ReadAll(descriptor, std::move(name), size_t{1} << 16,
                 std::min(max_size, SourceFile::kMaxSize));
}

}  // namespace gdlint::source
