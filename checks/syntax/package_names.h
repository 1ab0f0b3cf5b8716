// What the other files of a package say about a name.

#pragma once

#include <cstddef>
#include <string_view>

#include "checks/check.h"

namespace gdlint::checks::syntax {

// Uses are told apart by the name alone, methods of all types and local
// variables of the same name included: the counts are never too low.
struct FunctionUses {
  // Plain calls, `f()` and `x.f()`.
  size_t calls = 0;
  size_t defers = 0;
  size_t go_calls = 0;
  // All else: used as a value, passed on, declared again.
  size_t others = 0;
};

// The uses of `name` in all files of `package`, without one for its
// declaration.
FunctionUses CountUses(const Package& package, std::string_view name);

// True if a compiler directive or cgo may let code outside the package use
// `name`.
bool IsExportedByDirective(const Package& package, std::string_view name);

// True if the loop ranges over a variable of another file of `package` that is
// declared there with a literal.
bool RangesOverPackageTable(const Package& package, const FileIndex& index,
                            ast::NodeId loop);

// True if a file of `package` declares `name` at package level.
bool PackageDeclares(const Package& package, std::string_view name);

}  // namespace gdlint::checks::syntax
