// Files that are opened to be written.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks::resources {

// Of a call of os.Create, os.OpenFile and the like: the file is opened for
// writing, surely, and what is written to it may be lost until it is closed.
bool IsWritable(const ssa::Function& function, const ssa::Inst& call);

}  // namespace gdlint::checks::resources
