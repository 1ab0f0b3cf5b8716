// The laws of the lattices that passes use; DeferLattice's are with its tests.

#include <vector>

#include "dataflow/function_walk.h"
#include "tests/unit/dataflow/lattice_laws.h"

namespace gdlint::dataflow {
namespace {

TEST_CASE("what is deferred before a point is a lattice") {
  std::vector<GuardLattice::Fact> samples = {{}};
  for (int bits = 0; bits < 16; ++bits) {
    samples.push_back({.is_reached = true,
                       .guard = {.may = (bits & 1) != 0,
                                 .must = (bits & 2) != 0,
                                 .may_repanic = (bits & 4) != 0,
                                 .never_returns = (bits & 8) != 0}});
  }
  tests::CheckLatticeLaws(GuardLattice(), samples);
}

}  // namespace
}  // namespace gdlint::dataflow
