// What the packages of the standard library export, built in, for where no Go
// is installed: declarations without bodies (tests/goroot).

#pragma once

#include <span>

#include "interp/overlay.h"
#include "loader/package.h"

namespace gdlint::driver {

// As it was embedded, package by package.
std::span<const interp::OverlayFile> StandardApiFiles();

// The same, for loader::LoadOptions::standard.
std::span<const loader::Overlay> StandardApi();

}  // namespace gdlint::driver
