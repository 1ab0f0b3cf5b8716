// Buffered writers whose last part is written by a Flush that fails unseen, or
// by none at all.

#pragma once

#include "checks/package_pass.h"

namespace gdlint::checks {

void ReportDroppedFlushes(PackagePass& pass, const ssa::Function& function);

// The call stands alone as a statement, or is deferred: its error goes nowhere.
// `_ = f.Close()` says that it is meant so.
bool IsDropped(PackagePass& pass, const ssa::Function& function,
               ssa::InstId id);

}  // namespace gdlint::checks
