// How messages speak of locks and channels, and which variable they are.

#pragma once

#include <string>
#include <string_view>

#include "checks/package_pass.h"
#include "checks/resources/place_paths.h"

namespace gdlint::checks::resources {

// "s.mu" of `s.mu.Lock()` and of `close(s.mu)`: as the source writes it; for a
// helper the call's callee.
std::string_view PlaceText(const ssa::Function& function, ssa::InstId inst);

// The variable or field whose address `addr` is; null if it is none.
const types::Var* VariableAt(const ssa::Function& function, ssa::Value addr);
// The field, global or local variable at the end of the way by which an event
// of the function gets to the path; null if it cannot be told.
const types::Var* VariableOf(const ssa::Function& function,
                             std::span<const PlaceEvent> events,
                             const dataflow::AccessPath& path);

// The event of an instruction for the path; null if there is none.
const PlaceEvent* EventAt(std::span<const PlaceEvent> events,
                          const dataflow::AccessPath& path, ssa::InstId inst);

// Where a reader looks for what happens at `inst`: within the literal, if that
// is what is called or deferred there.
struct PlaceSite {
  const ssa::Function* function;
  ssa::InstId inst;
};
PlaceSite SiteOf(PackagePass& pass, const ssa::Function& function,
                 const PlacePaths& paths, ssa::InstId inst);

}  // namespace gdlint::checks::resources
