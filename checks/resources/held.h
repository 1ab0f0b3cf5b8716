// Structs that hold what they give back by a method of theirs.

#pragma once

#include <vector>

#include "checks/knowledge/resources.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// What a struct with it in a field is as good as; the others are looked after
// by other means than the struct's Close.
bool IsHeldByStructs(knowledge::ResourceKind kind);
// A method by such a name, whatever it does.
bool HasMethodToRelease(const types::Type* type, knowledge::ResourceKind kind);
// What is the same pointer as `root`, or the struct that it points to; itself
// included.
std::vector<ssa::Value> CopiesOf(const ssa::Function& function,
                                 ssa::Value root);

}  // namespace gdlint::checks::resources
