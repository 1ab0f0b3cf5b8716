// The bytes of one source file, in memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace gdlint::source {

// A file's name and text. Immutable once made; moving it does not move the
// text, so views into `text()` live as long as the SourceFile does.
class SourceFile {
 public:
  // This many zero bytes follow the text, so that a lexer may load whole vector
  // registers at any offset of the text and needs no end test for one byte of
  // look-ahead. Not part of text().
  static constexpr size_t kPadding = 64;
  // Pos is 32 bits wide, with 0 taken.
  static constexpr size_t kMaxSize = 0xffff'ff00;

  // A copy of `text`. `name` is the path as the user gave it, or "<standard
  // input>".
  static SourceFile FromText(std::string name, std::string_view text);

  // Takes over `buffer`, whose first `size` bytes are the text and which has
  // kPadding further zero bytes.
  SourceFile(std::string name, std::unique_ptr<char[]> buffer, size_t size)
      : name_(std::move(name)), buffer_(std::move(buffer)), size_(size) {}

  const std::string& name() const { return name_; }
  std::string_view text() const { return {buffer_.get(), size_}; }

 private:
  std::string name_;
  std::unique_ptr<char[]> buffer_;
  size_t size_;
};

}  // namespace gdlint::source
