// Checks of run time on numbers that cannot fail: of indexes, bounds, divisors.
//
// Constants, types, range loops and tests on the way show it. "The same" value
// is one that looks the same (LooksSame).

#pragma once

#include "dataflow/dominance.h"
#include "ssa/function.h"

namespace gdlint::dataflow {

// Where `at` runs, an integer is at least 0.
bool IsNotNegative(const ssa::Function& function, const Dominance& dominance,
                   ssa::Value value, const ssa::Inst& at);
// Where `at` runs, an integer is not 0.
bool IsNotZero(const ssa::Function& function, const Dominance& dominance,
               ssa::Value value, const ssa::Inst& at);
// `indexed[index]`, of an array, a pointer to one, a slice or a string.
bool IndexFits(const ssa::Function& function, const Dominance& dominance,
               ssa::Value indexed, ssa::Value index, const ssa::Inst& at);
// The bounds of a Slice.
bool SliceFits(const ssa::Function& function, const Dominance& dominance,
               const ssa::Inst& slice);

}  // namespace gdlint::dataflow
