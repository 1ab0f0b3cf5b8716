#include "driver/output.h"

#include <unistd.h>

#include <cerrno>

#include "report/escape.h"

namespace gdlint::driver {
namespace {

constexpr size_t kPieceSize = size_t{1} << 16;

}  // namespace

int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return errno;
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

void Output::Write(std::string_view text) {
  if (error_ != 0) {
    return;
  }
  pending_ += text;
  if (pending_.size() >= kPieceSize) {
    Flush();
  }
}

void Output::Flush() {
  if (error_ == 0) {
    error_ = WriteAll(descriptor_, pending_);
  }
  pending_.clear();
}

void PrintMessage(std::string_view message) {
  // If standard error is gone there is nobody left to tell.
  static_cast<void>(WriteAll(
      STDERR_FILENO, "gdlint: " + report::EscapeForTerminal(message) + "\n"));
}

}  // namespace gdlint::driver
