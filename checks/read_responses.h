// Responses whose body a function has read: what is left of them is status and
// header, which are as good after the close.

#pragma once

#include "ssa/function.h"

namespace gdlint::checks {

// Something reads the response's body before the function returns: what is
// returned is the rest.
bool ReadsBody(const ssa::Function& function);

// A response as such: its header is as good as before.
bool ReturnsResponse(const ssa::Function& function);

// A result that can be read, such as a body.
bool ReturnsReader(const ssa::Function& function);

// Some result can have a resource in it: not lists of names and errors.
bool MayCarry(const ssa::Function& function);

// The Store puts the response, not its body, somewhere, or an error or a struct
// with it.
bool StoresResponse(const ssa::Function& function, const ssa::Inst& store);

}  // namespace gdlint::checks
