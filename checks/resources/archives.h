// Entries of archives, which can be read as long as the archive is open.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks::resources {

// The archive whose entry the call opens: `zr` of `zr.Open(name)`, and of
// `zr.File[i].Open()`; none for other calls.
ssa::Value ArchiveOfEntry(const ssa::Function& function, const ssa::Inst& call);

}  // namespace gdlint::checks::resources
