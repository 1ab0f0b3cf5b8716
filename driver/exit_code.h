// What the exit code says.

#pragma once

namespace gdlint::driver {

enum ExitCode : int {
  kClean = 0,
  kFindings = 1,
  // Wrong arguments or configuration, or the report could not be written.
  kUsageError = 2,
  // Something could not be analysed; wins over kFindings.
  kIncomplete = 3,
  // Whoever reads standard output has gone, as a shell reports SIGPIPE.
  kBrokenPipe = 141,
};

}  // namespace gdlint::driver
