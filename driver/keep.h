// What lives until the process ends.

#pragma once

#include <memory>

namespace gdlint::driver {

// Keeps `object` for good. Taking apart what a run has built, piece by piece,
// takes a good part of its time, and the system takes all of it back at once.
void KeepToEnd(std::shared_ptr<const void> object);

}  // namespace gdlint::driver
