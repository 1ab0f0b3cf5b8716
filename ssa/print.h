// Functions as text for people: dumps and golden files.

#pragma once

#include <string>

#include "ssa/function.h"

namespace gdlint::ssa {

// The function, then the literals and loop bodies in it:
//
//   func (*T).M(t *T, n int) (err error)
//     # p/file.go:12
//     captures &x *int
//   0: entry
//     t0 = alloc *error               ; err, escapes
//     t1 = fieldaddr t.f *int         ; line 14
//     if t2 goto 1 else 2
//
// Types are named as messages name them. Variables stand where they are bound.
void Print(const Function& function, std::string& out);

// `t3`, a parameter's or variable's name, a constant with its type, the name of
// a function.
std::string ValueText(const Function& function, Value value);

// One instruction, without its line: `t4 = binop t1 + 1:int int`.
std::string InstText(const Function& function, const Inst& inst);

// A graph of the blocks for GraphViz.
void PrintDot(const Function& function, std::string& out);

}  // namespace gdlint::ssa
