// What the program asks of the system before it begins.

#pragma once

namespace gdlint::driver {

// SIGINT and SIGTERM end the program at once with 130 and 143, unless they were
// ignored when it began; a closed pipe is an error of write() rather than a
// signal. Closed standard descriptors are filled, so that no file of the
// analysed tree gets their number; writing to them still fails. What is freed
// at the end of the heap goes back to the system, however large the pieces
// were.
void PrepareProcess();

}  // namespace gdlint::driver
