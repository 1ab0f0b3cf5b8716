// Reads source files into memory.

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "source/source_file.h"

namespace gdlint::source {

enum class ReadError : unsigned char {
  kNone,
  // The system said no; `ReadResult::message` says why.
  kSystem,
  // A directory, a device, a pipe, a socket.
  kNotRegular,
  kTooLarge,
};

struct ReadResult {
  // Absent if, and only if, there is an error.
  std::optional<SourceFile> file;
  ReadError error = ReadError::kNone;
  // For people: "no such file or directory", "is a directory, not a regular
  // file".
  std::string message;
};

// The bytes of the regular file `path`, read once; never mapped, so that a file
// that is cut short meanwhile is only a shorter file. What is read is what the
// file held while it was read, however its size changes; more than `max_size`
// bytes are an error. Does not block on pipes or devices. `name` becomes the
// SourceFile's name.
ReadResult ReadFile(const std::string& path, std::string name, size_t max_size);

// The same for an open descriptor, of whatever kind, until its end.
ReadResult ReadDescriptor(int descriptor, std::string name, size_t max_size);

}  // namespace gdlint::source
