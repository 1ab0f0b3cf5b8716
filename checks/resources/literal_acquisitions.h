// Resources that a function gets by a literal that it has someone run:
// `err := retry(func() (err error) { f, err = os.Open(name); return err })`.

#pragma once

#include <vector>

#include "checks/resources/lifetime.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

struct LiteralAcquisition {
  // In the function around: what runs the literal, before it returns.
  ssa::InstId run;
  // The variable that holds the resource then, and the one that holds its
  // error, if there is one: Allocs.
  ssa::Value cell;
  ssa::Value error_cell;
  // The acquisition itself.
  const ssa::Function* literal = nullptr;
  ssa::InstId call;
  Acquisition what;
};

// All that is done with the closure is to give it to a function that calls it
// before it returns, and never after.
bool RunsAtOnce(const ssa::Function& function, ssa::InstId closure,
                const dataflow::Program& program);

std::vector<LiteralAcquisition> AcquiredByLiterals(
    const ssa::Function& function, Fates& fates);

}  // namespace gdlint::checks::resources
