// Streams around a resource that only count, limit or watch what is read and
// written, and calls that do no more than read or write what they are given.

#pragma once

#include <cstddef>

#include "checks/knowledge/resources.h"
#include "ssa/function.h"
#include "types/type.h"

namespace gdlint::checks::resources {

class Fates;

// A pointer to a struct that can be read from or written to, and has no method
// that could release what is in it: `&counter{w: f}`, `&io.LimitedReader{…}`.
bool IsPlainWrapper(const types::Type* type, knowledge::ResourceKind kind);

// The struct made in `function` that `addr` is a field of, if it is a plain
// wrapper; none otherwise.
ssa::Value PlainWrapperOf(const ssa::Function& function, ssa::Value addr,
                          knowledge::ResourceKind kind);

// A function value or a method of an interface takes the operand for something
// to read from or write to, gives nothing back that could hold it, and by its
// name (of a method) or by its error (of a function value) works before it
// returns: `upload(ctx, f)`, `storage.Upload(ctx, r, id)`. Whoever takes an
// io.Writer to keep it is called otherwise: `SetOutput`, `Attach`.
bool IsOnlyStreamed(Fates& fates, const ssa::Function& function,
                    const ssa::Inst& call, size_t operand,
                    knowledge::ResourceKind kind);

}  // namespace gdlint::checks::resources
