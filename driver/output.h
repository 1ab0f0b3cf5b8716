// Standard output, with every error seen.

#pragma once

#include <string>
#include <string_view>

namespace gdlint::driver {

// Writes all of it. Returns 0 or errno.
int WriteAll(int descriptor, std::string_view text);

// Collects what is printed and writes it in large pieces. After an error
// nothing more is written.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void Write(std::string_view text);
  // Writes what is left. To be called last.
  void Flush();

  // The errno of the first write that failed, else 0.
  int error() const { return error_; }

 private:
  int descriptor_;
  int error_ = 0;
  std::string pending_;
};

// Prints `gdlint: MESSAGE` on standard error; what a terminal would obey is
// escaped.
void PrintMessage(std::string_view message);

}  // namespace gdlint::driver
