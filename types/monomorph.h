// Endless instantiation: generic code that would need infinitely many
// instances.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "types/object.h"
#include "types/type.h"

namespace gdlint::types {

// One type argument for one type parameter, somewhere in the package. From
// these a graph is made whose nodes are type parameters, and named types
// declared inside of generic functions; a cycle in which a parameter is wrapped
// in another type never ends.
struct InstantiationEdge {
  const TypeParam* type_param = nullptr;
  const Type* type_arg = nullptr;
  Place place;
};

struct EndlessInstantiation {
  Place place;
  std::string message;
};

// The first such cycle of a package, if there is one; go/types' monomorph.
std::vector<EndlessInstantiation> FindEndlessInstantiation(
    const Package& package, std::span<const InstantiationEdge> edges);

}  // namespace gdlint::types
