// Parts of substitution that the expansion of instances needs too. Internal to
// types/.

#pragma once

#include <span>
#include <vector>

#include "types/object.h"
#include "types/substitute.h"
#include "types/type.h"

namespace gdlint::types {

// One of `types` is nested more deeply than kMaxTypeDepth.
bool IsTooDeep(std::span<const Type* const> types);

// A copy that knows which method it stems from.
Func* CopyMethod(TypeContext& context, const Func* method);

// `type` with other methods, of the same number and order, and embedded
// elements. Methods whose receiver is
// `old_recv` become copies with `new_recv`; null stands for the result.
const Interface* RemakeInterface(TypeContext& context, const Interface* type,
                                 std::vector<Func*> methods,
                                 std::span<const Type* const> embeddeds,
                                 const Type* old_recv, const Type* new_recv);

// What the right-hand side of an instance's declaration becomes: that of its
// origin with the type arguments in place, and interface methods whose receiver
// is the origin received by the instance. Null while the origin's is not known,
// kInvalid if the number of arguments is wrong.
const Type* ExpandRhs(TypeContext& context, const Named* instance);

}  // namespace gdlint::types
