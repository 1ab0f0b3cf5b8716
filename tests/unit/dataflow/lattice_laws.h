// What holds for every lattice: one check in the test of each.

#pragma once

#include <doctest/doctest.h>

#include <span>

#include "dataflow/solver.h"

namespace gdlint::tests {

template <dataflow::Semilattice L>
typename L::Fact Joined(const L& lattice, typename L::Fact a,
                        const typename L::Fact& b) {
  lattice.Join(a, b);
  return a;
}

// `samples` should have facts of each kind; the laws are tried on all triples.
template <dataflow::Semilattice L>
void CheckLatticeLaws(const L& lattice,
                      std::span<const typename L::Fact> samples) {
  using Fact = typename L::Fact;
  const Fact identity = lattice.Identity();
  for (const Fact& a : samples) {
    CHECK(Joined(lattice, a, a) == a);
    CHECK(Joined(lattice, a, identity) == a);
    CHECK(Joined(lattice, identity, a) == a);
    for (const Fact& b : samples) {
      const Fact joined = Joined(lattice, a, b);
      CHECK(joined == Joined(lattice, b, a));
      // It says truly whether it changed something.
      Fact changed = a;
      CHECK(lattice.Join(changed, b) == !(joined == a));
      // Both are below what they make.
      CHECK(Joined(lattice, joined, b) == joined);
      if constexpr (dataflow::HasWiden<L>) {
        // Widening gives no less than joining.
        Fact widened = a;
        const bool has_changed = lattice.Widen(widened, b);
        CHECK(has_changed == !(widened == a));
        CHECK(Joined(lattice, widened, joined) == widened);
      }
      for (const Fact& c : samples) {
        CHECK(Joined(lattice, joined, c) ==
              Joined(lattice, a, Joined(lattice, b, c)));
      }
    }
  }
}

}  // namespace gdlint::tests
