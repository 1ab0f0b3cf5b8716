// Which generic functions and types a program instantiates.

#pragma once

#include <memory>
#include <span>
#include <unordered_set>

#include "types/package.h"

namespace gdlint::ssa {

// The generic functions (types::Func) and types (types::TypeName) that code of
// these packages instantiates with concrete types, from code that is not
// generic or from generic code that is instantiated itself. Methods are as
// their types. The packages' bodies must be checked.
std::unordered_set<const types::Object*> InstantiatedGenerics(
    std::span<const types::Package* const> packages);

// What must be among them for a function to be compiled; null if it is not
// generic.
const types::Object* GenericOf(const types::Func* func);

}  // namespace gdlint::ssa
