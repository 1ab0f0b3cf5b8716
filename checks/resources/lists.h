// Lists that are made where they are used, such as those that calls of variadic
// functions make.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks::resources {

// True if `element` is the address of an element of such a list, and calls that
// only make text of what they are given are all that becomes of the list:
// `log.Println("got", f)`.
bool IsOnlyFormatted(const ssa::Function& function, ssa::Value element);
// The list that an element at `element` is in, if nothing but that is made of
// the array; else none.
ssa::Value ListOf(const ssa::Function& function, ssa::Value element);
// As above, if all that becomes of the list is that it is given to a function
// that wraps what is in it: `io.MultiWriter(f, hash)`.
ssa::Value WrappedListOf(const ssa::Function& function, ssa::Value element);

}  // namespace gdlint::checks::resources
