// What signals and closed descriptors do to the program.

#pragma once

namespace gdlint::driver {

// SIGINT and SIGTERM end the program at once with 130 and 143, unless they were
// ignored when it began; a closed pipe is an error of write() rather than a
// signal. Closed standard descriptors are filled, so that no file of the
// analysed tree gets their number; writing to them still fails.
void PrepareProcess();

}  // namespace gdlint::driver
