// Functions as text for people: dumps and golden files.

#pragma once

#include <string>

#include "ssa/function.h"

namespace gdlint::ssa {

// The function, then the literals and loop bodies in it, each like this:
//
//   func (*T).M(t *T, n int) (err error)  # p/file.go:12
//   0: entry
//     t0 = alloc error                              *error    # err, escapes
//     t1 = &t.f                                     *int      # line 13
//     if t2 goto 1 else 2
//   1: from 0
//     return t4
//
// The line of an instruction stands where it is not that of the one before.
// Types are named as messages name them, seen from the function's package. What
// was bound to variables follows the blocks.
void Print(const Function& function, std::string& out);

// `t3`, a parameter's or variable's name, a constant with its type, the name of
// a function.
std::string ValueText(const Function& function, Value value);

// What an instruction does, without what it gives: `t1 + 1:int`.
std::string InstText(const Function& function, const Inst& inst);

}  // namespace gdlint::ssa
